"""A page, through its redirects: each hop waits for its turn, and is asked for its own permission."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import httpx

from clausetrail.errors import NetError
from clausetrail.model import Headers, Hop, Validators
from clausetrail.net.gate import Answer, Gate
from clausetrail.net.limits import Limits
from clausetrail.net.rates import Rates, retry_after
from clausetrail.net.urls import Target, follow, target

REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
HOST_TROUBLE = (429, 503)
"""What a host says of itself; the other passing failures are those of one page."""
PASSING = (408, 425, 429, 500, 502, 503, 504, *range(520, 528), 530)
"""Statuses that may be others a little later (520 to 530: what a CDN says of the server behind it)."""
_LOOKS = 2
"""How often one address is asked in one chain: a page that sets a cookie may lead back to itself once."""

Permit = Callable[[Target], None]
"""Raises NetError where a target may not be asked for."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How much is done for one page before the rest is left to another day."""

    attempts: int = 3
    """Requests for one address, where the failures are passing ones."""
    wait: float = 60.0
    """Seconds for which a host's turn is waited for."""


@dataclass(frozen=True, slots=True)
class Trail:
    """Where asking for a page led."""

    hops: tuple[Hop, ...]
    answer: Answer | None
    """The last; None where the last request was not answered."""
    error: NetError | None = None
    """Why there is no whole answer at the end."""


class Follower:
    """Follows one page at a time.  Made anew for each: it holds the cookies of one visit and no longer."""

    def __init__(
        self,
        gate: Gate,
        rates: Rates,
        *,
        permit: Permit = lambda goal: None,
        patience: Patience | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._gate, self._rates, self._permit = gate, rates, permit
        self._patience, self._limits = patience or Patience(), limits or gate.limits
        self._cookies = httpx.Cookies()
        self._hops: list[Hop] = []

    def follow(
        self, url: str, headers: Headers = (), *, private: Headers = (), validators: Validators | None = None
    ) -> Trail:
        """The answer at the end of the redirects.  Never raises NetError: the trail tells of it.

        `private` fields go to the host of `url` alone, and never from https to http; `validators` to the address that
        they hold for.
        """
        answer: Answer | None = None
        try:
            goal = first = target(url)
            while True:
                sent = (*headers, *_for(goal, first, private), *_conditions(goal, validators))
                answer = self._ask(goal, sent)
                location = answer.header("location")
                if answer.error or answer.hop.status not in REDIRECTS or not location:
                    return Trail(tuple(self._hops), answer, answer.error)
                goal = self._next(goal, location)
        except NetError as error:
            return Trail(tuple(self._hops), answer, error)

    def _next(self, goal: Target, location: str) -> Target:
        """Where it leads; a fragment is dropped, for it is not asked for."""
        try:
            found = follow(goal.url, location)
        except NetError as error:
            raise NetError(f"it redirects to what is refused: {error}", cause=error.cause) from error
        seen = [hop.url for hop in self._hops if hop.status in REDIRECTS]
        if seen.count(found.url) >= _LOOKS:
            raise NetError(f"it redirects in a circle, by way of {found.url}", cause="redirects")
        if len(seen) > self._limits.redirects:
            raise NetError(f"it redirects more than {self._limits.redirects} times", cause="redirects")
        return found

    def _ask(self, goal: Target, headers: Headers) -> Answer:
        """The answer to one request, asked again where the failure may pass."""
        self._permit(goal)
        answer: Answer | None = None
        failure: NetError | None = None
        for attempt in range(max(1, self._patience.attempts)):
            try:
                answer, failure = self._once(goal, headers, attempt), None
            except NetError as error:
                if error.cause == "wait" and attempt:
                    break  # What came before stands; when to come back, the host's state knows.
                if error.cause == "wait" or not error.transient:
                    raise
                failure = error
            else:
                if answer.hop.status not in PASSING and not (answer.error and answer.error.transient):
                    return answer
        if failure is not None or answer is None:
            raise failure or NetError("nothing was asked", cause="refused")
        return answer

    def _once(self, goal: Target, headers: Headers, attempt: int) -> Answer:
        with self._rates.turn(goal.host, self._patience.wait):
            try:
                answer = self._gate.send(goal, headers, cookies=self._cookies, limits=self._limits)
            except NetError as error:
                if error.transient:
                    self._rates.failed(goal.host)
                raise
            self._hops.append(answer.hop)
            self._learn(goal.host, answer, attempt)
            return answer

    def _learn(self, host: str, answer: Answer, attempt: int) -> None:
        asked = retry_after(answer.hop.response_headers, answer.hop.at)
        if answer.hop.status in HOST_TROUBLE or (answer.hop.status in PASSING and asked is not None):
            self._rates.failed(host, asked)
        elif answer.hop.status in PASSING or (answer.error and answer.error.transient):
            self._rates.put_off(host, attempt)
        else:
            self._rates.answered(host)


def _for(goal: Target, first: Target, private: Headers) -> Headers:
    same = goal.host == first.host and (goal.scheme, first.scheme) != ("http", "https")
    return private if same else ()


def _conditions(goal: Target, validators: Validators | None) -> Headers:
    """RFC 9110, 13.1: both, where both are known; the server goes by the first."""
    if validators is None or validators.url != goal.url:
        return ()
    fields = (("If-None-Match", validators.etag), ("If-Modified-Since", validators.last_modified))
    return tuple(field for field in fields if field[1])
