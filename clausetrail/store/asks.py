"""Subscriptions that wait for whoever has the address to confirm them (double opt-in)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from clausetrail.model import Cadence, Channel, Subscription, Wish
from clausetrail.store.codec import clean, dumps, loads, stamp
from clausetrail.store.outbox import Outbox
from clausetrail.store.private import normal, told, wish_of

FOR = timedelta(days=3)
"""For how long a letter can be answered; then nothing is known of it any more."""
LETTERS = 3
"""To one address within that time, whoever asks."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A letter that asks whether somebody wants to hear of something."""

    name: str
    address: str
    wish: Wish


class Asks(Outbox):
    """What is asked, on top of the outbox."""

    def ask(
        self,
        channel: Channel,
        address: str,
        wish: Wish,
        cadence: Cadence,
        at: datetime,
        *,
        zone: str = "UTC",
        quiet: str = "",
    ) -> None:
        """Ask whoever has the address.  Nothing tells whether they are asked: an address that is suppressed, or was
        asked too often of late, is passed over in silence."""
        address = normal(channel, address)
        with self.database.transaction() as db:
            own = self._hash(db, channel, address)
            self._purge(at)
            (lately,) = db.execute("SELECT count(*) FROM asks WHERE hash = ?", (own,)).fetchone()
            suppressed = db.execute("SELECT 1 FROM suppressions WHERE hash = ?", (own,)).fetchone()
            if suppressed or lately >= LETTERS:
                return
            db.execute(
                "INSERT INTO asks (name, hash, channel, address, wish, cadence, zone, quiet, asked_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(secrets.token_urlsafe(18), own, channel.value, address, dumps(told(wish)), cadence.value),
                    *(clean(zone), clean(quiet), stamp(at)),
                ),
            )

    def unasked(self, at: datetime) -> tuple[Ask, ...]:
        """Letters that have not been sent yet, oldest first."""
        with self.database.transaction() as db:
            self._purge(at)
            rows = db.execute("SELECT name, address, wish FROM asks WHERE sent_at IS NULL ORDER BY asked_at, name")
            return tuple(Ask(name, address, wish_of(loads(wish))) for name, address, wish in rows)

    def asked(self, name: str, at: datetime) -> None:
        """A letter was sent."""
        with self.database.transaction() as db:
            db.execute("UPDATE asks SET sent_at = ? WHERE name = ?", (stamp(at), name))

    def waiting(self, name: str, at: datetime) -> Ask | None:
        """What a letter asked; None where it was answered, or is too old."""
        with self.database.transaction() as db:
            self._purge(at)
            row = db.execute(
                "SELECT name, address, wish FROM asks WHERE name = ? AND address <> ''", (name,)
            ).fetchone()
            return Ask(row[0], row[1], wish_of(loads(row[2]))) if row else None

    def confirm(self, name: str, at: datetime) -> Subscription | None:
        """Enter what a letter asked; None where it was answered before, or is too old."""
        with self.database.transaction() as db:
            self._purge(at)
            row = db.execute(
                "SELECT channel, address, wish, cadence, zone, quiet FROM asks WHERE name = ? AND address <> ''",
                (name,),
            ).fetchone()
            if row is None:
                return None
            # The row stays until it is old: it counts among the letters that went to the address.
            db.execute("UPDATE asks SET address = '' WHERE name = ?", (name,))
            channel, address, wish, cadence, zone, quiet = row
            return self.subscribe(
                Channel(channel), address, wish_of(loads(wish)), Cadence(cadence), at, zone=zone, quiet=quiet
            )

    def _purge(self, at: datetime) -> None:
        self.database.connection.execute("DELETE FROM asks WHERE asked_at < ?", (stamp(at - FOR),))
