"""Histories as small pictures: where things stand in them, in units of their view boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from clausetrail.changelog import phrases
from clausetrail.model import Glance, LogEntry, Significance, Standing, Version, VersionOrigin, Withdrawal

WIDTH = 1000
"""Of the timeline of one document."""
_MARGIN = 14
_HEAVY = frozenset({Significance.SUBSTANTIVE, Significance.NOT_ASSESSED})
_UNSEEN = timedelta(days=2)
"""Without a look for longer than this is a gap worth drawing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The changes of one month."""

    x: float
    height: float
    heavy: float
    """The part of the height that is substantive."""


@dataclass(frozen=True, slots=True)
class Spark:
    """The changes of one document, month by month, on an axis that all documents share."""

    bars: tuple[Bar, ...]
    width: float
    told: str
    """The same in words."""


@dataclass(frozen=True, slots=True)
class Span:
    x: float
    width: float
    number: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """One version where it was first seen."""

    x: float
    number: int
    shape: str
    """`heavy`, `light`, `first`, `flap` (either leg), `technical`."""
    silent: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    marks: tuple[Mark, ...]
    """In the order of drawing."""
    seen: tuple[Span, ...]
    """For how long each version was observed."""
    unseen: tuple[Span, ...]
    """Between two versions, when nobody looked: a change lies somewhere in each."""
    away: tuple[Span, ...]
    ticks: tuple[tuple[float, str], ...]
    """(x, year)."""


_LAYERS = ("flap", "technical", "light", "first", "heavy")
"""What matters most is drawn last."""
HEIGHT = 22
_STEP = 4
_FULL = 4
"""Changes in a month from which its bar is as high as can be."""
_FEWEST = 48
"""Months on the axis, lest the few of a young history be drawn as blocks."""


def sparks(glances: Sequence[Glance]) -> dict[str, Spark]:
    """By slug."""
    every = [month.month for glance in glances for month in glance.months]
    last = max(every, default=date(2000, 1, 1))
    count = max(_FEWEST, _months(min(every, default=last), last) + 1)
    return {glance.slug: _spark(glance, last, count) for glance in glances}


def _spark(glance: Glance, last: date, count: int) -> Spark:
    bars = []
    for one in glance.months:
        x = (count - 1 - _months(one.month, last)) * _STEP
        height = HEIGHT * (0.25 + 0.75 * min(one.versions, _FULL) / _FULL)
        bars.append(Bar(x, round(height, 1), round(height * one.heavy / one.versions, 1)))
    return Spark(tuple(bars), count * _STEP, _told(glance))


def _told(glance: Glance) -> str:
    if not glance.months:
        return "no change yet"
    total, heavy = sum(m.versions for m in glance.months), sum(m.heavy for m in glance.months)
    first, last = glance.months[0].month, glance.months[-1].month
    span = f"in {first:%Y-%m}" if first == last else f"from {first:%Y-%m} to {last:%Y-%m}"
    return f"{phrases.counted(total, 'new version')} {span}, {heavy} of them substantive"


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def timeline(entries: Sequence[LogEntry], withdrawals: Sequence[Withdrawal]) -> Timeline | None:
    """The history of a document, oldest first; None where there is no version."""
    if not entries:
        return None
    start, end = entries[0].version.first_seen, max(entry.version.last_seen for entry in entries)
    whole = max(end - start, timedelta(days=1))

    def at(when: datetime) -> float:
        share = min(max((when - start) / whole, 0.0), 1.0)
        return round(_MARGIN + (WIDTH - 2 * _MARGIN) * share, 1)

    def span(first: datetime, last: datetime, number: int = 0) -> Span:
        return Span(at(first), max(round(at(last) - at(first), 1), 1.0), number)

    versions = [entry.version for entry in entries]
    return Timeline(
        marks=tuple(
            sorted(
                (
                    Mark(at(e.version.first_seen), e.version.number, _shape(e, before), _silent(e))
                    for e, before in zip(entries, [None, *versions], strict=False)
                ),
                key=lambda mark: (_LAYERS.index(mark.shape), mark.number),
            )
        ),
        seen=tuple(span(v.first_seen, v.last_seen, v.number) for v in versions),
        unseen=tuple(
            span(a.last_seen, b.first_seen) for a, b in pairwise(versions) if b.first_seen - a.last_seen > _UNSEEN
        ),
        away=tuple(span(one.at, one.returned or end) for one in withdrawals),
        ticks=tuple((at(when), str(when.year)) for when in _years(start, end)),
    )


def _shape(entry: LogEntry, before: Version | None) -> str:
    """`before` is the version before; of a flap, both legs are drawn alike."""
    version = entry.version
    if version.origin is VersionOrigin.FIRST:
        return "first"
    if version.origin is VersionOrigin.TECHNICAL:
        return "technical"
    back = version.reverts_to is not None and before is not None and before.standing is Standing.FLAP
    if version.standing is Standing.FLAP or back:
        return "flap"
    return "heavy" if entry.significance in _HEAVY else "light"


def _silent(entry: LogEntry) -> bool:
    return phrases.is_silent(entry.version, entry.announced)


def _years(start: datetime, end: datetime) -> Iterator[datetime]:
    """New Year's days within, not more than a dozen."""
    years = range(start.year + 1, end.year + 1)
    step = len(years) // 12 + 1
    for year in years[::step]:
        yield datetime(year, 1, 1, tzinfo=UTC)
