"""What every channel is given, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from clausetrail.alerts.views import Site, Told
from clausetrail.model import Message


@dataclass(frozen=True, slots=True)
class Sending:
    """A message with all that it tells."""

    message: Message
    told: tuple[Told, ...]
    site: Site
    now: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of sending one message."""

    taken: bool
    reason: str = ""
    """Why it was not taken."""
    gone: bool = False
    """The receiver wants nothing any more."""
    down: bool = False
    """Nobody answers there: what else is for the same target need not be tried now."""
    forever: bool = False
    """Trying again is of no use."""


class Sender(Protocol):
    def target(self, message: Message) -> str:
        """Names what may be down by itself: a host, a mail server."""

    def pack(self, sending: Sending) -> object:
        """The message as it goes out; called by one thread.  Raises ClausetrailError where it cannot be made."""

    def send(self, packed: object) -> Outcome:
        """Sends it; called by any thread, for one message of a target at a time.  Raises nothing."""
