"""Paragraphs and tables → blocks: which are headings and of what level, which are items and how deep."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Block
from clausetrail.parser.columns import Cell, Columns
from clausetrail.parser.inline import Inline, joined
from clausetrail.parser.numbers import find_label
from clausetrail.parser.pdf.joints import Joints
from clausetrail.parser.pdf.paragraphs import Layout, Paragraph, inline
from clausetrail.parser.pdf.tables import Table

_LARGER = 1.08
_HEADING_SIZE = 200
_BOLD_HEADING_SIZE = 100
_BOLD_HEADING_WORDS = 14
_NUMBERED_HEADING_SIZE = 70
_CLOSED = re.compile(r"[.,;:!?。；：，…][\"'”’)]*$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TOLERANCE = 4.0
_DEEPEST = 6


@dataclass(frozen=True, slots=True, order=True)
class _Rank:
    """Of a heading: the smaller, the higher."""

    size: float
    light: bool
    small: bool


def shape(parts: list[Paragraph | Table], layout: Layout, joints: Joints) -> list[Block]:
    """Blocks in reading order, not yet finished."""
    return _Shaper(parts, layout, joints).blocks()


class _Shaper:
    def __init__(self, parts: list[Paragraph | Table], layout: Layout, joints: Joints) -> None:
        self.parts = parts
        self.layout = layout
        self.joints = joints
        self.inlines = [inline(part, joints) if isinstance(part, Paragraph) else Inline("") for part in parts]
        self.ranks = [self._rank(i) for i in range(len(parts))]
        self.open: list[float] = []
        """Left edges of the text of the items that are open."""
        self.edges: list[float] = []
        """Left edges of their marks."""

    def blocks(self) -> list[Block]:
        order = sorted({rank for rank in self.ranks if rank is not None})
        levels = {rank: min(i, _DEEPEST) for i, rank in enumerate(order, 1)}
        made: list[Block] = []
        for part, text, rank in zip(self.parts, self.inlines, self.ranks, strict=True):
            if isinstance(part, Table):
                made += self._rows(part)
            elif rank is not None:
                self.open, self.edges = [], []
                made.append(self._block(ClauseKind.SECTION, text, part, level=levels[rank] + _below(text)))
            elif part.bullet:
                made.append(self._item(part, text))
            else:
                self._leave(self._indent(part, part.x0))
                made.append(self._block(ClauseKind.PARAGRAPH, text, part))
        return made

    def _rank(self, i: int) -> _Rank | None:
        """None for what is no heading."""
        part, text = self.parts[i], self.inlines[i].text
        if isinstance(part, Table) or part.bullet or not any(c.isalnum() for c in text):
            return None
        style, body = part.style, self.layout.body
        if style.size >= _LARGER * body.size and len(text) <= _HEADING_SIZE:
            return _Rank(-style.size, not style.bold, False)
        if style.size < body.size - 0.5 or _YEAR.search(text) or i + 1 == len(self.parts):
            return None
        if style.bold and not body.bold and _is_title(text):
            return _Rank(-style.size, False, False)
        if text.isupper() and _is_title(text):
            return _Rank(-style.size, True, False)
        if self._is_numbered_heading(i, text):
            return _Rank(-style.size, True, True)
        return None

    def _is_numbered_heading(self, i: int, text: str) -> bool:
        """A short line with a number and without a full stop, and under it what is longer and not the next number."""
        found = find_label(text, heading=True) if len(text) <= _NUMBERED_HEADING_SIZE else None
        if found is None or found.ordinal is None or _CLOSED.search(text) or found.text[0] in "(（[":
            return False
        if not text[found.end :].lstrip()[:1].isupper() or found.ordinal.readings[0][0] == "alpha":
            return False
        following = self.inlines[i + 1].text
        after = find_label(following, heading=True)
        deeper = after is not None and after.ordinal is not None and after.ordinal.mark != found.ordinal.mark
        nested = deeper or _is_beneath(found.text, after.text if after else "")
        return nested or (after is None and len(following) > len(text) and bool(_CLOSED.search(following)))

    def _indent(self, part: Paragraph, x: float) -> float:
        return x - self.layout.left[part.lines[0].column]

    def _leave(self, x: float) -> None:
        """Close the items whose text begins to the right of x."""
        while self.open and self.open[-1] > x + _TOLERANCE:
            self.open.pop()
            self.edges.pop()

    def _item(self, part: Paragraph, text: Inline) -> Block:
        mark = self._indent(part, part.x0)
        while self.edges and self.edges[-1] > mark - _TOLERANCE:
            self.open.pop()
            self.edges.pop()
        self.open.append(self._indent(part, part.inner))
        self.edges.append(mark)
        return self._block(ClauseKind.ITEM, text, part)

    def _block(self, kind: ClauseKind, text: Inline, part: Paragraph, level: int = 0) -> Block:
        return Block(
            kind=kind,
            text=text.text,
            bold=text.bold,
            links=text.links,
            spots=text.spots,
            level=level,
            depth=0 if level else len(self.open),
            line=part.lines[0].page,
            listed=kind is ClauseKind.ITEM,
        )

    def _rows(self, table: Table) -> list[Block]:
        self.open, self.edges = [], []
        made = []
        columns = Columns()
        for row in table.rows:
            cells = [Cell(inline(Paragraph(cell), self.joints) if cell else Inline("")) for cell in row]
            text = joined([cell.inline for cell in cells], " | ")
            page = next(cell[0].page for cell in row if cell)
            made.append(Block(ClauseKind.ROW, text.text, (0, 0), text.links, text.spots, line=page))
            made[-1].columns = columns.of(cells)
        return made


def _is_title(text: str) -> bool:
    found = find_label(text, heading=True)
    closed = _CLOSED.search(text) and not (found and text.count(".") <= found.text.count(".") + 1)
    return len(text) <= _BOLD_HEADING_SIZE and text.count(" ") < _BOLD_HEADING_WORDS and not closed


def _is_beneath(label: str, after: str) -> bool:
    return after.startswith(label.rstrip(".") + ".") and len(after) > len(label)


def _below(text: Inline) -> int:
    """`2.1` stands one level under `2.`"""
    found = find_label(text.text, heading=True)
    if found is None or found.ordinal is None:
        return 0
    style, number = found.ordinal.readings[0]
    return len(number) - 1 if style == "decimal" else 0
