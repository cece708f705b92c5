"""What came of looking at pages, time after time, and when they are looked at next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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


class News(StrEnum):
    """What a look at a document brought."""

    FIRST = "first"
    """Its first version."""
    VERSION = "version"
    VARIANT = "variant"
    """Other labels, link targets or typography, and the same words."""
    UNCHANGED = "unchanged"
    JUNK = "junk"
    """What came is no policy."""
    FAILED = "failed"
    WAITING = "waiting"
    """The host is to be left alone: nothing was asked."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a look at one document brought."""

    document: str
    news: News
    pages: int
    """How many were looked at."""
    reason: str = ""
    """Why the worst of its pages failed, or was no policy."""
    version: int | None = None
    """Number of the version that stands."""
    weights: tuple[tuple[str, int], ...] = ()
    """(significance, changes) of the version that is new, the weightiest first."""
    reverts_to: int | None = None
    alarms: tuple[tuple[str, str], ...] = ()
    """(page, why it counts as failing from this look on; empty: it is well again)."""
    moved: tuple[tuple[str, str], ...] = ()
    """(page, where the server says it has moved to for good), where that is new."""


class Condition(StrEnum):
    """How a page fares."""

    WELL = "well"
    NEW = "new"
    """It has not been looked at yet."""
    FAILED = "failed"
    """The last looks failed, fewer than make it count as failing."""
    FAILING = "failing"
    OVERDUE = "overdue"
    """Nobody looked when it was time to."""

    @property
    def bad(self) -> bool:
        return self in (Condition.FAILING, Condition.OVERDUE)


@dataclass(frozen=True, slots=True)
class PageHealth:
    """How one page fares."""

    watched: Watched
    condition: Condition


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A document that has far fewer clauses than before: a real cut, or a page that is read no longer as it should."""

    document: str
    before: int
    after: int
    """Clauses of the last version but one, and of the last."""
    at: datetime
    """When the last was first seen."""


@dataclass(frozen=True, slots=True)
class Health:
    """How a workspace fares."""

    at: datetime
    ticked: datetime | None
    """When `fetch` or `watch` was last at work; None: never."""
    pages: tuple[PageHealth, ...]
    shrunk: tuple[Shrunk, ...] = ()
    dead: int = 0
    """Messages to subscribers that nobody took, however often it was tried."""

    @property
    def good(self) -> bool:
        """Whether nobody need do anything."""
        return not self.dead and not self.shrunk and not any(page.condition.bad for page in self.pages)
