"""One pass over the pages that are due, and passes without end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from clausetrail import settings as workspace_settings
from clausetrail.changelog.phrases import counted
from clausetrail.errors import ClausetrailError, UsageError
from clausetrail.model import Declaration, News, Rendering, Source, Told, Watched
from clausetrail.pipeline.engine import Engine, Render, Unit
from clausetrail.pipeline.ingest import settings_of, settle
from clausetrail.pipeline.looking import Page
from clausetrail.pipeline.stamping import stamp_if_due
from clausetrail.pipeline.tools import StoppableClock, StoppedError, Tools, alone, declare, resolved, tools
from clausetrail.settings import Fetching
from clausetrail.store import Store

LONGEST_WAIT = 30.0
"""Seconds until the settings are looked at again, and the tick is written down."""
_TICK = "watch"
_NOTHING = f"{workspace_settings.FILE} declares nothing to follow yet; add a page with `clausetrail sources add URL`."
_AGAIN = 5.0
"""Seconds between two looks at what is due, while others are being looked at."""

Telling = Callable[[Told], None]


@dataclass(slots=True)
class Pass:
    """What one pass brought."""

    told: list[Told] = field(default_factory=list)
    next_at: datetime | None = None
    """When the next page is due; None where none is declared."""
    stopped: bool = False
    """Whether it ended before all was looked at."""
    stamped: str | None = None
    """What came of asking for a time-stamp, where it was time to."""

    def count(self, *news: News) -> int:
        return sum(one.news in news for one in self.told)


def fetch(
    store: Store,
    documents: Collection[str] = (),
    *,
    every: bool = False,
    clock: StoppableClock | None = None,
    telling: Telling | None = None,
    waking: Callable[[Engine], None] | None = None,
) -> Pass:
    """Look once at the pages that are due; at those of `documents`, or with `every` at all, due or not.

    `telling` is told of each document as it is done; `waking` is handed the engine, to end a wait from a signal's
    handler.  Raises UsageError for a document that is not declared, StoreError where somebody else fetches.
    """
    clock = clock or StoppableClock()
    found = settings_of(store)
    done = Pass()
    with alone(store), tools(store, found.fetching, clock) as own:
        settle(store)
        declared = declare(store, found, clock.now())
        wanted = _wanted(store, declared, documents)
        now = None if every or documents else clock.now()
        with _rendering(own, declared, found.fetching) as render:
            engine = Engine(store, own, alarm_after=found.fetching.alarm_after, render=render)
            if waking:
                waking(engine)
            engine.offer(units(store.watched(due=now), wanted, found.fetching))
            while not engine.idle and not clock.stopped:
                told = engine.turn()
                if told:
                    done.told.append(told)
                    if telling:
                        telling(told)
            done.stopped = not engine.idle
        own.keep(store)
        tick(store, clock.now())
        if not done.stopped:
            done.stamped = stamp_if_due(store, found, own.gate, clock.now())
        done.next_at = store.next_due()
    return done


def watch(
    store: Store,
    *,
    clock: StoppableClock,
    telling: Telling,
    saying: Callable[[str], None],
    waking: Callable[[Engine], None] | None = None,
) -> None:
    """Look at each page when it is due, until the clock is stopped.

    What is next is in the store, so a restart forgets nothing; settings that change are taken up.  `saying` is told,
    once, of what keeps a round from being done; the next round tries again.
    """
    said = ""
    with alone(store):
        while not clock.stopped:
            try:
                _round(store, clock, telling, saying, waking)
                said = ""
            except StoppedError:
                return
            except ClausetrailError as error:
                if str(error) != said:
                    saying(str(error))
                said = str(error)
                with _until_stopped():
                    clock.sleep(LONGEST_WAIT)


@contextmanager
def _until_stopped() -> Iterator[None]:
    try:
        yield
    except StoppedError:
        return


def _round(
    store: Store,
    clock: StoppableClock,
    telling: Telling,
    saying: Callable[[str], None],
    waking: Callable[[Engine], None] | None,
) -> None:
    """Work by the settings of today, until they change and nothing is in hand."""
    found = settings_of(store)
    settle(store)
    declared = declare(store, found, clock.now())
    saying(_plan(store))
    with tools(store, found.fetching, clock) as own, _rendering(own, declared, found.fetching) as render:
        engine = Engine(store, own, alarm_after=found.fetching.alarm_after, render=render)
        if waking:
            waking(engine)
        changed, looked, ticked = False, float("-inf"), float("-inf")
        while not clock.stopped:
            now = clock.monotonic()
            if now - ticked >= LONGEST_WAIT:
                tick(store, clock.now())
                changed, ticked = changed or settings_of(store) != found, now
                if engine.idle and (stamped := stamp_if_due(store, found, own.gate, clock.now())):
                    saying(stamped)
            if changed and engine.idle:
                return
            if not changed and (engine.idle or now - looked >= _AGAIN):
                engine.offer(units(store.watched(due=clock.now()), declared, found.fetching))
                looked = now
            if engine.idle:
                clock.sleep(_pause(store, clock))
            elif told := engine.turn(_AGAIN):
                telling(told)
        own.keep(store)


def _plan(store: Store) -> str:
    """What there is to do."""
    due, pages = store.next_due(), len(store.watched())
    return f"Following {counted(pages, 'page')}; the next is due {due:%Y-%m-%d %H:%M} UTC." if due else _NOTHING


def _pause(store: Store, clock: StoppableClock) -> float:
    """Seconds until something is due, or the settings are to be looked at."""
    due = store.next_due()
    wait = (due - clock.now()).total_seconds() if due else LONGEST_WAIT
    return min(max(0.05, wait), LONGEST_WAIT)


def tick(store: Store, now: datetime) -> None:
    """Write down that somebody is at work."""
    store.set_state(_TICK, {"tick": now.isoformat()})


def last_tick(store: Store) -> datetime | None:
    """When somebody was last at work."""
    said = store.state(_TICK).get("tick")
    return datetime.fromisoformat(said) if said else None


def _wanted(store: Store, declared: Mapping[str, Declaration], documents: Collection[str]) -> Mapping[str, Declaration]:
    if not declared:
        raise UsageError(f"{workspace_settings.FILE} declares no document; add one with `clausetrail sources add URL`")
    if not documents:
        return declared
    slugs = [store.document(name).slug for name in documents]
    for slug in slugs:
        if slug not in declared:
            raise UsageError(f"{slug}: is not declared in {workspace_settings.FILE}, so nobody knows where to look")
    return {slug: declared[slug] for slug in slugs}


def units(watched: tuple[Watched, ...], declared: Mapping[str, Declaration], fetching: Fetching) -> Iterator[Unit]:
    """The documents of these pages, the most overdue first; a document's pages in the order in which they are
    declared."""
    due: dict[str, dict[str, Watched]] = {}
    for one in watched:
        if one.document in declared:
            due.setdefault(one.document, {})[one.source] = one
    for document, pages in due.items():
        sources = [resolved(s, fetching) for s in declared[document].sources if s.name in pages]
        yield Unit(document, tuple(Page(s, pages[s.name], s.interval or fetching.interval) for s in sources))


@contextmanager
def _rendering(own: Tools, declared: Mapping[str, Declaration], fetching: Fetching) -> Iterator[Render | None]:
    """What shows pages in a browser, where any asks for one."""
    if not any(_shown(s, fetching) for d in declared.values() for s in d.sources):
        yield None
        return
    from clausetrail.scraper.browser import Renderer

    yield Renderer(own.gate, own.robots).render


def _shown(source: Source, fetching: Fetching) -> bool:
    return resolved(source, fetching).rendering is not Rendering.NEVER
