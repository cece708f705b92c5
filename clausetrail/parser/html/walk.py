"""An lxml tree → a layout of blocks.  One walk over the elements, start and end, without recursion."""

from __future__ import annotations

import re
from itertools import islice
from typing import cast

from lxml import etree

from clausetrail.parser.block import Inline, InlineBuilder, joined
from clausetrail.parser.html.counters import counter_labels
from clausetrail.parser.html.elements import Fates
from clausetrail.parser.html.fate import OPEN_LEVEL, Fate
from clausetrail.parser.html.layout import Box, Gap, Layout
from clausetrail.parser.html.lists import OpenList, open_list
from clausetrail.parser.html.names import BLOCKS, BOLD, HEADINGS, LISTS, MACHINERY
from clausetrail.parser.html.paths import Element
from clausetrail.parser.html.tables import is_data
from clausetrail.parser.links import decoded_address
from clausetrail.parser.writer import BlockWriter

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_PRE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_PARAGRAPHS = 3
_QUESTION = ("?", "？")


class Walker:
    """Reads one tree, or parts of it one after the other, into one layout."""

    def __init__(self, root: Element, fates: Fates) -> None:
        self.fates = fates
        self.out = BlockWriter()
        self.boxes: list[Box] = []
        self.gaps: list[Gap] = []
        self.elements: list[Element | None] = []
        self._bold: set[Element] = set()
        self._preformatted: set[Element] = set()
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
        self._tables: list[bool] = []
        self._rows = 0
        self._cells: list[Inline] = []
        self._terms: list[Inline] = []
        self._faqs: list[bool] = []

    def walk(self, root: Element) -> None:
        """Read one element with all that it holds."""
        skipped: Element | None = None
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            if event == "end":
                if element is skipped:
                    skipped = None
                else:
                    self._end(element)
                if element is not root and element.tail:
                    self._text(element.tail)
                continue
            name = element.tag
            machinery = name in MACHINERY or not isinstance(name, str)
            attributes = [] if machinery else cast(list[str], element.keys())
            fate = None if machinery else self.fates.of(element, name, attributes)
            if machinery or (fate and fate.drop):
                skipped = element
                steps.skip_subtree()
                if fate:
                    self._skip(element, fate)
            else:
                self._start(element, fate, attributes)
                if "data-cfemail" in attributes and (mail := decoded_address(element.get("data-cfemail") or "")):
                    self._text(mail)
                    steps.skip_subtree()
                elif element.text:
                    self._text(element.text)
        self._flush()
        self._place()

    def layout(self, title: str = "") -> Layout:
        """All that was read."""
        for box in reversed(self.boxes):
            if box.parent >= 0:
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
        if element.tag in BLOCKS:
            self._break_block()
        self.gaps.append(Gap(len(self.out.blocks), fate.rule, element, self._box))
        if self._box >= 0:
            self.boxes[self._box].gaps += 1

    def _start(self, element: Element, fate: Fate | None, attributes: list[str]) -> None:
        name = element.tag
        style = element.get("style") or "" if "style" in attributes else ""
        if name in BLOCKS or fate or (style and _BLOCK.search(style)):
            self._open_box(element, fate)
        elif not self._anchor:
            self._anchor = element.get("id") or (element.get("name") if name == "a" else "") or ""
        if name in BOLD or (style and _BOLD.search(style)):
            self._bold.add(element)
            self._inline.open_bold()
        if name == "pre" or (style and _PRE.search(style)):
            self._preformatted.add(element)
            self._pre += 1
        if name == "a":
            mail = decoded_address(element.get("data-cfemail") or "")
            self._open_link(f"mailto:{mail}" if mail else element.get("href") or "")
        elif name == "br":
            self._break_line()
        elif name == "img" and (self._level or self._rows):
            self._inline.alternative(element.get("alt") or "")
        elif name in BLOCKS:
            self._start_block(name, element)
        if fate and fate.level:
            self._open_heading(element, fate.level)

    def _open_link(self, target: str) -> None:
        """Two links side by side are two words, unless they are one link that an editor cut in two."""
        if self._inline.after_link not in (None, target):
            self._inline.add(" ")
        self._inline.open_link(target)

    def _open_heading(self, element: Element, level: int) -> None:
        if not self._rows and not self._headings and _is_short(element):
            self._headings.append(element)
            self._level = level

    def _open_box(self, element: Element, fate: Fate | None) -> None:
        self._break_block()
        self._line = element.sourceline if isinstance(element.sourceline, int) else 0
        self._element = element
        self._anchor = element.get("id") or self._anchor
        size = len(self.out.blocks)
        self.boxes.append(Box(size, size, self._box, fate.rule if fate else "", element=element))
        self._box = len(self.boxes) - 1
        if element.tag == "article" or element.tag == "main":
            self.fates.around.in_article += 1
        titles = self.fates.around.tab_titles
        title = titles.get(element.get("id") or "") if titles else ""
        if title and not self._rows:
            self.out.heading(Inline(title), self._last_level + 1, self._line)
            self._place()

    def _start_block(self, name: str, element: Element) -> None:
        label = self._counters.get(element, "")
        if name in LISTS:
            self._lists.append(open_list(name, element))
        elif name == "table":
            self._tables.append(is_data(element))
        elif self._rows:
            self._rows += name == "tr"
        elif name == "li":
            marker = self._lists[-1].marker(element) if self._lists else ""
            self.out.open_item(label or marker, self._line, self._take_anchor())
        elif name == "tr" and (not self._tables or self._tables[-1]):
            self._rows, self._cells = 1, []
        elif name == "dl":
            self._faqs.append(_is_faq(element))
        elif name == "dd" and not self._in_faq:
            self._open_definition()
        elif name == "blockquote":
            self.out.quotes += 1
        else:
            if name in HEADINGS or (name == "dt" and self._in_faq):
                self._open_heading(element, HEADINGS.get(name, OPEN_LEVEL))
            self._inline.add(f"{label} " if label else "")

    @property
    def _in_faq(self) -> bool:
        return bool(self._faqs) and self._faqs[-1]

    def _end(self, element: Element) -> None:
        name = element.tag
        if self._preformatted and element in self._preformatted:
            self._pre -= 1
        if name == "a":
            self._inline.close_link()
        boxed = self._box >= 0 and self.boxes[self._box].element is element
        if name in BLOCKS and name in ("td", "th") and self._rows == 1:
            self._cells.append(self._take())
        elif boxed:
            self._close_heading(element)
            self._break_block(term=name == "dt" and not self._in_faq)
            self._level = self._level if self._headings else 0
        if element in self._bold:
            self._inline.close_bold()
        if name in BLOCKS:
            self._end_block(name)
        if boxed:
            self._close_box(element)

    def _close_heading(self, element: Element) -> None:
        if self._headings and self._headings[-1] is element:
            self._headings.pop()

    def _close_box(self, element: Element) -> None:
        box = self.boxes[self._box]
        box.end = len(self.out.blocks)
        self._box = box.parent
        if element.tag == "article" or element.tag == "main":
            self.fates.around.in_article -= 1

    def _end_block(self, name: str) -> None:
        if name in LISTS:
            self._lists.pop()
        elif name == "table":
            self._tables.pop()
        elif self._rows:
            if name == "tr":
                self._end_row()
        elif name == "li" or (name == "dd" and not self._in_faq):
            self.out.close_item()
        elif name == "blockquote":
            self.out.quotes -= 1
        elif name == "dl":
            self._drop_terms()
            self._faqs.pop()

    def _end_row(self) -> None:
        self._rows -= 1
        if not self._rows:
            self.out.row(joined(self._cells, " | "), self._line, self._take_anchor())
            self._place()

    def _open_definition(self) -> None:
        term = joined(self._terms, ", ")
        self._terms = []
        self.out.open_item("", self._line, self._take_anchor(), lead=term.text)

    def _drop_terms(self) -> None:
        """Terms that nothing defines are paragraphs."""
        for term in self._terms:
            self.out.paragraph(term, self._line)
        self._terms = []
        self._place()

    def _break_block(self, *, term: bool = False) -> None:
        if self._rows or self._headings:
            self._inline.line_break()
        elif term:
            self._terms.append(self._take())
        else:
            self._flush()

    def _take(self) -> Inline:
        inline, self._inline = self._inline.done(), self._inline.heir()
        return inline

    def _take_anchor(self) -> str:
        anchor, self._anchor = self._anchor, ""
        return anchor

    def _flush(self) -> None:
        if self._inline.is_empty:
            return
        inline = self._take()
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
