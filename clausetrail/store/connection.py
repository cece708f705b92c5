"""Opening a SQLite file, and telling in one line what is wrong with it."""

from __future__ import annotations

import sqlite3
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from clausetrail.errors import StoreError

TIMEOUT = 5.0
"""Seconds to wait for another process's lock."""

_CACHE_KIB = 16 * 1024
_PAGES = ("freelist_count", "page_count")
_SPARE = 32


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, told apart by SQLite's `application_id`; `version` is its `user_version`."""

    name: str
    application_id: int
    version: int
    advice: str
    """What to do where there is no such file."""


PUBLISHED = Format(
    "database",
    0x436C5472,
    5,
    "fetch something first (`clausetrail track URL`, or `clausetrail fetch` in a workspace), import it"
    " (`clausetrail import --help`), try `clausetrail demo`, or name another with --database",
)
EVIDENCE = Format("evidence archive", 0x436C4576, 3, "put the archive beside its database again, under the name it had")

PRIVATE = Format("private file", 0x436C5076, 1, "subscribe somebody first (`clausetrail subscribe --help`)")


def private_path(database: Path) -> Path:
    """Where a database's subscribers are: `policies.private.db` beside `policies.db`."""
    return database.with_name(f"{database.stem}.private{database.suffix}")


def evidence_path(database: Path) -> Path:
    """Where a database's evidence archive is: `policies.evidence.db` beside `policies.db`."""
    return database.with_name(f"{database.stem}.evidence{database.suffix}")


class Database:
    """One open file.  Transactions nest: an inner one that fails leaves the outer one as it was."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, writable: bool) -> None:
        self.path = path
        self.connection = connection
        self.writable = writable
        self._depth = 0

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing.  Waits for another writer at the start, so that nothing waits in the middle."""
        if not self.writable:
            raise StoreError(f"{self.path}: opened for reading only; nothing was written")
        with translated(self.path):
            begin, commit, undo = self._statements("BEGIN IMMEDIATE")
            with self._nested(begin, commit, undo):
                yield self.connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Everything read inside is of one moment, whatever others write meanwhile."""
        with translated(self.path):
            if self._depth:
                yield self.connection
                return
            with self._nested("BEGIN", "COMMIT", ("ROLLBACK",)):
                yield self.connection

    def _statements(self, begin: str) -> tuple[str, str, tuple[str, ...]]:
        if not self._depth:
            return begin, "COMMIT", ("ROLLBACK",)
        point = f"level{self._depth}"
        return f"SAVEPOINT {point}", f"RELEASE {point}", (f"ROLLBACK TO {point}", f"RELEASE {point}")

    @contextmanager
    def _nested(self, begin: str, commit: str, undo: tuple[str, ...]) -> Iterator[None]:
        self.connection.execute(begin)
        self._depth += 1
        try:
            yield
            self.connection.execute(commit)
        except BaseException:
            # A full disk or an I/O error may have ended the transaction already.
            if self.connection.in_transaction:
                for statement in undo:
                    self.connection.execute(statement)
            raise
        finally:
            self._depth -= 1

    def shrink(self) -> None:
        """Give unused pages back to the disk, if they are many and nobody else is at work on the file."""
        with translated(self.path), suppress(sqlite3.OperationalError):
            free, pages = (self.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _PAGES)
            if not self._depth and free * _SPARE > pages:
                self.connection.execute("VACUUM")

    def close(self) -> None:
        self.connection.close()


def open_database(
    path: Path,
    form: Format,
    *,
    write: bool = False,
    create: bool = False,
    timeout: float = TIMEOUT,
) -> Database:
    """Open a file of the form given, made first if `create`, and moved to today's schema if it is older.

    Raises StoreError, in one line that names the file: missing, a folder, not a database, not ours, newer than this
    Clausetrail, locked, damaged.
    """
    _check_path(path, form, create=create)
    with translated(path):
        connection = _connect(path, "rwc" if create else "rw" if write else "ro", timeout)
        try:
            connection = _readable(connection, path, timeout, write=write or create)
            if not _current(connection, path, form, create=create):
                connection.close()
                connection = _migrated(path, form, timeout, write=write or create)
        except BaseException:
            connection.close()
            raise
    return Database(path, connection, writable=write or create)


def _check_path(path: Path, form: Format, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: this is a folder, not a {form.name}; name a file")
    if not path.exists() and not create:
        raise StoreError(f"{path}: there is no {form.name} here; {form.advice}")
    if create and not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first")


def _connect(path: Path, mode: str, timeout: float, extra: str = "") -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}{extra}"
    connection = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection


def _readable(connection: sqlite3.Connection, path: Path, timeout: float, *, write: bool) -> sqlite3.Connection:
    """The connection, or one that takes the file for unchanging: in a folder where nothing can be written (a mounted
    archive, a container image) SQLite cannot make the shared memory that a WAL database asks for."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        if write or _code(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        connection.close()
        return _connect(path, "ro", timeout, "&immutable=1")
    return connection


def _current(connection: sqlite3.Connection, path: Path, form: Format, *, create: bool) -> bool:
    """Whether the schema is today's; StoreError where it cannot become so."""
    application, version = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _IDENTITY)
    if application == form.application_id:
        if version > form.version:
            raise StoreError(
                f"{path}: was written by a newer Clausetrail (schema {version}, this one knows {form.version}): "
                "upgrade Clausetrail"
            )
        return bool(version == form.version)
    if application or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise StoreError(f"{path}: is a SQLite database, but not a Clausetrail {form.name}; name another file")
    if not create:
        raise StoreError(f"{path}: holds nothing yet; {form.advice}")
    return False


_IDENTITY = ("application_id", "user_version")


def _migrated(path: Path, form: Format, timeout: float, *, write: bool) -> sqlite3.Connection:
    """Connection to the file at today's schema."""
    from clausetrail.store.migrations import migrate  # sqlite-utils takes half a second to load

    writer = _connect(path, "rw", timeout)
    try:
        migrate(writer, form)
    except BaseException:
        writer.close()
        raise
    if write:
        return writer
    writer.close()
    return _connect(path, "ro", timeout)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into StoreErrors that name the file and say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        code = _code(error)
        busy = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        raise StoreError(f"{path}: {_ADVICE.get(code, str(error))}", transient=busy) from error
    except (zlib.error, struct.error, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: {_DAMAGED}") from error


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; -1 where the error is not SQLite's own."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else -1


_DAMAGED = "is damaged; restore it from a copy, or import again into a new file"
_LOCKED = "is locked by another process; try again when that has finished"
_ADVICE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_NOTADB: "is not a SQLite database; name another file",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_READONLY: "cannot be written; check the permissions of the file and of its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the permissions of the file and of its folder",
    sqlite3.SQLITE_FULL: "cannot grow, the disk is full; nothing was written, make room and try again",
    sqlite3.SQLITE_IOERR: "cannot be read or written, the disk reports an error; nothing was written",
}
