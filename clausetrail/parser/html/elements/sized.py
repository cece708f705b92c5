"""Headings that nothing but the size of their letters makes."""

from __future__ import annotations

import re
from itertools import islice
from typing import cast

from clausetrail.parser.html.elements.around import Around
from clausetrail.parser.html.fate import Fate, heading
from clausetrail.parser.html.names import BLOCKS
from clausetrail.parser.html.paths import Element, is_alone

_SIZE = re.compile(r"font-size\s*:\s*(?:(\d{1,3}(?:\.\d+)?)\s*(px|pt|r?em|%)|(xx?x?-large))", re.IGNORECASE)
_LARGE = {"px": 20.0, "pt": 15.0, "em": 1.25, "rem": 1.25, "%": 125.0}
"""A quarter more than the letters of a page that sets no size."""
_LONGEST = 120
_STOPS = (".", ",", ";", ":", "!", "。", "，", "；", "：", "！")
_HOLDERS = ("p", "div", "td")


def sized(element: Element, around: Around) -> Fate | None:
    """A short line in large letters, of which the next line has none, on a page that marks no headings below its
    title; a designer who does needs no letters for it."""
    block = element
    if element.tag not in BLOCKS:
        if not is_alone(element):
            return None
        block = cast(Element, element.getparent())
    if block.tag not in _HOLDERS or not _is_large(element) or around.marks_headings:
        return None
    text = "".join(map(str, element.itertext())).strip()
    after = block.getnext()
    if not 1 < len(text) <= _LONGEST or text.endswith(_STOPS) or after is None:
        return None
    return None if _is_large(after) or any(map(_is_large, islice(after, 1))) else heading("sized")


def _is_large(element: Element) -> bool:
    found = _SIZE.search(element.get("style") or "")
    if found is None:
        return False
    return bool(found[3]) or float(found[1]) >= _LARGE[found[2].lower()]
