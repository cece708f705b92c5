"""What settings say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from clausetrail.model import Confirmation, Declaration, Rendering, UserRule, WaybackService

FILE = "clausetrail.toml"
DATABASE = "policies.db"
"""The database where none is named."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """How pages are asked for, where their source does not say."""

    contact: str = ""
    """Web or e-mail address that stands in the user agent."""
    interval: timedelta = timedelta(days=1)
    """Between two looks at a page."""
    delay: timedelta = timedelta(seconds=2)
    """Between two requests to one host."""
    rendering: Rendering = Rendering.NEVER
    allow: tuple[str, ...] = ()
    """Hosts and networks that may be asked though they are private (an intranet)."""
    authorities: str = ""
    """Path of a file of further certificate authorities, PEM; whole where the settings came from a file."""
    alarm_after: int = 3
    """Failures in a row after which a page counts as failing."""


@dataclass(frozen=True, slots=True)
class Settings:
    database: str = DATABASE
    """Path, from the folder of the file."""
    confirmation: Confirmation = field(default_factory=Confirmation)
    significance: tuple[UserRule, ...] = ()
    """In the order of the file."""
    fetching: Fetching = field(default_factory=Fetching)
    documents: tuple[Declaration, ...] = ()
    """What is followed, in the order of the file."""
    timestamps: str = ""
    """Address of the time-stamp authority (RFC 3161); empty: none is asked."""
    timestamp_certificates: str = ""
    """File of the certificates that its signatures must lead to, PEM, from the folder of the file; empty: signatures
    are not checked."""
    wayback: WaybackService = field(default_factory=WaybackService)

    def document(self, slug: str) -> Declaration | None:
        """The declaration of a document, where it is followed."""
        return next((each for each in self.documents if each.slug == slug), None)
