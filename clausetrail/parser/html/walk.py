"""An lxml tree → a layout of blocks.  One walk over the elements, start and end, without recursion."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import cast

from lxml import etree

from clausetrail.parser.columns import Cell, Columns
from clausetrail.parser.html.counters import counter_labels
from clausetrail.parser.html.elements import Fates
from clausetrail.parser.html.elements.landmarks import MAIN
from clausetrail.parser.html.fate import OPEN_LEVEL, Fate
from clausetrail.parser.html.layout import Box, Gap, Layout
from clausetrail.parser.html.lists import OpenList, open_list
from clausetrail.parser.html.names import BLOCKS, BOLD, HEADINGS, LISTS, MACHINERY
from clausetrail.parser.html.paths import Element, is_alone
from clausetrail.parser.html.tables import cell_of, is_data, is_head
from clausetrail.parser.inline import Inline, InlineBuilder, joined
from clausetrail.parser.links import decoded_address
from clausetrail.parser.writer import BlockWriter

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_PRE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_PARAGRAPHS = 3
_QUESTION = ("?", "？")
_STYLED = BOLD | {"pre", "u"}
_UNREAD = MACHINERY | {etree.Comment, etree.ProcessingInstruction, etree.Entity}

# What is to be done at the end of an element.
_TEXT, _BOX, _PART, _BOLDED, _LINKED, _PREFORMATTED = 0, 1, 2, 4, 8, 16


class Walker:
    """Reads one tree, or parts of it one after the other, into one layout."""

    def __init__(self, root: Element, fates: Fates) -> None:
        self.fates = fates
        self.out = BlockWriter()
        self.boxes: list[Box] = []
        self.gaps: list[Gap] = []
        self.elements: list[Element | None] = []
        self._counters = counter_labels(root)
        self._inline = InlineBuilder()
        self._line = 0
        self._anchor = ""
        self._element: Element | None = None
        self._level = 0
        self._last_level = 1
        self._headings: list[Element] = []
        self._pre = 0
        self._box = -1
        self._lists: list[OpenList] = []
        self._tables: list[Columns | None] = []
        """Of each table that is open its columns; None where its rows are no clauses."""
        self._rows = 0
        self._cells: list[Cell] = []
        self._head = False
        """The row that is open is marked up as part of a header."""
        self._terms: list[Inline] = []
        self._faqs: list[bool] = []

    def walk(self, root: Element) -> None:
        """Read one element with all that it holds."""
        ends: list[int] = []
        """Of the elements that are open, what is to be done at their ends."""
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            if event == "end":
                if to_do := ends.pop():
                    self._end(element, to_do)
                if element is not root and (text := element.tail):
                    self._text(text)
                continue
            name = element.tag
            if name in _UNREAD:
                steps.skip_subtree()
                ends.append(_TEXT)
                continue
            attributes = cast(list[str], element.keys())
            fate = self.fates.of(element, name, attributes)
            if fate and fate.drop:
                self._skip(element, fate)
                steps.skip_subtree()
                ends.append(_TEXT)
                continue
            ends.append(self._start(element, name, fate, attributes))
            if "data-cfemail" in attributes and (mail := decoded_address(element.get("data-cfemail") or "")):
                self._text(mail)
                steps.skip_subtree()
            elif text := element.text:
                self._text(text)
        self._flush()
        self._place()

    @property
    def size(self) -> int:
        """Characters read so far."""
        return self.out.size

    def layout(self, title: str = "") -> Layout:
        """All that was read."""
        for box in reversed(self.boxes):
            if box.gaps and box.parent >= 0:
                self.boxes[box.parent].gaps += box.gaps
        return Layout(self.out.blocks, self.boxes, self.gaps, title=title)

    def _text(self, text: str) -> None:
        if not self._pre or "\n" not in text:
            self._inline.add(text)
            return
        for i, line in enumerate(text.split("\n")):
            if i:
                self._break_line()
            self._inline.add(line)

    def _break_line(self) -> None:
        """A second break on an empty line ends the paragraph."""
        if self._inline.at_break:
            self._break_block()
        else:
            self._inline.line_break()

    def _skip(self, element: Element, fate: Fate) -> None:
        if element.tag in BLOCKS and fate.rule != "tooltip":
            self._break_block()
        self.gaps.append(Gap(len(self.out.blocks), fate.rule, element, self._box))
        if self._box >= 0:
            self.boxes[self._box].gaps += 1

    def _start(self, element: Element, name: str, fate: Fate | None, attributes: list[str]) -> int:
        """What is to be done at the end of the element."""
        to_do = _TEXT
        style = element.get("style") or "" if "style" in attributes else ""
        anchor = element.get("id") or "" if "id" in attributes else ""
        if name in BLOCKS:
            self._open_box(element, fate, anchor)
            to_do = _BOX | _PART
        elif fate or (style and _BLOCK.search(style)):
            self._open_box(element, fate, anchor)
            to_do = _BOX
        elif not self._anchor:
            self._anchor = anchor or (element.get("name") or "" if name == "a" else "")
        if style or name in _STYLED:
            to_do |= self._open_style(element, name, style)
        if to_do & _PART:
            self._start_block(name, element)
        elif name == "a":
            to_do |= _LINKED
            self._open_link(element, attributes)
        elif name == "br":
            self._break_line()
        elif name == "img" and (self._level or self._rows):
            self._inline.alternative(element.get("alt") or "")
        if fate and fate.level:
            self._open_heading(element, fate.level)
        return to_do

    def _open_style(self, element: Element, name: str, style: str) -> int:
        to_do = _TEXT
        if name in BOLD or _BOLD.search(style) or (name == "u" and is_alone(element)):
            to_do |= _BOLDED
            self._inline.open_bold()
        if name == "pre" or _PRE.search(style):
            to_do |= _PREFORMATTED
            self._pre += 1
        return to_do

    def _open_link(self, element: Element, attributes: list[str]) -> None:
        """Two links side by side are two words, unless they are one link that an editor cut in two."""
        target = element.get("href") or ""
        if "data-cfemail" in attributes and (mail := decoded_address(element.get("data-cfemail") or "")):
            target = f"mailto:{mail}"
        if self._inline.after_link not in (None, target):
            self._inline.add(" ")
        self._inline.open_link(target)

    def _open_heading(self, element: Element, level: int) -> None:
        if not self._rows and not self._headings and _is_short(element):
            self._headings.append(element)
            self._level = level

    def _open_box(self, element: Element, fate: Fate | None, anchor: str) -> None:
        self._break_block()
        self._line = cast(int | None, element.sourceline) or 0
        self._element = element
        self._anchor = anchor or self._anchor
        size = len(self.out.blocks)
        self.boxes.append(Box(size, size, self._box, fate.rule if fate else "", 0, element))
        self._box = len(self.boxes) - 1
        around = self.fates.around
        if fate and fate.rule in MAIN:
            around.in_article += 1
        if around.tab_titles and (title := around.tab_titles.get(anchor)) and not self._rows:
            self.out.heading(Inline(title), self._last_level + 1, self._line)
            self._place()

    def _start_block(self, name: str, element: Element) -> None:
        label = self._counters.get(element, "") if self._counters else ""
        if name in LISTS:
            self._lists.append(open_list(name, element))
        elif name == "table":
            self._tables.append(Columns() if is_data(element) else None)
        elif self._rows:
            self._rows += name == "tr"
        elif start := _STARTS.get(name):
            start(self, element, label)
        else:
            if name in HEADINGS:
                self._open_heading(element, HEADINGS[name])
            if label:
                self._inline.add(f"{label} ")

    def _start_item(self, element: Element, label: str) -> None:
        marker = self._lists[-1].marker(element) if self._lists else ""
        self.out.open_item(label or marker, self._line, self._take_anchor())

    def _start_row(self, element: Element, label: str) -> None:
        if not self._tables or self._tables[-1] is not None:
            self._rows, self._cells, self._head = 1, [], is_head(element)
        elif label:
            self._inline.add(f"{label} ")

    def _start_definitions(self, element: Element, label: str) -> None:
        self._faqs.append(_is_faq(element))

    def _start_term(self, element: Element, label: str) -> None:
        if self._in_faq:
            self._open_heading(element, OPEN_LEVEL)
        if label:
            self._inline.add(f"{label} ")

    def _start_definition(self, element: Element, label: str) -> None:
        if not self._in_faq:
            term = joined(self._terms, ", ")
            self._terms = []
            self.out.open_item("", self._line, self._take_anchor(), lead=term.text)
        elif label:
            self._inline.add(f"{label} ")

    def _start_quote(self, element: Element, label: str) -> None:
        self.out.quotes += 1

    @property
    def _in_faq(self) -> bool:
        return bool(self._faqs) and self._faqs[-1]

    def _end(self, element: Element, to_do: int) -> None:
        if to_do & _PREFORMATTED:
            self._pre -= 1
        if to_do & _LINKED:
            self._inline.close_link()
        if to_do & _BOX:
            self._end_text(element)
        if to_do & _BOLDED:
            self._inline.close_bold()
        if to_do & _PART and (end := _ENDS.get(element.tag)):
            end(self)
        if to_do & _BOX:
            self._close_box(element)

    def _end_text(self, element: Element) -> None:
        """What an element says that breaks lines is a cell, a term, or a block of its own."""
        name = element.tag
        if self._rows == 1 and name in ("td", "th"):
            self._cells.append(cell_of(element, self._inline.take()))
            return
        if self._headings and self._headings[-1] is element:
            self._headings.pop()
        self._break_block(term=name == "dt" and not self._in_faq)
        if not self._headings:
            self._level = 0

    def _close_box(self, element: Element) -> None:
        box = self.boxes[self._box]
        box.end = len(self.out.blocks)
        self._box = box.parent
        if box.mark in MAIN:
            self.fates.around.in_article -= 1

    def _end_list(self) -> None:
        self._lists.pop()

    def _end_table(self) -> None:
        self._tables.pop()

    def _end_item(self) -> None:
        if not self._rows:
            self.out.close_item()

    def _end_definition(self) -> None:
        if not self._rows and not self._in_faq:
            self.out.close_item()

    def _end_quote(self) -> None:
        if not self._rows:
            self.out.quotes -= 1

    def _end_row(self) -> None:
        if not self._rows:
            return
        self._rows -= 1
        if not self._rows:
            columns = self._tables[-1] if self._tables else None
            self.out.row(self._cells, columns, self._line, self._take_anchor(), head=self._head)
            self._place()

    def _end_definitions(self) -> None:
        """Terms that nothing defines are paragraphs."""
        if self._rows:
            return
        for term in self._terms:
            self.out.paragraph(term, self._line)
        self._terms = []
        self._place()
        self._faqs.pop()

    def _break_block(self, *, term: bool = False) -> None:
        if self._rows or self._headings:
            self._inline.line_break()
        elif term:
            self._terms.append(self._inline.take())
        else:
            self._flush()

    def _take_anchor(self) -> str:
        anchor, self._anchor = self._anchor, ""
        return anchor

    def _flush(self) -> None:
        if self._inline.is_empty:
            return
        inline = self._inline.take()
        if inline.text:
            if self._level:
                self.out.heading(inline, self._real_level(), self._line, self._take_anchor())
            else:
                self.out.paragraph(inline, self._line, self._take_anchor())
        self._place()

    def _real_level(self) -> int:
        if self._level < OPEN_LEVEL:
            self._last_level = self._level
            return self._level
        return self._last_level + 1

    def _place(self) -> None:
        """Note which element the latest blocks came from."""
        missing = len(self.out.blocks) - len(self.elements)
        if missing:
            self.elements += [self._element] * missing


_STARTS: dict[str, Callable[[Walker, Element, str], None]] = {
    "li": Walker._start_item,
    "tr": Walker._start_row,
    "dl": Walker._start_definitions,
    "dt": Walker._start_term,
    "dd": Walker._start_definition,
    "blockquote": Walker._start_quote,
}
_ENDS: dict[str, Callable[[Walker], None]] = {
    **dict.fromkeys(LISTS, Walker._end_list),
    "table": Walker._end_table,
    "tr": Walker._end_row,
    "li": Walker._end_item,
    "dl": Walker._end_definitions,
    "dd": Walker._end_definition,
    "blockquote": Walker._end_quote,
}
"""Beyond text and boxes, what elements do that break lines."""


def _is_faq(element: Element) -> bool:
    """Whether the terms of a definition list are questions."""
    terms = [term for term in element if term.tag == "dt"]
    asked = sum("".join(map(str, term.itertext())).rstrip().endswith(_QUESTION) for term in terms)
    return asked > 0 and 2 * asked >= len(terms)


def _is_short(element: Element) -> bool:
    """Whether the element can be a heading: one that holds a list, a table or several paragraphs was never closed."""
    if not len(element):
        return True
    inner = element.iter("ul", "ol", "table", "p", *HEADINGS)
    return (
        sum(1 if one.tag == "p" else _PARAGRAPHS for one in islice(inner, _PARAGRAPHS + 1) if one is not element)
        < _PARAGRAPHS
    )
