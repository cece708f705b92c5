"""Time-stamps of the chain's head: when an authority is asked for one, and what those that are kept are worth.

A chain proves the order of its rows; that all of it was not made anew yesterday, somebody else has to say.  An
authority signs that the link of the newest row existed at a time (RFC 3161), and with it every row up to there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from clausetrail import settings as workspace_settings
from clausetrail.changelog.phrases import counted
from clausetrail.errors import ClausetrailError, NetError, StoreError, UsageError
from clausetrail.model import TimeStamp
from clausetrail.settings import Settings
from clausetrail.store import Store

if TYPE_CHECKING:
    from clausetrail.net import Gate
    from clausetrail.net.timestamps import Stamped, Trust

EVERY = timedelta(days=1)
"""Between two time-stamps that nobody asked for by hand."""
AGAIN = timedelta(hours=1)
"""After an attempt that failed."""
_STATE = "timestamps"


def stamp_if_due(store: Store, settings: Settings, gate: Gate, now: datetime) -> str | None:
    """Have the head of the chain time-stamped where the settings name an authority, the head has moved since the last
    time, and that was a day ago (an hour, where it failed).  A sentence on what came of it; None where it was not due.

    A failure is told in the sentence and never raised."""
    try:
        if not settings.timestamps or not _due(store, now):
            return None
        return stamp(store, settings, gate, now)
    except ClausetrailError as error:
        with suppress(ClausetrailError):
            store.set_state(_STATE, {"failed": now.isoformat()})
        return f"The evidence was not time-stamped: {error}"


def _due(store: Store, now: datetime) -> bool:
    head, last = store.chain_head(), store.last_stamp()
    if not head[0] or (last and (last.number, last.link) == head):
        return False
    failed = store.state(_STATE).get("failed")
    waits = [(last.requested_at, EVERY)] if last else []
    waits += [(datetime.fromisoformat(failed), AGAIN)] if failed else []
    # A clock that was set back must not silence it for years.
    return not any(timedelta(0) <= now - at < wait for at, wait in waits)


def stamp(store: Store, settings: Settings, gate: Gate, now: datetime) -> str:
    """Have the head of the chain time-stamped, and keep what the authority answers; a sentence on it.

    Raises UsageError where no authority is named, its certificates cannot be read, the library is missing or nothing
    is recorded yet; NetError where no time-stamp came; StoreError where the newest row was altered."""
    from clausetrail.net import timestamps

    if not settings.timestamps:
        raise UsageError(f"no authority is named: set `timestamps` under [evidence] in {workspace_settings.FILE}")
    number, link = store.chain_head()
    if not number:
        raise UsageError("there is nothing to time-stamp yet: the archive holds no evidence")
    data = store.joint(number).encode("ascii")
    if hashlib.sha256(data).hexdigest() != link:
        raise StoreError(f"row {number:,} of the chain was altered; `clausetrail verify` tells more")
    token, said = timestamps.request(gate, settings.timestamps, data, _trust(store, settings))
    store.add_stamp(TimeStamp(number, link, now.astimezone(UTC), settings.timestamps, token))
    return f"Row {number:,} of the evidence, and all before it, time-stamped at {_time(said)} by {settings.timestamps}."


def stamp_now(store: Store) -> str:
    """The same by hand, whether it is due or not, with a gate of the workspace's settings."""
    from clausetrail.pipeline.ingest import settings_of
    from clausetrail.pipeline.tools import tools

    found = settings_of(store)
    with tools(store, found.fetching) as own:
        return stamp(store, found, own.gate, own.gate.clock.now())


@dataclass(frozen=True, slots=True)
class Worth:
    """What the time-stamps of an archive are worth."""

    problems: tuple[str, ...] = ()
    """Those that do not speak of the link that they are kept for, or are not signed as they should be."""
    note: str = ""
    """What the others prove; empty where there are none."""


def worth(store: Store, settings: Settings) -> Worth:
    """Read every time-stamp: whether it speaks of its link, and where the settings name certificates, whether its
    signature leads to them.  That the chain still has the link, `Store.verify` says."""
    kept = store.stamps()
    if not kept:
        return Worth()
    how, trusted = "their signatures lead to the certificates of the settings", None
    try:
        trusted = _trust(store, settings)
        if trusted is None:
            how = f"their signatures are not checked: name `certificates` under [evidence] in {workspace_settings.FILE}"
    except UsageError as error:
        how = f"their signatures are not checked: {error}"
    try:
        problems, newest = _read(kept, trusted)
    except UsageError as error:
        return Worth(note=f"{counted(len(kept), 'time-stamp')}, not checked: {error}")
    if newest is None:
        return Worth(tuple(problems))
    one, said = newest
    what = f"the newest says that rows 1 to {one.number:,} existed at {_time(said)} ({one.authority})"
    return Worth(tuple(problems), f"{counted(len(kept), 'time-stamp')}; {what}; {how}.")


def _read(kept: Iterable[TimeStamp], trusted: Trust | None) -> tuple[list[str], tuple[TimeStamp, Stamped] | None]:
    """(problems, the last that holds)."""
    from clausetrail.net import timestamps

    problems, newest = list[str](), None
    for one in kept:
        try:
            newest = one, timestamps.read(one.token, one.link, trusted)
        except NetError as error:
            which = f"the time-stamp of row {one.number:,}, asked of {one.authority} on {one.requested_at:%Y-%m-%d}"
            problems.append(f"{which}: {error}")
    return problems, newest


def covering(store: Store, rows: Iterable[int]) -> dict[TimeStamp, tuple[int, ...]]:
    """For each row of the chain the earliest time-stamp of it or of a later one, if there is any: time-stamp -> the
    rows that it is the earliest for.  One whose link the chain has no more covers nothing."""
    standing = [one for one in store.stamps() if not store.head_problem(one.number, one.link)]
    found: dict[TimeStamp, tuple[int, ...]] = {}
    for row in sorted(rows):
        first = next((one for one in standing if one.number >= row), None)
        if first:
            found[first] = (*found.get(first, ()), row)
    return found


def certificates(store: Store, settings: Settings) -> Path | None:
    """The file of the authority's certificates that the settings name."""
    own = workspace_settings.find(store.path.parent)
    named = settings.timestamp_certificates
    return own.parent / named if own and named else None


def _trust(store: Store, settings: Settings) -> Trust | None:
    from clausetrail.net import timestamps

    file = certificates(store, settings)
    return timestamps.trust(file) if file else None


def _time(said: Stamped) -> str:
    return f"{said.at:%Y-%m-%d %H:%M:%S} UTC"
