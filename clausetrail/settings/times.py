"""Times and spans of time as settings write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

_UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def span(text: str) -> timedelta:
    """`90m`, `48 h`: a whole number and a unit."""
    return int(text[:-1]) * _UNITS[text[-1]]


def spelled(given: timedelta) -> str:
    """The shortest text that `span` reads as this; whole seconds."""
    seconds = int(given.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def moment(given: object) -> datetime:
    """A time in UTC; a day means its last microsecond.  Raises ValueError for what is neither."""
    if isinstance(given, str):
        given = date.fromisoformat(given) if len(given) == len("2025-03-01") else datetime.fromisoformat(given)
    if isinstance(given, datetime):
        return given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)
    if isinstance(given, date):
        return datetime.combine(given, time.max, UTC)
    raise ValueError(f"{given!r} is no time")
