"""One look at a document: what its pages sent becomes evidence first, then history, then news.

The bytes are on the disk before anything is made of them.  History, the record of the look and the time of the next
one are written in one transaction: after a crash in between, the page is still due and its bytes are there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from clausetrail.model import (
    Agenda,
    Fetched,
    Headers,
    Look,
    News,
    Origin,
    Outcome,
    PageRequest,
    RecordKind,
    Rendering,
    Significance,
    Snapshot,
    SnapshotRow,
    Source,
    Told,
    Version,
    Watched,
    Withdrawal,
)
from clausetrail.pipeline.alerting import raise_events
from clausetrail.pipeline.ingest import job_for, kept, write
from clausetrail.pipeline.jobs import Done, weigh
from clausetrail.pipeline.searching import search
from clausetrail.scraper.schedule import next_look
from clausetrail.store import Store

VALIDATED = "validated"
"""Name, in the provenance of a snapshot that a 304 stands for, of the time at which its bytes were served."""
SERVED = "served"
"""Name, in the provenance of a page that a browser showed, of the SHA-256 of what its server sent."""
WAIT = "wait"
"""Cause of what was not asked for, because the host is to be left alone."""
_OURS = ("address", "declaration", "defect", "browser")
"""Causes that lie with us, and are over once somebody has mended the settings."""
_WORST = (News.FAILED, News.JUNK, News.WAITING)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is due."""

    source: Source
    watched: Watched
    interval: timedelta

    def request(self, headers: Headers = ()) -> PageRequest:
        """What to ask for, if it is other than what was seen last."""
        agenda = self.watched.agenda
        return PageRequest(self.source.url, self.source.language, headers, agenda.validators, agenda.settled)


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one page, kept already."""

    page: Page
    fetched: Fetched
    """The last answer: that of the browser, where one was used."""
    rows: tuple[SnapshotRow, ...] = ()
    """Of the snapshots that it made; the last one is that of `fetched`, where it is *ok* or *not modified*."""


def keep(store: Store, document: str, page: Page, answers: Sequence[Fetched]) -> Seen:
    """Put what came into the archive; it is on the disk when this returns."""
    # A page that is always shown in a browser would change back and forth between what its server sent and that.
    shown = answers[-1:] if page.source.rendering is Rendering.ALWAYS else answers
    found = [snapshot for one in shown if (snapshot := _snapshot(store, document, page, one))]
    if not page.watched.agenda.shown and _extracted_before(store, document, page):
        found = [replace(snapshot, record=RecordKind.UPGRADE) for snapshot in found]
    if len(shown) < len(answers) and found:
        found = [replace(found[0], provenance=((SERVED, answers[0].sha256),))]
    return Seen(page, answers[-1], kept(store, found))


def _extracted_before(store: Store, document: str, page: Page) -> bool:
    """Whether all that is known of the page is an archive's extract, whose difference from the page as served is
    nobody's change."""
    rows = [row for row in store.snapshots(document) if row.key.source == page.source.name]
    return bool(rows) and rows[-1].origin is Origin.OTA_MARKDOWN


def _snapshot(store: Store, document: str, page: Page, fetched: Fetched) -> Snapshot | None:
    if fetched.outcome is Outcome.OK:
        return _served(document, page, fetched)
    if fetched.outcome is Outcome.NOT_MODIFIED:
        return _unmodified(store, document, page, fetched)
    return None


def _served(document: str, page: Page, fetched: Fetched) -> Snapshot:
    from clausetrail.parser import media_type_of

    declared = fetched.media_type
    known = declared if declared not in ("", "application/octet-stream") else media_type_of(fetched.url, fetched.body)
    return Snapshot(
        document=document,
        source=page.source.name,
        fetched_at=fetched.at,
        origin=fetched.origin,
        media_type=known,
        body=fetched.body,
        url=fetched.url,
        status=fetched.status,
        headers=fetched.headers,
        request=fetched.hops[-1].request_headers if fetched.hops else (),
        hops=fetched.hops[:-1],
        screenshot=fetched.screenshot,
    )


