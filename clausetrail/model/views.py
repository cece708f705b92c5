"""What readers are shown: answers of the store and of `pipeline`, ready for the renderers of `changelog/`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from clausetrail.model.clauses import Announcement, ClauseTree, DeclaredDate, Place
from clausetrail.model.comparison import Change, Comparison, RelationKind, Significance
from clausetrail.model.history import Correction, Version, Withdrawal
from clausetrail.model.records import Exhibit


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document with its counts."""

    slug: str
    publisher: str
    """Name as its publisher writes it: `ChatGPT`."""
    title: str
    """Of the document: `Acceptable Use Policy`."""
    licence: str = ""
    """SPDX identifier or name of the licence of the text's collection; empty where none is known."""
    attribution: str = ""
    """Whom to credit for the collection."""
    url: str = ""
    language: str = ""
    """Of the newest snapshot whose language is known: ISO 639-1 code."""
    aliases: tuple[str, ...] = ()
    snapshots: int = 0
    versions: int = 0
    changes: int = 0
    flaps: int = 0
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    last_change: datetime | None = None
    """`first_seen` of the newest version."""
    withdrawals: tuple[Withdrawal, ...] = ()
    """By time; the document is away now where the last one has no return."""
    confirmation: str = ""
    """The rule of confirmation that its history was derived with, as `str(Confirmation(…))`."""
    junk: tuple[Junk, ...] = ()
    """What was seen in its place, by the first time."""


@dataclass(frozen=True, slots=True)
class Junk:
    """Snapshots that were no policy, for one reason."""

    reason: str
    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Month:
    """The changes of one document in one month, flaps and first versions left out."""

    month: date
    """Its first day."""
    versions: int
    heavy: int
    """Those that are substantive, or were not assessed."""
    silent: int


@dataclass(frozen=True, slots=True)
class Glance:
    """A document among others."""

    slug: str
    publisher: str
    title: str
    versions: int
    changes: int
    first_seen: datetime | None
    last_seen: datetime | None
    last_change: datetime | None
    """First sight of the newest version that is a change: no first one, no flap, nothing of our own parser."""
    away: bool = False
    """Taken away, and not back."""
    months: tuple[Month, ...] = ()
    """In order; those without a change are left out."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What the publisher said about a version, beside what happened."""

    dates: tuple[DeclaredDate, ...] = ()
    """All dates that the version declares."""
    new_dates: tuple[DeclaredDate, ...] = ()
    """Those that the version before did not declare."""
    entries: tuple[Announcement, ...] = ()
    """New entries of the publisher's own changelog."""
    flap: bool = False
    """Whether the version is a leg of a flap, there or back: no change of the policy, so nothing to announce."""

    @property
    def silent(self) -> bool:
        """No new date and no new entry, though there was something to announce."""
        return not self.flap and not self.new_dates and not self.entries


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One version in a document's log."""

    version: Version
    announced: Announced
    counts: tuple[tuple[RelationKind, int], ...]
    """How many changes of each kind, in the order of `RelationKind`; kinds with none are left out."""
    significance: Significance | None
    """Of the weightiest change; None where there is no change (the first version)."""
    permalink: str = ""
    rulings: tuple[Correction, ...] = ()
    """Corrections of snapshots (junk, policy, date) that bear on the version: of those that show it, and of those
    that were taken out while it stood."""


@dataclass(frozen=True, slots=True)
class DatedChanges:
    """One version of a published changelog with its changes in full."""

    entry: LogEntry
    comparison: Comparison | None
    """Against the version before; None for the first version.  Its changes are the recorded ones."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a comparison: what was asked for and the version that answers it."""

    asked: str
    """`2024-01-10`, `3`, `latest`; a file name for files."""
    tree: ClauseTree
    version: Version | None = None
    """None for a file."""
    dates: tuple[DeclaredDate, ...] = ()
    notes: tuple[str, ...] = ()
    """Said to the reader: a gap in the observations, an end before the first one, …"""
    lineages: tuple[int, ...] = ()
    """By position; empty for a file."""
    grade: str = ""
    """Origin of the snapshot that the tree was read from: the grade of the evidence."""
    sha256: str = ""
    permalink: str = ""
    pages: tuple[Exhibit, ...] = ()
    """The snapshots that the tree was read from, one for each page of the document; empty for a file."""
    rulings: tuple[Correction, ...] = ()
    """As in `LogEntry`."""
    language: str = ""
    """ISO 639-1 code; empty where unknown."""


@dataclass(frozen=True, slots=True)
class Diff:
    """Two ends, compared."""

    document: str
    """Slug; empty for files."""
    old: End
    new: End
    comparison: Comparison
    between: int = 0
    """How many versions lie between the ends, both left out."""


@dataclass(frozen=True, slots=True)
class BlameLine:
    """A clause of one version with the versions that introduced it and that last changed its words."""

    place: Place
    lineage: int
    introduced: Version
    changed: Version
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """What happened to one lineage in one version: `introduced`, `reinstated`, `removed`, or a change."""

    what: str
    """`introduced`, `reinstated`, `removed`, or the value of a `RelationKind`."""
    version: Version
    path: str
    words: str
    """After the event; before it where it was removed."""
    change: Change | None = None
    announced: Announced = Announced()
    others: tuple[int, ...] = ()
    """Other lineages that took part (the rest of a split or merge)."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A wording that holds the words searched for, and where it stood."""

    document: str
    lineage: int
    path: str
    """Outline path in the version that was searched: the one asked for, or the last that has the wording."""
    words: str
    marks: tuple[tuple[int, int], ...]
    """(start, end) offsets into `words` of what matched."""
    first: Version
    """Version in which this wording began."""
    last: Version
    """Version in which it was last seen."""
    current: bool
    """Whether it stands in the latest version."""
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts over the whole database."""

    documents: int
    snapshots: int
    versions: int
    changes: int
    lineages: int
    wordings: int
    flaps: int
    first_seen: datetime | None
    last_seen: datetime | None
    database_bytes: int
    archive_bytes: int
    by_kind: tuple[tuple[str, int], ...] = ()
    by_significance: tuple[tuple[str, int], ...] = ()
    by_origin: tuple[tuple[str, int], ...] = ()
    """Snapshots by grade of evidence."""
