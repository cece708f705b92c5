"""Versions as they were recorded."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from clausetrail.errors import UsageError
from clausetrail.model import (
    RelationKind,
    Significance,
    SnapshotKey,
    Standing,
    Variant,
    Version,
    VersionOrigin,
)
from clausetrail.store import documents
from clausetrail.store.codec import ids, moment, moment_or_none, unpack

COUNTED = (
    RelationKind.RELABELLED,
    RelationKind.EDITED,
    RelationKind.MOVED,
    RelationKind.MOVED_EDITED,
    RelationKind.SPLIT,
    RelationKind.MERGED,
    RelationKind.REWRITTEN,
    RelationKind.ADDED,
    RelationKind.REMOVED,
)
"""Kinds of change in the order of `RelationKind` and of the columns that count them."""

_VERSIONS = """
    SELECT id, number, state, origin, first_seen, last_seen, seen_before, standing, confirmed_at, reverts_to
    FROM versions WHERE document_id = :document
        AND (:numbers IS NULL OR number IN (SELECT value FROM json_each(:numbers)))
    ORDER BY number
"""
_SNAPSHOTS = """
    SELECT s.version_id, s.fetched_at, s.source, s.sha256 FROM versions v JOIN snapshots s ON s.version_id = v.id
    WHERE v.document_id = :document AND (:numbers IS NULL OR v.number IN (SELECT value FROM json_each(:numbers)))
    ORDER BY s.fetched_at, s.source, s.sha256
"""
_VARIANTS = """
    SELECT a.version_id, a.first_seen, a.last_seen, s.fetched_at, s.source, s.sha256, t.print
    FROM versions v JOIN variants a ON a.version_id = v.id JOIN snapshots s ON s.id = a.snapshot_id
        JOIN _trees t ON t.id = a.tree_id
    WHERE v.document_id = :document AND (:numbers IS NULL OR v.number IN (SELECT value FROM json_each(:numbers)))
    ORDER BY a.version_id, a.rank
"""


def of(db: sqlite3.Connection, document: int, numbers: Iterable[int] | None = None) -> tuple[Version, ...]:
    """A document's versions in order; all of them, or those of the numbers given."""
    values = {"document": document, "numbers": None if numbers is None else ids(numbers)}
    snapshots: dict[int, list[SnapshotKey]] = defaultdict(list)
    for version, at, source, sha256 in db.execute(_SNAPSHOTS, values):
        snapshots[version].append(SnapshotKey(moment(at), source, sha256))
    variants: dict[int, list[Variant]] = defaultdict(list)
    for version, first, last, at, source, sha256, name in db.execute(_VARIANTS, values):
        key = SnapshotKey(moment(at), source, sha256)
        variants[version].append(Variant(moment(first), moment(last), key, name))
    return tuple(_version(row, snapshots[row[0]], variants[row[0]]) for row in db.execute(_VERSIONS, values))


def one(db: sqlite3.Connection, document: int, number: int) -> Version:
    """Raises UsageError where the document has no such version."""
    found = of(db, document, (number,))
    if not found:
        raise unknown(db, document, number)
    return found[0]


def latest(db: sqlite3.Connection, document: int) -> int:
    """Number of the newest version; 0 where there is none."""
    row = db.execute("SELECT coalesce(max(number), 0) FROM versions WHERE document_id = ?", (document,)).fetchone()
    return int(row[0])


def lineages(db: sqlite3.Connection, document: int, number: int) -> tuple[int, ...]:
    """Lineage number of each clause of a version, by position.  Raises UsageError where there is no such version."""
    row = db.execute(
        "SELECT lineages FROM versions WHERE document_id = ? AND number = ?", (document, number)
    ).fetchone()
    if row is None:
        raise unknown(db, document, number)
    return unpack(row[0], 1)[0]


def unknown(db: sqlite3.Connection, document: int, number: int) -> UsageError:
    slug, last = documents.slug_of(db, document), latest(db, document)
    known = f"it has versions 1 to {last}" if last else "it has none yet"
    return UsageError(f"{slug}: no version {number}; {known} (`clausetrail log {slug}`)", document=slug)


def _version(row: tuple[Any, ...], snapshots: list[SnapshotKey], variants: list[Variant]) -> Version:
    _, number, state, origin, first, last, before, standing, confirmed, reverts_to = row
    return Version(
        number=number,
        state=state,
        origin=VersionOrigin(origin),
        first_seen=moment(first),
        last_seen=moment(last),
        before=moment_or_none(before),
        standing=Standing(standing),
        confirmed_at=moment_or_none(confirmed),
        reverts_to=reverts_to,
        snapshots=tuple(snapshots),
        variants=tuple(variants),
    )


def weight(significance: str | None) -> Significance | None:
    return None if significance is None else Significance(significance)
