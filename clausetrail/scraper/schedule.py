"""When a page is looked at again, and when looking at it counts as failing.  Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

JITTER = 0.1
"""Part of an interval that chance takes away, so that pages do not fall into step."""
FIRST_AGAIN = timedelta(minutes=15)
"""After the first failure that may pass; four times as long after each that follows, up to the interval."""
LATE = timedelta(hours=1)
"""By how much a look may be late, beside a tenth of the interval, before it is missed."""


def next_look(
    at: datetime,
    interval: timedelta,
    *,
    failures: int = 0,
    transient: bool = False,
    not_before: datetime | None = None,
    chance: float = 0.0,
) -> datetime:
    """When to look again after a look at `at`.

    `failures` counts this one and those in a row before it; a `transient` one is repeated sooner than the interval
    says.  Never before `not_before`, and never sooner than asked for by the host.  `chance` is from 0 to 1.
    """
    wait = interval
    if transient and failures:
        wait = min(interval, FIRST_AGAIN * 4 ** min(failures - 1, 8))
    found = at + wait * (1 - JITTER * chance)
    return max(found, not_before) if not_before else found


def overdue(next_at: datetime, interval: timedelta, now: datetime) -> bool:
    """Whether a look that was to be at `next_at` is missed."""
    return now > next_at + max(LATE, interval / 10)
