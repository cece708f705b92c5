"""`evidence` on a terminal and as JSON: the snapshots that a version rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clausetrail.changelog import dates, phrases
from clausetrail.changelog.json_diff import Json, correction_json
from clausetrail.changelog.styled import BLANK, Line, Span, Style, line
from clausetrail.model import Exhibit, RecordKind, Version

EVIDENCE_FORMAT = "clausetrail-evidence/1"

_HANG = 14


def evidence_lines(
    document: str,
    version: Version | None,
    pages: Sequence[Exhibit],
    again: Sequence[Exhibit] = (),
    notes: Sequence[str] = (),
) -> list[Line]:
    """Which snapshots answer: `pages` in full, those that showed the version `again`, or all of a document, on one
    line each."""
    told = f"version {version.number}" if version else phrases.counted(len(pages), "snapshot")
    seen = f"  {dates.utc(f'observed {dates.seen(version)}')}" if version else ""
    lines = [line(Span(document, Style.HEADING), Span(f"  {told}", Style.STRONG), Span(seen, Style.MUTED), indent=2)]
    lines += [line(Span(f"note: {note}", Style.WARNING), indent=6) for note in notes]
    if not pages:
        lines.append(line("No snapshots."))
    if len({one.key.sha256 for one in pages}) > 1 and version is None:
        return [*lines, *(each for one in pages for each in _brief_lines(one, numbered=True))]
    for one in pages:
        lines += [BLANK, *_exhibit_lines(one, numbered=version is None)]
    if again:
        lines += [BLANK, line(Span(f"shown again by {phrases.counted(len(again), 'snapshot')}", Style.HEADING))]
        lines += [each for one in again for each in _brief_lines(one, numbered=False)]
    return lines


def _exhibit_lines(one: Exhibit, *, numbered: bool) -> Iterator[Line]:
    yield line(Span(one.key.sha256, Style.STRONG))
    for name, value in _facts(one, numbered=numbered):
        yield line(Span(f"  {name:<{_HANG - 2}}", Style.MUTED), Span(value), indent=_HANG)
    for ruling in one.rulings:
        yield line("  ", Span(phrases.ruled(ruling), Style.WARNING), indent=4)


def _facts(one: Exhibit, *, numbered: bool) -> Iterator[tuple[str, str]]:
    yield "page", one.key.source
    if numbered:
        yield "shows", _shows(one)
    until = f", unchanged until {dates.moment(one.row.seen_until)}" if one.row.seen_until else ""
    yield "fetched", f"{dates.moment(one.key.fetched_at)}{until}"
    if one.row.url:
        yield "from", one.row.url
    yield "evidence", f"{one.row.origin.value}: {phrases.GRADES[one.row.origin]}"
    if one.row.record is RecordKind.UPGRADE:
        yield "recorded", "with an upgrade at the archive, not with a new look at the page"
    yield "type", one.row.media_type + (f", HTTP status {one.row.status}" if one.row.status else "")
    yield from one.row.provenance


def _shows(one: Exhibit) -> str:
    if one.version:
        return f"version {one.version}"
    return f"no policy: {one.row.junk}" if one.row.junk else "no version"


def _brief_lines(one: Exhibit, *, numbered: bool) -> Iterator[Line]:
    until = f", unchanged until {dates.moment(one.row.seen_until)}" if one.row.seen_until else ""
    yield line(
        f"  {dates.moment(one.key.fetched_at)}  ",
        Span(one.key.sha256[:12], Style.LABEL),
        f"  {_shows(one)}" if numbered else "",
        Span(f"  {one.key.source}  {one.row.origin.value}{until}", Style.MUTED),
        indent=4,
    )
    for ruling in one.rulings:
        yield line("    ", Span(phrases.ruled(ruling), Style.WARNING), indent=6)


def evidence_json(
    document: str,
    version: Version | None,
    pages: Sequence[Exhibit],
    again: Sequence[Exhibit] = (),
    notes: Sequence[str] = (),
) -> Json:
    """The same; `version` is null where snapshots were asked for and not a version."""
    return {
        "format": EVIDENCE_FORMAT,
        "document": document,
        "version": version.number if version else None,
        "notes": list(notes),
        "snapshots": [exhibit_json(one) for one in pages],
        "again": [exhibit_json(one) for one in again],
    }


def exhibit_json(one: Exhibit) -> Json:
    """A snapshot with all that is known of it, its bytes left out."""
    return {
        "document": one.document,
        "version": one.version,
        "source": one.key.source,
        "sha256": one.key.sha256,
        "fetched_at": dates.moment(one.key.fetched_at),
        "seen_until": dates.moment(one.row.seen_until),
        "origin": one.row.origin.value,
        "grade": phrases.GRADES[one.row.origin],
        "record": one.row.record.value,
        "media_type": one.row.media_type,
        "url": one.row.url,
        "status": one.row.status,
        "headers": [list(pair) for pair in one.row.headers],
        "provenance": [list(pair) for pair in one.row.provenance],
        "verdict": {"policy": not one.row.junk, "reason": one.row.junk},
        "rulings": [correction_json(ruling) for ruling in one.rulings],
    }
