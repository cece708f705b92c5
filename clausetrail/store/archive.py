"""The evidence archive: every body exactly as served, once, under its SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from clausetrail.errors import StoreError
from clausetrail.store import packing
from clausetrail.store.connection import EVIDENCE, TIMEOUT, Database, open_database
from clausetrail.store.packing import Head, Packed

_CACHED = 16

Progress = Callable[[int, int, str], None]
"""Called with (done, total, what is being done)."""


class Archive:
    """The archive beside a database.  What is put in is on the disk when the call returns."""

    def __init__(self, path: Path, *, write: bool, timeout: float = TIMEOUT) -> None:
        self.path = path
        self._db: Database = open_database(path, EVIDENCE, write=write, create=write, timeout=timeout)
        self._recent: dict[int, bytes] = {}

    def close(self) -> None:
        self._db.close()

    def head(self, page: str) -> Head:
        """Where the packing of a page goes on."""
        with self._db.reading() as db:
            last = db.execute("SELECT max(ordinal) FROM blobs WHERE page = ?", (page,)).fetchone()[0]
            ordinal = 0 if last is None else last + 1
            bodies = {}
            for number in packing.bases_from(ordinal):
                row = db.execute("SELECT id FROM blobs WHERE page = ? AND ordinal = ?", (page, number)).fetchone()
                if row is not None:
                    bodies[number] = self._body(row[0])
        return Head(ordinal, bodies)

    def put(self, page: str, packed: Iterable[Packed]) -> None:
        """Keep packed bodies; those that are here already are passed over."""
        with self._db.transaction() as db:
            for one in packed:
                base = self._id(one.base) if one.base else None
                db.execute(
                    "INSERT INTO blobs (sha256, page, ordinal, size, base_id, data) VALUES (?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (sha256) DO NOTHING",
                    (one.sha256, page, one.ordinal, one.size, base, one.data),
                )

    def has(self, sha256: str) -> bool:
        with self._db.reading() as db:
            return db.execute("SELECT 1 FROM blobs WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def body(self, sha256: str) -> bytes:
        """The bytes with this hash, proved by hashing them again.

        Raises StoreError where they are missing or damaged.
        """
        with self._db.reading():
            body = self._body(self._id(sha256))
        if hashlib.sha256(body).hexdigest() != sha256:
            raise StoreError(f"{self.path}: the bytes kept as {sha256} hash to something else; restore the archive")
        return body

    def verify(self, wanted: Iterable[tuple[str, str]], progress: Progress | None = None) -> Iterator[str]:
        """One line for every body that is damaged, and for each of `wanted`, (SHA-256, whose), that is missing."""
        with self._db.reading() as db:
            rows = db.execute("SELECT id, sha256, page FROM blobs ORDER BY page, ordinal, id").fetchall()
        for done, (blob, sha256, page) in enumerate(rows):
            if progress:
                progress(done, len(rows), page)
            problem = self._problem(blob, sha256)
            if problem:
                yield f"{page}: snapshot {sha256[:12]}: {problem}"
        present = {row[1] for row in rows}
        for sha256, who in wanted:
            if sha256 not in present:
                yield f"{who}: snapshot {sha256[:12]}: its bytes are missing from the archive"

    def _problem(self, blob: int, sha256: str) -> str:
        try:
            with self._db.reading():
                body = self._body(blob)
        except StoreError as error:
            return str(error)
        return "" if hashlib.sha256(body).hexdigest() == sha256 else "its bytes hash to something else"

    def size(self) -> int:
        """Of the file, in bytes."""
        with self._db.reading() as db:
            return int(
                db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0]
            )

    def _id(self, sha256: str) -> int:
        row = self._db.connection.execute("SELECT id FROM blobs WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise StoreError(f"{self.path}: the bytes of snapshot {sha256[:12]} are missing; restore the archive")
        return int(row[0])

    def _body(self, blob: int) -> bytes:
        """By row; walks down the bases, of which there are at most a few."""
        if blob in self._recent:
            return self._recent[blob]
        row = self._db.connection.execute("SELECT size, base_id, data FROM blobs WHERE id = ?", (blob,)).fetchone()
        if row is None:
            raise StoreError(f"{self.path}: a body that others are packed against is missing; restore the archive")
        size, base, data = row
        # A base is always the older row: anything else is damage, and could send us round in circles.
        if base is not None and base >= blob:
            raise StoreError(f"{self.path}: is damaged; restore the archive")
        body = packing.decompress(data, size, None if base is None else self._body(base))
        self._recent[blob] = body
        while len(self._recent) > _CACHED:
            del self._recent[next(iter(self._recent))]
        return body
