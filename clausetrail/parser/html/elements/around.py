"""What element rules may ask of the page around an element."""

from __future__ import annotations

import re
from itertools import islice, takewhile

from lxml import etree

from clausetrail.parser.html.content.opening import key_of, names_of
from clausetrail.parser.html.content.phrases import is_toggle
from clausetrail.parser.html.names import HEADINGS, MACHINERY
from clausetrail.parser.html.paths import Element, finder
from clausetrail.parser.page_title import title_of

PROSE = 32
"""Bytes of text outside of links that make running text."""
_LABEL = 16
_LOOK = 400
_BUDGET = 100_000
_NAMED = finder("descendant::*[@aria-controls or @data-target or @data-bs-target]")
_IDS = finder("descendant-or-self::*[@id]")
_NAMES = ("aria-controls", "data-target", "data-bs-target")
_BELOW = ("h2", "h3", "h4", "h5", "h6")
_NEAR = 3
_PAIR = 2
_TITLE = 120
_STOPS = (".", "!", ";", ":", "。", "！", "；")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINED = 60
_LINES = frozenset(("p", "li", "td", "dd", "span", "em", "strong", "b", "i", "font", "label", "h1", "h2", "h3", "h4"))
_TRIGGERS = frozenset(("button", "summary", "a", *HEADINGS))


class Around:
    """Answers about one tree, within a fixed amount of work: beyond it every element counts as holding prose."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._left = _BUDGET
        self._controlled: frozenset[str] | None = None
        self._by_id: dict[str, Element] | None = None
        self._title_keys: frozenset[str] | None = None
        self._marks_headings: bool | None = None
        self.tab_titles: dict[str, str] = {}
        """Id of a panel -> the words of the tab that opens it."""
        self.in_article = 0
        """How many `main` and `article` elements are open where the reader stands."""

    def holds_prose(self, element: Element, enough: int = PROSE) -> bool:
        """Whether text outside of links amounts to `enough` bytes."""
        size, looked = 0, 0
        walk = etree.iterwalk(element, events=("start", "end"))
        for event, inner in walk:
            looked += 1
            if event == "end":
                size += _size(inner.tail) if inner is not element else 0
            elif inner.tag == "a" or inner.tag in MACHINERY:
                walk.skip_subtree()
            else:
                size += _size(inner.text)
            if size >= enough or looked > _LOOK:
                break
        self._left -= looked
        return size >= enough or looked > _LOOK or self._left < 0

    def is_panel(self, element: Element) -> bool:
        """Whether something on the page opens the element: a button that names it, a tab, the heading, button or
        `Learn more` right before it, or a title of its own like those of the panels beside it."""
        if element.get("role") == "tabpanel" or element.getparent() is None:
            return True
        if element.get("id") in self.controlled:
            return True
        if element.get("id") in self.tab_titles:
            return True
        before = element.getprevious()
        if before is None:
            return False
        return _is_trigger(before) or _is_toggle(before) or _is_row_of_panels(element, before)

    def holds_title(self, element: Element) -> bool:
        """Whether a line of the element, outside of links, says what the page's `title` does."""
        if self._title_keys is None:
            self._title_keys = frozenset(names_of(title_of(self.root)))
        lines = islice(element.iter("div", "p", "span", "strong", "b"), _LINED)
        return any(
            line.text and key_of(line.text) in self._title_keys and not _in_link(line, element) for line in lines
        )

    @property
    def marks_headings(self) -> bool:
        """Whether the page has headings below the first level."""
        if self._marks_headings is None:
            self._marks_headings = next(self.root.iter(*_BELOW), None) is not None
        return self._marks_headings

    @property
    def controlled(self) -> frozenset[str]:
        """Ids that some `aria-controls`, `data-target` or fragment link of a button names."""
        if self._controlled is None:
            named = _NAMED(self.root)
            self._controlled = frozenset(
                one.lstrip("#") for element in named for name in _NAMES for one in (element.get(name) or "").split()
            )
        return self._controlled

    def named(self, name: str) -> Element | None:
        """The element with this id."""
        if self._by_id is None:
            self._by_id = {str(e.get("id")): e for e in _IDS(self.root)}
        return self._by_id.get(name)


def _in_link(element: Element, end: Element) -> bool:
    above = islice(element.iterancestors(), _LINED)
    return any(one.tag == "a" for one in takewhile(lambda one: one is not end, above))


def _is_trigger(element: Element) -> bool:
    if element.tag in _TRIGGERS or element.get("role") in ("button", "heading", "tab"):
        return True
    return next(element.iter("button", "summary", *HEADINGS), None) is not None


def _is_toggle(element: Element) -> bool:
    """Whether all that the element says is `Learn more`."""
    return not len(element) and not is_unseen(element) and is_toggle((element.text or "").strip())


def _is_row_of_panels(element: Element, title: Element) -> bool:
    """Whether a short line and hidden text after it, as here, stand again beside: an accordion made of plain boxes."""
    parent = element.getparent()
    if parent is None or not is_unseen(element) or not _is_line(title):
        return False
    again = [other for other in islice(parent, _LINED) if other is not element and is_unseen(other)]
    if len(parent) == _PAIR:
        beside = (other for other in islice(parent.itersiblings(), _NEAR) if len(other) == _PAIR)
        before = (other for other in islice(parent.itersiblings(preceding=True), _NEAR) if len(other) == _PAIR)
        again = [other[1] for other in (*beside, *before) if is_unseen(other[1])]
    return any(other.tag == element.tag and _is_line(other.getprevious()) for other in again)


def is_unseen(element: Element) -> bool:
    """Whether the element says that it is not shown."""
    return element.get("hidden") is not None or _INVISIBLE.search(element.get("style") or "") is not None


def _is_line(element: Element | None) -> bool:
    """A few words that everybody sees, and no sentence."""
    if element is None or is_unseen(element):
        return False
    text = "".join(map(str, islice(element.itertext(), _LINED))).strip()
    return 0 < len(text) <= _TITLE and not text.endswith(_STOPS)


def _size(text: str | None) -> int:
    """Bytes of a piece of text; 0 for labels of a word or two."""
    size = len("".join(text.split()).encode("utf-8", "replace")) if text else 0
    return size if size >= _LABEL else 0


def runs_on(element: Element) -> bool:
    """Whether running text stands directly beside the element."""
    parent = element.getparent()
    if parent is None or parent.tag not in _LINES:
        return False
    beside = (sibling.tail for sibling in islice(element.itersiblings(preceding=True), _NEAR))
    return any((text or "").strip() for text in (parent.text, element.tail, *beside))
