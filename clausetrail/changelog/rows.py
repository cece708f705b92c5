"""A comparison as the rows of a page: every clause of the new text, what was removed where it stood, and at the old
place of what moved a pointer to where it went."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from clausetrail.changelog.items import Item, Teller
from clausetrail.model import Diff, Operation, OperationKind, RelationKind, Significance

MOVES = frozenset({RelationKind.MOVED, RelationKind.MOVED_EDITED})
_SHORT = 2
"""Clauses that stayed, no more than which are not worth folding."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The old place of a clause that moved."""

    item: Item
    path: str
    """In the old text."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbours that are told alike."""

    rows: tuple[Item | Gone, ...]
    changed: bool
    folded: bool
    """Clauses that stayed, many enough to be folded."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a comparison, and how many changes a reader's choice leaves out."""

    runs: tuple[Run, ...]
    shown: tuple[Item, ...]
    """The changes among the rows, in the order of the text."""
    hidden: int


def sheet(diff: Diff, *, kinds: Collection[RelationKind] = (), weights: Collection[Significance] = ()) -> Sheet:
    """The rows of a comparison; `kinds` and `weights` pick changes (none: all).  Every clause of the new text is in
    them, a change that was not picked only as a number in `hidden`."""
    teller = Teller(diff.comparison)
    items = teller.whole()
    chosen = [item for item in items if not item.rank or _picked(item, kinds, weights)]
    rows = list(_with_old_places(chosen, [place.path for place in teller.old]))
    shown = tuple(item for item in chosen if item.rank)
    return Sheet(tuple(_runs(rows)), shown, len(items) - len(chosen))


def _picked(item: Item, kinds: Collection[RelationKind], weights: Collection[Significance]) -> bool:
    return (not kinds or item.kind in kinds) and (not weights or item.significance in weights)


def _with_old_places(items: Sequence[Item], paths: Sequence[str]) -> Iterator[Item | Gone]:
    """Before a change whose old clause stands after the old place of a move, that place: near where a reader of the
    old text would look for it."""
    waiting = sorted((item for item in items if item.kind in MOVES), key=lambda item: item.old[0], reverse=True)
    for item in items:
        while waiting and item.old and item.kind not in MOVES and item.old[0] > waiting[-1].old[0]:
            moved = waiting.pop()
            yield Gone(moved, paths[moved.old[0]])
        yield item
    yield from (Gone(moved, paths[moved.old[0]]) for moved in reversed(waiting))


def _runs(rows: Iterable[Item | Gone]) -> Iterator[Run]:
    for changed, own in groupby(rows, lambda row: isinstance(row, Gone) or row.rank > 0):
        found = tuple(own)
        yield Run(found, changed, not changed and len(found) > _SHORT)


def side(operations: Sequence[Operation], *, new: bool) -> tuple[Operation, ...]:
    """The words of one side: what stayed, and what went or came."""
    other = OperationKind.DELETE if new else OperationKind.INSERT
    return tuple(each for each in operations if each.kind is not other)
