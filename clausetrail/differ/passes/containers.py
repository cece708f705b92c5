"""Clauses that hold others, matched through what they hold: most of their linked descendants are in one another.

GumTree's second phase, with its cut-off of one half (Falleri et al. 2014); leaves first, as LaDiff does (Chawathe et
al., "Change detection in hierarchically structured information", SIGMOD 1996).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from clausetrail.differ.matching import Matching, settle
from clausetrail.differ.sides import Side

_SHARED = 0.5


def run(matching: Matching) -> None:
    if not _any_free_holds(matching):
        return
    common = Counter(
        (a, b) for o, n in matching.singles for a, b in _pairs_above(matching, o, n) if matching.is_free(a, b)
    )
    scored = []
    for (a, b), count in common.items():
        held = _held(matching.old, a) + _held(matching.new, b)
        if 2 * count / held >= _SHARED and not _says_heading_below(matching, a, b):
            scored.append((2 * count / held, a, b))
    settle(matching, scored, lambda _a, _b: "holds the same clauses")


def _says_heading_below(matching: Matching, old: int, new: int) -> bool:
    """Whether what one of two clauses says stands in what is below the other now, and not in the other itself."""
    a, b = (f" {side.keys[at]} " for side, at in ((matching.old, old), (matching.new, new)))
    below_a, below_b = (f" {side.keys[at + 1]} " for side, at in ((matching.old, old), (matching.new, new)))
    taken_in = a.strip() and a in below_b and a not in below_a and a not in b
    return bool(taken_in or (b.strip() and b in below_a and b not in below_b and b not in a))


def _any_free_holds(matching: Matching) -> bool:
    """Whether on each side there is a free clause that holds others."""
    sides = (matching.old, matching.free_old()), (matching.new, matching.free_new())
    return all(any(side.ends[at] > at + 1 for at in free) for side, free in sides)


def _pairs_above(matching: Matching, old: int, new: int) -> Iterator[tuple[int, int]]:
    """Free ancestors of a linked pair, at most three above either: more would make the cost that of depth squared."""
    above = [a for a in _above(matching.old, old) if not matching.old_groups[a].new]
    if above:
        for b in _above(matching.new, new):
            yield from ((a, b) for a in above)


def _above(side: Side, at: int, most: int = 3) -> list[int]:
    found: list[int] = []
    while side.parents[at] >= 0 and len(found) < most:
        at = side.parents[at]
        found.append(at)
    return found


def _held(side: Side, at: int) -> int:
    return side.ends[at] - at - 1
