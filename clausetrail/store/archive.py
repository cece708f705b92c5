"""The evidence archive: every snapshot as a row of a chain; every body exactly as served, once, under its SHA-256."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from clausetrail.errors import StoreError
from clausetrail.model import Archived, Snapshot, SnapshotKey, TimeStamp
from clausetrail.store import entries, packing, stamps
from clausetrail.store.chain import BEGINNING
from clausetrail.store.codec import clean, stamp
from clausetrail.store.connection import EVIDENCE, TIMEOUT, Database, open_database
from clausetrail.store.packing import Head, Packed

_CACHED = 16
_BATCH = 24 * 1024 * 1024
"""Bytes of bodies after which what was put in is written to the disk."""


class Archive:
    """The archive beside a database.  What is put in is on the disk when the call returns.

    `clock` tells when a row is recorded.
    """

    def __init__(
        self, path: Path, *, write: bool, timeout: float = TIMEOUT, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.path = path
        self.database: Database = open_database(path, EVIDENCE, write=write, create=write, timeout=timeout)
        self._clock = clock or (lambda: datetime.now(UTC))
        self._recent: dict[int, bytes] = {}

    def close(self) -> None:
        self.database.close()

    # Putting in.

    def keep(self, snapshots: Iterable[Snapshot]) -> int:
        """Record snapshots, in the order given; how many were new.

        A snapshot is known by document, source, time and SHA-256: one that is here stays as it was recorded.  Each
        batch of some 24 MB is on the disk before the next is asked for; the last one when this returns.
        """
        new, held = 0, 0
        batch: list[Snapshot] = []
        for snapshot in snapshots:
            batch.append(snapshot)
            held += len(snapshot.body)
            if held >= _BATCH:
                new += self._keep(batch)
                batch, held = [], 0
        return new + (self._keep(batch) if batch else 0)

    def _keep(self, batch: list[Snapshot]) -> int:
        pages: dict[str, list[bytes]] = {}
        hashes = {id(snapshot): snapshot.sha256 for snapshot in batch}
        for snapshot in batch:
            if not self.has(hashes[id(snapshot)]):
                pages.setdefault(page_of(snapshot.document, snapshot.source), []).append(snapshot.body)
        # Outside the transaction, so that others wait for the disk only.
        packed = [(page, packing.pack_page(bodies, self.head(page))) for page, bodies in pages.items()]
        with self.database.transaction() as db:
            for page, own in packed:
                self._put(db, page, own)
            self._put_screenshots(db, batch)
            at = stamp(self._clock())
            return sum(entries.append(db, snapshot, hashes[id(snapshot)], at) for snapshot in batch)

    def _put(self, db: sqlite3.Connection, page: str, packed: Iterable[Packed]) -> None:
        """Keep packed bodies; those that are here already, or were redacted, are passed over."""
        for one in packed:
            base = db.execute("SELECT id FROM blobs WHERE sha256 = ? AND data <> x''", (one.base,)).fetchone()
            if one.base and base is None:
                raise StoreError(f"{self.path}: bytes were redacted meanwhile; try again", transient=True)
            _insert(db, page, one, base[0] if base else None)

    def _put_screenshots(self, db: sqlite3.Connection, batch: Iterable[Snapshot]) -> None:
        for snapshot in batch:
            if snapshot.screenshot:
                page = f"{page_of(snapshot.document, snapshot.source)} screenshot"
                _insert(db, page, packing.compress(snapshot.screenshot), None)

    def head(self, page: str) -> Head:
        """Where the packing of a page goes on."""
        with self.database.reading() as db:
            last = db.execute("SELECT max(ordinal) FROM blobs WHERE page = ?", (page,)).fetchone()[0]
            ordinal = 0 if last is None else last + 1
            bodies: dict[int, bytes] = {}
            for wanted in packing.bases_from(ordinal):
                number: int | None = wanted
                while number is not None and number not in bodies and not self._load(page, number, bodies):
                    number = packing.base_of(number)
        return Head(ordinal, bodies)

    def _load(self, page: str, number: int, bodies: dict[int, bytes]) -> bool:
        row = self.database.connection.execute(
            "SELECT id FROM blobs WHERE page = ? AND ordinal = ? AND data <> x'' ORDER BY id LIMIT 1", (page, number)
        ).fetchone()
        if row is not None:
            bodies[number] = self.unpacked(row[0])
        return row is not None

    # Reading.

    def has(self, sha256: str) -> bool:
        """Whether the bytes are here, or were and have been redacted."""
        with self.database.reading() as db:
            return db.execute("SELECT 1 FROM blobs WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def body(self, sha256: str) -> bytes:
        """The bytes with this hash, proved by hashing them again.

        Raises StoreError where they are missing, redacted or damaged.
        """
        with self.database.reading() as db:
            row = db.execute("SELECT id, data = x'' FROM blobs WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None:
                raise StoreError(f"{self.path}: the bytes of snapshot {sha256[:12]} are missing; restore the archive")
            if row[1]:
                reason = entries.reason_of(db, sha256)
                raise StoreError(f"{self.path}: the bytes of snapshot {sha256[:12]} were redacted ({reason})")
            body = self.unpacked(row[0])
        if hashlib.sha256(body).hexdigest() != sha256:
            raise StoreError(f"{self.path}: the bytes kept as {sha256} hash to something else; restore the archive")
        return body

    def redaction(self, sha256: str) -> str | None:
        """Why these bytes were taken out; None where they were not."""
        with self.database.reading() as db:
            row = db.execute("SELECT 1 FROM blobs WHERE sha256 = ? AND data = x''", (sha256,)).fetchone()
            return entries.reason_of(db, sha256) if row else None

    def last(self) -> tuple[int, str]:
        """(number, link) of the last row of the chain; (0, zeros) where there is none."""
        with self.database.reading() as db:
            return entries.last(db)

    def count(self, names: Iterable[str]) -> int:
        """How many snapshots are recorded under any of these slugs."""
        with self.database.reading() as db:
            return sum(entries.count_of_document(db, clean(name)) for name in names)

    def missing(self, names: Iterable[str], known: Collection[SnapshotKey]) -> tuple[Archived, ...]:
        """Snapshots recorded under any of these slugs, less those that are known, in the order of history."""
        have = {(stamp(key.fetched_at), clean(key.source), key.sha256) for key in known}
        with self.database.reading() as db:
            new = [name for name in names if entries.keys_of_document(db, clean(name)) - have]
        return tuple(one for one in self.of_document(new) if one.row.key not in known)

    def of_document(self, names: Iterable[str]) -> tuple[Archived, ...]:
        """Snapshots recorded under any of these slugs, in the order of history."""
        with self.database.reading() as db:
            found = [one for name in names for one in entries.of_document(db, clean(name))]
        return tuple(sorted(found, key=lambda one: one.row.key))

    def links(self, first: int) -> Iterator[tuple[str, str]]:
        """(SHA-256 of the payload, link) of each row of the chain from this number on."""
        with self.database.reading() as db:
            for entry, link in entries.all_from(db, first):
                yield hashlib.sha256(entry.payload.encode("ascii")).hexdigest(), link

    def link_before(self, number: int) -> str:
        """Link of the row before this one; zeros before the first."""
        with self.database.reading() as db:
            return entries.link(db, number - 1) if number > 1 else BEGINNING

    def joint(self, number: int) -> str:
        """What the link of this row is the SHA-256 of: the link before it, then its payload's own SHA-256.

        Raises StoreError where there is no such row."""
        with self.database.reading() as db:
            row = next(entries.all_from(db, number), None)
            if row is None or row[0].number != number:
                raise StoreError(f"{self.path}: the chain has no row {number:,}")
            before = entries.link(db, number - 1) if number > 1 else BEGINNING
        return before + hashlib.sha256(row[0].payload.encode("ascii")).hexdigest()

    def stamps(self) -> tuple[TimeStamp, ...]:
        """All time-stamps, by row of the chain and time."""
        with self.database.reading() as db:
            return stamps.every(db)

    def last_stamp(self) -> TimeStamp | None:
        """The time-stamp that was kept last."""
        with self.database.reading() as db:
            return stamps.last(db)

    def add_stamp(self, one: TimeStamp) -> None:
        """Keep a time-stamp."""
        with self.database.transaction() as db:
            stamps.add(db, one)

    def first_row(self, sha256: str) -> tuple[int, str]:
        """(number, payload) of the first row of the chain that speaks of these bytes."""
        with self.database.reading() as db:
            entry = entries.first_of(db, sha256)
        if entry is None:
            raise StoreError(f"{self.path}: no row speaks of snapshot {sha256[:12]}; `clausetrail verify` tells more")
        return entry.number, entry.payload

    def size(self) -> int:
        """Of the file, in bytes."""
        with self.database.reading() as db:
            return int(
                db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0]
            )

    def unpacked(self, blob: int) -> bytes:
        """By row; walks down the bases, of which there are at most eight.  Not proved: that is for `body`."""
        if blob in self._recent:
            return self._recent[blob]
        row = self.database.connection.execute("SELECT size, base_id, data FROM blobs WHERE id = ?", (blob,)).fetchone()
        if row is None:
            raise StoreError(f"{self.path}: a body that others are packed against is missing; restore the archive")
        size, base, data = row
        # A base is always the older row: anything else is damage, and could send us round in circles.
        if base is not None and base >= blob:
            raise StoreError(f"{self.path}: is damaged; restore the archive")
        body = packing.decompress(data, size, None if base is None else self.unpacked(base))
        self._recent[blob] = body
        while len(self._recent) > _CACHED:
            del self._recent[next(iter(self._recent))]
        return body

    def forget_recent(self) -> None:
        """After bytes were taken out: hold none of them in memory."""
        self._recent.clear()


def page_of(document: str, source: str) -> str:
    """Name under which a page's bodies are packed against each other."""
    return clean(f"{document} {source}")


def _insert(db: sqlite3.Connection, page: str, one: Packed, base: int | None) -> None:
    db.execute(
        "INSERT INTO blobs (sha256, page, ordinal, size, base_id, data) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (sha256) DO NOTHING",
        (one.sha256, page, one.ordinal, one.size, base, one.data),
    )
