"""Snapshots as rows: what was served, and what the parser makes of it today.  Their bytes are in the archive."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from clausetrail.errors import StoreError, UsageError
from clausetrail.model import Exhibit, Junk, Origin, RecordKind, SnapshotKey, SnapshotRow, Verdict
from clausetrail.store.codec import clean, dumps, moment, moment_or_none, pairs, stamp, stamp_or_none

_PREFIX = re.compile(r"[0-9a-f]{4,64}")


_ADD = """
    INSERT INTO snapshots (document_id, source, fetched_at, sha256, origin, record, url, media_type, status, headers,
        provenance, seen_until, commit_id, verdict, reason, state, print, language, parser_revision)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (document_id, fetched_at, source, sha256) DO UPDATE SET
        seen_until = nullif(max(coalesce(seen_until, ''), coalesce(excluded.seen_until, '')), ''),
        verdict = excluded.verdict, reason = excluded.reason, state = excluded.state, print = excluded.print,
        language = excluded.language, parser_revision = excluded.parser_revision
"""
_FIND = """
    SELECT d.slug, v.number, s.source, s.fetched_at, s.sha256, s.origin, s.record, s.url, s.media_type, s.status,
        s.headers, s.provenance, s.seen_until, s.verdict, s.reason, s.state, s.print, s.language, s.parser_revision
    FROM snapshots s JOIN documents d ON d.id = s.document_id LEFT JOIN versions v ON v.id = s.version_id
    WHERE (:document IS NULL OR s.document_id = :document) AND s.sha256 >= :from AND s.sha256 < :to
    ORDER BY d.slug, s.fetched_at, s.source, s.sha256
"""
_JUNK = """
    SELECT document_id, reason, count(*), min(fetched_at), max(fetched_at) FROM snapshots
    WHERE verdict <> 'policy' AND (:document IS NULL OR document_id = :document)
    GROUP BY document_id, reason ORDER BY document_id, min(fetched_at), reason
"""


def key_row(key: SnapshotKey) -> tuple[str, str, str]:
    """(fetched_at, source, sha256) as the columns hold them."""
    return stamp(key.fetched_at), clean(key.source), key.sha256


def add(db: sqlite3.Connection, document: int, rows: Iterable[SnapshotRow]) -> None:
    """Record snapshots.  One that is known keeps its evidence as it was and takes the new reading; the time at which
    it was last seen only ever moves forward."""
    db.executemany(_ADD, ((document, *_values(row)) for row in rows))


def _values(row: SnapshotRow) -> tuple[Any, ...]:
    fetched_at, source, sha256 = key_row(row.key)
    commit = dict(row.provenance).get("commit")
    return (
        *(source, fetched_at, sha256, row.origin.value, row.record.value, clean(row.url), clean(row.media_type)),
        *(row.status, dumps(row.headers), dumps(row.provenance), stamp_or_none(row.seen_until), commit),
        *("policy" if row.verdict.policy else "junk", clean(row.verdict.reason), row.state, row.print),
        *(clean(row.language), row.parser_revision),
    )


def junk(db: sqlite3.Connection, document: int | None = None) -> defaultdict[int, tuple[Junk, ...]]:
    """What was seen in the place of one document, or of all, by its row; by the first time."""
    found: defaultdict[int, tuple[Junk, ...]] = defaultdict(tuple)
    for row, reason, count, first, last in db.execute(_JUNK, {"document": document}):
        found[row] += (Junk(reason, count, moment(first), moment(last)),)
    return found


def set_aside(db: sqlite3.Connection, document: int, aside: Mapping[SnapshotKey, str]) -> None:
    """Make these, and no others, the snapshots that history set aside, each with its reason."""
    db.execute(
        "UPDATE snapshots SET verdict = 'policy', reason = '' WHERE document_id = ? AND verdict = 'aside'", (document,)
    )
    db.executemany(
        "UPDATE snapshots SET verdict = 'aside', reason = ?"
        " WHERE document_id = ? AND fetched_at = ? AND source = ? AND sha256 = ? AND verdict = 'policy'",
        ((clean(reason), document, *key_row(key)) for key, reason in aside.items()),
    )


def set_seen(db: sqlite3.Connection, document: int, key: SnapshotKey, seen_until: datetime | None) -> None:
    """Until when the same bytes were seen, as is known now.  Raises StoreError where there is no such snapshot."""
    done = db.execute(
        "UPDATE snapshots SET seen_until = ? WHERE document_id = ? AND fetched_at = ? AND source = ? AND sha256 = ?",
        (stamp_or_none(seen_until), document, *key_row(key)),
    )
    if not done.rowcount:
        raise StoreError(f"snapshot {key.sha256[:12]} of {key.fetched_at:%Y-%m-%d} is not recorded; record it first")


def check_none(db: sqlite3.Connection, archive: Path) -> None:
    """Raise StoreError where there are snapshots, and so bytes of them, though the archive is gone."""
    if db.execute("SELECT 1 FROM snapshots LIMIT 1").fetchone():
        raise StoreError(f"{archive}: the evidence archive is gone; put it back beside the database, under this name")


def keys(db: sqlite3.Connection, document: int) -> tuple[SnapshotKey, ...]:
    """In the order of history."""
    rows = db.execute(
        "SELECT fetched_at, source, sha256 FROM snapshots WHERE document_id = ? ORDER BY fetched_at, source, sha256",
        (document,),
    )
    return tuple(SnapshotKey(moment(at), source, sha256) for at, source, sha256 in rows)


def count(db: sqlite3.Connection, document: int) -> int:
    return int(db.execute("SELECT count(*) FROM snapshots WHERE document_id = ?", (document,)).fetchone()[0])


def addresses(db: sqlite3.Connection) -> dict[str, list[tuple[str, str]]]:
    """Address -> (slug, source) of whatever was ever seen there."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows = db.execute(
        "SELECT DISTINCT s.url, d.slug, s.source FROM snapshots s JOIN documents d ON d.id = s.document_id"
        " WHERE s.url <> '' ORDER BY s.url, d.slug, s.source"
    )
    for url, slug, source in rows:
        found.setdefault(url, []).append((slug, source))
    return found


