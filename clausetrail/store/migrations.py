"""How the files move from schema to schema: appended, numbered, each in a transaction.

Imported only where there is something to make or to move: sqlite-utils takes half a second to load.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime

import sqlite_utils
from sqlite_utils.migrations import Migrations

from clausetrail.store import entries, schema, schema_alerts
from clausetrail.store.chain import Entry, EntryKind
from clausetrail.store.codec import stamp
from clausetrail.store.connection import EVIDENCE, PRIVATE, PUBLISHED, Format

published = Migrations("clausetrail")
evidence = Migrations("clausetrail-evidence")
private = Migrations("clausetrail-private")

SETS = {PUBLISHED.application_id: published, EVIDENCE.application_id: evidence, PRIVATE.application_id: private}


@published(name="0001 first layout")
def published_1(db: sqlite_utils.Database) -> None:
    _run(db, schema.PUBLISHED_1)


@published(name="0002 withdrawals, and the rule of confirmation")
def published_2(db: sqlite_utils.Database) -> None:
    _run(db, schema.PUBLISHED_2)


@published(name="0003 sources, and what came of looking at them")
def published_3(db: sqlite_utils.Database) -> None:
    _run(db, schema.PUBLISHED_3)


@published(name="0004 removals looked for elsewhere")
def published_4(db: sqlite_utils.Database) -> None:
    _run(db, schema.PUBLISHED_4)


@published(name="0005 events")
def published_5(db: sqlite_utils.Database) -> None:
    _run(db, schema_alerts.PUBLISHED_5)


@evidence(name="0001 first layout")
def evidence_1(db: sqlite_utils.Database) -> None:
    _run(db, schema.EVIDENCE_1)


@evidence(name="0002 the chain")
def evidence_2(db: sqlite_utils.Database) -> None:
    _run(db, schema.EVIDENCE_2)
    adopt(db.conn, stamp(datetime.now(UTC)))


@evidence(name="0003 time-stamps")
def evidence_3(db: sqlite_utils.Database) -> None:
    _run(db, schema.EVIDENCE_3)


@private(name="0001 first layout")
def private_1(db: sqlite_utils.Database) -> None:
    _run(db, schema_alerts.PRIVATE_1)


def adopt(db: sqlite3.Connection, at: str) -> None:
    """Begin the chain with the bodies that are there: when each came, and from where, only the database knows."""
    rows = db.execute("SELECT id, sha256, size, page FROM blobs ORDER BY id").fetchall()
    for number, (blob, sha256, size, page) in enumerate(rows, 1):
        document, _, source = page.partition(" ")
        entry = Entry(number, EntryKind.ADOPTED, document, source, "", at, sha256, size, {})
        entries.add(db, entry, entries.page_id(db, document, source), blob)


def _run(db: sqlite_utils.Database, statements: Iterable[str]) -> None:
    for statement in statements:
        db.execute(statement)


def migrate(connection: sqlite3.Connection, form: Format) -> None:
    """Apply what is pending: all of it, or nothing.  Two processes may do so at the same time."""
    connection.execute("PRAGMA journal_mode = WAL")
    # Migrations run as savepoints of this transaction; none that another process has just run is run again.
    connection.execute("BEGIN IMMEDIATE")
    try:
        SETS[form.application_id].apply(sqlite_utils.Database(connection, recursive_triggers=False))
        connection.execute(f"PRAGMA application_id = {form.application_id}")
        connection.execute(f"PRAGMA user_version = {form.version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
