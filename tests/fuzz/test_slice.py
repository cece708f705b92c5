"""A short, fixed part of what `make fuzz` does for longer."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz.examine import examine
from tests.fuzz.mutators import MUTATORS, Mutator, mutated
from tests.fuzz.pages import own_pages, real_pages

pytestmark = pytest.mark.slow

SECONDS = 60.0
"""Other tests run beside these: only what hangs is found here."""
OWN = own_pages()


@pytest.mark.parametrize("mutator", MUTATORS, ids=lambda mutator: mutator.__name__)
def test_every_kind_of_damage(mutator: Mutator) -> None:
    for seed in range(4):
        chance = Random(f"{mutator.__name__} {seed}")
        _, media_type, body = chance.choice(OWN)
        examine(mutator(body, chance), media_type, seconds=SECONDS)


@pytest.mark.parametrize("seed", range(40))
def test_damage_of_many_kinds(seed: int) -> None:
    chance = Random(seed)
    _, media_type, body = chance.choice(OWN)
    examine(mutated(body, chance)[:300_000], media_type, seconds=SECONDS)


@pytest.mark.slow
@pytest.mark.corpus
def test_damaged_real_pages(corpus: object) -> None:
    pages = real_pages(8)
    assert pages
    for seed in range(40):
        chance = Random(seed)
        _, media_type, body = chance.choice(pages)
        examine(mutated(body, chance)[:300_000], media_type, seconds=SECONDS)
