"""The outbox: what is to be sent to whom, until somebody took it.

An event is expanded into deliveries once: the unique key (event, subscription, channel) and the record of what was
sent make a second time the same as the first, so that a crash between the two files loses nothing and repeats
nothing.  Deliveries that share a message are sent as one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from clausetrail.model import Event, Message, Planned
from clausetrail.store.codec import clean, dumps, loads, moment, stamp
from clausetrail.store.private import PrivateFile, subscription

_QUEUED = """
    SELECT d.message, d.due_at, d.attempts, d.error, d.event, s.id, s.wish, s.cadence, s.token, s.created_at,
        p.id, p.channel, p.address, p.secret, p.zone, p.quiet, p.disabled
    FROM deliveries d JOIN subscriptions s ON s.id = d.subscription_id JOIN subscribers p ON p.id = s.subscriber_id
    WHERE p.disabled = '' AND (:message IS NULL OR d.message = :message)
        AND CASE WHEN :now = '' THEN d.next_at IS NULL ELSE d.next_at <= :now END
    ORDER BY d.attempts, d.due_at, min(d.id) OVER (PARTITION BY d.message), d.id
"""
_EVER = "9999-12-31"


class Outbox(PrivateFile):
    """What is queued, sent and dead, on top of who hears of what."""

    def expanded(self) -> tuple[int, str]:
        """(number, id) of the event up to which all were expanded; (0, "") before the first."""
        with self.database.reading() as db:
            row = db.execute("SELECT value FROM facts WHERE name = 'expanded'").fetchone()
        number, uid = loads(row[0]) if row else (0, "")
        return int(number), str(uid)

    def expand(self, event: Event, planned: Iterable[Planned]) -> int:
        """Queue an event for those who hear of it, and remember that it was expanded; how many were queued now."""
        with self.database.transaction() as db:
            queued = sum(
                db.execute(
                    "INSERT OR IGNORE INTO deliveries (event, subscription_id, channel, message, due_at, next_at)"
                    " SELECT :event, s.id, p.channel, :message, :due, :due FROM subscriptions s"
                    " JOIN subscribers p ON p.id = s.subscriber_id WHERE s.id = :subscription AND NOT EXISTS"
                    " (SELECT 1 FROM sent t WHERE t.event = :event AND t.subscription_id = s.id)",
                    {
                        "event": event.id,
                        "subscription": each.subscription,
                        "message": each.message,
                        "due": stamp(each.due),
                    },
                ).rowcount
                for each in planned
            )
            db.execute(
                "INSERT INTO facts (name, value) VALUES ('expanded', ?)"
                " ON CONFLICT DO UPDATE SET value = excluded.value",
                (dumps([event.number, event.id]),),
            )
            return queued

    def rewind(self) -> None:
        """Expand every event again; what was queued or sent stays as it is."""
        with self.database.transaction() as db:
            db.execute("DELETE FROM facts WHERE name = 'expanded'")

    def told(self, event: str) -> frozenset[int]:
        """Subscriptions that an event was sent to."""
        with self.database.reading() as db:
            rows = db.execute("SELECT subscription_id FROM sent WHERE event = ?", (event,))
            return frozenset(number for (number,) in rows)

    def due(self, now: datetime) -> tuple[Message, ...]:
        """What is to be sent now, that with the fewest attempts first, then in the order in which it was raised."""
        with self.database.reading() as db:
            return tuple(_messages(db, now=stamp(now), message=None))

    def queued(self) -> tuple[Message, ...]:
        """All that is to be sent some time."""
        with self.database.reading() as db:
            return tuple(_messages(db, now=_EVER, message=None))

    def standing(self, key: str) -> Message | None:
        """A message as it stands at this moment; None where nobody wants it any more."""
        with self.database.reading() as db:
            return next(_messages(db, now=_EVER, message=key), None)

    def delivered(self, key: str, at: datetime) -> None:
        """A message was taken."""
        with self.database.transaction() as db:
            db.execute(
                "INSERT OR IGNORE INTO sent (event, subscription_id, message, sent_at)"
                " SELECT event, subscription_id, message, ? FROM deliveries WHERE message = ?",
                (stamp(at), key),
            )
            db.execute("DELETE FROM deliveries WHERE message = ?", (key,))

    def failed(self, key: str, error: str, again: datetime | None) -> None:
        """A message was not taken: it is tried again then, or never (dead)."""
        with self.database.transaction() as db:
            db.execute(
                "UPDATE deliveries SET attempts = attempts + 1, error = ?, next_at = ? WHERE message = ?",
                (clean(error), stamp(again) if again else None, key),
            )

    def drop(self, key: str, events: Iterable[str]) -> None:
        """Take events out of a message that is not sent yet."""
        with self.database.transaction() as db:
            db.executemany("DELETE FROM deliveries WHERE message = ? AND event = ?", ((key, event) for event in events))

    def dead(self) -> tuple[Message, ...]:
        """What nobody took, however often it was tried."""
        with self.database.reading() as db:
            return tuple(_messages(db, now="", message=None))

    def replay(self, now: datetime) -> int:
        """Queue again what is dead; how many messages that is."""
        with self.database.transaction() as db:
            (count,) = db.execute("SELECT count(DISTINCT message) FROM deliveries WHERE next_at IS NULL").fetchone()
            db.execute("UPDATE deliveries SET next_at = ?, attempts = 0 WHERE next_at IS NULL", (stamp(now),))
        return int(count)

    def counts(self) -> Mapping[str, int]:
        """Messages: `queued`, `dead`, `sent`."""
        with self.database.reading() as db:
            queued, dead = db.execute(
                "SELECT count(DISTINCT CASE WHEN next_at IS NOT NULL THEN message END),"
                " count(DISTINCT CASE WHEN next_at IS NULL THEN message END) FROM deliveries"
            ).fetchone()
            (sent,) = db.execute("SELECT count(DISTINCT message) FROM sent").fetchone()
        return {"queued": queued, "dead": dead, "sent": sent}


def _messages(db: sqlite3.Connection, *, now: str, message: str | None) -> Iterator[Message]:
    rows = db.execute(_QUEUED, {"now": now, "message": message}).fetchall()
    for key, group in groupby(rows, key=lambda row: row[0]):
        own: list[tuple[Any, ...]] = list(group)
        _, due, attempts, error, _, *rest = own[0]
        events = tuple(row[4] for row in own)
        yield Message(str(key), subscription(tuple(rest)), events, moment(due), attempts, error)
