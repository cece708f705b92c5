"""Comparison: an alignment with the changes that it implies, most important first."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from clausetrail.differ.align import Pinned, align
from clausetrail.differ.language import language_of
from clausetrail.differ.significance import Weighed, weigh
from clausetrail.differ.words import operations
from clausetrail.model import (
    JOINT,
    Change,
    Clause,
    ClauseKind,
    ClauseTree,
    Comparison,
    Operation,
    Relation,
    RelationKind,
    Signal,
    Significance,
)

RANK = {
    Significance.SUBSTANTIVE: 4,
    Significance.NOT_ASSESSED: 3,
    Significance.EDITORIAL: 2,
    Significance.STRUCTURAL: 1,
    Significance.TYPOGRAPHIC: 0,
}
"""Classes by weight."""
MOST_READ_OF_ALL = 2_000_000
"""Characters of changed clauses that rules read in one comparison, some 300,000 words.  Changes after these, in reading
order, are weighed by how much came and went, and those for which that says nothing are NOT_ASSESSED."""
_SIZE = 1.5
"""What it counts for that a change is twice as long: as much as a name more; the signals say more than the size."""
_STEP = 1000.0
"""More than weight and amount ever add up to: the class always comes first."""


def compare(
    old: ClauseTree,
    new: ClauseTree,
    *,
    language: str = "",
    links: Sequence[Pinned] = (),
    apart: Collection[tuple[int, int]] = (),
    closed: bool = False,
) -> Comparison:
    """Align two trees (see `align`) and weigh what changed.

    One change for each relation that is not SAME, most important first: by significance, then by what the signals
    weigh and how many words came and went, then by position.  Operations replay the joined words of `old` into those
    of `new`; they are empty where the words are equal.  `language` is an ISO 639-1 code, found out where it is empty;
    one that has no rules leaves changes of words NOT_ASSESSED unless they are typographic.
    """
    alignment = align(old, new, links=links, apart=apart, closed=closed)
    before, after = list(old.walk()), list(new.walk())
    language = language or language_of(c.words for pair in zip_longest(before, after) for c in pair if c)
    changes, left = [], MOST_READ_OF_ALL
    for relation in alignment.relations:
        if relation.kind is not RelationKind.SAME:
            change = _change(relation, before, after, language, read=left > 0)
            changes.append(change)
            left -= sum(len(o.text) for o in change.operations)
    # Sorting is stable: changes of one importance stay in the order of the relations.
    changes.sort(key=lambda c: -c.importance)
    return Comparison(old, new, alignment, tuple(changes))


def _change(
    relation: Relation, before: Sequence[Clause], after: Sequence[Clause], language: str, *, read: bool
) -> Change:
    gone, come = [before[o] for o in relation.old], [after[n] for n in relation.new]
    old, new = _joined(gone), _joined(come)
    done: tuple[Operation, ...] = () if old == new else operations(old, new)
    heading = all(c.kind is ClauseKind.SECTION and (c.children or (gone and come)) for c in [*gone, *come])
    item = all(c.kind is not ClauseKind.PARAGRAPH for c in [*gone, *come])
    weighed = weigh(relation.kind, old, new, done, language, heading=heading, item=item, read=read)
    return Change(
        kind=relation.kind,
        old=relation.old,
        new=relation.new,
        certainty=relation.certainty,
        significance=weighed.significance,
        signals=weighed.signals,
        operations=done,
        importance=_importance(weighed),
        evidence=relation.evidence,
    )


def _joined(clauses: Iterable[Clause]) -> str:
    return JOINT.join(c.words for c in clauses)


def reclassed(change: Change, significance: Significance, why: Signal) -> Change:
    """A change in another class, with the reason behind its signals; its order within the class stays."""
    step = (RANK[significance] - RANK[change.significance]) * _STEP
    signals, importance = (*change.signals, why), round(change.importance + step, 3)
    return replace(change, significance=significance, signals=signals, importance=importance)


def _importance(weighed: Weighed) -> float:
    within = math.log2(1 + weighed.amount) * _SIZE + weighed.weight
    return round(RANK[weighed.significance] * _STEP + min(within, _STEP - 1), 3)
