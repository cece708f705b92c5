"""What is said of the two ends of a comparison, the same in every format."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from clausetrail.changelog import dates, phrases
from clausetrail.model import Diff, End, RelationKind, VersionOrigin


def name(end: End) -> str:
    """`version 3`, or what was asked for where the end is a file."""
    return f"version {end.version.number}" if end.version else end.asked


def title(diff: Diff) -> str:
    """The document, or the two files."""
    return diff.document or f"{diff.old.asked} → {diff.new.asked}"


def facts(end: End) -> Iterator[str]:
    """What is known of an end, most telling first; notes and misgivings are in `warnings`."""
    if end.version:
        if end.asked != str(end.version.number):
            yield f"asked for {end.asked}"
        yield dates.utc(f"observed {dates.seen(end.version)}")
        if end.version.before:
            yield dates.utc(f"changed {_when(dates.changed(end.version))}")
        elif end.version.origin is VersionOrigin.FIRST:
            yield phrases.FIRST
    if end.dates:
        yield f"declares {dates.declarations(end.dates)}"
    if len(end.pages) > 1:
        told = ", ".join(f"{page.key.source} {page.row.origin.value} {page.key.sha256[:12]}" for page in end.pages)
        yield f"evidence of {len(end.pages)} pages: {told} (sha256)"
    elif end.grade:
        yield f"evidence {end.grade}" + (f", sha256 {end.sha256[:12]}" if end.sha256 else "")
    elif end.sha256:
        yield f"sha256 {end.sha256[:12]}"


def _when(text: str) -> str:
    return text if text.startswith("between") else f"on {text}"


def warnings(end: End) -> Iterator[str]:
    """What a reader must know before relying on this end."""
    yield from end.notes
    if end.version:
        for told in (phrases.origin(end.version), phrases.standing(end.version), phrases.reverts(end.version)):
            if told and told != phrases.FIRST:
                yield told
    yield from map(phrases.ruled, end.rulings)


def summary(diff: Diff) -> str:
    """One sentence on all changes; where both ends are one version, that they are."""
    if diff.old.version and diff.new.version and diff.old.version.number == diff.new.version.number:
        return f"Nothing to compare: both ends are version {diff.new.version.number}."
    return phrases.summary(diff.comparison.changes)


def between(diff: Diff) -> str:
    """How many versions lie between the ends; empty where none does."""
    if not diff.between:
        return ""
    return (
        f"{phrases.counted(diff.between, 'version')} between the ends {'is' if diff.between == 1 else 'are'} not shown"
    )


def selection(diff: Diff, only: Collection[RelationKind]) -> str:
    """That only some kinds of change are shown; empty where all are."""
    if not only or not diff.comparison.changes:
        return ""
    count = sum(change.kind in only for change in diff.comparison.changes)
    chosen = ", ".join(phrases.kind_word(kind) for kind in RelationKind if kind in only)
    return f"showing {count:,} of {len(diff.comparison.changes):,}: {chosen} only"
