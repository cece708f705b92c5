"""Documents that were taken away, and came back."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from clausetrail.model import Withdrawal
from clausetrail.store.codec import clean, dumps, moment, moment_or_none, pairs, stamp

# What was seen at that very time, or all the while, under another name of the document, makes it no withdrawal.
_OF = """
    SELECT w.document_id, w.withdrawn_at, (SELECT min(s.fetched_at) FROM snapshots s
        WHERE s.document_id = w.document_id AND s.fetched_at > w.withdrawn_at), w.provenance
    FROM withdrawals w
    WHERE (:document IS NULL OR w.document_id = :document) AND NOT EXISTS (SELECT 1 FROM snapshots s
        WHERE s.document_id = w.document_id
            AND (s.fetched_at = w.withdrawn_at OR (s.fetched_at < w.withdrawn_at AND s.seen_until > w.withdrawn_at)))
    ORDER BY w.document_id, w.withdrawn_at
"""


def add(db: sqlite3.Connection, document: int, found: Iterable[Withdrawal]) -> None:
    """Record withdrawals; those of a known time stay as they are.  When a document returned is read off its
    snapshots, whatever is said here."""
    db.executemany(
        "INSERT OR IGNORE INTO withdrawals (document_id, withdrawn_at, provenance) VALUES (?, ?, ?)",
        ((document, stamp(one.at), clean(dumps(one.provenance))) for one in found),
    )


def of(db: sqlite3.Connection, document: int) -> tuple[Withdrawal, ...]:
    """Those of a document, by time."""
    return by_document(db, document)[document]


def by_document(db: sqlite3.Connection, document: int | None = None) -> defaultdict[int, tuple[Withdrawal, ...]]:
    """Those of one document, or of all, by its row."""
    found: defaultdict[int, tuple[Withdrawal, ...]] = defaultdict(tuple)
    for row, at, returned, provenance in db.execute(_OF, {"document": document}):
        found[row] += (Withdrawal(moment(at), moment_or_none(returned), pairs(provenance)),)
    return found


def unite(db: sqlite3.Connection, gone: int, kept: int) -> None:
    """Give those of one document to another."""
    db.execute("UPDATE OR IGNORE withdrawals SET document_id = ? WHERE document_id = ?", (kept, gone))
