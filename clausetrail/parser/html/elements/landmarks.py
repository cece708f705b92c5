"""Landmarks of HTML and ARIA: what is navigation, banner, footer, dialog by its own declaration."""

from __future__ import annotations

import re
from itertools import islice

from clausetrail.parser.html.elements.around import PROSE, Around
from clausetrail.parser.html.fate import Fate, dropped, marked
from clausetrail.parser.html.paths import Element

_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d\s*[年년]")
_SENTENCE = 24
"""Bytes of the shortest sentence that an aside may hold."""
_LOOK = 60
"""Pieces of text that are looked at."""
MAIN = ("main", "article")
"""Marks of what holds the page's own content."""
_ROLES = {
    **dict.fromkeys(("navigation", "menu", "menubar", "menuitem", "toolbar", "search", "tree"), "nav"),
    **dict.fromkeys(("listbox", "combobox", "progressbar", "slider", "scrollbar", "status", "timer", "log"), "nav"),
    **dict.fromkeys(("dialog", "alertdialog", "alert"), "dialog"),
    "tooltip": "tooltip",
    "contentinfo": "footer",
    "banner": "header",
    "complementary": "aside",
    "main": "main",
    "article": "article",
}
"""Role -> the element whose fate it shares."""


def landmark(element: Element, around: Around) -> Fate | None:
    """`nav` and its like are dropped, and so is a footer outside of the article.  Banner, aside, dialog and the footer
    of an article may hold a sentence of the policy: they are marked, and the layout decides."""
    name = _ROLES.get((element.get("role") or "").strip().lower()) or str(element.tag)
    match name:
        case "nav":
            return dropped("navigation")
        case "tooltip":
            return dropped("tooltip")
        case "main" | "article":
            return marked(name)
        case "aside":
            return _for_sentences(element, around, name, _SENTENCE)
        case "dialog":
            return _for_sentences(element, around, name)
        case "header" if not around.in_article:
            titled = next(element.iter("h1", "h2"), None) is not None or around.holds_title(element)
            return marked("banner") if titled else _for_sentences(element, around, "banner")
        case "footer":
            if _is_cited(element):
                return None
            if around.in_article:
                return marked("footer") if _is_dated(element) else _for_sentences(element, around, "footer")
            return dropped("footer")
    return None


def _for_sentences(element: Element, around: Around, name: str, enough: int = PROSE) -> Fate:
    return marked(name) if around.holds_prose(element, enough) else dropped(name)


def _is_dated(element: Element) -> bool:
    """The footer of an article may declare its date."""
    texts = islice(map(str, element.itertext()), _LOOK)
    return any(_YEAR.search(text) and "©" not in text for text in texts)


def _is_cited(element: Element) -> bool:
    """The footer of a quote names its source, and is part of it."""
    parent = element.getparent()
    return parent is not None and parent.tag == "blockquote"