def _unmodified(store: Store, document: str, page: Page, fetched: Fetched) -> Snapshot | None:
    """The bytes that the server says the page still is: a snapshot of this time, of the status 304.  What the answer
    leaves out of the page's type is as it was (RFC 9111, 3.2)."""
    shown = page.watched.agenda.shown
    if not shown:
        return None
    before = [row for row in store.snapshots(document, shown) if row.key.source == page.source.name]
    if not before or store.redaction(shown) is not None:
        return None
    row = before[-1]
    typed = [pair for pair in row.headers if pair[0].lower() == "content-type"]
    own = {name.lower() for name, _ in fetched.headers}
    served = next((value for name, value in row.provenance if name == VALIDATED), row.key.fetched_at.isoformat())
    return replace(
        _served(document, page, replace(fetched, media_type=row.media_type, body=store.body(shown))),
        headers=fetched.headers if "content-type" in own else (*fetched.headers, *typed),
        provenance=((VALIDATED, served),),
    )


def record(
    store: Store,
    document: str,
    pages: Sequence[Seen],
    *,
    alarm_after: int,
    chance: float = 0.0,
    beside: Callable[[], None] | None = None,
) -> Told:
    """Weigh what came of a document's pages, and write history, looks and the next looks as one.

    `alarm_after` failures in a row make a page count as failing; `chance` is as in `next_look`; `beside` writes what
    else is to be written with them.
    """
    before = store.versions(document)
    rows = [row for seen in pages for row in seen.rows]
    job = job_for(store, document, rows)
    done = weigh(job, store) if rows else None
    with store.transaction():
        done = write(store, done, job, more=True) if done else None
        told = [_record(store, document, seen, done, alarm_after, chance) for seen in pages]
        gone = _withdrawn(store, document, alarm_after, job.confirmation.after)
        at = max(seen.fetched.at for seen in pages)
        raise_events(
            store, document, _alarms(told), at, gone=gone or (False if any(one.good for one in told) else None)
        )
        if beside:
            beside()
    search(store)
    return _told(document, before, done, told)


@dataclass(frozen=True, slots=True)
class _Recorded:
    seen: Seen
    look: Look | None
    """None where nothing was asked."""
    alarm: str | None
    """Why the page counts as failing from now on; empty: it is well again; None: no news."""

    @property
    def good(self) -> bool:
        """Whether the policy was seen."""
        return self.look is not None and self.look.good


def _record(store: Store, document: str, seen: Seen, done: Done | None, alarm_after: int, chance: float) -> _Recorded:
    fetched, watched, page = seen.fetched, seen.page.watched, seen.page
    if fetched.cause == WAIT:
        store.put_off(document, page.source.name, fetched.retry_at or fetched.at + timedelta(minutes=1))
        return _Recorded(seen, None, None)
    look = _look(seen, done)
    failures = 0 if look.good else watched.failures + 1
    at = next_look(
        fetched.at,
        page.interval,
        failures=failures,
        transient=fetched.transient or bool(look.junk) or fetched.cause in _OURS,
        not_before=fetched.retry_at,
        chance=chance,
    )
    store.add_look(document, page.source.name, look, _agenda(seen, at))
    return _Recorded(seen, look, _alarm(watched, look, failures, alarm_after))


def _look(seen: Seen, done: Done | None) -> Look:
    fetched = seen.fetched
    junk = _junk(seen.rows[-1], done) if seen.rows and done else ""
    reason = fetched.reason or (f"what came is no policy ({junk})" if junk else "")
    return Look(fetched.outcome, fetched.at, fetched.at, junk, fetched.cause, reason, fetched.status, fetched.url)


def _junk(row: SnapshotRow, done: Done) -> str:
    if any(row.key in version.snapshots for version in done.derivation.versions):
        return ""
    weighed = next((one for one in done.rows if one.key == row.key), row)
    return done.why_junk(weighed) or "ruled out by hand"


