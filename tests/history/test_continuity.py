"""What is set aside beside what its page said before, on made-up timelines."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from clausetrail.history import Weighed, weigh
from tests.conftest import blocks
from tests.history.test_sequence import sighting

CASES = blocks(Path(__file__).parent / "cases" / "continuity.txt")


def weighed(text: str, seed: int | None = None) -> Weighed:
    """`see …` as in the timelines of versions, with `ruled`; `says GOOD NOW REASON`."""
    lines = [line.split() for line in text.splitlines()]
    against = {(line[1], line[2]): line[3] for line in lines if line[0] == "says"}
    seen = [(sighting(" ".join(line)), line[-1] == "ruled") for line in lines if line[0] == "see"]
    sightings = [s for s, _ in seen]
    if seed is not None:
        random.Random(seed).shuffle(sightings)
    ruled = [s.key for s, by_hand in seen if by_hand]
    return weigh(sightings, lambda good, now: against.get((good, now), ""), ruled)


@pytest.mark.parametrize(("name", "given", "expected"), CASES)
def test_timelines(name: str, given: str, expected: str) -> None:
    found = weighed(given)
    told = [f"{key.fetched_at:%Y-%m-%d} {reason}" for key, reason in sorted(found.aside.items())]
    assert ("\n".join(told) or "nothing") == expected, name
    assert len(found.good) + len(found.aside) == given.count("see ")
    assert weighed(given, seed=7) == found
