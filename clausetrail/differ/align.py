"""Alignment: what became of every clause."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from clausetrail.differ.matching import Matching, Pair
from clausetrail.differ.passes import PASSES, Pass, identical, leftover, repeated, subtrees
from clausetrail.differ.relations import relations
from clausetrail.differ.sides import Side, columns
from clausetrail.differ.vocabulary import Vocabulary
from clausetrail.errors import DiffError
from clausetrail.model import Alignment, ClauseTree

Pinned = tuple[tuple[int, ...], tuple[int, ...]]
"""Old and new positions that belong together."""
SAME_WORDS: tuple[Pass, ...] = (subtrees.run, identical.run, repeated.run, leftover.run)
"""Those passes that link clauses of the same words only, but for case and punctuation."""


def align(
    old: ClauseTree,
    new: ClauseTree,
    *,
    links: Sequence[Pinned] = (),
    apart: Collection[Pair] = (),
    closed: bool = False,
) -> Alignment:
    """Relations in which every clause of both trees stands exactly once.

    `links` are groups known to belong together, whatever their words: each becomes one relation of its own, with the
    evidence "same lineage"; a group with an empty side says nothing.  Pairs in `apart` never stand in one relation; a
    group of `links` that holds such a pair is set aside.  With `closed` the links are all there are between clauses
    of different words: beyond them only clauses that say the same are looked for, and whatever is left was added or
    removed.  Swapping the sides gives the same links.  `DiffError` if a position does not exist or stands in two
    groups.
    """
    a, b = columns(old), columns(new)
    _check(links, a, b)
    vocabulary = Vocabulary(a.wordings + b.wordings)
    # Always from the lesser side to the greater: what is symmetric by construction needs no symmetric tie-breaking.
    swapped = (len(b), b.words) < (len(a), a.words)
    if swapped:
        links, apart, a, b = [(n, o) for o, n in links], [(n, o) for o, n in apart], b, a
    matching = Matching(a, b, vocabulary, apart)
    for one, other in links:
        matching.pin(one, other, "same lineage")
    for run in SAME_WORDS if closed else PASSES:
        run(matching)
    return Alignment(relations(matching, swapped=swapped))


def _check(links: Sequence[Pinned], old: Side, new: Side) -> None:
    for side, which, name in ((old, 0, "old"), (new, 1, "new")):
        named = [p for group in links for p in group[which]]
        if len(named) != len(set(named)):
            raise DiffError(f"links name an {name} clause twice; give each position to one group only")
        if named and not 0 <= min(named) <= max(named) < len(side):
            raise DiffError(f"links name an {name} clause that does not exist; the tree has {len(side)}")
