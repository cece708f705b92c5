"""Terminal output as data: lines of styled spans, printed with colour or without by whoever has a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from clausetrail.changelog.safe import visible


class Style(StrEnum):
    """What a span is; how it looks is for the printer to say."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    HEADING = "heading"
    LABEL = "label"
    ADDED = "added"
    REMOVED = "removed"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    CHANGED = "changed"
    WARNING = "warning"
    MATCH = "match"


SGR = {
    Style.STRONG: "1",
    Style.MUTED: "2",
    Style.HEADING: "1",
    Style.LABEL: "36",
    Style.ADDED: "32",
    Style.REMOVED: "31",
    Style.INSERTED: "32;4",
    Style.DELETED: "31;9",
    Style.MOVED: "35",
    Style.CHANGED: "33",
    Style.WARNING: "1;33",
    Style.MATCH: "1;4",
}
"""ANSI codes of each style (ECMA-48, Select Graphic Rendition); styles left out are printed plain."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style.  Its text is safe to print: `visible` is applied as it is made."""

    text: str
    style: Style = Style.PLAIN

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", visible(self.text))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output; where it must wrap, what follows hangs `indent` columns in."""

    spans: tuple[Span, ...] = ()
    indent: int = 0

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


def line(*parts: str | Span, indent: int = 0) -> Line:
    """A line of spans and plain strings; empty parts are left out."""
    spans = (part if isinstance(part, Span) else Span(part) for part in parts)
    return Line(tuple(span for span in spans if span.text), indent)


BLANK = Line()

MARKS = {Style.DELETED: ("[-", "-]"), Style.INSERTED: ("{+", "+}"), Style.MATCH: ("«", "»")}
"""What stands around spans that nothing but their style tells apart, where there is no colour; for words that went
and came as `git diff --word-diff=plain` writes them."""


def plain(lines: Iterable[Line], width: int = 0) -> str:
    """The lines as text without colour, with `MARKS`, each ended by a line feed, wrapped to `width` columns (0: not
    wrapped)."""
    marked = (Line(tuple(map(_marked, each.spans)), each.indent) for each in lines)
    return "".join(f"{wrapped.text.rstrip()}\n" for wrapped in wrap(marked, width))


def _marked(span: Span) -> Span:
    before, after = MARKS.get(span.style, ("", ""))
    return Span(f"{before}{span.text}{after}") if before else span


def ansi(lines: Iterable[Line], width: int = 0) -> str:
    """The same with ANSI colours; the only escape sequences in it are those of `SGR`."""
    return "".join("".join(map(_coloured, wrapped.spans)) + "\n" for wrapped in wrap(lines, width))


def _coloured(span: Span) -> str:
    code = SGR.get(span.style)
    return f"\x1b[{code}m{span.text}\x1b[0m" if code else span.text


def columns(text: str) -> int:
    """Terminal columns that `text` takes: wide and full-width characters two (Unicode TR 11), combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if _wide(character) else 1


def padded(text: str, width: int, *, right: bool = False) -> str:
    """`text` filled with spaces to `width` columns; never cut."""
    text = visible(text)
    fill = " " * max(0, width - columns(text))
    return fill + text if right else text + fill


def wrap(lines: Iterable[Line], width: int) -> Iterator[Line]:
    """Lines broken at spaces, and beside wide characters, so that none is wider than `width` columns unless a single
    word is.  Text and styles stay as they are, save that a space at a break is dropped."""
    for each in lines:
        if width <= 0 or columns(each.text) <= width:
            yield each
        else:
            yield from _wrapped(each, width)


def _wrapped(each: Line, width: int) -> Iterator[Line]:
    indent = each.indent if each.indent < width // 2 else 0
    row: list[Span] = []
    used = 0
    for chunk in _chunks(each.spans):
        text = "".join(span.text for span in chunk)
        if row and used + columns(text.rstrip()) > width and used > indent:
            yield Line(_trimmed(row))
            row, used = ([Span(" " * indent)] if indent else []), indent
        row += chunk
        used += columns(text)
    yield Line(_trimmed(row))


def _trimmed(row: list[Span]) -> tuple[Span, ...]:
    last = Span(row[-1].text.rstrip(), row[-1].style)
    return (*row[:-1], last) if last.text else tuple(row[:-1])


_PIECE = re.compile(r"\s+|[^\s\u1100-\uffff\U00010000-\U0010ffff]+\s*|.\s*")


def _chunks(spans: tuple[Span, ...]) -> Iterator[list[Span]]:
    """Runs of spans that must stay on one line."""
    chunk: list[Span] = []
    for span in spans:
        for piece in _PIECE.findall(span.text):
            if chunk and _may_break(chunk[-1].text[-1], piece[0]):
                yield chunk
                chunk = []
            chunk.append(Span(piece, span.style))
    if chunk:
        yield chunk


_NOT_FIRST = frozenset("、。，．：；！？）」』】〉》”’…")
"""Marks that Chinese and Japanese typesetting keeps off the start of a line (JIS X 4051)."""


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return after != " "
    return (_wide(before) or _wide(after)) and after != " " and after not in _NOT_FIRST


def _wide(character: str) -> bool:
    return character > "\u10ff" and unicodedata.east_asian_width(character) in "WF"
