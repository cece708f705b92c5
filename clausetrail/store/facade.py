"""The store as the rest of Clausetrail sees it: one class, each method one call into a module of this room."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from clausetrail.model import (
    BlameLine,
    ClauseTree,
    Comparison,
    Confirmation,
    Correction,
    DatedChanges,
    DeclaredDate,
    Derivation,
    DocumentInfo,
    End,
    Exhibit,
    LifeEvent,
    Lineage,
    LogEntry,
    Past,
    Reading,
    SearchHit,
    SnapshotKey,
    SnapshotRow,
    Stats,
    Version,
    Withdrawal,
)
from clausetrail.store import (
    announced,
    corrections,
    documents,
    exhibits,
    lives,
    past,
    permalinks,
    readers,
    record,
    search,
    snapshots,
    statistics,
    trees,
    versions,
    withdrawals,
    wordings,
)
from clausetrail.store.bundles import TreeBundle
from clausetrail.store.connection import EVIDENCE, PUBLISHED, TIMEOUT, Database, evidence_path, open_database
from clausetrail.store.corrections import Mirrored
from clausetrail.store.permalinks import Resolved
from clausetrail.store.record import Revisions

if TYPE_CHECKING:
    from clausetrail.store.archive import Archive, Progress
    from clausetrail.store.packing import Head, Packed


class Store:
    """A database of policies, and the evidence archive beside it.  A context manager.

    Every method raises StoreError, in one line that names the file, where the database is locked, damaged or cannot
    be written.  A method that takes a slug follows aliases and any case of letters, and raises UsageError for a
    document that is not known; one that takes the number of a version raises it for one that the document has not.
    What a method reads is of one moment; what it writes is written whole or not at all.
    """

    def __init__(self, database: Database, *, timeout: float = TIMEOUT) -> None:
        self._database = database
        self._timeout = timeout
        self._archive: Archive | None = None

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        write: bool = False,
        create: bool = False,
        timeout: float = TIMEOUT,
    ) -> Store:
        """`create` makes the file where there is none, and implies `write`; `timeout` is how many seconds to wait for
        another process that writes."""
        path = Path(path)
        if create and path.parent.is_dir() and not path.exists():
            # First of the two, so that no database is ever seen without its archive.
            open_database(evidence_path(path), EVIDENCE, create=True, timeout=timeout).close()
        database = open_database(path, PUBLISHED, write=write, create=create, timeout=timeout)
        return cls(database, timeout=timeout)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._archive:
            self._archive.close()
            self._archive = None
        self._database.close()

    @property
    def path(self) -> Path:
        return self._database.path

    @property
    def archive_path(self) -> Path:
        """Where the evidence is: `policies.evidence.db` beside `policies.db`."""
        return evidence_path(self.path)

    @property
    def connection(self) -> sqlite3.Connection:
        """For tests and for tools that only look."""
        return self._database.connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written inside is written, or nothing; bodies put into the archive stay there either way.

        Transactions nest: an inner one that fails leaves the outer one as it was.
        """
        with self._database.transaction():
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read inside is of one moment."""
        with self._database.reading():
            yield

    # Documents.

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All of them, by slug."""
        with self._database.reading() as db:
            return documents.infos(db)

    def document(self, slug: str) -> DocumentInfo:
        with self._on(slug) as (db, document):
            return documents.info(db, document)

    def declare(
        self, slug: str, publisher: str, title: str, *, licence: str = "", attribution: str = "", url: str = ""
    ) -> str:
        """Make the document or bring what is said of it up to date; the slug that it goes by.

        An alias stands for the document that absorbed it, which keeps its own names.
        """
        with self._database.transaction() as db:
            return documents.declare(db, slug, publisher, title, licence, attribution, url)

    def merge(self, absorbed: str, into: str) -> None:
        """Give all snapshots of one document to another, and its slug as an alias.

        What was derived for `absorbed` is gone; `into` is to be derived again, in the same transaction.
        """
        with self._database.transaction() as db:
            documents.merge(db, absorbed, into)

    def remove(self, slug: str) -> None:
        """Take a document out, with all that was derived for it and the record of its snapshots.

        The bytes of its snapshots stay in the archive."""
        with self._changing(slug) as (db, document):
            documents.remove(db, document)
            trees.prune(db)

    @property
    def archive(self) -> Archive:
        """The evidence archive; opened, and made if need be, when it is first asked for."""
        from clausetrail.store.archive import Archive  # readers of the database alone need no compressor

        if self._archive is None:
            if not self.archive_path.exists():
                with self._database.reading() as db:
                    snapshots.check_none(db, self.archive_path)
            self._archive = Archive(self.archive_path, write=self._database.writable, timeout=self._timeout)
        return self._archive

    def head(self, page: str) -> Head:
        """Where the packing of a page goes on: what `packing.pack_page` wants, in whatever process."""
        return self.archive.head(page)

    def put_packed(self, page: str, packed: Iterable[Packed]) -> None:
        """Keep what `packing.pack_page` made.  It is on the disk when this returns."""
        self.archive.put(page, packed)

    def body(self, sha256: str) -> bytes:
        """The bytes as they were served, proved by their hash.  Raises StoreError where they are not there."""
        return self.archive.body(sha256)

    def verify(self, progress: Progress | None = None) -> Iterator[str]:
        """Hash the whole archive again: a line for every body that is damaged, or missing though a snapshot has it.
        `progress` is told of each."""
        with self._database.reading() as db:
            wanted = snapshots.bodies(db)
        return self.archive.verify(wanted, progress)

    # Snapshots.

    def exhibits(self, slug: str) -> tuple[Exhibit, ...]:
        """All snapshots of a document as evidence, in the order of history, those that make no version too."""
        with self._on(slug) as (db, document):
            return exhibits.of_document(db, document)

    def find_snapshot(self, prefix: str) -> tuple[Exhibit, ...]:
        """Every snapshot whose SHA-256 begins with these (4 or more) hexadecimal digits, by document and time."""
        with self._database.reading() as db:
            return exhibits.with_prefix(db, prefix)

    def add_snapshots(self, slug: str, rows: Iterable[SnapshotRow]) -> None:
        """Record snapshots, whose bodies are in the archive already.  One that is known keeps its evidence as it was
        and takes the new reading; `seen_until` only moves forward."""
        with self._changing(slug) as (db, document):
            snapshots.add(db, document, rows)

    def set_seen(self, slug: str, key: SnapshotKey, seen_until: datetime | None) -> None:
        """Until when the same bytes were seen, as is known now."""
        with self._changing(slug) as (db, document):
            snapshots.set_seen(db, document, key, seen_until)

    def keys(self, slug: str) -> tuple[SnapshotKey, ...]:
        """Of all snapshots, in the order of history."""
        with self._on(slug) as (db, document):
            return snapshots.keys(db, document)

    def snapshots(self, slug: str) -> tuple[SnapshotRow, ...]:
        """In the order of history."""
        with self._on(slug) as (db, document):
            return snapshots.all_of(db, document)

    def add_trees(self, bundle: TreeBundle) -> None:
        """Keep the readings of a bundle; those whose print is known are passed over."""
        with self._database.transaction() as db:
            trees.add(db, bundle)

    def tree(self, name: str) -> ClauseTree:
        """By print.  Raises StoreError where it is not kept."""
        with self._database.reading() as db:
            return trees.TreeReader(db).tree(name)

    def reading_of(self, name: str) -> Reading:
        """By print.  Raises StoreError where it is not kept."""
        with self._database.reading() as db:
            return trees.TreeReader(db).reading(name)

    def prune(self) -> int:
        """Drop trees that nothing refers to any more, and what only they held (after a rebuild); how many rows."""
        with self._database.transaction() as db:
            return trees.prune(db)

    def optimise(self) -> None:
        """Merge the full-text index, refresh the planner's statistics, give back free space (after an import)."""
        with self._database.transaction() as db:
            wordings.optimise(db)
        self._database.shrink()

    def past(self, slug: str) -> Past:
        with self._on(slug) as (db, document):
            return past.past(db, document)

    def add_withdrawals(self, slug: str, found: Iterable[Withdrawal]) -> None:
        """Record when the document was taken away; when it returned is read off its snapshots."""
        with self._changing(slug) as (db, document):
            withdrawals.add(db, document, found)

    def withdrawals(self, slug: str) -> tuple[Withdrawal, ...]:
        """When the document was taken away, and came back, by time."""
        with self._on(slug) as (db, document):
            return withdrawals.of(db, document)

    def record(
        self,
        slug: str,
        derivation: Derivation,
        *,
        revisions: Revisions,
        confirmation: Confirmation | None = None,
        dates: record.Dates | None = None,
    ) -> None:
        """Make the recorded history of a document equal to the derivation, which went by `confirmation`.

        The tree of every variant is in the store already.  `dates` holds, by number of version, the dates that a
        person has put in the place of those that the page was read to declare."""
        with self._changing(slug) as (db, document):
            record.record(db, document, derivation, revisions, dates)
            documents.set_confirmation(db, document, str(confirmation or Confirmation()))

    def revisions(self, slug: str) -> set[Revisions]:
        """Of the code that made the recorded versions of a document."""
        with self._on(slug) as (db, document):
            return record.revisions(db, document)

    def versions(self, slug: str) -> tuple[Version, ...]:
        """Oldest first."""
        with self._on(slug) as (db, document):
            return versions.of(db, document)

    def declared_dates(self, slug: str) -> tuple[tuple[DeclaredDate, ...], ...]:
        """The dates that each version declares, in the order of `versions`."""
        with self._on(slug) as (db, document):
            said = announced.by_version(db, document)
            return tuple(said[number].dates for number in range(1, versions.latest(db, document) + 1))

    def lineages(self, slug: str) -> tuple[Lineage, ...]:
        """All lineages of a document, by number."""
        with self._on(slug) as (db, document):
            return past.lineages(db, document)

    def comparison(self, slug: str, number: int) -> Comparison | None:
        """The version before with this one, from what was recorded; None for the first version."""
        with self._on(slug) as (db, document):
            return readers.comparison(db, document, number)

    def end(self, slug: str, number: int, asked: str = "latest") -> End:
        with self._on(slug) as (db, document):
            return readers.end(db, document, number, asked)

    def log(self, slug: str) -> tuple[LogEntry, ...]:
        """Every version, oldest first."""
        with self._on(slug) as (db, document):
            return readers.log(db, document)

    def dated_changes(self, slug: str, since: datetime | None = None) -> tuple[DatedChanges, ...]:
        """Every version first seen since then, with its changes in full, newest first."""
        with self._on(slug) as (db, document):
            return readers.dated_changes(db, document, since)

    def blame(self, slug: str, number: int) -> tuple[BlameLine, ...]:
        """Each clause of a version with the versions that introduced it and that last changed its words.  A flap
        changes nothing, and neither does a new revision of our own parser: blame looks through both."""
        with self._on(slug) as (db, document):
            return lives.blame(db, document, number)

    def life(self, slug: str, lineage: int) -> tuple[LifeEvent, ...]:
        """What happened to one clause, oldest first; in a flap too, which its version's standing tells."""
        with self._on(slug) as (db, document):
            return lives.life(db, document, lineage)

    def search(
        self,
        words: str,
        *,
        document: str | None = None,
        on: date | datetime | int | None = None,
        removed: bool = False,
        limit: int = 50,
    ) -> tuple[SearchHit, ...]:
        """Wordings that hold all the words, and those in quotes side by side; best first, those that stand today
        before others.  No query is an error; one with nothing to look for finds nothing.

        Those that stand in the latest version; with `on`, those that stood at that moment, by the end of that day in
        UTC, or in the version of that number; with `removed`, those that no longer stand anywhere in their document.
        """
        with self._database.reading() as db:
            within = None if document is None else documents.resolve(db, document)
            return search.search(db, words, document=within, on=on, removed=removed, limit=limit)

    def stats(self) -> Stats:
        with self._database.reading() as db:
            return statistics.stats(db, self.archive.size() if self.archive_path.exists() else 0)

    def resolve_permalink(self, text: str) -> Resolved:
        """Where a permalink leads today.  Raises UsageError where it leads nowhere."""
        with self._database.reading() as db:
            return permalinks.resolve(db, text)

    # Corrections.

    def mirror(self, found: Iterable[Correction], problems: Mapping[int, str]) -> None:
        """Show the corrections to readers.  `problems` tells, by index, which were not applied, and why."""
        with self._database.transaction() as db:
            corrections.mirror(db, found, problems)

    def corrections(self) -> tuple[Mirrored, ...]:
        """What was mirrored last, in the order of the file."""
        with self._database.reading() as db:
            return corrections.mirrored(db)

    @contextmanager
    def _on(self, slug: str) -> Iterator[tuple[sqlite3.Connection, int]]:
        """Read about one document."""
        with self._database.reading() as db:
            yield db, documents.resolve(db, slug)

    @contextmanager
    def _changing(self, slug: str) -> Iterator[tuple[sqlite3.Connection, int]]:
        """Write about one document."""
        with self._database.transaction() as db:
            yield db, documents.resolve(db, slug)
