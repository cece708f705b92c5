"""Markdown → blocks (CommonMark with tables, as markdown-it-py reads it).

Real input is what an archive made of HTML (turndown), so code is read as text: nothing in a policy is code, and an
indented line is a line with spaces before it.

A source is cut where a blank line is followed by a line that starts at its left edge: such a line continues nothing
that came before, except inside fenced code, some HTML and sources with reference definitions, which are read whole.
Pieces are cached by their text, because successive versions of a page share nearly all of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt, helpers
from markdown_it.token import Token

from clausetrail.parser.block import Block
from clausetrail.parser.columns import Cell, Columns
from clausetrail.parser.html import read_fragment
from clausetrail.parser.inline import Inline, InlineBuilder
from clausetrail.parser.rules import finish
from clausetrail.parser.writer import BlockWriter

_MAX_NESTING = 130
_CACHED_PIECES = 1 << 15
_CACHED_SIZE = 1 << 14
_BLANK_LINES = re.compile(r"\n(?:[ \t]*+\n)++")
_EDGE = re.compile(r"[^\s:]")
_UNCUTTABLE = re.compile(
    r"^[ \t>*+\-\d.)]*(?:```|~~~|<(?:script|pre|style|textarea|!--|\?|![a-z]|!\[CDATA\[)|\[(?:[^\]\\\n]|\\.)*\n?\]:)",
    re.MULTILINE | re.IGNORECASE,
)
# Marks of quotes and lists that nest deeper than anybody writes.
_DEEP = re.compile(r"^([ \t>*+\-\d.)]{120})[ \t>*+\-\d.)]+", re.MULTILINE)
_PLAIN_TARGET = re.compile(r"[^\x00-\x20\x7f<>()\\&]+(?=\))")
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_MOST_BRACKETS = 200
_DEEPEST_BRACKET = 50
_CELL_HEADING = re.compile(r"#{1,6} ")


class _Helpers:
    """markdown-it's own, but for a short way through what nearly every target is: no escape, space or bracket."""

    parseLinkLabel = staticmethod(helpers.parseLinkLabel)  # noqa: N815
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815

    @staticmethod
    def parseLinkDestination(string: str, pos: int, maximum: int) -> Any:  # noqa: N802
        match = _PLAIN_TARGET.match(string, pos, maximum)
        if match is None:
            return helpers.parseLinkDestination(string, pos, maximum)
        return SimpleNamespace(ok=True, pos=match.end(), str=match.group())


class _Markdown(MarkdownIt):
    """Targets of links stay as printed, whatever they are."""

    def __init__(self, preset: str, options: dict[str, int]) -> None:
        super().__init__(preset, options)
        self.helpers: Any = _Helpers

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url


_MARKDOWN = _Markdown("commonmark", {"maxNesting": _MAX_NESTING})
_MARKDOWN.enable(["table", "strikethrough"]).disable(["code", "text_join"])


@dataclass(frozen=True, slots=True)
class _Piece:
    """What was read from one piece of a source."""

    blocks: tuple[Block, ...]
    lines: tuple[int, ...]
    """Where each block begins, 1-based within the piece."""
    breaks: int
    """Line breaks in the piece."""
    cuttable: bool
    """What it holds ends where it ends."""


def read_markdown(text: str) -> tuple[list[Block], list[int]]:
    """Finished blocks, and the line on which each begins.  Lines end with a line feed."""
    parts = _cut(text)
    blocks: list[Block] = []
    lines: list[int] = []
    before = 0
    for text_of_piece, gap in zip(parts[::2], [*parts[1::2], ""], strict=True):
        piece = _cached(text_of_piece) if len(text_of_piece) <= _CACHED_SIZE else _read(text_of_piece)
        if not piece.cuttable and len(parts) > 1:
            return read_whole(text)
        blocks += piece.blocks
        lines += [before + line for line in piece.lines]
        before += piece.breaks + gap.count("\n")
    return blocks, lines


def _cut(text: str) -> list[str]:
    """Pieces and the blank lines between them, in turn."""
    parts: list[str] = []
    start = 0
    # What follows is looked at apart from the run, which would else be tried again from each of its lines.
    for gap in _BLANK_LINES.finditer(text):
        if _EDGE.match(text, gap.end()):
            parts += [text[start : gap.start()], gap.group()]
            start = gap.end()
    return [*parts, text[start:]]


def read_whole(text: str) -> tuple[list[Block], list[int]]:
    """The same as `read_markdown`, without cutting and without the cache: the reference."""
    piece = _read(text)
    return list(piece.blocks), list(piece.lines)


def _read(text: str) -> _Piece:
    tokens = _MARKDOWN.parse(_tamed(text))
    blocks, lines = finish(_TokenReader(tokens).blocks())
    return _Piece(tuple(blocks), tuple(lines), text.count("\n"), not _UNCUTTABLE.search(text))


