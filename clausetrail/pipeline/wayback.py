"""Backfill from a web archive: what a page said before anybody here looked at it.

Each capture is in the evidence archive as soon as it has come, and each page of the archive's index is marked as done
when all of it has: a run that ends anywhere goes on from there, asks for no capture twice, and ends the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from clausetrail.changelog.phrases import counted
from clausetrail.errors import ScrapeError
from clausetrail.model import MAIN, Origin, Snapshot
from clausetrail.net import Clock, Gate, Rates
from clausetrail.pipeline.ends import moment_of, start_of
from clausetrail.pipeline.ingest import job_for, settings_of, settle, write
from clausetrail.pipeline.jobs import Identity, weigh
from clausetrail.pipeline.keeping import book, keep_rates, rates_of
from clausetrail.pipeline.pool import Progress
from clausetrail.pipeline.tools import gate_of
from clausetrail.pipeline.wayback_report import WaybackReport, gaps
from clausetrail.pipeline.wayback_targets import Page, look
from clausetrail.scraper.moves import same_page
from clausetrail.scraper.wayback import (
    PACE,
    SPACING,
    ArchiveBusyError,
    Asker,
    Capture,
    Every,
    Index,
    Listing,
    NotPlayed,
    Played,
    Question,
    Replay,
    Thinner,
)
from clausetrail.store import Store

KIND = "wayback"
"""Of the state that says how far a listing was worked through; with a document's slug, which captures give no page."""
_WRITE_AFTER = 300.0
"""Seconds after which the history is derived in between, so that a long backfill shows something."""

Tell = Callable[[str], None]


def backfill(
    store: Store,
    asked: str,
    *,
    document: str | None = None,
    source: str = MAIN,
    since: str | None = None,
    until: str | None = None,
    every: str = Every.CHANGE,
    gate: Gate | None = None,
    progress: Progress | None = None,
    tell: Tell = lambda text: None,
) -> WaybackReport:
    """Import what the archive of the settings has of a document, or of an address.

    `since` and `until` are dates, months or years, both included; `every` is one of `Every`.  `tell` is told of pauses
    that are waited for.
    Raises UsageError where it is unknown what is meant, ScrapeError where the archive will not or cannot tell; where it
    is to be asked later, what came until then is kept and derived, and the message says when.
    """
    pages = look(store, asked, document, source)
    span = start_of(since) if since else None, moment_of(until) if until else None
    settle(store)
    with closing(gate_of(settings_of(store).fetching)) if gate is None else nullcontext(gate) as open_gate:
        run = _Run(store, pages, Question("", *span, Every(every)), open_gate, progress, tell)
        return run.all()