def _agenda(seen: Seen, at: datetime) -> Agenda:
    """What is known for the next look; of a failure, what was known before."""
    old, fetched = seen.page.watched.agenda, seen.fetched
    if fetched.outcome not in (Outcome.OK, Outcome.NOT_MODIFIED):
        return replace(old, next_at=at)
    if not seen.rows:  # The snapshot that a 304 speaks of is ours no more: next time the page is wanted whole.
        return replace(old, next_at=at, validators=None)
    # What a browser made of a page is asked for anew each time: its server knows only the shell.
    validators = None if fetched.origin is Origin.BROWSER else fetched.validators
    return Agenda(at, validators, fetched.url, seen.rows[-1].key.sha256, fetched.moved_to)


def _alarm(watched: Watched, look: Look, failures: int, alarm_after: int) -> str | None:
    if look.good:
        return "" if watched.failures >= alarm_after else None
    crossed = watched.failures < alarm_after <= failures
    return look.reason if crossed else None


def _alarms(told: Iterable[_Recorded]) -> tuple[tuple[str, str], ...]:
    return tuple((one.seen.page.source.name, one.alarm) for one in told if one.alarm is not None)


def _withdrawn(store: Store, document: str, alarm_after: int, after: timedelta) -> bool:
    """Whether every page of the document is gone, and has been for as many looks as make a page count as failing, and
    for as long as confirms a change."""
    pages = store.watched(document)
    looks = [one.last for one in pages if one.last and one.last.outcome is Outcome.GONE]
    gone = [one for one in pages if one.last in looks and one.failures >= alarm_after]
    withdrawn = bool(pages) and len(gone) == len(pages) and any(one.good_at for one in gone)
    withdrawn = withdrawn and min(look.last for look in looks) - max(look.first for look in looks) >= after
    if withdrawn:
        at = max(look.first for look in looks)
        urls = tuple(("gone", one.url) for one in gone)
        store.add_withdrawals(document, [Withdrawal(at, None, urls)])
    return withdrawn


def _told(document: str, before: Sequence[Version], done: Done | None, told: Sequence[_Recorded]) -> Told:
    news, reason = _news(told)
    found = Told(
        document,
        news,
        pages=sum(one.look is not None for one in told),
        reason=reason,
        version=before[-1].number if before else None,
        alarms=_alarms(told),
        moved=tuple(_moved(told)),
    )
    versions = done.derivation.versions if done else ()
    if done is None or not versions:
        return found
    found = replace(found, version=versions[-1].number)
    known = {version.state for version in before[-1:]}
    if not before or versions[-1].state not in known:
        return _new(found, done, first=not before)
    if news is News.UNCHANGED and len(versions[-1].variants) > len(before[-1].variants):
        return replace(found, news=News.VARIANT)
    return found


def _new(found: Told, done: Done, *, first: bool) -> Told:
    version = done.derivation.versions[-1]
    changes = next((t.changes for t in done.derivation.traced if t.version.number == version.number), ())
    counted = Counter(change.significance for change in changes)
    weights = tuple((each.value, counted[each]) for each in Significance if counted[each])
    news = News.FIRST if first else News.VERSION
    return replace(found, news=news, weights=weights, reverts_to=version.reverts_to)


def _news(told: Iterable[_Recorded]) -> tuple[News, str]:
    """The worst that came of the pages, and why."""
    found = {News.UNCHANGED: ""}
    for one in told:
        if one.look is None:
            found[News.WAITING] = one.seen.fetched.reason
        elif one.look.junk:
            found[News.JUNK] = one.look.reason
        elif not one.look.good:
            found[News.FAILED] = one.look.reason
    news = next((each for each in _WORST if each in found), News.UNCHANGED)
    return news, found[news]


def _moved(told: Iterable[_Recorded]) -> Iterable[tuple[str, str]]:
    for one in told:
        to = one.seen.fetched.moved_to
        if to and to != one.seen.page.watched.agenda.moved_to:
            yield one.seen.page.source.name, to
