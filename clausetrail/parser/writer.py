"""Turns what a reader meets (headings, paragraphs, items, rows) into blocks, the same way for every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Block
from clausetrail.parser.columns import Cell, Columns
from clausetrail.parser.inline import Inline, joined
from clausetrail.parser.limits import check_blocks

_MAX_DEPTH = 60
"""Lists nested deeper than this are read as if they were not: no policy has them, hostile pages do."""


@dataclass(slots=True)
class _Item:
    label: str
    lead: str
    line: int
    anchor: str
    begun: bool = False
    """Its own clause has been written."""
    dissolved: bool = False
    """It turned out to hold a heading, and is no item at all."""


class BlockWriter:
    """Blocks in reading order.  `open_item` and `close_item` bracket, and so do quotes; nothing else nests."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.quotes = 0
        self._items: list[_Item] = []
        self._depth = 0
        self.size = 0
        """Characters of all blocks."""

    def open_item(self, label: str, line: int, anchor: str = "", lead: str = "") -> None:
        self._begin_empty()
        self._items.append(_Item(label, lead, line, anchor))
        self._depth += 1

    def close_item(self) -> None:
        if self._items:
            item = self._items.pop()
            self._depth -= not item.dissolved
            if item.lead and not item.begun:
                self._write(ClauseKind.PARAGRAPH, Inline(item.lead), item.line)

    def heading(self, inline: Inline, level: int, line: int, anchor: str = "") -> None:
        """A heading opens a section, but for one inside an item: there it is the item's own text, unless it opens
        an item of the outermost list, which then is a section and no item."""
        item = self._items[-1] if self._items else None
        if item is None or item.dissolved:
            self._write(ClauseKind.SECTION, inline, line, level=level, anchor=anchor)
        elif not item.begun and self._depth == 1 and inline.text:
            item.begun = item.dissolved = True
            self._depth -= 1
            self._write(ClauseKind.SECTION, inline, line, level=level, anchor=anchor or item.anchor, label=item.label)
        else:
            self.paragraph(inline, line, anchor)

    def paragraph(self, inline: Inline, line: int, anchor: str = "") -> None:
        item = self._items[-1] if self._items else None
        if item is None or item.begun:
            kind = ClauseKind.QUOTE if self.quotes else ClauseKind.PARAGRAPH
            self._write(kind, inline, line, anchor=anchor)
        elif inline.text:
            self._begin(item, inline, anchor)

    def row(self, cells: Sequence[Cell], columns: Columns | None, line: int, anchor: str = "", *, head: bool) -> None:
        """`columns`: of its table, None where it stands in none; `head`: it is marked up as part of a header."""
        self._begin_empty()
        names = columns.of(cells, head=head) if columns else ()
        self._write(ClauseKind.ROW, joined([cell.inline for cell in cells], " | "), line, anchor=anchor, columns=names)

    def _begin(self, item: _Item, inline: Inline, anchor: str = "") -> None:
        item.begun = True
        self._write(
            ClauseKind.ITEM,
            inline,
            item.line,
            anchor=item.anchor or anchor,
            label=item.label,
            lead=item.lead,
            force=True,
        )

    def _begin_empty(self) -> None:
        """An item whose first thing is a list or a table has no words of its own."""
        if self._items and not self._items[-1].begun:
            self._begin(self._items[-1], Inline(""))

    def _write(
        self,
        kind: ClauseKind,
        inline: Inline,
        line: int,
        *,
        level: int = 0,
        anchor: str = "",
        label: str = "",
        lead: str = "",
        columns: tuple[str, ...] = (),
        force: bool = False,
    ) -> None:
        text, bold, links, spots, own_anchor = inline
        if not text and not force:
            return
        depth = min(self._depth, _MAX_DEPTH)
        listed = kind is ClauseKind.ITEM
        self.blocks.append(
            Block(
                kind, text, bold, links, spots, level, depth, line, anchor or own_anchor, listed, columns, label, lead
            )
        )
        self.size += len(text)
        check_blocks(len(self.blocks), self.size)

    def adopt(self, block: Block, line: int) -> None:
        """A block that another reader made of a part of this page."""
        self._begin_empty()
        self.blocks.append(replace(block, depth=min(block.depth + self._depth, _MAX_DEPTH), line=line))
