"""An open database: when it is opened, closed, read and written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from clausetrail.store import documents, snapshots
from clausetrail.store.connection import EVIDENCE, PUBLISHED, TIMEOUT, Database, evidence_path, open_database

if TYPE_CHECKING:
    from clausetrail.store.archive import Archive


class Session:
    """What the parts stand on."""

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
    ) -> Self:
        """`create` makes the file where there is none, and implies `write`; `timeout` is how many seconds to wait for
        another process that writes."""
        path = Path(path)
        if create and path.parent.is_dir() and not path.exists():
            # First of the two, so that no database is ever seen without its archive.
            open_database(evidence_path(path), EVIDENCE, create=True, timeout=timeout).close()
        database = open_database(path, PUBLISHED, write=write, create=create, timeout=timeout)
        return cls(database, timeout=timeout)

    def __enter__(self) -> Self:
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
