"""`documents` and `stats` on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clausetrail.changelog import dates, paint, phrases
from clausetrail.changelog.styled import BLANK, Line, Span, Style, columns, line, padded
from clausetrail.model import Correction, DocumentInfo, Stats

_HEAD = ("document", "versions", "changes", "flaps", "last change", "last seen", "title")
_NUMBERS = frozenset({1, 2, 3})


def documents_lines(documents: Sequence[DocumentInfo]) -> list[Line]:
    """A table, one document a line."""
    if not documents:
        return [line("No documents.")]
    rows = [_row(one) for one in documents]
    widths = [max(columns(row[i]) for row in (_HEAD, *rows)) for i in range(len(_HEAD))]
    head = line(Span(_joined(_HEAD, widths), Style.MUTED))
    return [head, *(line(Span(row[0], Style.STRONG), _joined(row, widths)[len(row[0]) :], indent=4) for row in rows)]


def _row(one: DocumentInfo) -> tuple[str, ...]:
    changed = dates.day(one.last_change) if one.last_change else "–"
    seen = dates.day(one.last_seen) if one.last_seen else "–"
    title = f"{one.publisher}: {one.title}" if one.publisher else one.title
    if one.withdrawals and one.withdrawals[-1].returned is None:
        title += f" (taken away {dates.day(one.withdrawals[-1].at)})"
    return one.slug, f"{one.versions:,}", f"{one.changes:,}", f"{one.flaps:,}", changed, seen, title


def _joined(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (padded(cell, width, right=i in _NUMBERS) for i, (cell, width) in enumerate(zip(row, widths, strict=True)))
    return "  ".join(cells).rstrip()


def corrections_lines(rulings: Sequence[tuple[Correction, str]]) -> list[Line]:
    """Each ruling with what came of it, in the order given."""
    if not rulings:
        return [line("No rulings.")]
    return [each for ruling, status in rulings for each in _ruling_lines(ruling, status)]


def _ruling_lines(ruling: Correction, status: str) -> Iterator[Line]:
    day = f" {dates.declared(ruling.declared)}" if ruling.declared else ""
    yield line(
        Span(f"{ruling.kind.value}{day}", Style.STRONG),
        Span(f"  {ruling.document}", Style.HEADING),
        Span(f"  by {ruling.who} on {ruling.when.isoformat()}: {ruling.why}"),
        indent=4,
    )
    sides = [("snapshot", ruling.snapshot[:12]), ("old", ruling.old), ("new", ruling.new)]
    for name, value in sides:
        if value:
            yield line(Span(f"    {name:<10}", Style.MUTED), Span(phrases.shortened(value, 200)), indent=14)
    yield line("    ", Span(status, Style.MUTED if status == "applied" else Style.WARNING), indent=4)


def stats_lines(stats: Stats) -> list[Line]:
    """Counts over the whole database, then by kind, significance and grade of evidence."""
    facts = list(_facts(stats))
    width = max(len(name) for name, _ in facts) + 2
    lines = [paint.fact(name, value, style=Style.PLAIN, width=width) for name, value in facts]
    groups = (
        ("changes by kind", stats.by_kind),
        ("changes by significance", stats.by_significance),
        ("snapshots by grade of evidence", stats.by_origin),
    )
    for title, counts in groups:
        if counts:
            lines += [BLANK, line(Span(title, Style.HEADING)), *_bars(counts)]
    return lines


def _facts(stats: Stats) -> Iterator[tuple[str, str]]:
    for name in ("documents", "snapshots", "versions", "changes", "lineages", "wordings", "flaps"):
        yield name, f"{getattr(stats, name):,}"
    if stats.first_seen and stats.last_seen:
        yield "observed", dates.utc(dates.span(stats.first_seen, stats.last_seen))
    yield "database", size(stats.database_bytes)
    yield "archive", size(stats.archive_bytes)


def _bars(counts: Sequence[tuple[str, int]]) -> Iterator[Line]:
    name_width = max(columns(name) for name, _ in counts)
    number_width = max(len(f"{count:,}") for _, count in counts)
    most = max(1, *(count for _, count in counts))
    for name, count in counts:
        bar = "█" * round(30 * count / most)
        yield line(f"  {padded(name, name_width)}  {count:>{number_width},}  ", Span(bar, Style.LABEL))


def size(count: int) -> str:
    """`12.3 MB`, in powers of 1000."""
    value, unit = float(count), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 1000 or unit == "TB":
            break
        value /= 1000
    return f"{value:.1f} {unit}" if unit != "B" else f"{count:,} B"
