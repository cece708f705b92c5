"""What a reader does not see: chrome that waits for a click, or a panel of the policy that does."""

from __future__ import annotations

import re

from clausetrail.parser.html.elements.around import Around, is_unseen, runs_on
from clausetrail.parser.html.fate import Fate, dropped, marked
from clausetrail.parser.html.names import BLOCKS
from clausetrail.parser.html.paths import Element

_OFF_SCREEN = re.compile(
    r"(?:left|top|right|text-indent)\s*:\s*-\d{3,}|clip\s*:\s*rect|clip-path\s*:\s*inset\(\s*(?:50|100)%", re.IGNORECASE
)


def hidden(element: Element, around: Around) -> Fate | None:
    """Hidden text without a sentence is machinery (icons, font probes, measuring rods).  A hidden panel that something
    beside it opens, and that holds sentences, is read like the rest; any other hidden text waits for the layout.
    What is hidden from screen readers alone is seen by everybody else, if it is more than an ornament."""
    style = element.get("style")
    if style is None and element.get("hidden") is None and element.get("aria-hidden") != "true":
        return None
    style = style or ""
    unseen = is_unseen(element)
    aside = element.get("aria-hidden") == "true" or _OFF_SCREEN.search(style)
    if not unseen and not aside:
        return None
    if not around.holds_prose(element):
        return dropped("hidden")
    if not unseen:
        return None
    if around.is_panel(element):
        return marked("panel")
    # A tip within a sentence must not part it.
    return dropped("hidden") if element.tag not in BLOCKS and runs_on(element) else marked("hidden")
