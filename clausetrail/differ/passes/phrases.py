"""Whole phrases that went from one clause to another, whatever else the two are linked to.

A phrase is a run of stems; runs are counted by their shingles of three (Broder, "On the resemblance and containment of
documents", 1997), those left out that a partner of the clause has too, or that stand in several clauses.
"""

from __future__ import annotations

from collections import Counter

from clausetrail.differ.likeness import words_shown
from clausetrail.differ.matching import Matching, Pair, Positions
from clausetrail.differ.sides import Side

_REPEATED = 2
"""Places on one side beyond which a shingle is common speech."""
_RUN = 5
"""Shingles in common that link clauses that both have partners: a run of seven words."""
_RUN_FREE = 3
"""Likewise if one of them has none: a run of five words."""

Shingle = str
"""Three stems, with spaces between."""
Shingles = dict[int, frozenset[Shingle]]
"""By position."""


def run(matching: Matching) -> None:
    changed_old, changed_new = matching.changed()
    old, new = _shingles(matching.old, changed_old), _shingles(matching.new, changed_new)
    common = frozenset[Shingle]().union(*old.values()) & frozenset[Shingle]().union(*new.values())
    places_new = _places(new, common)
    shared: Counter[Pair] = Counter()
    for shingle, olds in _places(old, common).items():
        for o in olds:
            for n in places_new.get(shingle, ()):
                if not _has(new, matching.old_groups[o].new, shingle) and not _has(
                    old, matching.new_groups[n].old, shingle
                ):
                    shared[o, n] += 1
    for (o, n), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        free = not matching.old_groups[o].new or not matching.new_groups[n].old
        if count >= (_RUN_FREE if free else _RUN) and matching.allows(o, n):
            matching.link(o, n, "moved phrase, " + words_shown(matching, matching.old.bags[o] & matching.new.bags[n]))


def _shingles(side: Side, positions: list[int]) -> Shingles:
    stems = ((at, side.wordings[at].stems) for at in positions)
    return {at: frozenset(map(" ".join, zip(run, run[1:], run[2:], strict=False))) for at, run in stems}


def _places(shingles: Shingles, wanted: frozenset[Shingle]) -> dict[Shingle, list[int]]:
    """Positions of each wanted shingle that stands in few clauses."""
    found: dict[Shingle, list[int]] = {}
    for at, own in shingles.items():
        for shingle in own & wanted:
            found.setdefault(shingle, []).append(at)
    return {shingle: places for shingle, places in found.items() if len(places) <= _REPEATED}


def _has(shingles: Shingles, positions: Positions, shingle: Shingle) -> bool:
    return any(shingle in shingles[p] for p in positions)
