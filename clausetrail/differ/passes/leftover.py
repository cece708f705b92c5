"""Identical words that nothing else told apart: in order, within what is between the same neighbours first, then
anywhere."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from clausetrail.differ.matching import Matching


def run(matching: Matching) -> None:
    gaps = matching.gaps
    _in_order(
        matching, lambda o: (gaps.of_old(o), matching.old.words[o]), lambda n: (gaps.of_new(n), matching.new.words[n])
    )
    _in_order(matching, matching.old.words.__getitem__, matching.new.words.__getitem__)


def _in_order(matching: Matching, old: Callable[[int], Hashable], new: Callable[[int], Hashable]) -> None:
    waiting: dict[Hashable, list[int]] = {}
    for n in reversed(matching.free_new()):
        waiting.setdefault(new(n), []).append(n)
    for o in matching.free_old():
        found = waiting.get(old(o))
        if found and matching.link(o, found[-1], "same words"):
            found.pop()
