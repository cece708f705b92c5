"""A comparison as a list of items: what every format tells of each change, worked out once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from clausetrail.changelog import phrases
from clausetrail.changelog.operations import complete, in_cells
from clausetrail.model import (
    PATH_SEPARATOR,
    Certainty,
    Change,
    Clause,
    ClauseKind,
    Comparison,
    Operation,
    OperationKind,
    Place,
    RelationKind,
    Significance,
)

_ONE_TO_ONE = frozenset({RelationKind.EDITED, RelationKind.RELABELLED, RelationKind.MOVED, RelationKind.MOVED_EDITED})


@dataclass(frozen=True, slots=True)
class Item:
    """One change, or one clause that stayed, in the words of `phrases`.  Texts are as fetched, not yet made safe."""

    kind: RelationKind
    claim: str
    """`added`, `likely removed`; `unchanged` for a clause that stayed."""
    shape: str
    """`heading`, `list item`, …"""
    path: str
    """Outline path in the new text; in the old text for what was removed."""
    under: str
    """What holds it, as a trail of names for people: `Usage policy › 2. Privacy`; empty at the top."""
    section: str
    """The trail down to the nearest heading at or above it; empty before the first."""
    operations: tuple[Operation, ...]
    details: tuple[str, ...] = ()
    """Whence and whither, labels, evidence where it is not firm."""
    weight: str = ""
    """Significance with its signals; empty for a clause that stayed."""
    significance: Significance | None = None
    rank: int = 0
    """1 for the most important change of its comparison; 0 for a clause that stayed."""
    columns: tuple[str, ...] = ()
    """What the header of its table calls the cells of a row, where the row is told away from it."""
    old: tuple[int, ...] = ()
    """Positions in the old text."""
    new: tuple[int, ...] = ()
    """Positions in the new text."""

    @property
    def mark(self) -> str:
        return phrases.MARKS[self.kind]

    @property
    def cells(self) -> tuple[tuple[str, tuple[Operation, ...]], ...]:
        """The operations, cell by cell under the names of the columns where there are any; see `in_cells`."""
        return in_cells(self.operations, self.columns)


GAP = None
"""Stands for clauses that are left out between two items."""


class Teller:
    """Makes the items of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self.old = comparison.old.places()
        self.new = comparison.new.places()
        self._comparison = comparison
        stayed = (one for one in comparison.alignment.relations if one.kind is RelationKind.SAME)
        self._before = {new: old for one in stayed for old, new in zip(one.old, one.new, strict=False)}

    def ranked(self) -> list[Item]:
        """An item for every change, most important first."""
        return [self._changed(change, rank) for rank, change in enumerate(self._comparison.changes, 1)]

    def whole(self) -> list[Item]:
        """An item for every change and every clause that stayed, in the order of the new text."""
        return [self._item(*each) for each in self._sequence()]

    def reading_order(self, *, context: int = 0, only: Collection[RelationKind] = ()) -> list[Item | None]:
        """The changes in the order of the new text, removed ones where they stood, each with up to `context`
        unchanged clauses on both sides; `only` picks kinds of change (none: all).  `GAP` stands between items that
        are not neighbours if there is any context."""
        sequence = list(self._sequence())
        wanted = [i for i, (change, _) in enumerate(sequence) if change and (not only or change.kind in only)]
        near = {j for i in wanted for j in range(max(0, i - context), min(len(sequence), i + context + 1))}
        chosen = sorted({j for j in near if sequence[j][0] is None}.union(wanted))
        items: list[Item | None] = []
        for before, index in zip([-1, *chosen], chosen, strict=False):
            if context and index != before + 1:
                items.append(GAP)
            item = self._item(*sequence[index])
            last = items[-1] if items and index == before + 1 else None
            if item.columns and last and last.shape == item.shape and not last.columns:
                # Its header has just been told.
                item = replace(item, columns=())
            items.append(item)
        return items

    def _sequence(self) -> Iterator[tuple[Change | None, int]]:
        """(change, its rank) or (None, position of an unchanged new clause), in reading order."""
        ranks = {(c.old, c.new): (c, rank) for rank, c in enumerate(self._comparison.changes, 1)}
        for relation in self._comparison.alignment.relations:
            found = ranks.pop((relation.old, relation.new), None)
            if found:
                yield found
            elif relation.kind is RelationKind.SAME:
                yield from ((None, position) for position in relation.new)
        yield from ranks.values()

    def _item(self, change: Change | None, number: int) -> Item:
        return self._changed(change, number) if change else self._same(self.new[number])

    def _same(self, place: Place) -> Item:
        return Item(
            kind=RelationKind.SAME,
            claim=phrases.kind_word(RelationKind.SAME),
            shape=phrases.SHAPES[place.clause.kind],
            path=place.path,
            under=_above(self.new, place),
            section=_section(self.new, place),
            operations=(Operation(OperationKind.EQUAL, place.clause.words),) if place.clause.words else (),
            columns=place.clause.columns,
            old=(self._before[place.position],) if place.position in self._before else (),
            new=(place.position,),
        )

    def _changed(self, change: Change, rank: int) -> Item:
        places = self.new if change.new else self.old
        place = places[(change.new or change.old)[0]]
        return Item(
            kind=change.kind,
            claim=phrases.claim(change),
            shape=phrases.SHAPES[place.clause.kind],
            path=place.path,
            under=_above(places, place),
            section=_section(places, place),
            operations=complete(change, self.old, self.new),
            details=tuple(self._details(change)),
            weight=phrases.weight(change),
            significance=change.significance,
            rank=rank,
            columns=_columns(change.old, self.old) if not change.new else _columns(change.new, self.new),
            old=change.old,
            new=change.new,
        )

    def _details(self, change: Change) -> Iterator[str]:
        old, new = [self.old[p] for p in change.old], [self.new[p] for p in change.new]
        if change.kind in (RelationKind.MOVED, RelationKind.MOVED_EDITED):
            yield f"from {_paths(old)} to {_paths(new)}"
        elif old and new and len(old) + len(new) > 2:
            yield f"{_paths(old)} → {_paths(new)}"
        if change.kind in _ONE_TO_ONE and len(old) == len(new) == 1:
            yield from _outer_differences(
                old[0].clause, new[0].clause, relabelled=change.kind is RelationKind.RELABELLED
            )
        if change.certainty is Certainty.LIKELY and change.evidence:
            yield f"evidence: {change.evidence}"


