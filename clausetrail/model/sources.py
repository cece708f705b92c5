"""What a workspace declares: documents, and the pages that they are read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from clausetrail.model.evidence import Headers

MAIN = "main"
"""Name of the page of a document that has one only."""


class Rendering(StrEnum):
    """Whether a page is shown in a browser before it is read."""

    NEVER = "never"
    WHEN_NEEDED = "when-needed"
    """Where the page as served is empty without its scripts."""
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Range:
    """What stands between two elements of a page: the first that each CSS selector finds."""

    start: str
    end: str
    start_after: bool = False
    """Whether it begins after the first element; otherwise that is part of it."""
    end_after: bool = False
    """Whether it ends after the last element; otherwise that is no part of it."""


Selector = str | Range
"""A CSS selector finds elements; a range, all between two."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What is read of a page: all that its parser finds to be the policy, unless selectors say it."""

    select: tuple[Selector, ...] = ()
    """With any, the text that they find is all that is read."""
    remove: tuple[Selector, ...] = ()
    """What is not read."""
    until: datetime | None = None
    """It holds for snapshots up to and with this moment, UTC; None: for all that no earlier one holds for."""


@dataclass(frozen=True, slots=True)
class Source:
    """One page of a document."""

    url: str
    name: str = MAIN
    language: str = ""
    """The language asked for, as a tag of BCP 47; empty: any."""
    headers: Headers = field(default=(), repr=False)
    """More fields, sent to its own site alone."""
    rendering: Rendering | None = None
    """None: as the workspace does."""
    interval: timedelta | None = None
    """Between two looks; None: as the workspace does."""
    extractions: tuple[Extraction, ...] = ()
    """By the time until which they hold, that which holds today last; empty: no selectors, ever."""

    def extraction(self, at: datetime) -> Extraction:
        """That which holds for a snapshot of this moment."""
        for each in self.extractions:
            if each.until is None or at <= each.until:
                return each
        return Extraction()


@dataclass(frozen=True, slots=True)
class Declaration:
    """One document that a workspace follows."""

    slug: str
    """`publisher/policy`."""
    publisher: str
    title: str
    sources: tuple[Source, ...] = ()
    """In the order in which their texts follow one another; at least one for what is to be fetched."""
    licence: str = ""
    attribution: str = ""
    jurisdiction: str = ""
    """As the user writes it, `EU` or `US-CA`."""


@dataclass(frozen=True, slots=True)
class WaybackService:
    """A web archive that lists and replays as the Wayback Machine does."""

    cdx_url: str = "https://web.archive.org/cdx/search/cdx"
    """Where it is asked which captures there are."""
    replay_url: str = "https://web.archive.org/web"
    """What stands before `/20240110093000id_/https://...`."""
