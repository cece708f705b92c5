"""`history` of one clause on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clausetrail.changelog import dates, paint, phrases
from clausetrail.changelog.styled import BLANK, Line, Span, Style, line
from clausetrail.model import LifeEvent, RelationKind

_STYLES = {"introduced": Style.ADDED, "reinstated": Style.ADDED, "removed": Style.REMOVED}
_HANG = 4


def life_lines(document: str, lineage: int, events: Sequence[LifeEvent]) -> list[Line]:
    """What happened to a clause, event by event in the order given, with the words as they were left, or the words
    that changed."""
    head = line(Span(document, Style.HEADING), Span(f"  L{lineage}", Style.LABEL))
    if not events:
        return [head, line("Nothing is recorded of this clause.")]
    return [head, *(each for event in events for each in (BLANK, *_event_lines(event)))]


def _event_lines(event: LifeEvent) -> Iterator[Line]:
    yield line(
        Span(f"v{event.version.number}", Style.STRONG),
        f"  {dates.utc(dates.changed(event.version))}  ",
        Span(_claim(event), _style(event)),
        Span(f"  {event.path}", Style.MUTED),
        indent=_HANG,
    )
    for text, style in _remarks(event):
        yield line("    ", Span(text, style), indent=_HANG + 2)
    if event.change and event.change.operations:
        spans = paint.words(event.change.operations, event.change.kind)
        yield line("    ", *spans, indent=_HANG)
    elif event.words:
        yield line("    ", Span(event.words), indent=_HANG)


def _claim(event: LifeEvent) -> str:
    return phrases.claim(event.change) if event.change and event.what == event.change.kind.value else event.what


def _style(event: LifeEvent) -> Style:
    if event.what in _STYLES:
        return _STYLES[event.what]
    known = event.what in set(RelationKind)
    return paint.KIND_STYLES[RelationKind(event.what)] if known else Style.CHANGED


def _remarks(event: LifeEvent) -> Iterator[tuple[str, Style]]:
    if event.change:
        yield phrases.weight(event.change), paint.weight_style(event.change.significance)
    if event.announced.new_dates:
        yield f"declares {dates.declarations(event.announced.new_dates)}", Style.MUTED
    for entry in event.announced.entries:
        yield f"announced {entry.on.isoformat()}: {phrases.quoted(entry.text, 100)}", Style.MUTED
    if phrases.is_silent(event.version, event.announced):
        yield phrases.SILENT, Style.WARNING
    if event.others:
        yield f"together with {', '.join(f'L{other}' for other in event.others)}", Style.MOVED
    for text in (phrases.standing(event.version), phrases.reverts(event.version)):
        if text:
            yield text, Style.MOVED
