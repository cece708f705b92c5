"""What a workspace follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from clausetrail.changelog.phrases import counted
from clausetrail.changelog.styled import Line, Span, Style, line
from clausetrail.model import Declaration, Range, Rendering, Selector, Source

FOLLOWED_FORMAT = "clausetrail-followed/1"

_SHOWN_IN = {
    Rendering.NEVER: "",
    Rendering.WHEN_NEEDED: "in a browser when needed",
    Rendering.ALWAYS: "in a browser",
}


def followed_lines(documents: Sequence[Declaration]) -> list[Line]:
    """Each document with its pages, how often they are looked at, and how."""
    if not documents:
        return [line("Nothing is followed yet: `clausetrail sources add URL`.")]
    lines = [each for document in documents for each in _document(document)]
    pages = sum(len(document.sources) for document in documents)
    return [*lines, line(f"{counted(len(documents), 'document')}, {counted(pages, 'page')}.")]


def _document(document: Declaration) -> Iterator[Line]:
    about = f"  {document.publisher}: {document.title}"
    about += f" ({document.jurisdiction})" if document.jurisdiction else ""
    yield line(Span(document.slug, Style.STRONG), Span(about), indent=4)
    for source in document.sources:
        name = f"{source.name}: " if len(document.sources) > 1 else ""
        how = ", ".join(filter(None, _how(source)))
        yield line(Span(f"    {name}{source.url}"), Span(f"  {how}", Style.MUTED), indent=8)


def _how(source: Source) -> Iterator[str]:
    yield f"every {_span(source.interval)}" if source.interval else ""
    yield _SHOWN_IN[source.rendering] if source.rendering else ""
    yield f"in {source.language}" if source.language else ""
    if source.headers:
        yield f"with {', '.join(name for name, _ in source.headers)}"
    if source.extractions:
        yield "by selectors"


def _span(given: timedelta) -> str:
    hours, rest = divmod(int(given.total_seconds()), 3_600)
    if rest or not hours:
        return counted(hours * 60 + rest // 60, "minute")
    return counted(hours, "hour") if hours % 24 or hours == 24 else counted(hours // 24, "day")


def followed_json(documents: Sequence[Declaration]) -> dict[str, Any]:
    """The same as data; of header fields the names alone."""
    return {"format": FOLLOWED_FORMAT, "documents": [_document_json(document) for document in documents]}


def _document_json(document: Declaration) -> dict[str, Any]:
    return {
        "document": document.slug,
        "publisher": document.publisher,
        "title": document.title,
        "licence": document.licence or None,
        "attribution": document.attribution or None,
        "jurisdiction": document.jurisdiction or None,
        "pages": [_source_json(source) for source in document.sources],
    }


def _source_json(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "url": source.url,
        "language": source.language or None,
        "interval_seconds": int(source.interval.total_seconds()) if source.interval else None,
        "browser": source.rendering.value if source.rendering else None,
        "headers": [name for name, _ in source.headers],
        "extractions": [
            {
                "until": each.until.isoformat() if each.until else None,
                "select": [_selector_json(one) for one in each.select],
                "remove": [_selector_json(one) for one in each.remove],
            }
            for each in source.extractions
        ],
    }


def _selector_json(given: Selector) -> str | dict[str, str]:
    if not isinstance(given, Range):
        return given
    start, end = "after" if given.start_after else "before", "after" if given.end_after else "before"
    return {f"start_{start}": given.start, f"end_{end}": given.end}
