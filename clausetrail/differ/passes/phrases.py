"""Whole phrases that went from one clause to another, whatever else the two are linked to.

A phrase is a run of stems; runs are counted by their shingles of three (Broder, "On the resemblance and containment of
documents", 1997), those left out that a partner of the clause has too, or that stand in several clauses.
"""

from __future__ import annotations

from clausetrail.differ.likeness import plain_stems, words_shown
from clausetrail.differ.matching import Matching, Pair, Positions
from clausetrail.differ.sides import Side
from clausetrail.model import ClauseKind

_REPEATED = 2
"""Places on one side beyond which a shingle is common speech; between clauses that both have partners one is the limit,
or a text that a document holds twice would be linked to its own copy."""
_RUN = 5
"""Shingles in common that link clauses that both have partners: a run of seven words."""
_RUN_FREE = 3
"""Likewise if one of them has none: a run of five words."""
_MASS = 1.6
"""Joint rarity of the words that name something in them, as that of so many words that stand nowhere else: formulas
("you acknowledge and agree that") belong to nobody."""

Shingle = str
"""Three stems, with spaces between."""
Shingles = dict[int, frozenset[Shingle]]
"""By position."""


def run(matching: Matching) -> None:
    changed_old, changed_new = matching.changed()
    old, new = shingles(matching.old, changed_old), shingles(matching.new, changed_new)
    common = frozenset[Shingle]().union(*old.values()) & frozenset[Shingle]().union(*new.values())
    common -= _titles(matching.old) | _titles(matching.new) if common else common
    places_new = _places(new, common)
    shared: dict[Pair, list[Shingle]] = {}
    for shingle, olds in _places(old, common).items():
        news = places_new.get(shingle, ())
        once = len(olds) == len(news) == 1
        for o in olds:
            for n in news:
                if not once and matching.old_groups[o].new and matching.new_groups[n].old:
                    continue
                if not _has(new, matching.old_groups[o].new, shingle) and not _has(
                    old, matching.new_groups[n].old, shingle
                ):
                    shared.setdefault((o, n), []).append(shingle)
    for (o, n), run in sorted(shared.items(), key=lambda item: (-len(item[1]), item[0])):
        free = not matching.old_groups[o].new or not matching.new_groups[n].old
        if len(run) >= (_RUN_FREE if free else _RUN) and matching.allows(o, n):
            _link(matching, o, n, run)


def _link(matching: Matching, old: int, new: int, run: list[Shingle]) -> None:
    stems = frozenset(stem for shingle in run for stem in shingle.split()) - plain_stems()
    if matching.vocabulary.weight(stems) >= _MASS * matching.vocabulary.rarest:
        matching.link(old, new, "moved phrase, " + words_shown(matching, stems))


def shingles(side: Side, positions: list[int]) -> Shingles:
    """Those of some clauses."""
    stems = ((at, side.wordings[at].stems) for at in positions)
    return {at: frozenset(map(" ".join, zip(run, run[1:], run[2:], strict=False))) for at, run in stems}


def _titles(side: Side) -> frozenset[Shingle]:
    """What headings say: a clause that names another section has not moved there."""
    headings = [at for at, clause in enumerate(side.clauses) if clause.kind is ClauseKind.SECTION]
    return frozenset[Shingle]().union(*shingles(side, headings).values())


def _places(shingles: Shingles, wanted: frozenset[Shingle]) -> dict[Shingle, list[int]]:
    """Positions of each wanted shingle that stands in few clauses."""
    found: dict[Shingle, list[int]] = {}
    for at, own in shingles.items():
        for shingle in own & wanted:
            found.setdefault(shingle, []).append(at)
    return {shingle: places for shingle, places in found.items() if len(places) <= _REPEATED}


def _has(shingles: Shingles, positions: Positions, shingle: Shingle) -> bool:
    return any(shingle in shingles[p] for p in positions)