def _columns(positions: Sequence[int], places: Sequence[Place]) -> tuple[str, ...]:
    return places[positions[0]].clause.columns if len(positions) == 1 else ()


def _paths(places: Sequence[Place]) -> str:
    return "; ".join(place.path for place in places)


def _outer_differences(old: Clause, new: Clause, *, relabelled: bool) -> Iterator[str]:
    """How two clauses differ besides their words."""
    if old.label != new.label:
        yield f"{old.label or 'no label'} → {new.label or 'no label'}"
    if old.kind is not new.kind:
        yield f"{phrases.SHAPES[old.kind]} → {phrases.SHAPES[new.kind]}"
    elif relabelled and old.label == new.label and old.depth != new.depth:
        yield f"depth {old.depth} → {new.depth}"


def _trail(places: Sequence[Place], position: int) -> str:
    """Names of a clause and all that holds it; labels and headings as printed, where a path has labels only."""
    names = []
    while position >= 0:
        place = places[position]
        clause = place.clause
        name = " ".join(filter(None, (clause.label, clause.heading or clause.lead)))
        names.append(name or place.path.rpartition(PATH_SEPARATOR)[2])
        position = place.parent
    return PATH_SEPARATOR.join(reversed(names))


def _above(places: Sequence[Place], place: Place) -> str:
    return _trail(places, place.parent)


def _section(places: Sequence[Place], place: Place) -> str:
    position = place.position
    while position >= 0 and places[position].clause.kind is not ClauseKind.SECTION:
        position = places[position].parent
    return _trail(places, position)