class _Run:
    """One backfill of one document."""

    def __init__(
        self,
        store: Store,
        pages: tuple[Page, ...],
        question: Question,
        gate: Gate,
        progress: Progress | None,
        tell: Tell,
    ) -> None:
        self._store, self._pages, self._question, self._progress = store, pages, question, progress
        self._identity: Identity = pages[0].identity
        self._clock, self._passed = gate.clock, 0
        service = settings_of(store).wayback
        hosts = {urlsplit(url).hostname or "" for url in (service.cdx_url, service.replay_url)}
        known = [state for state in rates_of(store) if state.host in hosts]
        self._rates = Rates(PACE, clock=gate.clock, state=known)
        asker = Asker(gate, self._rates, keep=lambda states: keep_rates(store, states, gate.clock.now()), tell=tell)
        self._index = Index(asker, service.cdx_url, _turn(store, gate.clock, urlsplit(service.cdx_url).hostname or ""))
        self._replay = Replay(asker, service.replay_url)
        self._written = gate.clock.monotonic()
        self._here = any(each.slug == self._identity.slug for each in store.documents())
        self._told = WaybackReport(self._identity.slug, before=self._versions())
        self._done = self._settled()

    def all(self) -> WaybackReport:
        """Every page, whole."""
        try:
            for page in self._pages:
                self._address(page, replace(self._question, url=page.url))
        except ArchiveBusyError as error:
            self._derive()
            kept = counted(self._told.taken, "capture")
            raise ScrapeError(
                f"{error}; what came so far is kept ({kept}), and the same command goes on from there",
                document=self._identity.slug,
                transient=True,
            ) from error
        except (ScrapeError, KeyboardInterrupt):
            self._derive()
            raise
        self._derive()
        keep_rates(self._store, self._rates.state(), self._clock.now())
        self._told.after = self._versions()
        self._told.gaps = gaps(self._store.snapshots(self._identity.slug)) if self._here else ()
        return self._told

    # One address

    def _address(self, page: Page, question: Question) -> None:
        name = _name(page, question)
        before = self._told.listed, self._told.thinned
        mark, thinner = self._resumed(self._store.state(KIND).get(name))
        while True:
            listing, mark = self._index.page(question, mark)
            self._page(page, thinner, listing)
            if not mark:
                break
            self._store.set_state(KIND, {name: self._progressed(mark, thinner, before)})
        rest = list(thinner.rest())
        self._told.thinned -= len(rest)
        for capture in rest:
            self._take(page, capture)
        self._store.set_state(KIND, {name: None})

    def _page(self, page: Page, thinner: Thinner, listing: Listing) -> None:
        self._told.listed += len(listing.captures)
        self._told.malformed += listing.malformed
        for capture in listing.captures:
            self._passed += 1
            if why := capture.useless:
                self._told.skipped[why] += 1
                continue
            self._told.thinned += 1
            for chosen in thinner.feed([capture]):
                self._told.thinned -= 1
                self._take(page, chosen)

    def _resumed(self, value: str | None) -> tuple[str, Thinner]:
        """Where an earlier run of the same question stopped; what cannot be read begins anew."""
        try:
            said = json.loads(value or "{}")
            thinner = Thinner(self._question.every, said.get("thinner"))
            listed, thinned = int(said.get("listed", 0)), int(said.get("thinned", 0))
            mark = str(said.get("mark", ""))
        except (ValueError, TypeError, KeyError, AttributeError):
            return "", Thinner(self._question.every)
        self._told.listed += listed
        self._told.thinned += thinned
        self._told.known += listed - thinned
        return mark, thinner

    def _progressed(self, mark: str, thinner: Thinner, before: tuple[int, int]) -> str:
        """How far this address is worked through; `before` was counted of others."""
        said = {
            "mark": mark,
            "thinner": thinner.carry(),
            "listed": self._told.listed - before[0],
            "thinned": self._told.thinned - before[1],
        }
        return json.dumps(said)

    # One capture

    def _take(self, page: Page, capture: Capture) -> None:
        name = f"{page.source} {capture.key}"
        if self._progress:
            self._progress(
                self._passed, max(self._passed, self._told.listed), f"{capture.at:%Y-%m-%d} {capture.original}"
            )
        if name in self._done:
            self._told.known += 1
            return
        found = self._replay.play(capture)
        if isinstance(found, NotPlayed):
            self._leave(name, found)
        else:
            self._keep(page, name, found)
        if self._clock.monotonic() - self._written > _WRITE_AFTER:
            self._derive()

    def _leave(self, name: str, why: NotPlayed) -> None:
        self._told.skipped[why.reason] += 1
        self._told.later += not why.lasting
        if why.lasting:
            self._settle(name, why.reason)

    def _keep(self, page: Page, name: str, found: Played) -> None:
        self._declare()
        snapshot = Snapshot(
            document=self._identity.slug,
            source=page.source,
            fetched_at=found.at,
            origin=Origin.WAYBACK,
            media_type=found.media_type,
            body=found.body,
            url=found.url,
            status=found.status,
            headers=found.headers,
            request=found.request,
            hops=found.hops,
            provenance=found.provenance,
        )
        if self._store.keep([snapshot]):
            self._told.taken += 1
            self._done.add(name)
        else:
            self._leave(name, NotPlayed("leads to a page and time that is here"))
        if not any(same_page(found.url, each.url) for each in self._pages):
            self._told.led_to[found.url] = found.at

    def _settle(self, name: str, reason: str) -> None:
        self._done.add(name)
        self._store.set_state(f"{KIND}:{self._identity.slug}", {name: reason})

    def _settled(self) -> set[str]:
        """Captures that are in the archive, and those that are known to give no page."""
        found = set(self._store.state(f"{KIND}:{self._identity.slug}"))
        for one in self._store.archived(self._identity.slug) if self._here else ():
            if one.row.origin is Origin.WAYBACK:
                said = dict(one.row.provenance)
                found.add(f"{one.row.key.source} {said.get('capture', '')}")
        return found

    # The document

    def _declare(self) -> None:
        """Before its first bytes are kept, so that a run after a crash finds them under its name."""
        if not self._here:
            own = self._identity
            self._store.declare(own.slug, own.publisher, own.title, licence=own.licence, attribution=own.attribution)
            self._here = True

    def _derive(self) -> None:
        """Read and weigh what is in the archive and not in the database, that of an earlier run too."""
        self._written = self._clock.monotonic()
        rows = self._store.unread(self._identity.slug) if self._here else ()
        if rows:
            job = job_for(self._store, self._identity.slug, rows)
            self._told.report.note(write(self._store, weigh(job, self._store), job))

    def _versions(self) -> int:
        return len(self._store.versions(self._identity.slug)) if self._here else 0


def _turn(store: Store, clock: Clock, host: str) -> Callable[[], None]:
    """Waits for a place among the questions to the index, which no other process or later run has."""

    def turn() -> None:
        now = clock.now()
        wait = (book(store, f"{host} index", SPACING, now) - now).total_seconds()
        if wait > 0:
            clock.sleep(wait)

    return turn


def _name(page: Page, question: Question) -> str:
    said: list[Any] = [page.identity.slug, page.source, question.url, question.since, question.until, question.every]
    return json.dumps(said, default=str)
