"""Many documents looked at at once: threads ask for pages, one thread keeps and weighs what comes.

One document of a host at a time, hosts beside one another; a document's pages one after another, and weighed together.
"""

from __future__ import annotations

import random
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from clausetrail.errors import ParseError, UsageError
from clausetrail.model import Fetched, Outcome, Rendering, Told, VerdictReason
from clausetrail.net import Clock
from clausetrail.pipeline.looking import Page, Seen, keep, record
from clausetrail.pipeline.tools import StoppedError, Tools
from clausetrail.scraper.media import content_type
from clausetrail.settings import headers_of
from clausetrail.store import Store

THREADS = 16
"""Hosts that are asked at the same time.  One that does not answer holds its thread until its tries are over."""

Render = Callable[[Fetched], Fetched]
"""A page as a browser shows it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Pages of one document that are due."""

    document: str
    pages: tuple[Page, ...]

    @property
    def host(self) -> str:
        return urlsplit(self.pages[0].source.url).hostname or ""


@dataclass(frozen=True, slots=True)
class _Came:
    """What a thread has to say: of one page, or with none that it has ended."""

    document: str
    page: Page | None = None
    answers: tuple[Fetched, ...] = ()


@dataclass(slots=True)
class _Hand:
    """A document that is being looked at."""

    unit: Unit
    seen: list[Seen] = field(default_factory=list)


class Engine:
    """Looks at what it is offered.  Used by one thread, that which opened the store."""

    def __init__(
        self,
        store: Store,
        tools: Tools,
        *,
        alarm_after: int,
        render: Render | None = None,
        threads: int = THREADS,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._store, self._tools, self._alarm_after = store, tools, alarm_after
        self._render, self._threads, self._chance = render, threads, chance
        self._waiting: OrderedDict[str, Unit] = OrderedDict()
        self._hands: dict[str, _Hand] = {}
        self._came: SimpleQueue[_Came | None] = SimpleQueue()

    @property
    def idle(self) -> bool:
        return not self._waiting and not self._hands

    @property
    def _clock(self) -> Clock:
        return self._tools.gate.clock

    def offer(self, units: Iterable[Unit]) -> None:
        """Look at these, in this order; those that are waiting or in hand already are passed over."""
        for unit in units:
            if unit.document not in self._hands:
                self._waiting.setdefault(unit.document, unit)

    def wake(self) -> None:
        """End a `turn` that waits; may be called by a signal's handler."""
        self._came.put(None)

    def turn(self, seconds: float | None = None) -> Told | None:
        """Start what can be started, and wait for the next news of a document; None where none came in that time, or
        somebody called `wake`.

        Raises StoreError where it cannot be written: the bytes are kept as far as the disk took them, and the page is
        still due.
        """
        self._start()
        end = None if seconds is None else self._clock.monotonic() + seconds
        while True:
            left = None if end is None else end - self._clock.monotonic()
            try:
                came = self._came.get(timeout=None if left is None else max(0.0, left))
            except Empty:
                return None
            if came is None:
                return None
            told = self._take(came)
            self._start()
            if told is not None or not self._hands:
                return told

    def _start(self) -> None:
        busy = {hand.unit.host for hand in self._hands.values()}
        for name, unit in list(self._waiting.items()):
            if len(self._hands) >= self._threads:
                return
            if unit.host not in busy:
                busy.add(unit.host)
                del self._waiting[name]
                self._hands[name] = _Hand(unit)
                # A daemon: whoever asks to stop need not wait for a server that says nothing.
                threading.Thread(target=self._ask, args=(unit,), name=f"fetch {unit.host}", daemon=True).start()

    def _take(self, came: _Came) -> Told | None:
        hand = self._hands[came.document]
        if came.page is not None:
            hand.seen.append(keep(self._store, came.document, came.page, came.answers))
            return None
        del self._hands[came.document]
        if not hand.seen:
            return None
        self._start()  # Its host can be asked for the next one while this one is weighed.
        return record(
            self._store,
            came.document,
            hand.seen,
            alarm_after=self._alarm_after,
            chance=self._chance(),
            beside=lambda: self._tools.keep(self._store),
        )

    # In the threads.

    def _ask(self, unit: Unit) -> None:
        try:
            for page in unit.pages:
                self._came.put(_Came(unit.document, page, self._answers(page)))
        except StoppedError:
            pass
        finally:
            self._came.put(_Came(unit.document))

    def _answers(self, page: Page) -> tuple[Fetched, ...]:
        try:
            served = self._tools.fetcher.fetch(page.request(headers_of(page.source)))
            if self._render and served.outcome is Outcome.OK and _to_be_shown(page, served):
                return served, self._render(served)
        except UsageError as error:
            return (self._failed(page, str(error), "declaration"),)
        except Exception as error:
            return (self._failed(page, f"a defect of ours: {type(error).__name__}: {error}", "defect"),)
        return (served,)

    def _failed(self, page: Page, reason: str, cause: str) -> Fetched:
        return Fetched(page.request(), Outcome.ERROR, self._clock.now(), reason, cause)


def _to_be_shown(page: Page, served: Fetched) -> bool:
    """Whether a browser is wanted: always, or because the page is empty without its scripts."""
    if page.source.rendering is Rendering.ALWAYS:
        return True
    return page.source.rendering is Rendering.WHEN_NEEDED and _is_shell(page, served)


def _is_shell(page: Page, served: Fetched) -> bool:
    from clausetrail import parser

    media_type = served.media_type or parser.media_type_of(served.url, served.body)
    wanted = page.source.extraction(served.at)
    try:
        charset = content_type(served.headers)[1]
        found = parser.read(
            served.body, media_type, url=served.url, charset=charset, select=wanted.select, remove=wanted.remove
        )
    except ParseError:
        return False
    return found.verdict.reason.partition(":")[0] == VerdictReason.SCRIPT_SHELL
