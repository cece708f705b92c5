"""Versions, variants and lineages of one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from clausetrail.model.clauses import DeclaredDate
from clausetrail.model.comparison import Change
from clausetrail.model.evidence import RecordKind


class VersionOrigin(StrEnum):
    FIRST = "first"
    CHANGE = "change"
    TECHNICAL = "technical"
    UNATTRIBUTED = "unattributed"


class Standing(StrEnum):
    """What later observations made of a version."""

    PENDING = "pending"
    """The latest, and not yet shown again after the confirmation time."""
    CONFIRMED = "confirmed"
    FLAP = "flap"
    """Never confirmed, and the words went back to those of the last confirmed version."""
    SUPERSEDED = "superseded"
    """Never confirmed, and followed by yet other words."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """When a version counts as confirmed."""

    after: timedelta = timedelta(hours=48)
    """Seen again so long after its first sight, with nothing different between."""
    observations: int | None = None
    """Where given, seen again so many times instead, however soon.  The silence of an archive is no number of looks:
    there `after` decides all the same."""

    def __str__(self) -> str:
        """`48h`; `3 observations, or 48h without news`.  Equal texts, equal rules."""
        minutes, seconds = divmod(int(self.after.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        parts = (f"{hours}h" if hours or not minutes else "", f"{minutes}m" if minutes else "")
        after = "".join(parts) + (f"{seconds}s" if seconds else "")
        return f"{self.observations} observations, or {after} without news" if self.observations else after


@dataclass(frozen=True, slots=True, order=True)
class SnapshotKey:
    """Natural key of a snapshot within its document; its order is the order of history."""

    fetched_at: datetime
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A state of labels, link targets or typography within one version."""

    first_seen: datetime
    last_seen: datetime
    snapshot: SnapshotKey
    """The first that shows it."""
    print: str
    """Digest of everything printed; see `history.digests`."""


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a document's words, for as long as it stood without a break."""

    number: int
    """1 for the oldest.  Backfills renumber."""
    state: str
    """Digest of the words; see `history.digests`."""
    origin: VersionOrigin
    first_seen: datetime
    last_seen: datetime
    """Last observation of this run."""
    before: datetime | None
    """Last time that the words of the version before were seen: with `first_seen` the interval of the change.
    None for the first version."""
    standing: Standing
    confirmed_at: datetime | None
    reverts_to: int | None
    """Number of the latest earlier version with the same words, if any."""
    snapshots: tuple[SnapshotKey, ...]
    """Those that show it, in order; the first one is what its tree is read from."""
    variants: tuple[Variant, ...]
    """In order; the first is that of `snapshots[0]`."""


class Descent(StrEnum):
    """How a lineage came from another."""

    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Lineage:
    """The identity of a clause through its document's history."""

    number: int
    """Within its document, from 1, in the order (version, position) of first appearance."""
    version: int
    """That introduced it."""
    position: int
    """Of its clause in that version."""
    parents: tuple[tuple[int, Descent, int], ...] = ()
    """(lineage, how, version): lineages it came from by a split, or that flowed into it by a merge, and when."""
    ended: int | None = None
    """First version without it (after its last appearance); None while it stands."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A version with what happened in it, clause by clause."""

    version: Version
    lineages: tuple[int, ...]
    """Lineage number of each clause of the version, by position."""
    changes: tuple[Change, ...]
    """Against the version before, most important first; empty for the first version."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A snapshot as history sees it: when, and the digests of what it said."""

    key: SnapshotKey
    record: RecordKind
    state: str
    """Digest of the page's words; empty where the page is junk, which history passes over."""
    print: str
    """Digest of all that the page prints and declares; names its tree in the store."""
    seen_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """For how long a lineage had one wording."""

    lineage: int
    words: str
    first: int
    """Number of the version in which it began."""
    last: int
    """Number of the last version in which it stood without a break."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the store knows of a document before new snapshots are weighed."""

    versions: tuple[Version, ...] = ()
    lineages_by_version: tuple[tuple[int, ...], ...] = ()
    """`lineages_by_version[n - 1]` belongs to version n, by position."""
    lineages: tuple[Lineage, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """All of a document's history, as derived from all of its sightings."""

    versions: tuple[Version, ...]
    keep: int
    """Versions 1 to `keep` are those of the past: their number, state and lineages stand; their last_seen, standing,
    confirmed_at, snapshots and variants may have changed."""
    traced: tuple[Traced, ...]
    """Versions after `keep`."""
    lineages: tuple[Lineage, ...]
    """All of the document."""
    spans: tuple[Span, ...]
    """All of the document, ordered by (lineage, first)."""
    aside: Mapping[SnapshotKey, str] = field(default_factory=dict)
    """Snapshots that are no policy beside what their page said before, each with the reason."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A document that was taken away, and whether it came back.

    In an Open Terms Archive history this is a deletion of the document's file: it is no longer tracked, or it was
    withdrawn; the archive does not say which."""

    at: datetime
    returned: datetime | None = None
    """The first observation since; None while there is none."""
    provenance: tuple[tuple[str, str], ...] = ()
    """What the origin said of it, as (name, value) pairs: `commit`, `message`, and `renamed` where the same words went
    on under another name; `gone`, an address, where its server told us."""


class CorrectionKind(StrEnum):
    JUNK = "junk"
    POLICY = "policy"
    LINK = "link"
    UNLINK = "unlink"
    DATE = "date"
    FALSE_ALARM = "false-alarm"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person rules against the machine; keyed to snapshot hashes and words, so that it survives rebuilds."""

    kind: CorrectionKind
    document: str
    who: str
    when: date
    why: str
    snapshot: str = ""
    """SHA-256 of a snapshot (junk, policy, date: the page meant; link, unlink, false-alarm: the first snapshot of the
    newer version, or empty for wherever the words fit)."""
    old: str = ""
    """Words of the old clause (link, unlink, false-alarm)."""
    new: str = ""
    """Words of the new clause (link, unlink, false-alarm)."""
    declared: DeclaredDate | None = None
    """The right date (date)."""
