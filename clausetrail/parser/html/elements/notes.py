"""Notes for screen readers and copy marks, set beside the words of a link or heading."""

from __future__ import annotations

from clausetrail.parser.html.content.phrases import is_note
from clausetrail.parser.html.elements.around import Around
from clausetrail.parser.html.fate import Fate, dropped
from clausetrail.parser.html.names import HEADINGS
from clausetrail.parser.html.paths import Element

_LONG = 120


def note(element: Element, around: Around) -> Fate | None:
    """`(opens in a new window)`, whatever the language; `#`, `¶` and `Link to this heading` beside a heading."""
    if element.tag != "a":
        text = element.text
        return dropped("note") if text and len(text) < _LONG and not len(element) and is_note(text.strip()) else None
    if not (element.get("href") or "").startswith("#"):
        return None
    text = "".join(map(str, element.itertext())).strip()
    parent = element.getparent()
    in_heading = parent is not None and parent.tag in HEADINGS
    bare = not any(c.isalnum() for c in text)
    return dropped("permalink") if text and (is_note(text) or (in_heading and bare)) else None
