"""What happened to a document that somebody may want to hear of, and who wants to hear of what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clausetrail.model.history import SnapshotKey, Version


class EventKind(StrEnum):
    CHANGE = "change"
    """Confirmed words that differ from the last confirmed ones."""
    SEEN = "seen"
    """Other words than a moment before, confirmed or not: for those who want everything at once."""
    VARIANT = "variant"
    """The same words with other labels, links or typography."""
    WITHDRAWN = "withdrawn"
    """The document is gone from all of its pages."""
    RETURNED = "returned"
    """A document that was withdrawn is there again."""
    CORRECTION = "correction"
    """An event that was raised before does not hold any more."""
    HEALTH = "health"
    """A page began to fail, or is well again: for operators."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something to tell; it names nobody.

    `old` and `new` are snapshots, so that both sides are found again after every backfill and rebuild, as permalinks
    are."""

    kind: EventKind
    document: str
    at: datetime
    """When it came to be known, in snapshot time: a change when it was confirmed, all else when it was first seen."""
    old: SnapshotKey | None = None
    """Shows the words, or the page, of before; None where the event is not about words."""
    new: SnapshotKey | None = None
    state_before: str = ""
    """Digest of the words at the time of the event."""
    state_after: str = ""
    before: datetime | None = None
    """Last time that the old words were seen: with `first_seen` the interval of the change."""
    first_seen: datetime | None = None
    page: str = ""
    """Name of the page (health)."""
    note: str = ""
    """Why, in plain words (health, correction); empty for a page that is well again."""
    corrects: str = ""
    """Id of the event that does not hold any more (correction)."""
    superseded_by: str = ""
    """Id of the correction that says that this one does not hold any more."""
    id: str = ""
    """A UUID that never changes and is never given twice; empty until the event is kept."""
    number: int = 0
    """Place in the order in which events were kept; 0 until then."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Up to where the events of a document were raised, as snapshots that showed it."""

    confirmed: SnapshotKey | None = None
    """Of the last confirmed version."""
    seen: SnapshotKey | None = None
    """Of the last version of all."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change from one confirmed state to the next."""

    old: Version
    new: Version


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a subscriber of one document would have been sent, had somebody looked at it live."""

    document: str
    versions: int
    """Recorded."""
    alerts: int
    """Confirmed changes."""
    substantive: int
    """Of these, with at least one substantive change."""
    silent: int
    """Of these, without a new declared date or an entry of the publisher's changelog."""
    flaps: int
    """Versions that went back before they were confirmed, and raised nothing."""
    pending: int
    """Versions that wait for confirmation."""
    delays: tuple[float, ...]
    """Seconds from the first sight of each change to its confirmation, in the order of the alerts."""
