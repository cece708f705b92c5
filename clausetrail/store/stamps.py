"""Time-stamps of links of the chain, in their table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from clausetrail.model import TimeStamp
from clausetrail.store.codec import clean, moment, stamp

_COLUMNS = "SELECT number, link, requested_at, authority, token FROM stamps"


def add(db: sqlite3.Connection, one: TimeStamp) -> None:
    """Keep what an authority answered."""
    db.execute(
        "INSERT INTO stamps (number, link, requested_at, authority, token) VALUES (?, ?, ?, ?, ?)",
        (one.number, bytes.fromhex(one.link), stamp(one.requested_at), clean(one.authority), one.token),
    )


def every(db: sqlite3.Connection) -> tuple[TimeStamp, ...]:
    """All of them, by row of the chain and time."""
    return tuple(map(_stamp, db.execute(f"{_COLUMNS} ORDER BY number, requested_at, id")))


def last(db: sqlite3.Connection) -> TimeStamp | None:
    """The one that was kept last."""
    row = db.execute(f"{_COLUMNS} ORDER BY id DESC LIMIT 1").fetchone()
    return _stamp(row) if row else None


def problems(db: sqlite3.Connection) -> Iterator[str]:
    """A line for every time-stamp of a link that the chain has no more."""
    rows = db.execute(
        "SELECT s.number, s.link, s.requested_at, s.authority, e.id FROM stamps s"
        " LEFT JOIN entries e ON e.id = s.number WHERE e.link IS NOT s.link ORDER BY s.number, s.id"
    )
    for number, link, at, authority, row in rows:
        now = "the chain has no such row" if row is None else "the chain has another there"
        which = f"row {number:,} with the link {link.hex()[:12]}"
        yield f"the time-stamp of {at[:10]} by {authority}: speaks of {which}, and {now}: it was altered or replaced"


def _stamp(row: tuple[int, bytes, str, str, bytes]) -> TimeStamp:
    number, link, at, authority, token = row
    return TimeStamp(number, link.hex(), moment(at), authority, token)
