"""The index of an archive (CDX): which captures it has of an address, page after page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from clausetrail.errors import NetError, ScrapeError
from clausetrail.net import Answer, Target, target
from clausetrail.net.urls import printable
from clausetrail.scraper.wayback.asking import Asker
from clausetrail.scraper.wayback.captures import FIELDS, Listing, read_listing, timestamp_of
from clausetrail.scraper.wayback.thinning import Every

SPACING = 2.6
"""Seconds between two questions to an index: no minute has more than 24 of them."""
LIMIT = 3_000
"""Rows that are asked for at once."""
_MOST = 32 * 1024 * 1024
"""Bytes of an answer."""
_COLLAPSE = {
    Every.DAY: "timestamp:10",
    Every.WEEK: "timestamp:8",
    Every.MONTH: "timestamp:8",
    Every.YEAR: "timestamp:6",
}
"""What a server may leave out where a page is not wanted so often: more than is wanted is still told, for the first of
a period may be one that cannot be played.  Not every server heeds it."""
_EXCLUDED = re.compile("AccessControlException|has been excluded|Blocked ?Site", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an index."""

    url: str
    since: datetime | None = None
    until: datetime | None = None
    every: Every = Every.CHANGE

    def fits(self, at: datetime) -> bool:
        return (self.since is None or at >= self.since) and (self.until is None or at <= self.until)


class Index:
    """Asks one server.  `turn` is called before each question, and returns when it may be asked."""

    def __init__(self, asker: Asker, cdx_url: str, turn: Callable[[], None], *, limit: int = LIMIT) -> None:
        self._asker, self._turn, self._limit = asker, turn, limit
        self._url = target(cdx_url).url

    def page(self, question: Question, mark: str = "") -> tuple[Listing, str]:
        """(captures, mark to go on with); no mark: it was the last page.

        A mark is what came with the page before.  One that the server no longer knows begins anew.  Raises ScrapeError
        where the archive will not tell, ArchiveBusyError where it is to be asked later.
        """
        goal = self._goal(question, mark)
        try:
            answer = self._ask(goal)
        except NetError as error:
            raise ScrapeError(
                f"the index of {goal.host} could not be read: {error}", transient=error.transient
            ) from error
        if answer.hop.status == 400 and mark:
            return self.page(question)
        listing = self._read(goal, answer, question)
        return listing, self._mark(listing, mark)

    def _ask(self, goal: Target) -> Answer:
        limits = replace(self._asker.gate.limits, body=_MOST, idle=120.0, total=300.0)
        answer = self._asker.ask(goal, before=self._turn, limits=limits)
        if answer.error:
            raise answer.error
        return answer

    def _goal(self, question: Question, mark: str) -> Target:
        since = question.since
        if mark.startswith("@"):
            since = datetime.fromisoformat(mark[1:])
        fields = {
            "url": question.url,
            "output": "json",
            "fl": ",".join(FIELDS),
            "from": timestamp_of(since) if since else "",
            "to": timestamp_of(question.until) if question.until else "",
            "collapse": _COLLAPSE.get(question.every, ""),
            "limit": str(self._limit),
            "showResumeKey": "true",
            "resumeKey": mark[1:] if mark.startswith("=") else "",
        }
        asked = urlencode({name: value for name, value in fields.items() if value})
        return target(f"{self._url}{'&' if '?' in self._url else '?'}{asked}")

    def _read(self, goal: Target, answer: Answer, question: Question) -> Listing:
        status, text = answer.hop.status, answer.body[:4_000].decode("utf-8", "replace")
        if status == 404 and not text.lstrip().startswith("<"):
            return Listing()
        if status != 200:
            if _EXCLUDED.search(text):
                raise ScrapeError(f"{question.url}: {goal.host} does not show it; it was excluded from the archive")
            said = printable(" ".join(text.split())[:120])
            raise ScrapeError(f"the index of {goal.host} answers with {status} ({said}); is cdx_url right?")
        listing = read_listing(answer.body, question.url)
        latest = self._asker.gate.clock.now() + timedelta(days=1)
        fit = tuple(one for one in listing.captures if question.fits(one.at) and one.at < latest)
        return replace(listing, captures=fit)

    def _mark(self, listing: Listing, before: str) -> str:
        """By the server's key; where it gives none though the page is full, by the time of its last row."""
        mark = f"={listing.key}" if listing.key else ""
        if not mark and not before.startswith("=") and listing.rows >= self._limit and listing.captures:
            mark = f"@{listing.captures[-1].at.isoformat()}"
        if mark and mark == before:
            raise ScrapeError("the index of the archive goes round in a circle; ask for less with --from and --to")
        return mark
