"""What came of looking at pages, time after time, and when they are looked at next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clausetrail.model.fetching import Outcome, Validators


@dataclass(frozen=True, slots=True)
class Look:
    """Looks in a row of which the same came."""

    outcome: Outcome
    first: datetime
    last: datetime
    junk: str = ""
    """Why what came is no policy; empty where it is one, or nothing came."""
    cause: str = ""
    """One word for why it is not *ok*."""
    reason: str = ""
    """The same in plain words, as the last of them said it."""
    status: int | None = None
    url: str = ""
    """Where the last of them ended."""
    times: int = 1

    @property
    def good(self) -> bool:
        """Whether the policy was seen."""
        return self.outcome in (Outcome.OK, Outcome.NOT_MODIFIED) and not self.junk

    @property
    def like(self) -> tuple[Outcome, str, str, int | None]:
        """What makes the next look no news."""
        return self.outcome, self.junk, self.cause, self.status


@dataclass(frozen=True, slots=True)
class Agenda:
    """When a page is to be looked at, and what is known of it for that."""

    next_at: datetime
    validators: Validators | None = None
    """Those of `shown`."""
    settled: str = ""
    """Where the last good answer came from."""
    shown: str = ""
    """SHA-256 of the last answer that came whole."""
    moved_to: str = ""
    """Where the server says that the page has moved to for good."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One page that is looked at, and how that goes."""

    document: str
    source: str
    url: str
    agenda: Agenda
    looks: tuple[Look, ...] = ()
    """The latest of each kind that matters: since the last good one, oldest first; empty before the first look."""
    good_at: datetime | None = None
    """When the policy was last seen there."""

    @property
    def last(self) -> Look | None:
        return self.looks[-1] if self.looks else None

    @property
    def failures(self) -> int:
        """Looks in a row that did not show the policy."""
        return sum(look.times for look in self.looks if not look.good)

    @property
    def failing_since(self) -> datetime | None:
        return next((look.first for look in self.looks if not look.good), None)