def _tamed(text: str) -> str:
    """The text without what takes a parser ages: quotes and lists nested beyond reason, and brackets that open by the
    hundred and never close."""
    text = _DEEP.sub(r"\1", text)
    if text.count("[") <= _MOST_BRACKETS:
        return text
    opened: list[int] = []
    stray: set[int] = set()
    for match in _BRACKET.finditer(text):
        if match.group() == "[":
            opened.append(match.start())
        elif opened and match.group() == "]":
            start = opened.pop()
            if len(opened) > _DEEPEST_BRACKET:
                stray.add(start)
    stray.update(opened)
    return "".join("\\[" if i in stray else c for i, c in enumerate(text)) if len(stray) > _DEEPEST_BRACKET else text


_cached = lru_cache(maxsize=_CACHED_PIECES)(_read)


class _TokenReader:
    """One walk over the flat list of tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.out = BlockWriter()
        self.line = 0
        self.level = 0
        self.cells: list[Cell] | None = None
        self.columns: Columns | None = None
        self.head = False

    def blocks(self) -> list[Block]:
        for token in self.tokens:
            if token.map:
                self.line = token.map[0] + 1
            self._take(token)
        return self.out.blocks

    def _take(self, token: Token) -> None:
        match token.type:
            case "inline":
                self._inline(read_inline(token.children or []))
            case "heading_open":
                self.level = int(token.tag[1])
            case "heading_close":
                self.level = 0
            case "tr_open":
                self.cells = []
            case "tr_close":
                self.out.row(self.cells or [], self.columns, self.line, head=self.head)
                self.cells = None
            case _:
                self._take_container(token)

    def _take_container(self, token: Token) -> None:
        match token.type:
            case "list_item_open":
                self.out.open_item(f"{token.info}{token.markup}" if token.info else "", self.line)
            case "list_item_close":
                self.out.close_item()
            case "blockquote_open":
                self.out.quotes += 1
            case "blockquote_close":
                self.out.quotes -= 1
            case "table_open":
                self.columns = Columns()
            case "thead_open" | "thead_close":
                self.head = token.nesting > 0
            case "fence":
                self._code(token.content)
            case "html_block":
                self._html(token.content)

    def _inline(self, inline: Inline) -> None:
        if self.cells is not None:
            marks = _CELL_HEADING.match(inline.text)
            self.cells.append(Cell(inline._replace(text=inline.text[marks.end() :]) if marks else inline))
        elif self.level:
            self.out.heading(inline, self.level, self.line)
        else:
            self.out.paragraph(inline, self.line)

    def _code(self, content: str) -> None:
        for paragraph in re.split(r"\n\s*\n", content):
            self.out.paragraph(Inline(paragraph.strip()), self.line)

    def _html(self, content: str) -> None:
        for block in read_fragment(content):
            self.out.adopt(block, self.line)


_HTML_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)", re.IGNORECASE)
_HTML_ID = re.compile(r"\b(?:id|name)\s*=\s*[\"']?([^\s\"'>]+)", re.IGNORECASE)
_FAILED_BOLD = "**"
_LINE_MATTERS = re.compile(r":\s|[•·▪◦‣●○■□]")


def read_inline(tokens: list[Token]) -> Inline:
    """The text of inline tokens."""
    out = InlineBuilder()
    for i, token in enumerate(tokens):
        match token.type:
            case "text" if _FAILED_BOLD in token.content:
                _add_failed_bold(out, token.content)
            case "text" | "code_inline" | "text_special":
                out.add(token.content)
            case "softbreak":
                matters = i + 1 < len(tokens) and _LINE_MATTERS.match(tokens[i + 1].content)
                out.line_break() if matters else out.add(" ")
            case "html_inline":
                _take_tag(out, token.content)
            case _:
                _take_markup(out, token)
    return out.take()


def _take_markup(out: InlineBuilder, token: Token) -> None:
    match token.type:
        case "hardbreak":
            out.line_break()
        case "strong_open":
            out.open_bold()
        case "strong_close":
            out.close_bold()
        case "link_open":
            out.open_link(str(token.attrGet("href") or ""))
        case "link_close":
            out.close_link()
        case "image":
            out.alternative(token.content)


def _add_failed_bold(out: InlineBuilder, text: str) -> None:
    """Marks of bold that CommonMark takes for asterisks, because a space or an ideograph stands beside them, are what
    converters make of bold all the same.  (An asterisk that was meant is escaped, and is no `text` token.)"""
    for i, part in enumerate(text.split(_FAILED_BOLD)):
        if i:
            out.toggle_bold()
        out.add(part)


def _take_tag(out: InlineBuilder, tag: str) -> None:
    match = _HTML_TAG.match(tag)
    name = match["name"].lower() if match else ""
    if name in ("br", "p", "div", "li"):
        out.line_break()
    elif name in ("b", "strong"):
        out.close_bold() if match and match["close"] else out.open_bold()
    elif name == "a" and not out.anchor and (named := _HTML_ID.search(tag)):
        out.anchor = named[1]


def read_line(text: str) -> Inline:
    """One line of Markdown without block structure."""
    tokens = _MARKDOWN.parseInline(text)
    return read_inline(tokens[0].children or []) if tokens else Inline("")
