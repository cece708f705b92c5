"""What the web's hosts asked of us, and their rules, kept over a restart."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from clausetrail.net import HostState
from clausetrail.scraper.robots import RobotsRecord
from clausetrail.store import Store

KIND = "hosts"
_ROBOTS = "robots"
_FORGOTTEN = timedelta(days=1)
"""After which a host that may be asked again is as good as new."""
_LONGEST_QUEUE = timedelta(minutes=2)
"""Of those who wait for one place: a clock that was set back must not hold everybody up."""


def rates_of(store: Store) -> tuple[HostState, ...]:
    """For `net.Rates(state=...)`; what cannot be read is left out."""
    found = (_state(host, value) for host, value in store.state(KIND).items())
    return tuple(each for each in found if each is not None)


def keep_rates(store: Store, states: Iterable[HostState], now: datetime | None = None) -> None:
    """Keep what `net.Rates.state()` gives.  Hosts that others keep stay, until they have nothing to say any more."""
    with store.transaction():
        values: dict[str, str | None] = {each.host: _value(each) for each in states}
        past = (now or datetime.now(UTC)) - _FORGOTTEN
        old = (each.host for each in rates_of(store) if each.not_before < past and each.delay is None)
        store.set_state(KIND, {**dict.fromkeys(old), **values})


def book(store: Store, place: str, spacing: float, now: datetime) -> datetime:
    """The next moment, `spacing` seconds after the last that was booked, at which `place` may be asked.

    It is taken when this returns: another process, or the next after a crash, gets a later one."""
    with store.transaction():
        held = next((each.not_before for each in rates_of(store) if each.host == place), now)
        at = now if held > now + _LONGEST_QUEUE else max(now, held)
        store.set_state(KIND, {place: _value(HostState(place, at + timedelta(seconds=spacing)))})
    return at


def robots_of(store: Store) -> tuple[RobotsRecord, ...]:
    """As `keep_robots` left them; what cannot be read is forgotten."""
    found = []
    for origin, value in store.state(_ROBOTS).items():
        with suppress(ValueError, KeyError, TypeError):
            said = json.loads(value)
            checked, read = datetime.fromisoformat(said["checked_at"]), said["read_at"]
            read_at = datetime.fromisoformat(read) if read else None
            found.append(RobotsRecord(origin, checked, read_at, b64decode(said["rules"]), said["failure"]))
    return tuple(found)


def keep_robots(store: Store, records: Iterable[RobotsRecord]) -> None:
    """Keep what is known of these origins' rules; others stay as they are."""
    store.set_state(_ROBOTS, {each.origin: _said(each) for each in records})


def _value(state: HostState) -> str:
    said = {"not_before": state.not_before.isoformat(), "failures": state.failures, "delay": state.delay}
    return json.dumps(said)


def _state(host: str, value: str) -> HostState | None:
    try:
        said = json.loads(value)
        at, delay = datetime.fromisoformat(said["not_before"]).astimezone(UTC), said["delay"]
        return HostState(host, at, int(said["failures"]), None if delay is None else float(delay))
    except (ValueError, TypeError, KeyError, OverflowError):
        return None


def _said(record: RobotsRecord) -> str:
    return json.dumps(
        {
            "checked_at": record.checked_at.isoformat(),
            "read_at": record.read_at.isoformat() if record.read_at else None,
            "rules": b64encode(record.rules).decode("ascii"),
            "failure": record.failure,
        }
    )
