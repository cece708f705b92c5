"""Relations, word operations and changes between two trees."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from clausetrail.model.clauses import ClauseTree


class RelationKind(StrEnum):
    SAME = "same"
    RELABELLED = "relabelled"
    EDITED = "edited"
    MOVED = "moved"
    MOVED_EDITED = "moved+edited"
    SPLIT = "split"
    MERGED = "merged"
    REWRITTEN = "rewritten"
    ADDED = "added"
    REMOVED = "removed"


class Certainty(StrEnum):
    FIRM = "firm"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Relation:
    """What became of some old clauses.  `old` is empty for added, `new` for removed; positions ascend."""

    kind: RelationKind
    old: tuple[int, ...]
    new: tuple[int, ...]
    certainty: Certainty = Certainty.FIRM
    score: float = 1.0
    """Likeness of the words of both sides, 0 to 1; 0 for added and removed."""
    evidence: str = ""
    """Why the two belong together, in a few words: `same words`, `shares "…"`, `same lineage`."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Relations in which every clause of both sides stands exactly once, ordered by first new position (a removed
    clause stands after the relation of the clause that preceded it in the old text)."""

    relations: tuple[Relation, ...]


class OperationKind(StrEnum):
    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Operation:
    """A run of words kept, deleted or inserted.  EQUAL and DELETE runs joined are the old words, EQUAL and INSERT
    runs joined are the new words, to the character."""

    kind: OperationKind
    text: str


JOINT = "\n"
"""Stands between the clauses of one side where a relation spans several, in reading order."""


class Significance(StrEnum):
    SUBSTANTIVE = "substantive"
    EDITORIAL = "editorial"
    TYPOGRAPHIC = "typographic"
    STRUCTURAL = "structural"
    NOT_ASSESSED = "not assessed"


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason for a significance, with the words that show it."""

    name: str
    """`modal`, `negation`, `number`, `date`, `amount`, `scope`, …"""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A relation that is not SAME, with its word operations and what it weighs."""

    kind: RelationKind
    old: tuple[int, ...]
    new: tuple[int, ...]
    certainty: Certainty
    significance: Significance
    signals: tuple[Signal, ...] = ()
    operations: tuple[Operation, ...] = ()
    """Over the words of `old` and of `new`, each joined with `JOINT`."""
    importance: float = 0.0
    """Order within its comparison, weightiest highest; no meaning beyond that."""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two trees, how they align, and the changes, most important first."""

    old: ClauseTree
    new: ClauseTree
    alignment: Alignment
    changes: tuple[Change, ...]
