"""Which version stood on a day, and what nobody saw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from clausetrail.model import DateKind, DeclaredDate, Version


def end_of(day: date) -> datetime:
    """The last moment of a day, UTC."""
    return datetime.combine(day, time.max, UTC)


def observed(versions: Sequence[Version], moment: datetime) -> Version | None:
    """The version last observed by `moment`; None before the first observation."""
    return next((v for v in reversed(versions) if v.first_seen <= moment), None)


def declared(
    versions: Sequence[Version], dates: Sequence[Sequence[DeclaredDate]], day: date
) -> tuple[Version, DeclaredDate] | None:
    """The version in force on `day` by the dates that the versions declare.

    `dates[i]` are those of `versions[i]`.  A version without an effective date goes by its latest other date, one
    without any is passed over.  Of several whose date has come, the latest date wins, then the latest version.
    """
    in_force = [
        (ruling.on, version.number, version, ruling)
        for version, own in zip(versions, dates, strict=True)
        if (ruling := ruling_date(own)) is not None and ruling.on <= day
    ]
    return max(in_force, key=lambda entry: entry[:2])[2:] if in_force else None


def ruling_date(dates: Sequence[DeclaredDate]) -> DeclaredDate | None:
    """The date a document goes by: its latest effective date, else its latest other one."""
    effective = [d for d in dates if d.kind is DateKind.EFFECTIVE]
    return max(effective or dates, key=lambda d: d.on, default=None)


def gap_after(
    versions: Sequence[Version], version: Version, moment: datetime
) -> tuple[datetime, datetime | None] | None:
    """Where `moment` lies in a time that nobody observed: (last sight of `version`, next sight of anything).

    None where the version was observed on that day or later.  The second time is None after the last observation.
    """
    if version.last_seen.date() >= moment.date():
        return None
    later = [v.first_seen for v in versions if v.number > version.number]
    return version.last_seen, (min(later) if later else None)
