"""Containers that say in their accessible name what they are."""

from __future__ import annotations

from clausetrail.parser.html.content.phrases import is_widget
from clausetrail.parser.html.elements.around import Around
from clausetrail.parser.html.fate import Fate, dropped
from clausetrail.parser.html.names import BLOCKS, HEADINGS
from clausetrail.parser.html.paths import Element

_MUCH = 1200
"""Bytes of text outside of links that a notice never has."""


def widget(element: Element, around: Around) -> Fate | None:
    """A container named `Breadcrumb`, `Share`, `Cookie banner`, `Table of contents`, `Related articles`, … is one.
    The same label on a heading, link or paragraph names nothing but that, and on a container of many sentences it may
    be the title of a policy."""
    if element.tag not in BLOCKS or element.tag in HEADINGS or element.tag in ("p", "li", "main", "article", "body"):
        return None
    if not is_widget(element.get("aria-label") or "") or around.holds_prose(element, _MUCH):
        return None
    return dropped("widget")
