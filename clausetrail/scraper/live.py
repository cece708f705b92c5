"""Pages as the web serves them today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from clausetrail.errors import UsageError
from clausetrail.model import Fetched, Headers, Outcome, PageRequest, field_problem, language_problem
from clausetrail.net import Follower, Gate, Patience, Rates, Trail
from clausetrail.scraper.media import content_type
from clausetrail.scraper.moves import moved_to
from clausetrail.scraper.outcomes import judge
from clausetrail.scraper.robots import Robots

ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,text/markdown;q=0.8,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches pages politely: robots.txt, each host's turn, conditional requests.  Used by many threads at once."""

    gate: Gate
    rates: Rates
    robots: Robots
    patience: Patience = field(default_factory=Patience)

    def fetch(self, request: PageRequest) -> Fetched:
        """What came of it; failures are outcomes and no exceptions.

        Raises UsageError for a language or header field that cannot be sent, and whatever the clock's `sleep` raises.
        """
        check(request)
        follower = Follower(self.gate, self.rates, permit=self.robots.permit, patience=self.patience)
        trail = follower.follow(
            request.url, page_headers(request), private=request.headers, validators=request.validators
        )
        return fetched(request, trail, self.gate.clock.now(), self.rates.ready_at)


def check(request: PageRequest) -> None:
    """Raises UsageError for a language or a header field that cannot be sent."""
    problems = [field_problem(name, value) for name, value in request.headers]
    if request.language:
        problems.insert(0, language_problem(request.language))
    for problem in filter(None, problems):
        raise UsageError(problem)


def page_headers(request: PageRequest) -> Headers:
    """Fields for every hop."""
    own = {name.lower() for name, _ in request.headers}
    fields = [("Accept", ACCEPT)]
    if tag := request.language:
        base = tag.partition("-")[0]
        fields.append(("Accept-Language", f"{tag},{base};q=0.9,*;q=0.1" if base != tag else f"{tag},*;q=0.1"))
    return tuple(field for field in fields if field[0].lower() not in own)


def fetched(request: PageRequest, trail: Trail, now: datetime, ready_at: Callable[[str], datetime]) -> Fetched:
    """The record of a trail.  `ready_at` tells from when a host may be asked again."""
    judged = judge(request, trail)
    answer = trail.answer
    if answer is None:
        media_type = charset = ""
        body = encoded = b""
    else:
        media_type, charset = content_type(answer.hop.response_headers)
        body, encoded = answer.body, answer.encoded
    return Fetched(
        request=request,
        outcome=judged.outcome,
        at=answer.hop.at if answer else now,
        reason=judged.reason,
        cause=judged.cause,
        hops=trail.hops,
        body=body,
        encoded=encoded,
        transient=judged.transient,
        retry_at=_retry_at(request, trail, now, ready_at) if judged.transient else None,
        moved_to=moved_to(trail.hops) if judged.outcome in (Outcome.OK, Outcome.NOT_MODIFIED) else "",
        media_type=media_type,
        charset=charset,
    )


def _retry_at(
    request: PageRequest, trail: Trail, now: datetime, ready_at: Callable[[str], datetime]
) -> datetime | None:
    host = urlsplit(trail.hops[-1].url if trail.hops else request.url).hostname or ""
    ready = ready_at(host)
    return ready if ready > now else None
