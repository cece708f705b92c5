"""`diff` on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from clausetrail.changelog import ends, paint, phrases
from clausetrail.changelog.items import GAP, Item, Teller
from clausetrail.changelog.styled import BLANK, Line, Span, Style, columns, line, padded
from clausetrail.model import PATH_SEPARATOR, Diff, End, RelationKind

_BAR = 40
_NAME = 48
_HANG = 4


def diff_lines(diff: Diff, *, context: int = 0, only: Collection[RelationKind] = ()) -> list[Line]:
    """Both ends, a summary, then every change in the order of the new text (removed clauses where they stood).

    `context`: how many unchanged clauses to show around each change.  `only`: kinds to show; the summary still counts
    all.
    """
    lines = list(_header(diff, only))
    section = ""
    for item in Teller(diff.comparison).reading_order(context=context, only=only):
        if item is GAP:
            lines += [BLANK, line(Span("  …", Style.MUTED))]
            continue
        if item.section != section:
            section = item.section
            lines += [BLANK, line(Span(f"── {section or phrases.BEFORE_HEADINGS}", Style.HEADING), indent=3)]
        lines += _item_lines(item)
    return lines


def _header(diff: Diff, only: Collection[RelationKind]) -> Iterator[Line]:
    yield line(Span(ends.title(diff), Style.HEADING))
    yield from _end_lines("from", diff.old)
    yield from _end_lines("to", diff.new)
    for note in (ends.between(diff), ends.selection(diff, only)):
        if note:
            yield line(Span(f"  {note}", Style.MUTED), indent=2)
    yield BLANK
    yield line(Span(ends.summary(diff), Style.STRONG), indent=2)


def _end_lines(side: str, end: End) -> Iterator[Line]:
    told = "; ".join(ends.facts(end))
    yield line(
        Span(f"  {side:<5} ", Style.MUTED),
        Span(ends.name(end), Style.STRONG),
        Span(f"  {told}" if told else "", Style.MUTED),
        indent=8,
    )
    for note in ends.warnings(end):
        yield line("        ", Span(f"note: {note}", Style.WARNING), indent=14)


def _item_lines(item: Item) -> Iterator[Line]:
    style = paint.KIND_STYLES[item.kind]
    above, separator, own = item.path.rpartition(PATH_SEPARATOR)
    yield BLANK
    yield line(
        Span(f"{item.mark} {item.claim}", style),
        Span(f"  {above}{separator}", Style.MUTED),
        Span(own, Style.STRONG if item.rank else Style.MUTED),
        Span(f"  ({item.shape})", Style.MUTED),
        indent=_HANG,
    )
    if item.weight:
        yield line("    ", Span(item.weight, paint.weight_style(item.significance)), indent=_HANG + 2)
    for detail in item.details:
        yield line("    ", Span(detail, Style.MOVED), indent=_HANG + 2)
    spans = tuple(paint.cells(item.cells, item.kind))
    if item.operations:
        yield line("    ", *spans, indent=_HANG)


def stat_lines(diff: Diff, *, only: Collection[RelationKind] = ()) -> list[Line]:
    """`--stat`: the ends, counts by kind and by significance, and a bar of marks for every section with changes, in
    the order of the new text.  `only`: kinds to draw; the summary still counts all."""
    lines = list(_header(diff, only))
    present = {change.kind for change in diff.comparison.changes if not only or change.kind in only}
    if present:
        lines += [BLANK, *_bars(diff, only), BLANK, _legend(present)]
    return lines


def _bars(diff: Diff, only: Collection[RelationKind]) -> Iterator[Line]:
    sections: dict[str, Counter[RelationKind]] = {}
    for item in Teller(diff.comparison).reading_order(only=only):
        if item is not GAP:
            sections.setdefault(item.section or phrases.BEFORE_HEADINGS, Counter())[item.kind] += 1
    longest = max(sum(counts.values()) for counts in sections.values())
    width = min(_NAME, max(columns(name) for name in sections))
    for name, counts in sections.items():
        yield line(
            padded(_ending(name), width),
            Span(" | ", Style.MUTED),
            f"{sum(counts.values()):>{len(str(longest))}} ",
            *_bar(counts, min(1.0, _BAR / longest)),
        )


def _ending(name: str) -> str:
    """A trail cut at its start, where many are the same."""
    if len(name) <= _NAME:
        return name
    tail = name[2 - _NAME :]
    cut = tail.find(PATH_SEPARATOR)
    return f"… {tail[cut + 1 :] if 0 <= cut < _NAME // 2 else tail}"


def _bar(counts: Counter[RelationKind], scale: float) -> Iterator[Span]:
    for kind in RelationKind:
        if counts[kind]:
            yield Span(phrases.MARKS[kind] * max(1, round(counts[kind] * scale)), paint.KIND_STYLES[kind])


def _legend(present: Collection[RelationKind]) -> Line:
    told = ", ".join(f"{phrases.MARKS[k]} {phrases.kind_word(k)}" for k in RelationKind if k in present)
    return line(Span(told, Style.MUTED), indent=2)
