"""Asking an archive: at its pace, with pauses where it refuses, and to an end in time.

The Wayback Machine answers 429 where it is asked too often, and refuses connections altogether, first for an hour,
where that is not heeded.  So whatever it refuses is a reason to leave all of it alone.
"""

from __future__ import annotations

from collections.abc import Callable

from clausetrail.errors import NetError, ScrapeError
from clausetrail.net import PASSING, Answer, Gate, HostState, Limits, Pace, Rates, Target, retry_after

PACE = Pace(delay=1.5, jitter=0.2, first_backoff=5.0)
"""Between two requests of any kind."""
PATIENCE = 900.0
"""Seconds of pauses that one run waits for."""
_REFUSAL = 60.0
"""Seconds of the first pause where the archive does not say how long; doubled for each in a row, up to an hour."""
_LONGEST = 3_600.0
_SHORT = 30.0
"""Seconds that are waited for as the pace, or one capture's trouble, wants it: no pause."""
_ATTEMPTS = 3
"""Requests for one capture that the archive fails to play."""
_MISSES = 3
"""Captures in a row that it fails to play, after which the trouble is not theirs."""

Keep = Callable[[tuple[HostState, ...]], None]
Tell = Callable[[str], None]


class ArchiveBusyError(ScrapeError):
    """The archive is to be left alone for longer than this run can wait.  Says until when; always transient."""


class Asker:
    """Sends requests to one archive.  For one thread."""

    def __init__(
        self,
        gate: Gate,
        rates: Rates,
        *,
        keep: Keep = lambda states: None,
        tell: Tell = lambda text: None,
        patience: float = PATIENCE,
    ) -> None:
        """`keep` is handed the state of the rates whenever the archive refused, so that a restart knows of it; `tell`
        is told of every pause that is waited for."""
        self.gate, self._rates, self._keep, self._tell = gate, rates, keep, tell
        self._left = patience
        self._refusals = self._misses = 0
        self._why = "asks to be left alone"

    def ask(self, goal: Target, *, before: Callable[[], None] = lambda: None, limits: Limits | None = None) -> Answer:
        """The archive's word on it: a capture, whatever its status, or an answer that will not pass by itself.

        `before` is called right before each request, when it is this one's turn.  Raises NetError where this one
        request came to nothing, and ArchiveBusyError where nothing more is to be asked in this run.
        """
        failure: NetError | None = None
        for attempt in range(_ATTEMPTS):
            try:
                answer = self._heard(goal, before, limits)
            except NetError as error:
                failure = error
            else:
                failure = _failure(goal.host, answer)
                if failure is None:
                    self._misses = 0
                    return answer
            self._rates.put_off(goal.host, attempt)
        self._missed(goal.host, failure)
        raise failure or NetError("nothing was asked", cause="refused")

    def _heard(self, goal: Target, before: Callable[[], None], limits: Limits | None) -> Answer:
        """The first answer that is no refusal.  Raises NetError where there is none and it is not known why."""
        while True:
            self._wait(goal.host)
            with self._rates.turn(goal.host, _LONGEST):
                before()
                try:
                    answer = self.gate.send(goal, limits=limits)
                except NetError as error:
                    if not error.transient or error.cause == "dns":
                        raise ScrapeError(f"{goal.host} cannot be asked: {error}") from error
                    if error.cause != "connection":
                        raise
                    self._refused(goal.host, None, f"cannot be reached ({error})")
                    continue
            asked = retry_after(answer.hop.response_headers, answer.hop.at)
            refused = answer.hop.status == 429 or (answer.hop.status in PASSING and asked is not None)
            if is_capture(answer) or not refused:
                self._refusals = 0
                self._rates.answered(goal.host)
                return answer
            self._refused(goal.host, asked, f"says that it is asked too often ({answer.hop.status})")

    def _wait(self, host: str) -> None:
        """Take a pause from what this run can wait."""
        until = self._rates.ready_at(host)
        pause = (until - self.gate.clock.now()).total_seconds()
        if pause <= _SHORT:
            return
        if pause > self._left:
            raise ArchiveBusyError(f"{host} {self._why}, until {until:%Y-%m-%d %H:%M} UTC", transient=True)
        self._left -= pause
        self._tell(f"{host} {self._why}; waiting until {until:%H:%M} UTC")

    def _refused(self, host: str, asked: float | None, why: str) -> None:
        pause = min(_REFUSAL * 2.0**self._refusals, _LONGEST) if asked is None else max(asked, _REFUSAL)
        self._refusals += 1
        self._why = why
        self._rates.failed(host, pause)
        self._keep(self._rates.state())

    def _missed(self, host: str, failure: NetError | None) -> None:
        self._misses += 1
        if self._misses >= _MISSES:
            self._refused(host, None, "failed again and again")
            until = self._rates.ready_at(host)
            raise ArchiveBusyError(
                f"{host} fails again and again ({failure}); try from {until:%Y-%m-%d %H:%M} UTC", transient=True
            )


def _failure(host: str, answer: Answer) -> NetError | None:
    """What is wrong with an answer that may be another a little later."""
    if answer.error is not None and answer.error.transient:
        return answer.error
    if is_capture(answer) or answer.hop.status not in PASSING:
        return None
    return NetError(f"{host} answers with {answer.hop.status}", cause=f"status-{answer.hop.status}", transient=True)


def is_capture(answer: Answer) -> bool:
    """Whether an answer is what was archived, and not the archive's own word (RFC 7089, 4.2): without these fields a
    404 or 503 is trouble of the archive, with them it is what the site itself said that day."""
    names = {name.lower() for name, _ in answer.hop.response_headers}
    return "memento-datetime" in names or any(name.startswith(ORIGINAL) for name in names)


ORIGINAL = "x-archive-orig-"
"""Prefix of the site's own fields."""
