"""Pages that are looked at: what came of it, and when they are looked at next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from clausetrail.model import Agenda, Look, Outcome, Shrunk, Source, Validators, Watched
from clausetrail.store.codec import clean, moment, moment_or_none, stamp

_LOOK = "outcome, first_at, last_at, junk, cause, reason, status, url, times"
_OF = f"SELECT {_LOOK} FROM looks WHERE source_id = ?"
_NEW = f"INSERT INTO looks (source_id, {_LOOK}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_WATCHED = """
    SELECT s.id, d.slug, s.name, s.url, s.good_at, a.next_at, a.validated, a.etag, a.last_modified, a.settled, a.shown,
        a.moved_to
    FROM sources s JOIN documents d ON d.id = s.document_id JOIN _agenda a ON a.source_id = s.id
    WHERE s.ended_at IS NULL AND (:document IS NULL OR d.id = :document) AND (:due IS NULL OR a.next_at <= :due)
    ORDER BY a.next_at, d.slug, s.name
"""
_NEXT = "SELECT min(a.next_at) FROM _agenda a JOIN sources s ON s.id = a.source_id WHERE s.ended_at IS NULL"
_SHRUNK = """
    SELECT d.slug, o.clauses, v.clauses, v.first_seen
    FROM documents d JOIN versions v ON v.document_id = d.id
        AND v.number = (SELECT max(number) FROM versions WHERE document_id = d.id)
        JOIN versions o ON o.document_id = d.id AND o.number = v.number - 1
    WHERE v.first_seen >= ? AND v.clauses < ? * o.clauses ORDER BY d.slug
"""
_SINCE_GOOD = f"""
    SELECT {_LOOK} FROM looks WHERE source_id = :source AND id >= coalesce(
        (SELECT max(id) FROM looks WHERE source_id = :source AND outcome IN ('ok', 'not-modified') AND junk = ''), 0)
    ORDER BY id
