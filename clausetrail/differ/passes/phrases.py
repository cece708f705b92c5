"""Whole phrases that went from one clause to another, whatever else the two are linked to.

A phrase is a run of stems; runs are counted by their shingles of three (Broder, "On the resemblance and containment of
documents", 1997), those left out that a partner of the clause has too, or that stand in several clauses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from clausetrail.differ.likeness import words_shown
from clausetrail.differ.matching import Matching, Pair
from clausetrail.differ.sides import Side

_WIDTH = 3
_REPEATED = 2
"""Places on one side beyond which a shingle is common speech."""
_RUN = 5
"""Shingles in common that link clauses that both have partners: a run of seven words."""
_RUN_FREE = 3
"""Likewise if one of them has none: a run of five words."""

Shingle = tuple[int, ...]


def run(matching: Matching) -> None:
    same = set(_unchanged(matching))
    old = _shingles(matching.old, {o for o, _ in same})
    new = _shingles(matching.new, {n for _, n in same})
    places_old, places_new = _places(old), _places(new)
    shared: Counter[tuple[int, int]] = Counter()
    for shingle, olds in places_old.items():
        for o in olds:
            for n in places_new.get(shingle, ()):
                if not _has(new, matching.old_groups[o].new, shingle) and not _has(
                    old, matching.new_groups[n].old, shingle
                ):
                    shared[o, n] += 1
    for (o, n), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        free = not matching.old_groups[o].new or not matching.new_groups[n].old
        if count >= (_RUN_FREE if free else _RUN) and matching.allows(o, n):
            matching.link(
                o, n, 0.5, "moved phrase, " + words_shown(matching, matching.old.bags[o] & matching.new.bags[n])
            )


def _unchanged(matching: Matching) -> Iterator[Pair]:
    return ((o, n) for o, n in matching.singles() if matching.old.keys[o] == matching.new.keys[n])


def _shingles(side: Side, skipped: set[int]) -> list[set[Shingle]]:
    return [
        set() if at in skipped else set(zip(*(stems[i:] for i in range(_WIDTH)), strict=False))
        for at, stems in enumerate(side.stems)
    ]


def _places(shingles: list[set[Shingle]]) -> dict[Shingle, list[int]]:
    """Positions of each shingle that stands in few clauses."""
    found: dict[Shingle, list[int]] = {}
    for at, own in enumerate(shingles):
        for shingle in own:
            found.setdefault(shingle, []).append(at)
    return {shingle: places for shingle, places in found.items() if len(places) <= _REPEATED}


def _has(shingles: list[set[Shingle]], positions: list[int], shingle: Shingle) -> bool:
    return any(shingle in shingles[p] for p in positions)
