"""How much one request may take, and how long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from clausetrail.net.clock import Clock


@dataclass(frozen=True, slots=True)
class Limits:
    connect: float = 15.0
    """Seconds for the name to be resolved, and again for the connection and its TLS."""
    idle: float = 30.0
    """Seconds without a byte."""
    total: float = 120.0
    """Seconds for one request and its answer, however steadily the bytes come."""
    body: int = 50 * 1024 * 1024
    """Bytes of an answer, as they are sent and again as they are decompressed: the longest page that is read."""
    ratio: int = 250
    """By how much a body may grow in being decompressed, beyond the first `RATIO_FROM` bytes.  Pages reach 30."""
    headers: int = 256
    """Header fields."""
    header_bytes: int = 64 * 1024
    redirects: int = 10
    truncate: bool = False
    """Whether a body over the limit is cut off there, where it is otherwise refused."""


RATIO_FROM = 2 * 1024 * 1024
OF_REDIRECT = 64 * 1024
"""Bytes that are read of a redirect: nobody sees more of it, and it may be endless."""


class Deadline:
    """The moment by which a request must be over."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock, self._end = clock, clock.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds; not above 0 when it is over."""
        return self._end - self._clock.monotonic()


_CURRENT: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def until(deadline: Deadline) -> Iterator[None]:
    """Whatever is read or written within is over by the deadline."""
    token = _CURRENT.set(deadline)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def bounded(timeout: float | None) -> float | None:
    """The seconds that an operation may take: its own, or fewer where the deadline comes first."""
    deadline = _CURRENT.get()
    if deadline is None:
        return timeout
    return deadline.left if timeout is None else min(timeout, deadline.left)
