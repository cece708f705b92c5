"""A workspace at work: what its settings declare, and the tools that they ask for."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from clausetrail.errors import StoreError
from clausetrail.model import Declaration, Source
from clausetrail.net import Allowed, Clock, Gate, GateTransport, Pace, Rates, SystemClock, tls, user_agent
from clausetrail.pipeline.keeping import keep_rates, keep_robots, rates_of, robots_of
from clausetrail.scraper.live import Fetcher
from clausetrail.scraper.robots import Robots, RobotsRecord
from clausetrail.settings import Fetching, Settings
from clausetrail.store import Store


class StoppedError(BaseException):
    """Somebody asked to stop: no failure, and nothing that a failure's handler should catch."""


class StoppableClock(SystemClock):
    """The system's, whose sleep ends with StoppedError once `stop` is called."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    def sleep(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise StoppedError


@dataclass(frozen=True, slots=True)
class Tools:
    """What asks for pages, and remembers over a restart whom it may ask when."""

    gate: Gate
    rates: Rates
    robots: Robots
    fetcher: Fetcher
    _written: dict[str, RobotsRecord] = field(default_factory=dict)
    """Rules that the store has from us: they are long, and seldom new."""

    def keep(self, store: Store) -> None:
        """Remember what is known of hosts and their rules.  Where the caller's transaction fails, these tools are to be
        used no more."""
        keep_rates(store, self.rates.state())
        new = {each.origin: each for each in self.robots.state() if self._written.get(each.origin) is not each}
        keep_robots(store, new.values())
        self._written.update(new)


def gate_of(fetching: Fetching, clock: Clock | None = None) -> Gate:
    """The gate that settings describe.  Raises UsageError for a contact, network or file of
    authorities that is none."""
    authorities = Path(fetching.authorities) if fetching.authorities else None
    transport = GateTransport(allowed=Allowed.of(fetching.allow), context=tls(authorities))
    return Gate(user_agent(fetching.contact), transport=transport, clock=clock)


@contextmanager
def tools(store: Store, fetching: Fetching, clock: StoppableClock | None = None) -> Iterator[Tools]:
    """Raises UsageError for a contact, network or file of authorities that is none."""
    clock = clock or StoppableClock()
    gate = gate_of(fetching, clock)
    rates = Rates(Pace(delay=fetching.delay.total_seconds()), clock=clock, state=rates_of(store))
    robots = Robots(gate, rates, state=robots_of(store))
    try:
        yield Tools(gate, rates, robots, Fetcher(gate, rates, robots))
    finally:
        gate.close()


@contextmanager
def alone(store: Store) -> Iterator[None]:
    """Nobody else fetches for this database meanwhile, on this machine.  Raises StoreError where somebody does; a
    process that was killed holds nothing."""
    from filelock import FileLock, Timeout

    path = lock_path(store.path)
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise StoreError(
            f"{path}: another `clausetrail fetch` or `watch` is at work here; let it end", transient=True
        ) from None
    try:
        yield
    finally:
        lock.release()


def lock_path(database: Path) -> Path:
    return database.with_name(f"{database.stem}.lock")


def declare(store: Store, workspace: Settings, now: datetime) -> Mapping[str, Declaration]:
    """Bring what is declared into the store: documents, and their pages.  Slug that each goes by -> declaration.

    What an import knows of licence and whom to credit stays where the declaration says nothing.
    """
    known = {name: info for info in store.documents() for name in (info.slug, *info.aliases)}
    found: dict[str, Declaration] = {}
    with store.transaction():
        for each in workspace.documents:
            old = known.get(each.slug)
            slug = store.declare(
                each.slug,
                each.publisher,
                each.title,
                licence=each.licence or (old.licence if old else ""),
                attribution=each.attribution or (old.attribution if old else ""),
                url=each.sources[0].url if each.sources else "",
                jurisdiction=each.jurisdiction,
            )
            found[slug] = each
            store.declare_sources(slug, each.sources, now)
            _bring_forward(store, slug, each, workspace.fetching)
        for slug in {one.document for one in store.watched()} - set(found):
            store.declare_sources(slug, (), now)
    return found


def _bring_forward(store: Store, slug: str, declaration: Declaration, fetching: Fetching) -> None:
    """Look sooner where the interval is shorter than it was at the last look."""
    intervals = {source.name: source.interval or fetching.interval for source in declaration.sources}
    for one in store.watched(slug):
        if one.last and one.last.last + intervals[one.source] < one.agenda.next_at:
            store.look_by(slug, one.source, one.last.last + intervals[one.source])


def resolved(source: Source, fetching: Fetching) -> Source:
    """The page with what its workspace says of all pages."""
    return replace(
        source, rendering=source.rendering or fetching.rendering, interval=source.interval or fetching.interval
    )
