"""What is known of hosts and their rules, kept over a restart."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from clausetrail.net import HostState
from clausetrail.scraper.robots import RobotsRecord
from clausetrail.store import Store

_HOSTS, _ROBOTS = "hosts", "robots"


def rates_of(store: Store) -> tuple[HostState, ...]:
    """As `keep_rates` left them; what cannot be read is forgotten."""
    found = []
    for host, value in store.state(_HOSTS).items():
        with suppress(ValueError, KeyError, TypeError):
            said = json.loads(value)
            until = datetime.fromisoformat(said["not_before"])
            found.append(HostState(host, until, int(said["failures"]), said["delay"]))
    return tuple(found)


def keep_rates(store: Store, states: Iterable[HostState]) -> None:
    """Keep what is to be remembered of hosts, and forget the others."""
    values: dict[str, str | None] = dict.fromkeys(store.state(_HOSTS))
    for each in states:
        said = {"not_before": each.not_before.isoformat(), "failures": each.failures, "delay": each.delay}
        values[each.host] = json.dumps(said)
    store.set_state(_HOSTS, values)


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
    """Keep what is known of each origin's rules."""
    store.set_state(_ROBOTS, {each.origin: _said(each) for each in records})


def _said(record: RobotsRecord) -> str:
    return json.dumps(
        {
            "checked_at": record.checked_at.isoformat(),
            "read_at": record.read_at.isoformat() if record.read_at else None,
            "rules": b64encode(record.rules).decode("ascii"),
            "failure": record.failure,
        }
    )
