"""Alignment: what became of every clause."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from clausetrail.differ.matching import Matching, Pair
from clausetrail.differ.passes import PASSES
from clausetrail.differ.relations import relations
from clausetrail.differ.sides import Side, columns
from clausetrail.differ.vocabulary import Vocabulary
from clausetrail.errors import DiffError
from clausetrail.model import Alignment, ClauseTree

Pinned = tuple[tuple[int, ...], tuple[int, ...]]
"""Old and new positions that belong together."""


def align(
    old: ClauseTree,
    new: ClauseTree,
    *,
    links: Sequence[Pinned] = (),
    apart: Collection[Pair] = (),
) -> Alignment:
    """Relations in which every clause of both trees stands exactly once.

    `links` are groups known to belong together, whatever their words: each becomes one relation of its own, with the
    evidence "same lineage"; a group with an empty side says nothing.  Pairs in `apart` never stand in one relation; a
    group of `links` that holds such a pair is set aside.  Swapping the sides gives the same links.  `DiffError` if a
    position does not exist or stands in two groups.
    """
    a, b = columns(old), columns(new)
    _check(links, a, b)
    vocabulary = Vocabulary(a.wordings + b.wordings)
    # Always from the lesser side to the greater: what is symmetric by construction needs no symmetric tie-breaking.
    swapped = (len(b), b.words) < (len(a), a.words)
    if swapped:
        links = [(n, o) for o, n in links]
        matching = _match(b, a, vocabulary, links, [(n, o) for o, n in apart])
    else:
        matching = _match(a, b, vocabulary, links, apart)
    return Alignment(relations(matching, swapped=swapped))


def _match(a: Side, b: Side, vocabulary: Vocabulary, links: Sequence[Pinned], apart: Collection[Pair]) -> Matching:
    matching = Matching(a, b, vocabulary, apart)
    for old, new in links:
        matching.pin(old, new, "same lineage")
    for run in PASSES:
        run(matching)
    return matching


def _check(links: Sequence[Pinned], old: Side, new: Side) -> None:
    for side, which, name in ((old, 0, "old"), (new, 1, "new")):
        named = [p for group in links for p in group[which]]
        if len(named) != len(set(named)):
            raise DiffError(f"links name an {name} clause twice; give each position to one group only")
        if named and not 0 <= min(named) <= max(named) < len(side):
            raise DiffError(f"links name an {name} clause that does not exist; the tree has {len(side)}")
