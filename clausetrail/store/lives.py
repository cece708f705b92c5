"""Clauses through time: who last changed them, and the life of each."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clausetrail.errors import UsageError
from clausetrail.model import (
    Announced,
    BlameLine,
    Change,
    LifeEvent,
    RelationKind,
    Standing,
    Version,
    VersionOrigin,
)
from clausetrail.store import announced, documents, readers, versions
from clausetrail.store.permalinks import permalink


class _Stretch(NamedTuple):
    """A span: for how long a lineage had one wording."""

    first: int
    last: int
    wording: int
    words: str


def blame(db: sqlite3.Connection, document: int, number: int) -> tuple[BlameLine, ...]:
    """Each clause of a version with the versions that introduced it and that last changed its words.

    A flap changes nothing, and neither does a new revision of our own parser: blame looks through both.
    """
    version = versions.one(db, document, number)
    known = {v.number: v for v in versions.of(db, document, range(1, number + 1))}
    rows = db.execute("SELECT number, introduced FROM lineages WHERE document_id = ?", (document,))
    introduced = dict(rows.fetchall())
    stretches = _stretches(db, document)
    slug = documents.slug_of(db, document)
    places = readers.Walks(db, document).places(number)
    return tuple(
        BlameLine(
            place=place,
            lineage=lineage,
            introduced=known[introduced[lineage]],
            changed=known[_changed(stretches[lineage], number, known)],
            permalink=permalink(slug, version.snapshots[0], place.position, place.clause.words),
        )
        for place, lineage in zip(places, versions.lineages(db, document, number), strict=True)
    )


def _stretches(db: sqlite3.Connection, document: int, lineage: int | None = None) -> dict[int, list[_Stretch]]:
    """Spans by lineage, in order; of all lineages or of one."""
    found: dict[int, list[_Stretch]] = defaultdict(list)
    for number, *values in db.execute(
        "SELECT l.number, s.first_version, s.last_version, s.wording_id, w.words FROM lineages l"
        " JOIN spans s ON s.lineage_id = l.id JOIN wordings w ON w.id = s.wording_id"
        " WHERE l.document_id = ? AND l.number = coalesce(?, l.number) ORDER BY l.number, s.first_version",
        (document, lineage),
    ):
        found[number].append(_Stretch(*values))
    return found


def _changed(stretches: Sequence[_Stretch], number: int, known: Mapping[int, Version]) -> int:
    """The version that gave a lineage the words it has in version `number`."""
    at = next(i for i, s in enumerate(stretches) if s.first <= number <= s.last)
    while at:
        earlier = _looked_through(stretches, at, known)
        if earlier is None:
            break
        at = earlier
    return stretches[at].first


def _looked_through(stretches: Sequence[_Stretch], at: int, known: Mapping[int, Version]) -> int | None:
    """The earlier span that this one only goes on with; None where it is a change of its own."""
    span, before = stretches[at], stretches[at - 1]
    if known[span.first].origin is VersionOrigin.TECHNICAL and before.last == span.first - 1:
        return at - 1
    for i in range(at - 1, -1, -1):
        if stretches[i].wording == span.wording:
            between = range(stretches[i].last + 1, span.first)
            return i if all(known[n].standing is Standing.FLAP for n in between) else None
    return None


def life(db: sqlite3.Connection, document: int, lineage: int) -> tuple[LifeEvent, ...]:
    """What happened to one clause, oldest first; in a flap too, which its version's standing tells.

    Raises UsageError where there is no such lineage.
    """
    stretches = _stretches(db, document, lineage).get(lineage)
    if not stretches:
        slug = documents.slug_of(db, document)
        raise UsageError(f"{slug}: no clause with lineage {lineage}; `clausetrail blame {slug}` lists them")
    walks = readers.Walks(db, document)
    changes = readers.chosen(db, _changes_of(db, document, lineage).values(), walks)
    numbers = sorted({*changes, *_comings(stretches), *_goings(stretches, versions.latest(db, document))})
    teller = _Teller(
        db,
        document,
        lineage,
        stretches,
        changes,
        {v.number: v for v in versions.of(db, document, numbers)},
        walks,
    )
    said = announced.by_version(db, document, numbers)
    return tuple(teller.event(number, said[number]) for number in numbers)


def _comings(stretches: Sequence[_Stretch]) -> Iterator[int]:
    """Versions in which the clause is there and was not before."""
    last = 0
    for span in stretches:
        if not last or span.first > last + 1:
            yield span.first
        last = span.last


def _goings(stretches: Sequence[_Stretch], latest: int) -> Iterator[int]:
    """Versions in which the clause is not there and was before."""
    for span, after in zip(stretches, [*stretches[1:], None], strict=True):
        if span.last < latest and (after is None or after.first > span.last + 1):
            yield span.last + 1


def _changes_of(db: sqlite3.Connection, document: int, lineage: int) -> dict[int, int]:
    """Row of the change that tells of a lineage, by version; what became of it rather than what it came from."""
    rows = db.execute(
        "SELECT v.number, c.id FROM lineages l JOIN change_clauses k ON k.lineage_id = l.id"
        " JOIN changes c ON c.id = k.change_id JOIN versions v ON v.id = c.version_id"
        " WHERE l.document_id = ? AND l.number = ? ORDER BY v.number, k.side DESC, c.rank DESC",
        (document, lineage),
    )
    return dict(rows.fetchall())


@dataclass(frozen=True, slots=True)
class _Teller:
    db: sqlite3.Connection
    document: int
    lineage: int
    stretches: Sequence[_Stretch]
    changes: Mapping[int, Change]
    versions: Mapping[int, Version]
    walks: readers.Walks

    def event(self, number: int, said: Announced) -> LifeEvent:
        here = self._at(number)
        change = self.changes.get(number)
        side = number if here else number - 1
        return LifeEvent(
            what=self._what(number, change),
            version=self.versions[number],
            path=self._path(side),
            words=(here or self._at(side) or self.stretches[0]).words,
            change=change,
            announced=said,
            others=self._others(change, number) if change else (),
        )

    def _at(self, number: int) -> _Stretch | None:
        return next((s for s in self.stretches if s.first <= number <= s.last), None)

    def _what(self, number: int, change: Change | None) -> str:
        if self._at(number - 1) is None:
            return "introduced" if number == self.stretches[0].first else "reinstated"
        if change is not None and (self._at(number) or change.kind is not RelationKind.ADDED):
            return change.kind.value
        return "removed"

    def _path(self, number: int) -> str:
        numbers = versions.lineages(self.db, self.document, number)
        return self.walks.places(number)[numbers.index(self.lineage)].path

    def _others(self, change: Change, number: int) -> tuple[int, ...]:
        """The other lineages that took part, in order."""
        found: dict[int, None] = {}
        for side, positions in ((number - 1, change.old), (number, change.new)):
            numbers = versions.lineages(self.db, self.document, side) if positions else ()
            found.update(dict.fromkeys(numbers[at] for at in positions))
        found.pop(self.lineage, None)
        return tuple(found)
