"""Notes for screen readers and copy marks, set beside the words of a link or heading."""

from __future__ import annotations

import re

from clausetrail.parser.html.content.phrases import is_button, is_note, is_section_edit
from clausetrail.parser.html.elements.around import Around
from clausetrail.parser.html.fate import Fate, dropped
from clausetrail.parser.html.names import HEADINGS
from clausetrail.parser.html.paths import Element

_LONG = 120
_MARK = r"[\[(]?(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,5}|[*†‡§¶#]{1,3})[\])]?"
_MARKS = re.compile(rf"\s*{_MARK}(?:[\s,;]+{_MARK}|[\[(]\w{{1,3}}[\])])*\s*", re.IGNORECASE)


def note(element: Element, around: Around) -> Fate | None:
    """`(opens in a new window)`, whatever the language; `#`, `¶`, `Link to this heading`; `[edit]` beside a heading;
    the mark of a footnote and the way back from it, and any other link to a place on the page that holds no word."""
    if _edits_section(element):
        return dropped("note")
    if element.tag == "sup" and _is_footnote_mark(element):
        return dropped("footnote-mark")
    if element.tag != "a":
        text = element.text
        return dropped("note") if text and len(text) < _LONG and not len(element) and is_note(text.strip()) else None
    target = element.get("href") or ""
    if not target.startswith(("#", "javascript:")):
        return None
    text = "".join(map(str, element.itertext())).strip()
    if target[0] != "#":
        parent = element.getparent()
        in_heading = parent is not None and parent.tag in HEADINGS
        return dropped("control") if in_heading and is_button(text) else None
    bare = not any(c.isalnum() for c in text)
    return dropped("permalink") if text and (bare or is_note(text)) else None


def _is_footnote_mark(element: Element) -> bool:
    """Raised numbers, letters or signs that lead to a place on the page."""
    links = [*element.iter("a"), *element.iterancestors("a")]
    to_note = any((link.get("href") or "").startswith("#") for link in links)
    return to_note and bool(_MARKS.fullmatch("".join(map(str, element.itertext()))))


def _edits_section(element: Element) -> bool:
    """All that a wiki sets behind a heading, with its brackets, or the link alone."""
    parent = element.getparent()
    if parent is None or not (parent.tag in HEADINGS or (parent.tag == "div" and parent[0].tag in HEADINGS)):
        return False
    linked = element.tag == "a" or element.find("a") is not None
    return linked and is_section_edit("".join(map(str, element.itertext())))
