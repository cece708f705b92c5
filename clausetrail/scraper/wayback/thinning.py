"""Which captures are asked for, of the many that an archive has.  Pure, and one after the other, so that what was
chosen does not depend on where the listing was broken off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from clausetrail.scraper.wayback.captures import Capture


class Every(StrEnum):
    """How often a page is wanted."""

    CHANGE = "change"
    """Whenever its bytes changed."""
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"
    """Every capture, also those with the same bytes."""


@dataclass(slots=True)
class _Stream:
    """Pages, or redirects: a redirect that was captured between two captures of a page is no change of it."""

    period: str = ""
    """Of the last capture that was looked at."""
    digest: str = ""
    """Of the last capture that was chosen."""
    waiting: Capture | None = None
    """The last so far of those that have the same digest."""


class Thinner:
    """Chooses the first and the last capture of each run of equal digests, so that the time at which a change happened
    is known as closely as the archive knows it; with a period the first capture of each, and of these the same.

    Captures come in the order of time; one that says what the last one said is passed over.
    """

    def __init__(self, every: Every, carried: dict[str, Any] | None = None) -> None:
        """`carried` is what `carry` gave, to go on from there.  Raises ValueError, KeyError or TypeError where it is
        nothing of the kind."""
        self._every = every
        carried = carried or {}
        self._streams = {redirects: _stream(carried.get(str(redirects))) for redirects in (False, True)}
        self._redirects = set(carried.get("digests", ()))
        self._latest = [tuple(each) for each in carried.get("latest", ())]

    def carry(self) -> dict[str, Any]:
        """What must be known to go on, as JSON can hold it."""
        streams = {str(redirects): asdict(stream) for redirects, stream in self._streams.items()}
        return {**streams, "digests": sorted(self._redirects), "latest": [list(each) for each in self._latest]}

    def feed(self, captures: Iterable[Capture]) -> Iterator[Capture]:
        """Those to ask for now, in the order of time within each stream."""
        for capture in captures:
            if not self._repeated(capture):
                yield from self._chosen(capture)

    def rest(self) -> Iterator[Capture]:
        """Those that are chosen because nothing follows."""
        for stream in self._streams.values():
            if stream.waiting is not None:
                yield stream.waiting
                stream.waiting = None

    def _repeated(self, capture: Capture) -> bool:
        """Whether the listing told it before, as it may where one page of a listing follows another."""
        name = (capture.timestamp, capture.digest, "" if capture.digest else capture.original)
        if self._latest and self._latest[0][0] != capture.timestamp:
            self._latest.clear()
        known = name in self._latest
        self._latest.append(name)
        return known

    def _chosen(self, capture: Capture) -> Iterator[Capture]:
        stream = self._streams[self._is_redirect(capture)]
        if self._every is Every.ALL:
            yield capture
            return
        if (period := _period(capture.at, self._every)) is not None:
            if period == stream.period:
                return
            stream.period = period
        if capture.digest and capture.digest == stream.digest:
            stream.waiting = capture
            return
        if stream.waiting is not None:
            yield stream.waiting
        stream.digest, stream.waiting = capture.digest, None
        yield capture

    def _is_redirect(self, capture: Capture) -> bool:
        """A capture without a status says that it has the bytes of an earlier one, and so it has its status too."""
        if capture.redirects and capture.digest:
            self._redirects.add(capture.digest)
        return capture.redirects or (capture.status is None and capture.digest in self._redirects)


def _stream(carried: dict[str, Any] | None) -> _Stream:
    if not carried:
        return _Stream()
    waiting = carried["waiting"]
    return _Stream(str(carried["period"]), str(carried["digest"]), Capture(**waiting) if waiting else None)


def _period(at: datetime, every: Every) -> str | None:
    forms = {Every.DAY: "%Y-%m-%d", Every.WEEK: "%G-W%V", Every.MONTH: "%Y-%m", Every.YEAR: "%Y"}
    return f"{at:{forms[every]}}" if every in forms else None
