"""Notes for screen readers and copy marks, set beside the words of a link or heading."""

from __future__ import annotations

from clausetrail.parser.html.content.phrases import is_button, is_note, is_section_edit
from clausetrail.parser.html.elements.around import Around
from clausetrail.parser.html.fate import Fate, dropped
from clausetrail.parser.html.names import HEADINGS
from clausetrail.parser.html.paths import Element

_LONG = 120


def note(element: Element, around: Around) -> Fate | None:
    """`(opens in a new window)`, whatever the language; `#`, `¶`, `Link to this heading`; `[edit]` beside a heading;
    the way back from a footnote, and any other link to a place on the page that holds no word."""
    if _edits_section(element):
        return dropped("note")
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


def _edits_section(element: Element) -> bool:
    """All that a wiki sets behind a heading, with its brackets, or the link alone."""
    parent = element.getparent()
    if parent is None or not (parent.tag in HEADINGS or (parent.tag == "div" and parent[0].tag in HEADINGS)):
        return False
    linked = element.tag == "a" or element.find("a") is not None
    return linked and is_section_edit("".join(map(str, element.itertext())))
