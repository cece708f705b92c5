"""Clauses said anew in the same place: between the same neighbours, or beside one, with some rare words in common."""

from __future__ import annotations

from collections.abc import Iterator

from clausetrail.differ.likeness import likeness, says_something, words_shown
from clausetrail.differ.matching import Matching, settle

_SHARED = 0.12
_BESIDE = 0.18
"""Likewise where only one neighbour says that the place is the same."""
_WIDEST = 12
"""Free clauses that a gap may hold on a side: in a larger one, place says little."""
_NARROW = 3
"""Likewise where the two are not in one section."""


def run(matching: Matching) -> None:
    gaps: dict[int, tuple[list[int], list[int]]] = {}
    for o in matching.free_old():
        gaps.setdefault(matching.gaps.of_old(o), ([], []))[0].append(o)
    for n in matching.free_new():
        gaps.setdefault(matching.gaps.of_new(n), ([], []))[1].append(n)
    scored = {(o, n): s for olds, news in gaps.values() for s, o, n in _scored(matching, olds, news)}
    scored.update({(o, n): s for s, o, n in _beside(matching)})
    settle(matching, ((s, o, n) for (o, n), s in scored.items()), lambda o, n: _why(matching, o, n))


def _scored(matching: Matching, olds: list[int], news: list[int]) -> Iterator[tuple[float, int, int]]:
    size = max(len(olds), len(news))
    if size > _WIDEST:
        return
    for o in olds:
        for n in news:
            alike = likeness(matching, o, n)
            if alike >= _SHARED and _comparable(matching, o, n, narrow=size <= _NARROW):
                yield alike, o, n


def _beside(matching: Matching) -> Iterator[tuple[float, int, int]]:
    """Free clauses that stand before, or after, clauses linked one to one, wherever these went."""
    free = frozenset(matching.free_new())
    partners = dict(matching.singles)
    for o in matching.free_old():
        for step in (-1, 1):
            n = partners.get(o + step, -2) - step
            if n in free and _alike(matching, o, n):
                yield likeness(matching, o, n), o, n


def _alike(matching: Matching, old: int, new: int) -> bool:
    same_kind = matching.old.clauses[old].kind is matching.new.clauses[new].kind
    common = matching.old.bags[old] & matching.new.bags[new]
    return same_kind and says_something(common) and likeness(matching, old, new) >= _BESIDE


def _why(matching: Matching, old: int, new: int) -> str:
    return "same place, " + words_shown(matching, matching.old.bags[old] & matching.new.bags[new])


def _comparable(matching: Matching, old: int, new: int, *, narrow: bool) -> bool:
    same_kind = matching.old.clauses[old].kind is matching.new.clauses[new].kind
    return same_kind and (narrow or matching.same_section(old, new))
