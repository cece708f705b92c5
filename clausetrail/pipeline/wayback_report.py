"""What a backfill did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from clausetrail.changelog import dates
from clausetrail.changelog.phrases import counted
from clausetrail.model import SnapshotRow
from clausetrail.pipeline.ingest import Report

GAP = timedelta(days=366)
"""Between two looks at a document: longer than this is worth a line."""
_SHOWN = 6


@dataclass(slots=True)
class WaybackReport:
    """How many captures there are, what became of them, and what is known of the document now."""

    document: str
    listed: int = 0
    """Captures that the archive lists, each time and digest once."""
    malformed: int = 0
    """Rows of its index that could not be used."""
    taken: int = 0
    """Captures that are snapshots now."""
    known: int = 0
    """Captures that an earlier run has settled."""
    thinned: int = 0
    """Captures that were not wanted, because the bytes are those of others, or by `--every`."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Reason -> captures."""
    later: int = 0
    """Those among them that the archive may show another day."""
    before: int = 0
    """Versions of the document before."""
    after: int = 0
    gaps: tuple[tuple[datetime, datetime], ...] = ()
    """Times between two looks at the document, where they are long."""
    led_to: dict[str, datetime] = field(default_factory=dict)
    """Other address that the page redirected to -> when that was captured last."""
    report: Report = field(default_factory=Report)

    def lines(self) -> Iterator[str]:
        """The whole report, a sentence a line."""
        yield f"{self.document}: the archive lists {counted(self.listed, 'capture')}; {self.settled()}."
        for reason, count in self.skipped.most_common(_SHOWN):
            yield f"  left out: {count:,} × {reason}"
        if rest := sum(count for _, count in self.skipped.most_common()[_SHOWN:]):
            yield f"  left out: {rest:,} for other reasons"
        if self.later:
            yield f"  {counted(self.later, 'capture')} may be had another day: give the same command again"
        if self.malformed:
            yield f"  {counted(self.malformed, 'row')} of its index could not be used"
        if self.report.junk:
            yield f"  no policy, and no version: {counted(len(self.report.junk), 'page')}"
        yield f"Versions: {self.before:,} before, {self.after:,} now."
        for start, end in self.gaps[:_SHOWN]:
            yield f"Nothing is known between {dates.day(start)} and {dates.day(end)}."
        if len(self.gaps) > _SHOWN:
            yield f"Nor in {len(self.gaps) - _SHOWN:,} more times of over a year."
        for url in sorted(self.led_to):
            yield (
                f"It redirected to {url}; for the history there: clausetrail import wayback {url}"
                f" --document {self.document}"
            )

    def settled(self) -> str:
        """`12 taken, 3 known from before`."""
        told = [f"{self.taken:,} taken"]
        if self.known:
            told.append(f"{self.known:,} known from before")
        if self.thinned:
            told.append(f"{self.thinned:,} not needed")
        if self.skipped:
            told.append(f"{self.skipped.total():,} left out")
        return ", ".join(told)


def gaps(rows: Sequence[SnapshotRow], longest: timedelta = GAP) -> tuple[tuple[datetime, datetime], ...]:
    """Times between two looks that showed the policy, where they are longer; `rows` in the order of history."""
    found: list[tuple[datetime, datetime]] = []
    seen: datetime | None = None
    for row in rows:
        if row.junk:
            continue
        if seen is not None and row.key.fetched_at - seen > longest:
            found.append((seen, row.key.fetched_at))
        latest = max(row.key.fetched_at, row.seen_until or row.key.fetched_at)
        seen = latest if seen is None else max(seen, latest)
    return tuple(found)
