"""When a message is sent: at once, or with the next digest, and never in somebody's quiet hours.  Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from clausetrail.errors import UsageError
from clausetrail.model import Cadence

DIGEST_HOUR = 8
"""Local time at which digests are sent."""
_QUIET = re.compile(r"(\d{1,2})-(\d{1,2})")
_WEEK = 7


def due(now: datetime, cadence: Cadence, zone: str, quiet: str = "") -> datetime:
    """When what is known now is sent, in UTC, for a subscriber in this time zone: never before now.

    Days begin and end by the clock on the subscriber's wall, across changes of daylight-saving time; an hour that a
    day has not is the one after it, and one that it has twice is the first."""
    local = now.astimezone(zone_of(zone))
    if cadence is not Cadence.NOW:
        local = _next_digest(local, weekly=cadence is Cadence.WEEKLY)
    return _after_quiet(local, quiet).astimezone(UTC)


def _next_digest(local: datetime, *, weekly: bool) -> datetime:
    days = (_WEEK - local.weekday()) % _WEEK if weekly else 0
    found = _at(local + timedelta(days=days), DIGEST_HOUR)
    return found if found > local else _at(local + timedelta(days=days + (_WEEK if weekly else 1)), DIGEST_HOUR)


def _at(day: datetime, hour: int) -> datetime:
    """That hour of a day, by the wall clock; through UTC, so that an hour that is skipped becomes the next one."""
    made = datetime.combine(day.date(), time(hour), day.tzinfo)
    return made.astimezone(UTC).astimezone(day.tzinfo)


def _after_quiet(local: datetime, quiet: str) -> datetime:
    hours = hours_of(quiet)
    if hours is None:
        return local
    first, last = hours
    within = first <= local.hour < last if first < last else local.hour >= first or local.hour < last
    if not within:
        return local
    ending = local if local.hour < last else local + timedelta(days=1)
    return _at(ending, last)


def hours_of(quiet: str) -> tuple[int, int] | None:
    """(first hour, hour in which they are over) of `22-7`; None for none.  Raises UsageError for anything else."""
    if not quiet:
        return None
    found = _QUIET.fullmatch(quiet.strip())
    hours = (int(found[1]), int(found[2])) if found else (0, 0)
    if hours[0] == hours[1] or max(hours) > 23:
        raise UsageError(f"{quiet!r}: quiet hours are two different hours of the day, such as 22-7")
    return hours


def zone_of(name: str) -> ZoneInfo:
    """Raises UsageError for a name that is none of the IANA time zone database."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"{name!r} is no time zone; names are those of the IANA database, such as Europe/Paris") from (
            error
        )
