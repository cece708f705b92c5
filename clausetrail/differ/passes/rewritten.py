"""Clauses said anew in the same place: between the same neighbours, with some rare words in common."""

from __future__ import annotations

from collections.abc import Iterator

from clausetrail.differ.likeness import likeness, words_shown
from clausetrail.differ.matching import Matching, settle

_SHARED = 0.12
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
    scored = (s for olds, news in gaps.values() for s in _scored(matching, olds, news))
    settle(matching, scored, lambda o, n: _why(matching, o, n))


def _scored(matching: Matching, olds: list[int], news: list[int]) -> Iterator[tuple[float, int, int]]:
    size = max(len(olds), len(news))
    if size > _WIDEST:
        return
    for o in olds:
        for n in news:
            alike = likeness(matching, o, n)
            if alike >= _SHARED and _comparable(matching, o, n, narrow=size <= _NARROW):
                yield alike, o, n


def _why(matching: Matching, old: int, new: int) -> str:
    return "same place, " + words_shown(matching, matching.old.bags[old] & matching.new.bags[new])


def _comparable(matching: Matching, old: int, new: int, *, narrow: bool) -> bool:
    same_kind = matching.old.clauses[old].kind is matching.new.clauses[new].kind
    return same_kind and (narrow or matching.same_section(old, new))
