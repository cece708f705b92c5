"""HTML → blocks, through lxml.  Plain, well-formed pages: what is main content and what is not is not yet asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from clausetrail.parser.block import Block, Inline, InlineBuilder, joined
from clausetrail.parser.writer import BlockWriter


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SKIPPED = _names("script style noscript template nav svg math iframe object button select textarea head")
_BLOCKS = _names(
    "address article aside blockquote body caption center details dd div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu ol p pre section summary table tbody tfoot "
    "thead tr td th ul"
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_MARKER = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def read_html(text: str) -> tuple[list[Block], str]:
    """Blocks in reading order, not yet finished, and the title in the page's head."""
    root = _parse(text)
    if root is None:
        return [], ""
    title = root.find(".//title")
    words = "".join(map(str, title.itertext())) if title is not None else ""
    return _Walker(root).blocks(), " ".join(words.split())


def read_fragment(text: str) -> list[Block]:
    """Blocks of a piece of HTML."""
    return read_html(f"<body>{text}</body>")[0]


def _parse(text: str) -> etree._Element | None:
    root, complete = _parsed(text)
    if complete:
        return root
    # The parser gives up beyond a depth that no page has; what stands between the tags is still to be read.
    return _parsed(f"<p>{_TAG.sub('<p>', text)}")[0]


def _parsed(text: str) -> tuple[etree._Element | None, bool]:
    """The tree, and whether it holds all of the text."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None, True
    return root, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


@dataclass(slots=True)
class _List:
    style: str
    """`1`, `a`, `A`, `i`, `I`; empty for bullets."""
    value: int
    step: int


class _Walker:
    """One walk over the elements, start and end, without recursion."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.out = BlockWriter()
        self.inline = InlineBuilder()
        self.line = 0
        self.anchor = ""
        self.level = 0
        self.lists: list[_List] = []
        self.rows = 0
        self.cells: list[Inline] = []
        self.terms: list[Inline] = []

    def blocks(self) -> list[Block]:
        walk = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in walk:
            name = element.tag if isinstance(element.tag, str) else ""
            skipped = not name or name in _SKIPPED or _is_hidden(element)
            if event == "start" and skipped:
                walk.skip_subtree()
            elif event == "start":
                self._start(name, element)
                self.inline.add(element.text or "")
            else:
                if not skipped:
                    self._end(name)
                self.inline.add(element.tail or "")
        self._flush()
        return self.out.blocks

    def _start(self, name: str, element: etree._Element) -> None:
        if name in _BLOCKS:
            self._break_block()
            self.line = element.sourceline if isinstance(element.sourceline, int) else 0
        self.anchor = self.anchor or element.get("id") or (element.get("name") if name == "a" else "") or ""
        if name in ("b", "strong"):
            self.inline.open_bold()
        elif name == "a":
            self.inline.open_link(element.get("href") or "")
        elif name == "br":
            self.inline.line_break()
        elif name == "img":
            self.inline.alternative(element.get("alt") or "")
        elif name in _BLOCKS:
            self._start_block(name, element)

    def _start_block(self, name: str, element: etree._Element) -> None:
        if name in ("ol", "ul", "menu"):
            self.lists.append(_list(name, element))
        elif self.rows:
            self.rows += name == "tr"
        elif name == "li":
            self.out.open_item(self._marker(element), self.line, self._take_anchor())
        elif name in _HEADINGS:
            self.level = _HEADINGS[name]
        elif name == "blockquote":
            self.out.quotes += 1
        elif name == "tr":
            self.rows, self.cells = 1, []
        elif name == "dd":
            self._open_definition()

    def _end(self, name: str) -> None:
        if name in ("b", "strong"):
            self.inline.close_bold()
        elif name == "a":
            self.inline.close_link()
        elif name in _BLOCKS:
            self._end_block(name)

    def _end_block(self, name: str) -> None:
        if name in ("td", "th") and self.rows == 1:
            self.cells.append(self._take())
            return
        self._break_block(term=name == "dt")
        if name in ("ol", "ul", "menu"):
            self.lists.pop()
        elif name == "tr":
            self._end_row()
        elif self.rows:
            return
        elif name in ("li", "dd"):
            self.out.close_item()
        elif name in _HEADINGS:
            self.level = 0
        elif name == "blockquote":
            self.out.quotes -= 1
        elif name == "dl":
            self._drop_terms()

    def _end_row(self) -> None:
        self.rows -= 1
        if not self.rows:
            self.out.row(joined(self.cells, " | "), self.line, self._take_anchor())

    def _marker(self, element: etree._Element) -> str:
        if not self.lists or not self.lists[-1].style:
            return ""
        around = self.lists[-1]
        around.value = _number(element.get("value"), around.value)
        label = f"{_printed(around.value, around.style)}."
        around.value += around.step
        return label

    def _open_definition(self) -> None:
        term = joined(self.terms, ", ")
        self.terms = []
        self.out.open_item("", self.line, self._take_anchor(), lead=term.text)

    def _drop_terms(self) -> None:
        """Terms that nothing defines are paragraphs."""
        for term in self.terms:
            self.out.paragraph(term, self.line)
        self.terms = []

    def _break_block(self, *, term: bool = False) -> None:
        if self.rows:
            self.inline.line_break()
        elif term:
            self.terms.append(self._take())
        else:
            self._flush()

    def _take(self) -> Inline:
        inline, self.inline = self.inline.done(), self.inline.heir()
        return inline

    def _take_anchor(self) -> str:
        anchor, self.anchor = self.anchor, ""
        return anchor

    def _flush(self) -> None:
        inline = self._take()
        if not inline.text:
            return
        if self.level:
            self.out.heading(inline, self.level, self.line, self._take_anchor())
        else:
            self.out.paragraph(inline, self.line, self._take_anchor())


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _INVISIBLE.search(style))


def _list(name: str, element: etree._Element) -> _List:
    style = element.get("type") or "1"
    if name != "ol" or _NO_MARKER.search(element.get("style") or "") or style not in "1aAiI":
        return _List("", 1, 1)
    backwards = element.get("reversed") is not None
    first = sum(1 for child in element if child.tag == "li") if backwards else 1
    return _List(style, _number(element.get("start"), first), -1 if backwards else 1)


def _number(text: str | None, otherwise: int) -> int:
    try:
        return int((text or "")[:9])
    except ValueError:
        return otherwise


def _printed(value: int, style: str) -> str:
    if style == "1" or not 0 < value < 4000:
        return str(value)
    text = _roman(value) if style in "iI" else _alphabetic(value)
    return text.upper() if style in "AI" else text


def _roman(value: int) -> str:
    return "".join(_romans(value))


def _romans(value: int) -> Iterator[str]:
    for size, letters in _ROMAN:
        while value >= size:
            value -= size
            yield letters


def _alphabetic(value: int) -> str:
    letters = ""
    while value:
        value, rest = divmod(value - 1, 26)
        letters = chr(97 + rest) + letters
    return letters
