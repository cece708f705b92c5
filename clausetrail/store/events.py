"""Events: what is told to those who asked, and up to where it was raised."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from clausetrail.model import Event, EventKind, Heard, Origin, SnapshotKey
from clausetrail.store.codec import clean, dumps, moment, moment_or_none, stamp, stamp_or_none
from clausetrail.store.snapshots import key_row

_NAMES = UUID("6b0f7a54-0a0e-5d6e-9a53-5f0c1f5f8f0b")
"""Namespace of the ids of events (RFC 9562, version 5)."""
_COLUMNS = (
    "document_id, kind, at, old_fetched_at, old_source, old_sha256, new_fetched_at, new_source, new_sha256,"
    " state_before, state_after, seen_before, first_seen, page, note, corrects"
)
_INSERT = f"INSERT INTO events (uid, {_COLUMNS}) VALUES ({', '.join('?' * 17)})"
_OF = f"""
    SELECT e.id, e.uid, d.slug, e.superseded_by, {", ".join("e." + name for name in _COLUMNS.split(", ")[1:])}
    FROM events e JOIN documents d ON d.id = e.document_id
    WHERE e.id > :after AND (:document IS NULL OR e.document_id = :document)
        AND (:uids IS NULL OR e.uid IN (SELECT value FROM json_each(:uids)))
    ORDER BY e.id
"""
_LIVE = (Origin.LIVE.value, Origin.BROWSER.value)


def add(db: sqlite3.Connection, document: int, slug: str, event: Event) -> str:
    """Keep an event; its id.  What happens twice makes two events."""
    values = (
        *(document, event.kind.value, stamp(event.at), *_key(event.old), *_key(event.new)),
        *(event.state_before, event.state_after, stamp_or_none(event.before), stamp_or_none(event.first_seen)),
        *(clean(event.page), clean(event.note), event.corrects),
    )
    uid = _free(db, [clean(slug), *(str(value) for value in values[1:])])
    db.execute(_INSERT, (uid, *values))
    return uid


def _free(db: sqlite3.Connection, name: list[str]) -> str:
    """The id by its natural key; where an event of another time has it, by that and a count."""
    for count in range(1, 1_000_000):
        uid = str(uuid5(_NAMES, "\n".join([*name, str(count)])))
        if db.execute("SELECT 1 FROM events WHERE uid = ?", (uid,)).fetchone() is None:
            return uid
    raise AssertionError("a million events are one")


def _key(key: SnapshotKey | None) -> tuple[str | None, ...]:
    return key_row(key) if key else (None, None, None)


def of(
    db: sqlite3.Connection, *, after: int = 0, document: int | None = None, uids: Iterable[str] | None = None
) -> tuple[Event, ...]:
    """Events in the order in which they were kept: those after a number, of one document, of these ids."""
    wanted = {"after": after, "document": document, "uids": None if uids is None else dumps(list(uids))}
    return tuple(map(_event, db.execute(_OF, wanted)))


def _event(row: tuple[Any, ...]) -> Event:
    number, uid, slug, superseded, kind, at, *rest = row
    old, new, (before_state, after_state, before, first, page, note, corrects) = rest[:3], rest[3:6], rest[6:]
    return Event(
        EventKind(kind),
        slug,
        moment(at),
        *(_restored(old), _restored(new), before_state, after_state, moment_or_none(before), moment_or_none(first)),
        *(page, note, corrects, superseded, uid, number),
    )


def _restored(row: list[str | None]) -> SnapshotKey | None:
    at, source, sha256 = row
    return SnapshotKey(moment(at), source or "", sha256 or "") if at else None


def supersede(db: sqlite3.Connection, uid: str, by: str) -> None:
    """Mark an event as one that does not hold any more."""
    db.execute("UPDATE events SET superseded_by = ? WHERE uid = ?", (by, uid))


def heard(db: sqlite3.Connection, document: int) -> Heard:
    """Up to where events were raised."""
    rows = db.execute("SELECT what, fetched_at, source, sha256 FROM _heard WHERE document_id = ?", (document,))
    found = {what: SnapshotKey(moment(at), source, sha256) for what, at, source, sha256 in rows}
    return Heard(found.get("confirmed"), found.get("seen"))


def hear(db: sqlite3.Connection, document: int, now: Heard) -> None:
    db.execute("DELETE FROM _heard WHERE document_id = ?", (document,))
    keys = (("confirmed", now.confirmed), ("seen", now.seen))
    db.executemany(
        "INSERT INTO _heard (document_id, what, fetched_at, source, sha256) VALUES (?, ?, ?, ?, ?)",
        ((document, what, *key_row(key)) for what, key in keys if key),
    )


def live_keys(db: sqlite3.Connection, document: int) -> frozenset[SnapshotKey]:
    """Of the snapshots that were fetched live."""
    rows = db.execute(
        "SELECT fetched_at, source, sha256 FROM snapshots WHERE document_id = ? AND origin IN (?, ?)",
        (document, *_LIVE),
    )
    return frozenset(SnapshotKey(moment(at), source, sha256) for at, source, sha256 in rows)


def unite(db: sqlite3.Connection, gone: int, kept: int) -> None:
    """Give the events of one document to another."""
    db.execute("UPDATE events SET document_id = ? WHERE document_id = ?", (kept, gone))
    db.execute("UPDATE OR IGNORE _heard SET document_id = ? WHERE document_id = ?", (kept, gone))
