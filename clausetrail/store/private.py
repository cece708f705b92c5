"""The private file: who hears of what, and the addresses.  No page, query, export, download or backup reaches it.

It is beside the database, `policies.private.db`, and nobody but its owner can read it (mode 0600; SQLite gives its
helper files the same).  Somebody who is forgotten leaves a keyed hash, so that no later import of a list of addresses
brings them back.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from clausetrail.errors import UsageError
from clausetrail.model import Cadence, Channel, RelationKind, Significance, Subscriber, Subscription, Wish
from clausetrail.store.codec import clean, dumps, loads, moment, stamp
from clausetrail.store.connection import PRIVATE, TIMEOUT, Database, open_database, private_path, translated

_OWNER = 0o600
_SUBSCRIPTIONS = """
    SELECT s.id, s.wish, s.cadence, s.token, s.created_at,
        p.id, p.channel, p.address, p.secret, p.zone, p.quiet, p.disabled
    FROM subscriptions s JOIN subscribers p ON p.id = s.subscriber_id
    WHERE (:id IS NULL OR s.id = :id) AND (:token IS NULL OR s.token = :token)
        AND (:address IS NULL OR p.address = :address) ORDER BY s.id
"""


class PrivateFile:
    """Subscribers and subscriptions.  A context manager; errors are those of the store."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, database: Path, *, create: bool = False, timeout: float = TIMEOUT) -> Self:
        """The private file of a database, for writing.  `create` makes it where there is none."""
        path = private_path(database)
        if create and path.parent.is_dir() and not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWNER))
        if path.exists() and path.stat().st_mode & 0o077:
            path.chmod(_OWNER)
        return cls(open_database(path, PRIVATE, write=True, create=create, timeout=timeout))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.database.close()

    @property
    def path(self) -> Path:
        return self.database.path

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written inside is written, or nothing."""
        with self.database.transaction():
            yield

    def subscribe(
        self,
        channel: Channel,
        address: str,
        wish: Wish,
        cadence: Cadence,
        at: datetime,
        *,
        zone: str = "UTC",
        quiet: str = "",
        secret: str = "",
    ) -> Subscription:
        """Enter a subscription, and the subscriber where there is none; zone and quiet hours are the subscriber's.

        The same wish twice is one subscription.  Raises UsageError for an address that asked never to be written to
        again."""
        address, written = normal(channel, address), dumps(told(wish))
        with self.database.transaction() as db:
            self._refuse_suppressed(db, channel, address)
            db.execute(
                "INSERT INTO subscribers (channel, address, secret, zone, quiet, created_at) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET zone = excluded.zone, quiet = excluded.quiet, disabled = '',"
                " secret = CASE WHEN excluded.secret = '' THEN secret ELSE excluded.secret END",
                (channel.value, address, secret, clean(zone), clean(quiet), stamp(at)),
            )
            (subscriber,) = db.execute(
                "SELECT id FROM subscribers WHERE channel = ? AND address = ?", (channel.value, address)
            ).fetchone()
            same = (subscriber, written, cadence.value)
            known = db.execute(
                "SELECT id FROM subscriptions WHERE subscriber_id = ? AND wish = ? AND cadence = ?", same
            ).fetchone()
            row = (
                known
                or db.execute(
                    "INSERT INTO subscriptions (subscriber_id, wish, cadence, token, created_at) VALUES (?, ?, ?, ?, ?)"
                    " RETURNING id",
                    (*same, secrets.token_urlsafe(24), stamp(at)),
                ).fetchone()
            )
            return next(_found(db, id=row[0]))

    def _refuse_suppressed(self, db: sqlite3.Connection, channel: Channel, address: str) -> None:
        if db.execute("SELECT 1 FROM suppressions WHERE hash = ?", (self._hash(db, channel, address),)).fetchone():
            raise UsageError("this address asked never to be written to again; `subscribers allow` takes that back")

    def subscriptions(self, address: str | None = None) -> tuple[Subscription, ...]:
        """All of them, or those of an address, in the order in which they were entered."""
        with self.database.reading() as db:
            found = tuple(_found(db))
        wanted = None if address is None else {normal(channel, address) for channel in Channel}
        return tuple(each for each in found if wanted is None or each.subscriber.address in wanted)

    def by_token(self, token: str) -> Subscription | None:
        with self.database.reading() as db:
            return next(_found(db, token=token), None)

    def unsubscribe(self, subscription: int) -> bool:
        """End a subscription, and take back what is queued for it; whether there was one."""
        with self.database.transaction() as db:
            return db.execute("DELETE FROM subscriptions WHERE id = ?", (subscription,)).rowcount > 0

    def disable(self, subscriber: int, why: str) -> None:
        """Send nothing to a subscriber any more, and take back what is queued."""
        with self.database.transaction() as db:
            db.execute("UPDATE subscribers SET disabled = ? WHERE id = ?", (clean(why), subscriber))
            db.execute(
                "DELETE FROM deliveries WHERE subscription_id IN"
                " (SELECT id FROM subscriptions WHERE subscriber_id = ?)",
                (subscriber,),
            )

    def forget(self, address: str, at: datetime) -> int:
        """Take an address out with all that is known of it, and leave a keyed hash, so that it is never written to
        again; how many subscribers it was."""
        with self.database.transaction() as db:
            db.execute("PRAGMA secure_delete = ON")
            db.execute("DELETE FROM asks WHERE lower(address) = lower(?)", (address.strip(),))
            forgotten = 0
            for channel in Channel:
                own = normal(channel, address)
                forgotten += db.execute(
                    "DELETE FROM subscribers WHERE channel = ? AND address = ?", (channel.value, own)
                ).rowcount
                db.execute(
                    "INSERT OR IGNORE INTO suppressions (hash, why, at) VALUES (?, 'forgotten', ?)",
                    (self._hash(db, channel, own), stamp(at)),
                )
        self._scrub()
        return forgotten

    def allow(self, address: str) -> bool:
        """Take back that an address is never to be written to again; whether it was."""
        with self.database.transaction() as db:
            hashes = [self._hash(db, channel, normal(channel, address)) for channel in Channel]
            return db.execute("DELETE FROM suppressions WHERE hash IN (?, ?)", hashes).rowcount > 0

    def key(self, name: str) -> str:
        """A secret of this file, made when it is first asked for."""
        with self.database.transaction() as db:
            return _secret(db, name)

    def _hash(self, db: sqlite3.Connection, channel: Channel, address: str) -> str:
        salt = bytes.fromhex(_secret(db, "salt"))
        return hmac.new(salt, f"{channel.value}\n{address}".encode(), hashlib.sha256).hexdigest()

    def _scrub(self) -> None:
        """Leave nothing of what was deleted in the file or its log."""
        with translated(self.path):
            self.database.connection.execute("VACUUM")
            self.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _secret(db: sqlite3.Connection, name: str) -> str:
    db.execute("INSERT OR IGNORE INTO facts (name, value) VALUES (?, ?)", (name, secrets.token_hex(32)))
    return str(db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()[0])


def normal(channel: Channel, address: str) -> str:
    """One spelling for each address: mail without regard to case, as every provider of note reads it."""
    text = unicodedata.normalize("NFC", clean(address).strip())
    return text.casefold() if channel is Channel.MAIL else text


def told(wish: Wish) -> dict[str, Any]:
    """What a wish asks for; what it leaves open is left out."""
    return {name: value for name, value in asdict(wish).items() if value}


def wish_of(said: dict[str, Any]) -> Wish:
    return Wish(
        **{name: value for name, value in said.items() if name not in ("words", "kinds", "significances")},
        words=tuple(said.get("words", ())),
        kinds=tuple(map(RelationKind, said.get("kinds", ()))),
        significances=tuple(map(Significance, said.get("significances", ()))),
    )


def _found(db: sqlite3.Connection, **wanted: object) -> Iterator[Subscription]:
    for row in db.execute(_SUBSCRIPTIONS, {"id": None, "token": None, "address": None, **wanted}).fetchall():
        yield subscription(row)


def subscription(row: tuple[Any, ...]) -> Subscription:
    """A row of the query above."""
    number, wish, cadence, token, created, *own = row
    who, channel, *rest = own
    subscriber = Subscriber(who, Channel(channel), *rest)
    return Subscription(number, subscriber, wish_of(loads(wish)), Cadence(cadence), token, moment(created))
