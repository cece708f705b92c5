"""How a workspace fares: what was looked at, what was not, and what came back smaller than it was."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from clausetrail.errors import StoreError
from clausetrail.model import Condition, Health, PageHealth, Watched
from clausetrail.pipeline.fetching import last_tick
from clausetrail.pipeline.ingest import settings_of
from clausetrail.scraper.schedule import overdue
from clausetrail.settings import Settings
from clausetrail.store import Outbox, Store
from clausetrail.store.connection import private_path

_SHARE = 0.6
"""Of the clauses of the version before, below which a document counts as shrunk."""
_RECENT = timedelta(days=30)
"""For how long that is told."""


def health(store: Store, now: datetime) -> Health:
    """How every page that is declared fares now."""
    found = settings_of(store)
    intervals = _intervals(store, found)
    after = found.fetching.alarm_after
    pages = tuple(
        PageHealth(one, _condition(one, intervals.get((one.document, one.source), found.fetching.interval), after, now))
        for one in sorted(store.watched(), key=lambda one: (one.document, one.source))
    )
    return Health(now, last_tick(store), pages, store.shrunk(_SHARE, now - _RECENT), _dead(store))


def _dead(store: Store) -> int:
    """Dead letters; none are known to who may not read the private file."""
    if not private_path(store.path).exists():
        return 0
    with suppress(StoreError, PermissionError), Outbox.open(store.path) as outbox:
        return outbox.counts()["dead"]
    return 0


def _intervals(store: Store, settings: Settings) -> dict[tuple[str, str], timedelta]:
    names = {name: info.slug for info in store.documents() for name in (info.slug, *info.aliases)}
    return {
        (names.get(each.slug, each.slug), source.name): source.interval or settings.fetching.interval
        for each in settings.documents
        for source in each.sources
    }


def _condition(watched: Watched, interval: timedelta, alarm_after: int, now: datetime) -> Condition:
    if overdue(watched.agenda.next_at, interval, now):
        return Condition.OVERDUE
    if not watched.looks:
        return Condition.NEW
    if watched.failures >= alarm_after:
        return Condition.FAILING
    return Condition.FAILED if watched.failures else Condition.WELL
