"""`log` on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clausetrail.changelog import dates, folding, paint, phrases
from clausetrail.changelog.styled import Line, Span, Style, line, padded
from clausetrail.model import DocumentInfo, LogEntry, Version, VersionOrigin

_HANG = 6


def log_lines(document: DocumentInfo, entries: Sequence[LogEntry], *, flaps: bool = False) -> list[Line]:
    """Each version, newest first: number, when it changed, how much; then, where there is any, what it declares and
    announces, and what stands against it.  Unless `flaps` are asked for, each takes one line with its way back."""
    head = [line(Span(document.slug, Style.HEADING), Span(f"  {_title(document)}", Style.MUTED))]
    head += [line(Span(phrases.withdrawn(one), Style.WARNING)) for one in document.withdrawals]
    head += [line(Span(phrases.passed_over(one), Style.MUTED)) for one in document.junk]
    if not entries:
        return [*head, line("No versions.")]
    ordered = sorted(entries, key=lambda entry: entry.version.number)
    groups = [[entry] for entry in ordered] if flaps else list(folding.runs(ordered, lambda entry: entry.version))
    number = max(len(str(entry.version.number)) for entry in entries) + 1
    when = max(len(dates.changed(entry.version)) for entry in entries)
    for group in reversed(groups):
        versions = [entry.version for entry in group]
        if not flaps and folding.is_flap(versions):
            head.append(_fold_line(versions, number))
        else:
            head += _entry_lines(group[0], number, when)
    return head


def _fold_line(versions: Sequence[Version], number: int) -> Line:
    label = padded(f"v{versions[0].number}", number, right=True)
    return line(Span(f"{label}  {folding.sentence(versions)}", Style.MUTED), indent=_HANG)


def _title(document: DocumentInfo) -> str:
    return ": ".join(filter(None, (document.publisher, document.title)))


def _entry_lines(entry: LogEntry, number: int, when: int) -> Iterator[Line]:
    version = entry.version
    yield line(
        Span(padded(f"v{version.number}", number, right=True), Style.STRONG),
        f"  {padded(dates.changed(version), when)}  ",
        Span(f"{entry.significance.value}  " if entry.significance else "", paint.weight_style(entry.significance)),
        Span(_what(entry)),
        indent=_HANG,
    )
    for text, style in _remarks(entry):
        yield line(" " * (number + 2), Span(text, style), indent=_HANG)


def _what(entry: LogEntry) -> str:
    if entry.version.origin is VersionOrigin.FIRST:
        return phrases.FIRST
    return phrases.kinds(entry.counts) or "the same words, nested otherwise"


def _remarks(entry: LogEntry) -> Iterator[tuple[str, Style]]:
    version, announced = entry.version, entry.announced
    if announced.new_dates:
        yield f"declares {dates.declarations(announced.new_dates)}", Style.MUTED
    for announcement in announced.entries:
        text = phrases.quoted(announcement.text, 100)
        yield f"announced {announcement.on.isoformat()}: {text}", Style.MUTED
    if phrases.is_silent(version, announced):
        yield phrases.SILENT, Style.WARNING
    if version.origin is not VersionOrigin.FIRST and phrases.origin(version):
        yield phrases.origin(version), Style.MUTED if version.origin is VersionOrigin.TECHNICAL else Style.WARNING
    for text in (phrases.standing(version), phrases.reverts(version)):
        if text:
            yield text, Style.MOVED
    for ruling in entry.rulings:
        yield phrases.ruled(ruling), Style.WARNING
