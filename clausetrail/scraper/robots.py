"""robots.txt (RFC 9309), fetched through the gate, kept for a day, obeyed."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clausetrail.errors import NetError
from clausetrail.net import Follower, Gate, Limits, Patience, Rates, Target, Trail
from clausetrail.net.agent import NAME

if TYPE_CHECKING:
    from protego import Protego

LIMITS = Limits(body=500 * 1024, truncate=True, redirects=5, total=30.0, idle=15.0)
"""RFC 9309, 2.5 and 2.3.1.2: so much is read at least, and so many redirects are followed."""
KEPT = timedelta(hours=24)
"""RFC 9309, 2.4."""
KEPT_FAILURE = timedelta(hours=1)
STALE = timedelta(days=30)
"""For how long rules that cannot be read anew still hold (RFC 9309, 2.3.1.4 and 2.4)."""


@dataclass(frozen=True, slots=True)
class RobotsRecord:
    """What is known of one origin's rules, to be kept over a restart."""

    origin: str
    checked_at: datetime
    """When they were last asked for, UTC."""
    read_at: datetime | None
    """When they were last read, UTC; None: never."""
    rules: bytes = b""
    """Empty where the site has none: everything is allowed."""
    failure: str = ""
    """Why they could not be read when last asked for."""


class Robots:
    """Who may be asked for what.  Used by many threads at once; each origin's rules are fetched once a day."""

    def __init__(self, gate: Gate, rates: Rates, *, state: Iterable[RobotsRecord] = (), patience: float = 60.0) -> None:
        self._gate, self._rates, self._patience = gate, rates, Patience(2, patience)
        self._records = {record.origin: record for record in state}
        self._parsed: dict[str, tuple[bytes, Protego]] = {}
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}

    def state(self) -> tuple[RobotsRecord, ...]:
        """What `state` takes back."""
        with self._guard:
            return tuple(record for _, record in sorted(self._records.items()))

    def permit(self, goal: Target) -> None:
        """Raises NetError where the rules forbid the target (`robots`) or could not be read: `robots` where the server
        would not give them, the connection's own cause where there was none."""
        with self._guard:
            lock = self._locks.setdefault(goal.origin, threading.Lock())
        with lock:
            record = self._current(goal)
            rules = self._rules(record)
        if record.read_at is None or self._gate.clock.now() - record.read_at > STALE:
            raise NetError(
                f"robots.txt of {goal.origin} cannot be read, which counts as no ({record.failure})",
                cause="robots",
                transient=True,
            )
        if not rules.can_fetch(goal.url, NAME):
            raise NetError(f"robots.txt of {goal.origin} forbids {goal.url} to {NAME}", cause="robots")

    def _current(self, goal: Target) -> RobotsRecord:
        record = self._records.get(goal.origin)
        if record is not None:
            age = self._gate.clock.now() - record.checked_at
            if timedelta() <= age < (KEPT_FAILURE if record.failure else KEPT):
                return record
        record = self._fetch(goal, record)
        with self._guard:
            self._records[goal.origin] = record
        rules = self._rules(record)
        rate = rules.request_rate(NAME)
        every = rate.seconds / rate.requests if rate and rate.requests > 0 else 0.0
        asked = max(float(rules.crawl_delay(NAME) or 0.0), every)
        self._rates.asks_for(goal.host, asked if asked > 0 else None)
        return record

    def _fetch(self, goal: Target, old: RobotsRecord | None) -> RobotsRecord:
        follower = Follower(self._gate, self._rates, patience=self._patience, limits=LIMITS)
        trail = follower.follow(f"{goal.origin}/robots.txt")
        now = self._gate.clock.now()
        if (rules := _rules_of(trail)) is not None:
            return RobotsRecord(goal.origin, now, now, rules)
        known = old is not None and old.read_at is not None
        if old is not None and known:
            return replace(old, checked_at=now, failure=_failure(trail))
        if trail.error is not None and not trail.hops:
            raise trail.error  # No host, no connection, not now: the page cannot be had either, and that is why.
        return RobotsRecord(goal.origin, now, None, b"", _failure(trail))

    def _rules(self, record: RobotsRecord) -> Protego:
        found = self._parsed.get(record.origin)
        if found is None or found[0] != record.rules:
            from protego import Protego

            text = record.rules.decode("utf-8-sig", "replace")
            found = self._parsed[record.origin] = (record.rules, Protego.parse(text))
        return found[1]


def _rules_of(trail: Trail) -> bytes | None:
    """The rules; empty where the site has none; None where they could not be read.

    A limit (429) is no *unavailable* as other 4xx are: it says nothing of what is allowed.
    """
    if trail.error is not None:
        return b"" if trail.error.cause == "redirects" else None
    status = trail.answer.hop.status if trail.answer else 0
    if 200 <= status < 300 and trail.answer:
        return trail.answer.body
    return b"" if 300 <= status < 500 and status != 429 else None


def _failure(trail: Trail) -> str:
    if trail.error is not None:
        return str(trail.error)
    return f"status {trail.answer.hop.status}" if trail.answer else "no answer"
