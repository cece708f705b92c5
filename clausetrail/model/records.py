"""Snapshots as they are kept: without their bytes, and with what the parser makes of them today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clausetrail.model.clauses import Verdict
from clausetrail.model.evidence import Hop, Origin, RecordKind
from clausetrail.model.history import Correction, SnapshotKey

_POLICY = Verdict(True)


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """A snapshot without its bytes, and how it was read."""

    key: SnapshotKey
    origin: Origin
    media_type: str
    url: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    record: RecordKind = RecordKind.OBSERVED
    provenance: tuple[tuple[str, str], ...] = ()
    seen_until: datetime | None = None
    verdict: Verdict = _POLICY
    """The parser's own, of the page by itself; corrections are applied by those who derive the history."""
    aside: str = ""
    """Why history set it aside beside what the page said before; empty where it did not."""
    state: str = ""
    """Digest of the words; kept for junk too, so that a correction can call it a policy."""
    print: str = ""
    """Names the reading; empty where there is none."""
    language: str = ""
    parser_revision: int = 0

    @property
    def junk(self) -> str:
        """Why it makes no version by the machine's own lights; empty for a policy."""
        return self.aside if self.verdict.policy else self.verdict.reason or "junk"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A snapshot as evidence: where it belongs, what it shows, and what was ruled about it."""

    document: str
    version: int | None
    """Number of the version that it shows; None for junk and for what no history has weighed yet."""
    row: SnapshotRow
    rulings: tuple[Correction, ...] = ()
    """Corrections that speak of this snapshot, as the last derivation applied them."""

    @property
    def key(self) -> SnapshotKey:
        return self.row.key


@dataclass(frozen=True, slots=True)
class Archived:
    """One row of the evidence archive's chain: a snapshot as it was recorded, whatever became of it since."""

    number: int
    """Its place in the chain, from 1."""
    document: str
    """Slug under which it was recorded; the document may have another by now."""
    row: SnapshotRow
    """What was known when it was recorded; nothing of how it is read."""
    recorded_at: datetime
    payload: str
    """What the chain proves, as canonical JSON."""
    digest: str
    """The link: SHA-256 of the link before and of the payload's SHA-256, all in hexadecimal."""
    request: tuple[tuple[str, str], ...] = ()
    hops: tuple[Hop, ...] = ()
    screenshot: str = ""
    """SHA-256 of the PNG that was taken; empty where none was."""
    redacted: bool = False
    """The bytes were taken out; their hash remains."""
