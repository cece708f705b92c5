"""The evidence: bytes, the chain that proves them, and snapshots as exhibits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from clausetrail.model import Archived, Exhibit, Snapshot, SnapshotRow, TimeStamp
from clausetrail.store import documents, exhibits, snapshots, wordings
from clausetrail.store.parts.session import Session

if TYPE_CHECKING:
    from clausetrail.store.proving import Progress


class EvidencePart(Session):
    """What is asked about evidence."""

    def keep(self, found: Iterable[Snapshot]) -> int:
        """Put snapshots into the archive, before anything is made of them; how many were new.

        They are on the disk when this returns, and each batch of some 24 MB before the next is asked for.  One of
        known document, source, time and SHA-256 stays as it was recorded."""
        return self.archive.keep(found)

    def body(self, sha256: str) -> bytes:
        """The bytes as they were served, proved by their hash.  Raises StoreError where they are missing, damaged or
        redacted."""
        return self.archive.body(sha256)

    def redaction(self, sha256: str) -> str | None:
        """Why these bytes were taken out; None where they were not."""
        return self.archive.redaction(sha256)

    def archived(self, slug: str) -> tuple[Archived, ...]:
        """What the archive recorded of a document, under its slug or an alias, in the order of history."""
        with self._on(slug) as (db, document):
            names = documents.names(db, document)
        return self.archive.of_document(names)

    def unread(self, slug: str) -> tuple[SnapshotRow, ...]:
        """Snapshots that the archive has of a document and the database has not, as after a crash between the two; in
        the order of history."""
        with self._on(slug) as (db, document):
            names = documents.names(db, document)
            if self.archive.count(names) == snapshots.count(db, document):
                return ()  # The same ones, but for damage, which `verify` tells; comparing years of looks takes long.
            known = set(snapshots.keys(db, document))
        return tuple(one.row for one in self.archive.missing(names, known))

    def verify(self, progress: Progress | None = None) -> Iterator[str]:
        """Prove the whole archive: a line for every row of the chain that was altered, dropped or put in, for every
        body that is damaged or missing, for every snapshot of the database that the chain does not bear out, and for
        every time-stamp of a link that the chain has no more (what a time-stamp itself says is not read here).
        `progress` is told of each body."""
        from clausetrail.store import proving

        with self._database.reading() as db:
            claims = exhibits.claims(db)
        return proving.problems(self.archive, claims, progress)

    def first_row(self, sha256: str) -> tuple[int, str]:
        """(number, payload) of the first row of the chain that speaks of these bytes.  Raises StoreError where none
        does."""
        return self.archive.first_row(sha256)

    def links(self, first: int) -> Iterator[tuple[str, str]]:
        """(SHA-256 of the payload, link) of each row of the chain from this number on."""
        return self.archive.links(first)

    def link_before(self, number: int) -> str:
        """Link of the row before this one; zeros before the first."""
        return self.archive.link_before(number)

    def joint(self, number: int) -> str:
        """What the link of this row is the SHA-256 of, in ASCII.  Raises StoreError where there is no such row."""
        return self.archive.joint(number)

    def stamps(self) -> tuple[TimeStamp, ...]:
        """All time-stamps of links of the chain, by row and time; whether they hold is for `verify`."""
        return self.archive.stamps()

    def last_stamp(self) -> TimeStamp | None:
        """The time-stamp that was kept last."""
        return self.archive.last_stamp()

    def add_stamp(self, one: TimeStamp) -> None:
        """Keep a time-stamp, on the disk when this returns.  It is no part of the chain."""
        self.archive.add_stamp(one)

    def copy_to(self, database: Path, archive: Path) -> None:
        """Copy the database and its archive, both of one moment, to files that are not there yet, while others go on
        writing.  Raises StoreError where a copy cannot be written, or is not sound."""
        from clausetrail.store import copying

        copying.copy([(self._database, database), (self.archive.database, archive)])

    def chain_head(self) -> tuple[int, str]:
        """(rows of the chain, link of the last)."""
        return self.archive.last()

    def head_problem(self, count: int, link: str) -> str:
        """Why the chain does not go on from a head of so many rows with this link; empty where it does."""
        from clausetrail.store import proving

        return proving.head_problem(self.archive, count, link)

    def exhibits(self, slug: str) -> tuple[Exhibit, ...]:
        """All snapshots of a document as evidence, in the order of history, those that make no version too."""
        with self._on(slug) as (db, document):
            return exhibits.of_document(db, document)

    def pages(self, slug: str, number: int) -> tuple[Exhibit, ...]:
        """The snapshots that the tree of a version was read from, by name of the page."""
        with self._on(slug) as (db, document):
            return exhibits.pages(db, document, number)

    def find_snapshot(self, prefix: str) -> tuple[Exhibit, ...]:
        """Every snapshot whose SHA-256 begins with these (4 or more) hexadecimal digits, by document and time."""
        with self._database.reading() as db:
            return exhibits.with_prefix(db, prefix)

    def redact(self, sha256: str, reason: str) -> int:
        """Take these bytes out of the archive, and leave their hash and the reason in its chain; how many bodies were
        taken out now.  What was derived from them is to be derived again, and then `scrub` called."""
        from clausetrail.store import redaction

        return redaction.blank(self.archive, sha256, reason, datetime.now(UTC))

    def scrub(self) -> None:
        """After a redaction: forget what nothing holds any more, in the full-text index too, and write both files
        anew.  Raises StoreError, transient, where another process has one of them open."""
        from clausetrail.store import redaction, trees

        with self._database.transaction() as db:
            trees.prune(db)
            wordings.reindex(db)
        for database in (self._database, self.archive.database):
            redaction.scrub(database)