def all_of(db: sqlite3.Connection, document: int, sha256: str = "") -> tuple[SnapshotRow, ...]:
    """In the order of history; of the bytes with one hash, or of all."""
    return tuple(found.row for found in found_of(db, document, sha256))


def found_of(db: sqlite3.Connection, document: int, sha256: str = "") -> Iterator[Exhibit]:
    """Those of a document, or of its bytes with one hash, in the order of history."""
    return _found(db, document, sha256, f"{sha256}g")


def find(db: sqlite3.Connection, prefix: str) -> tuple[Exhibit, ...]:
    """Every snapshot whose SHA-256 begins so, by document and time.  Raises UsageError for what can be no SHA-256."""
    prefix = prefix.lower()
    if not _PREFIX.fullmatch(prefix):
        raise UsageError(f"{prefix}: is not the beginning of a SHA-256; give at least 4 hexadecimal digits")
    return tuple(_found(db, None, prefix, f"{prefix}g"))


def _found(db: sqlite3.Connection, document: int | None, first: str, beyond: str) -> Iterator[Exhibit]:
    for slug, version, *row in db.execute(_FIND, {"document": document, "from": first, "to": beyond}):
        yield Exhibit(slug, version, _row(row))


def _row(row: Sequence[Any]) -> SnapshotRow:
    source, at, sha256, origin, record, url, media_type, status, headers, provenance, seen, *reading = row
    verdict, reason, state, print_, language, revision = reading
    return SnapshotRow(
        key=SnapshotKey(moment(at), source, sha256),
        origin=Origin(origin),
        media_type=media_type,
        url=url,
        status=status,
        headers=pairs(headers),
        record=RecordKind(record),
        provenance=pairs(provenance),
        seen_until=moment_or_none(seen),
        verdict=Verdict(verdict != "junk", "" if verdict == "aside" else reason),
        aside=reason if verdict == "aside" else "",
        state=state,
        print=print_,
        language=language,
        parser_revision=revision,
    )
