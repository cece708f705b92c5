"""Who wants to hear of what, by which way and when; kept in the private file and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clausetrail.model.comparison import RelationKind, Significance


class Channel(StrEnum):
    """The way by which somebody is told."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class Cadence(StrEnum):
    """When somebody is told."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to hear of.  What is empty asks for nothing in particular."""

    publisher: str = ""
    """The part of a document's slug before the slash."""
    document: str = ""
    """Slug."""
    clause: str = ""
    """Permalink of a clause: its lineage is followed through every rebuild."""
    path: str = ""
    """Outline path: the clause that stands there, and all that it holds."""
    words: tuple[str, ...] = ()
    """Any of them, in the old words of a clause or the new ones; `*` at the end stands for any ending."""
    pattern: str = ""
    """Regular expression (RE2) that finds something in the old words of a clause or the new ones."""
    kinds: tuple[RelationKind, ...] = ()
    significances: tuple[Significance, ...] = ()
    """Empty: all but the typographic."""
    silent: bool = False
    """Only what the publisher announced by no new date and no changelog entry."""
    immediate: bool = False
    """Other words as soon as they are seen, before they are confirmed; flaps too."""
    variants: bool = False
    """Other labels, links and typography of the same words too."""
    health: bool = False
    """Pages that fail or are well again, for operators; nothing else."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Whom to tell, and where."""

    id: int
    channel: Channel
    address: str
    """Of mail, or of the receiver of webhooks."""
    secret: str = ""
    """That webhooks are signed with, `whsec_…`; several, the newest first, while they are exchanged, divided by
    spaces."""
    zone: str = "UTC"
    """IANA name of the time zone."""
    quiet: str = ""
    """Hours in which nothing is sent, `22-7`; empty: none."""
    disabled: str = ""
    """Why nothing is sent any more; empty: something is."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What somebody wants to hear of, and when."""

    id: int
    subscriber: Subscriber
    wish: Wish
    cadence: Cadence
    token: str
    """Secret that ends it, without further ado."""
    created_at: datetime
    """Nothing that was raised before is told."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One event for one subscription: which message tells it, and when."""

    subscription: int
    message: str
    """Key of the message, the same for all events that it tells and on every attempt."""
    due: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent to one subscription in one piece."""

    key: str
    subscription: Subscription
    events: tuple[str, ...]
    """Ids, in the order in which they were kept."""
    due: datetime
    attempts: int = 0
    error: str = ""
    """What came of the last attempt."""
