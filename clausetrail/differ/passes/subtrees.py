"""Identical subtrees: a clause and all that is below it, word for word, found once on each side.

GumTree's first phase (Falleri et al., "Fine-grained and accurate source code differencing", ASE 2014).
"""

from __future__ import annotations

from collections import Counter

from clausetrail.differ.matching import Matching
from clausetrail.differ.sides import Side


def run(matching: Matching) -> None:
    numbers: dict[tuple[str, tuple[int, ...]], int] = {}
    old = _shapes(matching.old, numbers)
    new = _shapes(matching.new, numbers)
    once_old, once_new = Counter(old), Counter(new)
    place = {shape: n for n, shape in enumerate(new)}
    at = 0
    while at < len(old):
        shape, end = old[at], matching.old.ends[at]
        if end - at > 1 and once_old[shape] == once_new[shape] == 1:
            _link_all(matching, at, place[shape], end - at)
            at = end
        else:
            at += 1


def _shapes(side: Side, numbers: dict[tuple[str, tuple[int, ...]], int]) -> list[int]:
    """A number for each subtree; equal numbers mean equal words all the way down."""
    shapes = [0] * len(side)
    for at in range(len(side) - 1, -1, -1):
        below = tuple(shapes[c] for c in side.children(at)) if side.ends[at] > at + 1 else ()
        shapes[at] = numbers.setdefault((side.words[at], below), len(numbers))
    return shapes


def _link_all(matching: Matching, old: int, new: int, size: int) -> None:
    for i in range(size):
        if matching.is_free(old + i, new + i):
            matching.link(old + i, new + i, "same words")