"""


def declare(db: sqlite3.Connection, document: int, sources: Iterable[Source], at: datetime) -> None:
    """Make the pages of a document those that are declared.

    One that is new, or stands at another address than before, is to be looked at from `at` on; one that is declared no
    more has ended.
    """
    names = []
    for position, source in enumerate(sources):
        names.append(clean(source.name))
        values = (document, names[-1], clean(source.url), clean(source.language))
        known = db.execute(
            "SELECT url, language, ended_at FROM sources WHERE document_id = ? AND name = ?", values[:2]
        ).fetchone()
        db.execute(
            "INSERT INTO sources (document_id, name, url, language, position, since) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET url = excluded.url, language = excluded.language,"
            " position = excluded.position, ended_at = NULL",
            (*values, position, stamp(at)),
        )
        if known == (*values[2:], None):
            continue
        # What was known holds for the address, and the language, of before.
        db.execute(
            "INSERT OR REPLACE INTO _agenda (source_id, next_at) VALUES (?, ?)", (_id(db, *values[:2]), stamp(at))
        )
    marks = ", ".join("?" * len(names))
    db.execute(
        f"UPDATE sources SET ended_at = ? WHERE document_id = ? AND ended_at IS NULL AND name NOT IN ({marks})",
        (stamp(at), document, *names),
    )


def watched(db: sqlite3.Connection, only: int | None = None, due: datetime | None = None) -> tuple[Watched, ...]:
    """The pages that are declared, that which is due first first: all, those of one document, those due by then."""
    found = []
    for row in db.execute(_WATCHED, {"document": only, "due": stamp(due) if due else None}).fetchall():
        source, document, name, url, good_at, next_at, validated, etag, modified, settled, shown, moved = row
        validators = Validators(validated, etag, modified) if validated else None
        agenda = Agenda(moment(next_at), validators, settled, shown, moved)
        looks = tuple(map(_look, db.execute(_SINCE_GOOD, {"source": source})))
        found.append(Watched(document, name, url, agenda, looks, moment_or_none(good_at)))
    return tuple(found)


def next_due(db: sqlite3.Connection) -> datetime | None:
    """When the next page that is declared is to be looked at; None where none is."""
    return moment_or_none(db.execute(_NEXT).fetchone()[0])


def shrunk(db: sqlite3.Connection, share: float, since: datetime) -> tuple[Shrunk, ...]:
    """Documents whose last version, first seen since then, has less than this share of the clauses before it."""
    rows = db.execute(_SHRUNK, (stamp(since), share))
    return tuple(Shrunk(slug, before, after, moment(at)) for slug, before, after, at in rows)


def looks(db: sqlite3.Connection, document: int, source: str) -> tuple[Look, ...]:
    """All that came of looking at one page, oldest first."""
    return tuple(
        map(
            _look,
            db.execute(f"SELECT {_LOOK} FROM looks WHERE source_id = ? ORDER BY id", (_id(db, document, source),)),
        )
    )


def add(db: sqlite3.Connection, document: int, source: str, look: Look, agenda: Agenda) -> None:
    """Record what came of a look; where the same came before, that lasts longer."""
    row = _id(db, document, source)
    last = db.execute(f"SELECT id, {_LOOK} FROM looks WHERE source_id = ? ORDER BY id DESC LIMIT 1", (row,)).fetchone()
    if last and _look(last[1:]).like == look.like:
        db.execute(
            "UPDATE looks SET last_at = ?, times = times + ?, reason = ?, url = ?"
            " WHERE id = (SELECT max(id) FROM looks WHERE source_id = ?)",
            (stamp(look.last), look.times, clean(look.reason), clean(look.url), row),
        )
    else:
        db.execute(
            f"INSERT INTO looks (source_id, {_LOOK}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (row, *_values(look))
        )
    if look.good:
        db.execute("UPDATE sources SET good_at = ?, failures = 0 WHERE id = ?", (stamp(look.last), row))
    else:
        db.execute("UPDATE sources SET failures = failures + ? WHERE id = ?", (look.times, row))
    put(db, row, agenda)


def put_off(db: sqlite3.Connection, document: int, source: str, until: datetime) -> None:
    """Look at a page no sooner than this."""
    row = _id(db, document, source)
    db.execute("UPDATE _agenda SET next_at = max(next_at, ?) WHERE source_id = ?", (stamp(until), row))


def look_by(db: sqlite3.Connection, document: int, source: str, at: datetime) -> None:
    """Look at a page no later than this."""
    row = _id(db, document, source)
    db.execute("UPDATE _agenda SET next_at = min(next_at, ?) WHERE source_id = ?", (stamp(at), row))


def put(db: sqlite3.Connection, row: int, agenda: Agenda) -> None:
    known = agenda.validators
    db.execute(
        "INSERT OR REPLACE INTO _agenda (source_id, next_at, validated, etag, last_modified, settled, shown, moved_to)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(row, stamp(agenda.next_at)),
            *((clean(known.url), clean(known.etag), clean(known.last_modified)) if known else ("", "", "")),
            *(clean(agenda.settled), agenda.shown, clean(agenda.moved_to)),
        ),
    )


def _id(db: sqlite3.Connection, document: int, source: str) -> int:
    found = db.execute(
        "SELECT id FROM sources WHERE document_id = ? AND name = ?", (document, clean(source))
    ).fetchone()
    return int(found[0]) if found else 0


def _values(look: Look) -> tuple[Any, ...]:
    return (
        *(look.outcome.value, stamp(look.first), stamp(look.last), clean(look.junk), clean(look.cause)),
        *(clean(look.reason), look.status, clean(look.url), look.times),
    )


def _look(row: tuple[Any, ...]) -> Look:
    outcome, first, last, junk, cause, reason, status, url, times = row
    return Look(Outcome(outcome), moment(first), moment(last), junk, cause, reason, status, url, times)
