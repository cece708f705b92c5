"""Writes `cases/schemas/published-NNN.sql` and `evidence-NNN.sql` for the schemas of today: run once with each new
migration, then keep.

python -m tests.store.schema_case
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from clausetrail.model import TimeStamp
from clausetrail.store import Store
from clausetrail.store.connection import EVIDENCE, PUBLISHED, Format
from tests.store.histories import enter, histories

FOLDER = Path(__file__).parent / "cases" / "schemas"
_FTS = "wordings_fts"
_STAMPED_AT = datetime(2026, 1, 1, tzinfo=UTC)
_WRITTEN_AT = "2026-01-01 00:00:00+00:00"


def script(db: sqlite3.Connection, form: Format) -> Iterator[str]:
    """SQL that makes the same file again; a full-text index is built anew."""
    yield "PRAGMA foreign_keys = OFF"
    tables = db.execute("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    own = [row for row in tables if not row[0].startswith(f"{_FTS}_")]
    yield from (sql for _, _, sql in own)
    for name, kind, _ in own:
        if kind == "table" and name != _FTS:
            yield from rows(db, name)
    if form is PUBLISHED:
        yield f"INSERT INTO {_FTS} ({_FTS}) VALUES ('rebuild')"  # noqa: S608
    yield f"PRAGMA application_id = {form.application_id}"
    yield f"PRAGMA user_version = {form.version}"


def rows(db: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    quoted = " || ', ' || ".join(f"quote({column})" for column in columns)
    for (values,) in db.execute(f"SELECT {quoted} FROM {table}"):  # noqa: S608 - our own tables
        yield f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "p.db", create=True) as store:
        enter(store, "lampion/rules", next(history for history in histories() if history.name == "edits"))
        store.add_stamp(TimeStamp(*store.chain_head(), _STAMPED_AT, "https://tsa.example/tsr", b"0"))
        for form, db in ((PUBLISHED, store.connection), (EVIDENCE, store.archive.database.connection)):
            db.execute("UPDATE _sqlite_migrations SET applied_at = ?", (_WRITTEN_AT,))
            text = "".join(f"{statement};\n" for statement in script(db, form))
            name = "published" if form is PUBLISHED else "evidence"
            FOLDER.joinpath(f"{name}-{form.version:03}.sql").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
