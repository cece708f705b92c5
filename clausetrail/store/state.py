"""What must outlive a restart and is of no use to a reader: small values by kind and name."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from clausetrail.store.codec import clean


def of(db: sqlite3.Connection, kind: str) -> dict[str, str]:
    """Name -> value of this kind."""
    return dict(db.execute("SELECT name, value FROM _state WHERE kind = ?", (kind,)).fetchall())


def put(db: sqlite3.Connection, kind: str, values: Mapping[str, str | None]) -> None:
    """Set values; None takes one away.  Others of the kind stay."""
    gone = [(kind, name) for name, value in values.items() if value is None]
    kept = [(kind, clean(name), clean(value)) for name, value in values.items() if value is not None]
    db.executemany("DELETE FROM _state WHERE kind = ? AND name = ?", gone)
    db.executemany(
        "INSERT INTO _state (kind, name, value) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        kept,
    )
