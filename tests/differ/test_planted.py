"""Edits planted into whole policies are found again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest

from clausetrail.differ import align, compare, replay
from clausetrail.model import JOINT, ClauseTree, RelationKind
from clausetrail.parser import read
from tests.conftest import TESTS
from tests.differ.planting import Expected, planted
from tests.differ.test_differ_properties import covers, links
from tests.fuzz.pages import real_pages

SMALLEST = 15
"""Clauses."""
UNTOUCHED = (RelationKind.SAME, RelationKind.RELABELLED)
FLOORS: dict[RelationKind | None, float] = {
    None: 0.99,
    RelationKind.MOVED: 0.99,
    RelationKind.EDITED: 0.99,
    RelationKind.SPLIT: 0.95,
    RelationKind.MERGED: 0.95,
}


def policies() -> list[ClauseTree]:
    """Our own: the demonstration corpus, and what of the parser's cases is long enough."""
    paths = [*(TESTS.parent / "data" / "demo").rglob("*.md"), *(TESTS / "parser").rglob("input.*")]
    return list(_trees((path.name, path.read_bytes()) for path in sorted(paths)))


def _trees(pages: Iterable[tuple[str, bytes]]) -> Iterator[ClauseTree]:
    for name, body in pages:
        if Path(name).suffix in (".md", ".html"):
            tree = read(body, "text/html" if name.endswith(".html") else "text/markdown").tree
            if sum(1 for _ in tree.walk()) >= SMALLEST:
                yield tree


def found(tree: ClauseTree, new: ClauseTree, truth: Iterable[Expected]) -> Iterator[tuple[RelationKind | None, bool]]:
    """For every clause, or group of clauses, what was done to it and whether the aligner says just that."""
    kinds = {(r.old, r.new): r.kind for r in align(tree, new).relations}
    for each in truth:
        kind = kinds.get((each.old, each.new))
        yield each.kind, kind in UNTOUCHED if each.kind is None else kind is each.kind


def recovery(
    trees: Iterable[ClauseTree], rounds: int
) -> tuple[dict[RelationKind | None, float], Counter[RelationKind | None]]:
    """Share of what was planted that is found, and how much was planted."""
    right: Counter[RelationKind | None] = Counter()
    total: Counter[RelationKind | None] = Counter()
    for number, tree in enumerate(trees):
        for seed in range(rounds):
            new, truth = planted(tree, Random(1_000 * number + seed))
            for kind, hit in found(tree, new, truth):
                total[kind] += 1
                right[kind] += hit
    return {kind: right[kind] / total[kind] for kind in total}, total


def test_planted_edits_are_found_in_our_own_policies() -> None:
    shares, total = recovery(policies(), rounds=4)
    assert min(total[kind] for kind in FLOORS) >= 30
    assert not {kind: share for kind, share in shares.items() if share < FLOORS[kind]}


@pytest.mark.corpus
@pytest.mark.slow
def test_planted_edits_are_found_in_real_policies(corpus: Path) -> None:
    trees = list(_trees((name, body) for name, _, body in real_pages(each=25)))
    shares, total = recovery(trees, rounds=1)
    assert min(total[kind] for kind in FLOORS) >= 100
    assert not {kind: share for kind, share in shares.items() if share < FLOORS[kind]}


@pytest.mark.parametrize("seed", range(3))
def test_the_laws_hold_for_whole_policies(seed: int) -> None:
    old = policies()[seed]
    new, _ = planted(old, Random(seed))
    there, back = align(old, new), align(new, old)
    assert covers(there, old, new)
    assert links(there) == {(o, n) for n, o in links(back)}
    before, after = list(old.walk()), list(new.walk())
    for change in compare(old, new, language="en").changes:
        sides = JOINT.join(before[p].words for p in change.old), JOINT.join(after[p].words for p in change.new)
        assert replay(change.operations) == (("", "") if sides[0] == sides[1] else sides)
    assert {r.kind for r in align(old, old).relations} == {RelationKind.SAME}
