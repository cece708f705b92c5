"""SQL functions that readers of the database have in Datasette."""

from __future__ import annotations

import json
import sqlite3

from clausetrail.model import Operation, OperationKind
from clausetrail.store.operations import decode
from clausetrail.store.queries import phrases


def register(connection: sqlite3.Connection) -> None:
    """`word_changes(operations, old, new)`, and an `escape_fts(words)` that knows how the index was made."""
    connection.create_function("word_changes", 3, word_changes, deterministic=True)
    connection.create_function("escape_fts", 1, match_expression, deterministic=True)


def word_changes(operations: str | None, old: str | None, new: str | None) -> str | None:
    """The words of a change as a JSON list of ["equal" | "delete" | "insert", text].

    Joined, equal and delete are the old words, equal and insert the new ones.  NULL where the change is not known."""
    if operations is None:
        return None
    runs = decode(operations, old or "", new or "") or _implied(old or "", new or "")
    return json.dumps([(run.kind.value, run.text) for run in runs], ensure_ascii=False)


def _implied(old: str, new: str) -> tuple[Operation, ...]:
    """For a change that was recorded without operations: the words kept, or all gone and all come."""
    if old == new:
        return (Operation(OperationKind.EQUAL, new),)
    runs = (Operation(OperationKind.DELETE, old), Operation(OperationKind.INSERT, new))
    return tuple(run for run in runs if run.text)


def match_expression(words: str | None) -> str:
    """What a person typed as an FTS5 query that finds words of every script, and never fails."""
    return " ".join(phrase.expression() for phrase in phrases(words or "")) or '""'
