"""Rows of the chain in their table."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from clausetrail.model import Archived, Snapshot
from clausetrail.store import chain, packing
from clausetrail.store.chain import BEGINNING, Entry, EntryKind
from clausetrail.store.codec import clean, stamp

_COLUMNS = """
    SELECT e.id, e.kind, p.document, p.source, e.fetched_at, e.recorded_at, b.sha256, b.size, e.about, p.sample,
        e.link, b.data = x''
    FROM entries e JOIN pages p ON p.id = e.page_id JOIN blobs b ON b.id = e.blob_id
"""


def append(db: sqlite3.Connection, snapshot: Snapshot, sha256: str, at: str) -> bool:
    """Record a snapshot whose bytes are here; whether it was new."""
    page = page_id(db, snapshot.document, snapshot.source)
    blob = db.execute("SELECT id FROM blobs WHERE sha256 = ?", (sha256,)).fetchone()[0]
    known = db.execute(
        "SELECT 1 FROM entries WHERE kind = 'snapshot' AND page_id = ? AND fetched_at = ? AND blob_id = ?",
        (page, stamp(snapshot.fetched_at), blob),
    ).fetchone()
    if known:
        return False
    number, _ = last(db)
    add(db, chain.entry_of(snapshot, sha256, number + 1, at), page, blob)
    return True


def add(db: sqlite3.Connection, entry: Entry, page: int, blob: int) -> None:
    """Put a row at the end of the chain, whose number is the next one."""
    _, previous = last(db)
    said = chain.canonical(entry.about).encode("ascii")
    sample = db.execute("SELECT sample FROM pages WHERE id = ?", (page,)).fetchone()[0]
    if not sample:
        db.execute("UPDATE pages SET sample = ? WHERE id = ?", (said, page))
        sample = said
    db.execute(
        "INSERT INTO entries (id, kind, page_id, fetched_at, recorded_at, blob_id, about, link)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(entry.number, entry.kind.value, page, entry.fetched_at, entry.recorded_at, blob),
            *(packing.pack_words(said, sample), bytes.fromhex(chain.link(previous, entry.payload))),
        ),
    )


def last(db: sqlite3.Connection) -> tuple[int, str]:
    """(number, link) of the last row; (0, zeros) where there is none."""
    row = db.execute("SELECT id, link FROM entries ORDER BY id DESC LIMIT 1").fetchone()
    return (row[0], row[1].hex()) if row else (0, BEGINNING)


def page_id(db: sqlite3.Connection, document: str, source: str) -> int:
    """Row of a page, made if need be."""
    names = clean(document), clean(source)
    db.execute("INSERT INTO pages (document, source) VALUES (?, ?) ON CONFLICT DO NOTHING", names)
    return int(db.execute("SELECT id FROM pages WHERE document = ? AND source = ?", names).fetchone()[0])


def all_from(db: sqlite3.Connection, first: int = 1) -> Iterator[tuple[Entry, str]]:
    """(row, its link) from this number on, in the order of the chain."""
    for row in db.execute(f"{_COLUMNS} WHERE e.id >= ? ORDER BY e.id", (first,)):
        yield _entry(row), row[10].hex()


def link(db: sqlite3.Connection, number: int) -> str:
    """Of the row of this number, which is there."""
    return str(db.execute("SELECT lower(hex(link)) FROM entries WHERE id = ?", (number,)).fetchone()[0])


def first_of(db: sqlite3.Connection, sha256: str) -> Entry | None:
    """The first row that speaks of these bytes."""
    row = db.execute(f"{_COLUMNS} WHERE b.sha256 = ? ORDER BY e.id LIMIT 1", (sha256,)).fetchone()
    return _entry(row) if row else None


def of_document(db: sqlite3.Connection, document: str) -> Iterator[Archived]:
    """Snapshots recorded under this slug."""
    for row in db.execute(f"{_COLUMNS} WHERE p.document = ? AND e.kind = 'snapshot' ORDER BY e.id", (document,)):
        yield chain.archived(_entry(row), row[10].hex(), redacted=bool(row[11]))


def count_of_document(db: sqlite3.Connection, document: str) -> int:
    """How many snapshots are recorded under this slug."""
    row = db.execute(
        "SELECT count(*) FROM entries e JOIN pages p ON p.id = e.page_id WHERE p.document = ? AND e.kind = 'snapshot'",
        (document,),
    ).fetchone()
    return int(row[0])


def keys_of_document(db: sqlite3.Connection, document: str) -> set[tuple[str, str, str]]:
    """(time, source, SHA-256) of the snapshots recorded under this slug."""
    return set(
        db.execute(
            "SELECT e.fetched_at, p.source, b.sha256 FROM entries e JOIN pages p ON p.id = e.page_id"
            " JOIN blobs b ON b.id = e.blob_id WHERE p.document = ? AND e.kind = 'snapshot'",
            (document,),
        )
    )


def reason_of(db: sqlite3.Connection, sha256: str) -> str:
    """Why bytes were redacted; empty where nothing says so."""
    query = f"{_COLUMNS} WHERE b.sha256 = ? AND e.kind = 'redaction' ORDER BY e.id"
    row = db.execute(query, (sha256,)).fetchone()
    return str(_entry(row).about.get("reason", "")) if row else ""


def _entry(row: tuple[Any, ...]) -> Entry:
    number, kind, document, source, fetched_at, recorded_at, sha256, size, about, sample, *_ = row
    said = json.loads(packing.unpack_words(about, sample))
    return Entry(number, EntryKind(kind), document, source, fetched_at, recorded_at, sha256, size, said)
