"""Dates for people.  Days are in UTC, and nothing is claimed beyond what was observed: a change lies between the last
sight of the old words and the first sight of the new ones, and both days are named unless they are one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from clausetrail.model import DeclaredDate, Version


def day(when: datetime) -> str:
    """`2024-01-10`."""
    return when.astimezone(UTC).date().isoformat()


def moment(when: datetime | None) -> str | None:
    """ISO 8601 with seconds, `2024-01-10T09:30:00Z`; None stays None."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if when else None


def changed(version: Version) -> str:
    """When the version came to be: `2024-01-10`, `between 2024-01-08 and 2024-01-10`, or `by 2024-01-10` for a
    document's first version."""
    first = day(version.first_seen)
    if version.before is None:
        return f"by {first}"
    last = day(version.before)
    return first if last == first else f"between {last} and {first}"


def interval(version: Version) -> str:
    """The same in the width of a column: `2024-01-08…2024-01-10`."""
    return changed(version).replace("between ", "").replace(" and ", "…")


def seen(version: Version) -> str:
    """How long the version was observed: `2023-02-15 to 2024-01-08`."""
    return span(version.first_seen, version.last_seen)


def span(first: datetime, last: datetime) -> str:
    """`2023-02-15 to 2024-01-08`, or one day."""
    return day(first) if day(first) == day(last) else f"{day(first)} to {day(last)}"


def utc(text: str) -> str:
    """The text with its time zone: `2024-01-10 (UTC)`."""
    return f"{text} (UTC)"


def duration(length: timedelta) -> str:
    """Rounded up, in the largest unit that fits: `45 minutes`, `26 hours`, `3 days`."""
    minutes = max(1, -(-length // timedelta(minutes=1)))
    unit, size = ("day", 1440) if minutes >= 2880 else ("hour", 60) if minutes >= 120 else ("minute", 1)
    count = -(-minutes // size)
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def declared(date: DeclaredDate) -> str:
    """`effective 2024-01-10`, `updated 2024-01` where only the month is named."""
    on = date.on.isoformat()
    return f"{date.kind.value} {on[:7] if date.precision == 'month' else on}"


def declarations(dates: Iterable[DeclaredDate]) -> str:
    """All of them in one phrase, repeats left out: `effective 2024-01-10, updated 2024-01-08`."""
    return ", ".join(dict.fromkeys(map(declared, dates)))
