"""An event with all that there is to tell of it."""

from __future__ import annotations

from dataclasses import dataclass

from clausetrail.model import Diff, DocumentInfo, Event


@dataclass(frozen=True, slots=True)
class Telling:
    """An event, as those who hear of it are told."""

    event: Event
    info: DocumentInfo
    diff: Diff | None = None
    """Both sides of a change of words; None where the event is about something else."""
    silent: bool = False
    """Whether the publisher announced it by no new date and no changelog entry."""
