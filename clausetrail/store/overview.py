"""All documents at a glance, from their versions alone: no count here reads a change or a clause."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import date

from clausetrail.model import Glance, LogEntry, Month
from clausetrail.store import readers, withdrawals
from clausetrail.store.codec import moment_or_none

_TOLD = "v.origin NOT IN ('first', 'technical') AND v.standing <> 'flap'"
"""A version to tell of: no first one, none that our own parser made, no leg there of a flap …"""
_BACK = """v.reverts_to IS NOT NULL AND EXISTS (SELECT 1 FROM versions w
    WHERE w.document_id = v.document_id AND w.number = v.number - 1 AND w.standing = 'flap')"""
"""… and no leg back."""
_CHANGES = "v.relabelled + v.edited + v.moved + v.moved_edited + v.split + v.merged + v.rewritten + v.added + v.removed"

_GLANCES = f"""
    SELECT d.id, d.slug, p.title, d.policy, count(v.id),
        coalesce(sum(CASE WHEN v.origin <> 'technical' THEN {_CHANGES} END), 0),
        min(v.first_seen), max(v.last_seen), max(CASE WHEN {_TOLD} AND NOT ({_BACK}) THEN v.first_seen END)
    FROM documents d JOIN publishers p ON p.id = d.publisher_id LEFT JOIN versions v ON v.document_id = d.id
    GROUP BY d.id ORDER BY p.title COLLATE NOCASE, p.slug, d.policy COLLATE NOCASE, d.slug
"""
_MONTHS = f"""
    SELECT v.document_id, substr(v.first_seen, 1, 7), count(*),
        sum(v.significance IN ('substantive', 'not assessed')), sum(coalesce(v.silent, 0))
    FROM versions v WHERE {_TOLD} AND NOT ({_BACK}) GROUP BY 1, 2 ORDER BY 1, 2
"""
_LATEST = f"""
    SELECT v.document_id, d.slug, v.number FROM versions v JOIN documents d ON d.id = v.document_id
    WHERE {_TOLD} AND NOT ({_BACK}) ORDER BY v.first_seen DESC, d.slug LIMIT ?
"""


def glances(db: sqlite3.Connection) -> tuple[Glance, ...]:
    """Every document, by the names of its publisher and of itself."""
    months: dict[int, list[Month]] = defaultdict(list)
    for document, month, versions, heavy, silent in db.execute(_MONTHS):
        months[document].append(Month(date.fromisoformat(f"{month}-01"), versions, heavy or 0, silent))
    away = withdrawals.by_document(db)
    return tuple(
        Glance(
            slug,
            publisher,
            title,
            versions,
            changes,
            moment_or_none(first),
            moment_or_none(last),
            moment_or_none(change),
            away=bool(away[document]) and away[document][-1].returned is None,
            months=tuple(months[document]),
        )
        for document, slug, publisher, title, versions, changes, first, last, change in db.execute(_GLANCES)
    )


def latest(db: sqlite3.Connection, limit: int) -> tuple[tuple[str, LogEntry], ...]:
    """(slug of the document, version) of the newest changes of all documents, newest first."""
    rows = db.execute(_LATEST, (limit,)).fetchall()
    numbers: dict[int, list[int]] = defaultdict(list)
    for document, _, number in rows:
        numbers[document].append(number)
    entries = {
        (document, entry.version.number): entry
        for document, own in numbers.items()
        for entry in readers.entries(db, document, own)
    }
    return tuple((slug, entries[document, number]) for document, slug, number in rows)
