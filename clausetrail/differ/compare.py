"""Comparison: an alignment with the changes that it implies, most important first."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

from clausetrail.differ.align import Pinned, align
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
    Significance,
)

_RANK = {
    Significance.SUBSTANTIVE: 4,
    Significance.NOT_ASSESSED: 3,
    Significance.EDITORIAL: 2,
    Significance.STRUCTURAL: 1,
    Significance.TYPOGRAPHIC: 0,
}
_STEP = 1000.0
"""More than weight and amount ever add up to: the class always comes first."""


def compare(
    old: ClauseTree,
    new: ClauseTree,
    *,
    language: str = "",
    links: Sequence[Pinned] = (),
    apart: Collection[tuple[int, int]] = (),
) -> Comparison:
    """Align two trees (see `align`) and weigh what changed.

    One change for each relation that is not SAME, most important first: by significance, then by what the signals
    weigh and how many words came and went, then by position.  Operations replay the joined words of `old` into those
    of `new`; they are empty where the words are equal.  `language` is an ISO 639-1 code; one that has no rules, or
    none, leaves changes of words NOT_ASSESSED unless they are typographic.
    """
    alignment = align(old, new, links=links, apart=apart)
    before, after = list(old.walk()), list(new.walk())
    changes = [
        _change(relation, before, after, language)
        for relation in alignment.relations
        if relation.kind is not RelationKind.SAME
    ]
    # Sorting is stable: changes of one importance stay in the order of the relations.
    changes.sort(key=lambda c: -c.importance)
    return Comparison(old, new, alignment, tuple(changes))


def _change(relation: Relation, before: Sequence[Clause], after: Sequence[Clause], language: str) -> Change:
    gone, come = [before[o] for o in relation.old], [after[n] for n in relation.new]
    old, new = _joined(gone), _joined(come)
    done: tuple[Operation, ...] = () if old == new else operations(old, new)
    heading = all(c.kind is ClauseKind.SECTION for c in [*gone, *come])
    weighed = weigh(relation.kind, old, new, done, language, heading=heading)
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


def _importance(weighed: Weighed) -> float:
    within = math.log2(1 + weighed.amount) * 8 + weighed.weight
    return round(_RANK[weighed.significance] * _STEP + min(within, _STEP - 1), 3)
