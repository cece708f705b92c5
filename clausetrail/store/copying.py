"""Copies of a live database and its archive, of one moment, while others go on writing.

SQLite's online backup copies what a connection reads.  Both files are read in transactions that are open together, the
database's first: whatever it speaks of is in the archive by then.
"""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

from clausetrail.errors import StoreError
from clausetrail.store.connection import Database, translated


def copy(databases: list[tuple[Database, Path]]) -> None:
    """Copy each to a file that is not there yet, in this order of beginning to read.

    Raises StoreError where a copy cannot be written, or is not sound."""
    with ExitStack() as stack:
        for database, _ in databases:
            db = stack.enter_context(database.reading())
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()  # a transaction begins with its first read
        for database, path in databases:
            with translated(path), closing(sqlite3.connect(path)) as target:
                database.connection.backup(target)
    for _, path in databases:
        with translated(path), closing(sqlite3.connect(path)) as target:
            said = target.execute("PRAGMA quick_check(1)").fetchone()[0]
            if said != "ok":
                raise StoreError(f"{path}: the copy is not sound ({said}); run `clausetrail verify`")
            # One file each: no log beside it that could be forgotten.
            target.execute("PRAGMA journal_mode = DELETE")
