"""Politeness: how often a host is asked, and when it is left alone.

Kept by hand and not by tenacity or stamina: what a host asked for has to outlive the process and to hold for every
page on the host, and waiting is bounded by what the caller has patience for.  A decorator around one call knows none
of the three.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from clausetrail.errors import NetError
from clausetrail.net.clock import Clock, SystemClock


@dataclass(frozen=True, slots=True)
class Pace:
    """How a host is treated that asks for nothing else."""

    delay: float = 2.0
    """Seconds between the end of one request and the start of the next."""
    together: int = 1
    """Requests to one host at the same time."""
    jitter: float = 0.25
    """Part of the delay that chance adds, so that many hosts of one provider are not asked in step."""
    first_backoff: float = 5.0
    """Seconds after the first failure of a host; doubled for each that follows."""
    longest_backoff: float = 3_600.0
    longest_delay: float = 120.0
    """What a `Crawl-delay` is honoured up to; more is taken for a mistake or a way of saying no."""
    longest_retry: float = 86_400.0
    """What a `Retry-After` is honoured up to."""


@dataclass(frozen=True, slots=True)
class HostState:
    """What is known of a host, to be kept over a restart."""

    host: str
    not_before: datetime
    """When it may be asked again, UTC."""
    failures: int = 0
    """In a row; 0 after any answer that was none."""
    delay: float | None = None
    """Seconds, where the host asks for more than our own."""


class _Host:
    def __init__(self, state: HostState) -> None:
        self.not_before, self.failures, self.delay = state.not_before, state.failures, state.delay
        self.active = 0


class Rates:
    """Who may be asked when.  Used by many threads at once.

    Guaranteed, over a restart too where `state` is given: a host is never asked before its delay is over, nor before
    the time that it named, by no more than `together` requests at once.
    """

    def __init__(
        self,
        pace: Pace | None = None,
        *,
        clock: Clock | None = None,
        chance: Callable[[], float] = random.random,
        state: Iterable[HostState] = (),
    ) -> None:
        self.pace, self._clock, self._chance = pace or Pace(), clock or SystemClock(), chance
        self._freed = threading.Condition()
        self._hosts = {each.host: _Host(each) for each in state}

    def state(self) -> tuple[HostState, ...]:
        """What `state` takes back; hosts that nothing is to be remembered of are left out."""
        now = self._clock.now()
        with self._freed:
            kept = {n: h for n, h in self._hosts.items() if h.not_before > now or h.failures or h.delay is not None}
            return tuple(HostState(n, h.not_before, h.failures, h.delay) for n, h in sorted(kept.items()))

    @contextmanager
    def turn(self, host: str, patience: float) -> Iterator[None]:
        """Within, the host may be asked once.  Waits for its turn; raises NetError (`wait`) at once if the host may
        not be asked within `patience` seconds."""
        entry = self._enter(host, patience)
        try:
            yield
        finally:
            with self._freed:
                entry.active -= 1
                entry.not_before = max(entry.not_before, self._after(self._spacing(entry)))
                self._freed.notify_all()

    def _enter(self, host: str, patience: float) -> _Host:
        with self._freed:
            entry = self._entry(host)
            while entry.active >= self.pace.together:
                self._freed.wait()
            wait = self._wait(entry)
            if wait > patience:
                until = f"{entry.not_before:%Y-%m-%d %H:%M} UTC"
                raise NetError(f"{host} is to be left alone until {until}", cause="wait", transient=True)
            entry.active += 1
            if wait > 0:
                # The next one that comes waits for its own turn after this one.
                entry.not_before += timedelta(seconds=self._spacing(entry))
        try:
            if wait > 0:
                self._clock.sleep(wait)
        except BaseException:
            with self._freed:
                entry.active -= 1
                self._freed.notify_all()
            raise
        return entry

    def _wait(self, entry: _Host) -> float:
        """Seconds.  A clock that was set back must not silence a host for years."""
        wait = (entry.not_before - self._clock.now()).total_seconds()
        if wait > 2 * self.pace.longest_retry:
            entry.not_before, wait = self._clock.now(), 0.0
        return wait

    def ready_at(self, host: str) -> datetime:
        """From when the host may be asked, UTC; now, or a time to come."""
        with self._freed:
            entry = self._hosts.get(host)
            return max(entry.not_before, self._clock.now()) if entry else self._clock.now()

    def answered(self, host: str) -> None:
        """The host works: its failures are forgotten."""
        with self._freed:
            self._entry(host).failures = 0

    def failed(self, host: str, retry_after: float | None = None) -> None:
        """The host refused, or was not to be reached: it is left alone for what it asked (up to `longest_retry`), else
        for a time that doubles with each failure in a row, of which chance takes up to half away."""
        with self._freed:
            entry = self._entry(host)
            entry.failures += 1
            seconds = self._backoff(entry.failures - 1)
            if retry_after is not None:
                seconds = min(retry_after, self.pace.longest_retry)
            entry.not_before = max(entry.not_before, self._after(seconds))

    def put_off(self, host: str, attempt: int) -> None:
        """One page of the host failed, `attempt` times before: the host itself is not to blame."""
        with self._freed:
            entry = self._entry(host)
            entry.not_before = max(entry.not_before, self._after(self._backoff(attempt)))

    def asks_for(self, host: str, delay: float | None) -> None:
        """Honour a `Crawl-delay`, up to `longest_delay`; None: the host asks for none."""
        with self._freed:
            self._entry(host).delay = None if delay is None else min(delay, self.pace.longest_delay)

    def _backoff(self, before: int) -> float:
        doubled: float = self.pace.first_backoff * 2.0 ** min(before, 20)
        return min(doubled, self.pace.longest_backoff) * (0.5 + self._chance() / 2)

    def _spacing(self, entry: _Host) -> float:
        return max(self.pace.delay, entry.delay or 0.0) * (1 + self._chance() * self.pace.jitter)

    def _after(self, seconds: float) -> datetime:
        return self._clock.now() + timedelta(seconds=seconds)

    def _entry(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host(HostState(host, self._clock.now())))


def retry_after(headers: Iterable[tuple[str, str]], now: datetime) -> float | None:
    """Seconds that an answer asks to wait (`Retry-After`, RFC 9110, 10.2.3: seconds, or a date); None where it does not
    say so that it can be understood.  A date is taken against the server's own clock where it gives it."""
    sent = {name.lower(): value.strip() for name, value in headers}
    asked = sent.get("retry-after", "")
    if asked.isascii() and asked.isdigit():
        return float(asked[:12])
    until = http_date(asked)
    if until is None:
        return None
    return max(0.0, (until - (http_date(sent.get("date", "")) or now)).total_seconds())


def http_date(text: str) -> datetime | None:
    """A date as HTTP writes it, in any of its three forms (RFC 9110, 5.6.7); None for what is none."""
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
