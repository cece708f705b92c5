"""What the publisher says of its versions: declared dates, and entries of its own changelog."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from clausetrail.model import Announced, Announcement, DateKind, DeclaredDate
from clausetrail.store.codec import clean, date_row, day, declared_date, ids


class Facts(NamedTuple):
    """What a version says of itself."""

    dates: tuple[DeclaredDate, ...]
    """Corrected where a person has ruled."""
    announcements: tuple[Announcement, ...]
    printed: tuple[DeclaredDate, ...] = ()
    """As the page was read to declare them, where `dates` is corrected: when they come again, nothing is announced."""


def write_facts(db: sqlite3.Connection, version: int, now: Facts, before: Facts | None) -> None:
    """Write what a version declares, and which of it the version before did not.

    In the first version every date is new, and the entries of the changelog are old: they tell of what nobody saw.
    """
    known = {(d.kind, d.on) for d in (*before.dates, *before.printed)} if before else set()
    new = [(d.kind, d.on) not in known for d in now.dates]
    entries = _new_entries(now.announcements, (before or now).announcements)
    _replace(db, "declared_dates", version, ([*date_row(d), n] for d, n in zip(now.dates, new, strict=True)))
    _replace(db, "announcements", version, ([a.on.isoformat(), clean(a.text), a.position] for a in entries))
    db.execute(
        "UPDATE versions SET effective = ?, updated = ?, published = ? WHERE id = ?",
        (*(_last(now.dates, k) for k in _SHOWN), version),
    )


_LEG = """(versions.standing = 'flap' OR EXISTS (SELECT 1 FROM versions p
    WHERE p.document_id = versions.document_id AND p.number = versions.number - 1 AND p.standing = 'flap'))"""
"""Whether a version is a leg of a flap: the words that did not last, or the way back from them."""
_SILENT = f"""
    UPDATE versions SET silent = now.silent FROM (
        SELECT id, CASE WHEN origin <> 'change' OR {_LEG} THEN NULL ELSE
            NOT EXISTS (SELECT 1 FROM declared_dates d WHERE d.version_id = versions.id AND d.new)
            AND NOT EXISTS (SELECT 1 FROM announcements a WHERE a.version_id = versions.id) END AS silent
        FROM versions WHERE document_id = ?
    ) AS now WHERE now.id = versions.id AND versions.silent IS NOT now.silent
"""


def settle_silence(db: sqlite3.Connection, document: int) -> None:
    """Write which versions nothing announced; none (NULL) where that cannot be said: the first, what was not the
    publisher's change, and both legs of a flap.  Asks for all versions, since what follows makes a flap of one."""
    db.execute(_SILENT, (document,))


def _new_entries(now: Iterable[Announcement], before: Iterable[Announcement]) -> list[Announcement]:
    """Entries that were not there before; one whose date has lost an entry was reworded, and is none."""
    now = tuple(now)
    texts = {(a.on, a.text) for a in now}
    before = tuple(before)
    told = {(a.on, a.text) for a in before}
    lost = Counter(a.on for a in before if (a.on, a.text) not in texts)
    entries = []
    for entry in now:
        if (entry.on, entry.text) in told:
            continue
        if lost[entry.on]:
            lost[entry.on] -= 1
        else:
            entries.append(entry)
    return entries


_SHOWN = (DateKind.EFFECTIVE, DateKind.UPDATED, DateKind.PUBLISHED)
_INSERT = {
    "declared_dates": "INSERT INTO declared_dates (version_id, rank, kind, date, text, position, precision, new)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "announcements": "INSERT INTO announcements (version_id, rank, date, text, position) VALUES (?, ?, ?, ?, ?)",
}
_DELETE = {
    "declared_dates": "DELETE FROM declared_dates WHERE version_id = ?",
    "announcements": "DELETE FROM announcements WHERE version_id = ?",
}


def _replace(db: sqlite3.Connection, table: str, version: int, rows: Iterable[list[object]]) -> None:
    db.execute(_DELETE[table], (version,))
    db.executemany(_INSERT[table], ((version, rank, *row) for rank, row in enumerate(rows)))


def _last(dates: Iterable[DeclaredDate], kind: DateKind) -> str | None:
    last = max((d.on for d in dates if d.kind is kind), default=None)
    return None if last is None else last.isoformat()


_DATES = """
    SELECT v.number, d.new, d.kind, d.date, d.text, d.position, d.precision
    FROM versions v JOIN declared_dates d ON d.version_id = v.id
    WHERE v.document_id = :document AND (:numbers IS NULL OR v.number IN (SELECT value FROM json_each(:numbers)))
    ORDER BY v.number, d.rank
"""
_ENTRIES = """
    SELECT v.number, a.date, a.text, a.position FROM versions v JOIN announcements a ON a.version_id = v.id
    WHERE v.document_id = :document AND (:numbers IS NULL OR v.number IN (SELECT value FROM json_each(:numbers)))
    ORDER BY v.number, a.rank
"""
_LEGS = f"""
    SELECT number FROM versions WHERE document_id = :document
        AND (:numbers IS NULL OR number IN (SELECT value FROM json_each(:numbers))) AND {_LEG}
"""


def by_version(
    db: sqlite3.Connection, document: int, numbers: Iterable[int] | None = None
) -> defaultdict[int, Announced]:
    """What each version declares, by its number; of all versions, or of those given."""
    values = {"document": document, "numbers": None if numbers is None else ids(numbers)}
    dates: dict[int, list[tuple[DeclaredDate, bool]]] = defaultdict(list)
    for number, new, *row in db.execute(_DATES, values):
        dates[number].append((declared_date(row), bool(new)))
    entries: dict[int, list[Announcement]] = defaultdict(list)
    for number, on, text, position in db.execute(_ENTRIES, values):
        entries[number].append(Announcement(day(on), text, position))
    legs = {number for (number,) in db.execute(_LEGS, values)}
    found: defaultdict[int, Announced] = defaultdict(Announced)
    for number in dates.keys() | entries.keys() | legs:
        own = dates[number]
        new_dates = tuple(d for d, new in own if new)
        found[number] = Announced(tuple(d for d, _ in own), new_dates, tuple(entries[number]), number in legs)
    return found
