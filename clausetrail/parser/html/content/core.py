"""The smallest box around all sentences and most of the other text, or around the title and nearly all sentences, is
the document.

Before the first sentence stand the title, dated lines beside it, and what follows the title; outside of the box, and
after it, only what a heading opens and text follows.
"""

from __future__ import annotations

import re
from dataclasses import replace

from clausetrail.model import ClauseKind
from clausetrail.parser.html.content.opening import is_dated, key_of, leads_away, title_of
from clausetrail.parser.html.content.phrases import is_button
from clausetrail.parser.html.layout import Box, Layout, is_heading

_PARTS = re.compile(r"\s+[|–—·:-]\s+|\s*[|｜]\s*")
_NEARLY_ALL = 0.85
_MOST = 0.6
_ONLY = 0.85
_TEXT = 20
_NEAR = 3


def core(layout: Layout) -> None:
    prose = [i for i in layout.standing() if layout.prose[i]]
    if not prose:
        return
    box = _titled(layout) or _whole(layout, prose[0], prose[-1])
    start, end = (box.start, box.end) if box else (0, len(layout.blocks))
    _opening(layout, start, prose[0])
    if prose[-1] >= end:
        layout.drop((i for i in layout.standing(end) if not is_dated(layout, i)), "ending")
    else:
        _ending(layout, end)


def _whole(layout: Layout, first: int, last: int) -> Box | None:
    """The smallest box with all sentences and most of the text outside of links."""
    free = layout.total("mass", 0, len(layout.blocks)) - layout.total("linked", 0, len(layout.blocks))
    boxes = (
        box
        for box in layout.boxes
        if box.start <= first
        and last < box.end
        and layout.total("mass", box.start, box.end) - layout.total("linked", box.start, box.end) >= _MOST * free
    )
    return min(boxes, key=lambda box: box.end - box.start, default=None)


def _titled(layout: Layout) -> Box | None:
    """The smallest box with the title of the first level and nearly all sentences, where such a one is."""
    title = next((i for i in layout.standing() if _is_title(layout, i)), None)
    total = layout.total("prose", 0, len(layout.blocks))
    boxes = (
        box
        for box in layout.boxes
        if title is not None
        and box.start <= title < box.end
        and layout.total("prose", box.start, box.end) >= _NEARLY_ALL * total
    )
    return min(boxes, key=lambda box: box.end - box.start, default=None)


def _is_title(layout: Layout, i: int) -> bool:
    block = layout.blocks[i]
    return is_heading(block) and block.level == 1 and not leads_away(layout, i)


def _opening(layout: Layout, start: int, first: int) -> None:
    title = _named(layout, first)
    if title is None:
        title = title_of(layout, 0, first)
    if title is None:
        layout.drop((i for i in layout.standing(0, start) if not is_dated(layout, i)), "opening")
        return
    for i in layout.standing(0, first):
        if _is_idle(layout, i, title, start):
            layout.mark((i,), "opening")


def _is_idle(layout: Layout, i: int, title: int, start: int) -> bool:
    """Whether a line before the first sentence belongs to the site."""
    block = layout.blocks[i]
    only_links = layout.links[i] > 0 and layout.linked[i] >= _ONLY * layout.mass[i]
    if i == title or is_heading(block):
        return i < title
    if is_button(block.text) or (only_links and i < start):
        return True
    if i > title:
        return False
    if layout.blocks[title].level > 1 and i >= start:
        return only_links
    return not (is_dated(layout, i) and i >= title - _NEAR)


def _named(layout: Layout, first: int) -> int | None:
    """A line before the first sentence that is the page's title and no heading yet becomes one, on a page without a
    heading of the first level."""
    if any(is_heading(block) and block.level == 1 for block in layout.blocks):
        return None
    names = {key_of(part) for part in _PARTS.split(layout.title)} | {key_of(layout.title)}
    for i in layout.standing(0, first):
        block = layout.blocks[i]
        if not is_heading(block) and not layout.links[i] and not block.depth and key_of(block.text) in names - {""}:
            layout.blocks[i] = replace(block, kind=ClauseKind.SECTION, level=1)
            return i
    return None


def _ending(layout: Layout, end: int) -> None:
    kept: set[int] = set()
    section: list[int] = []
    text = 0
    for i in [*layout.standing(end), -1]:
        if i < 0 or is_heading(layout.blocks[i]):
            kept.update(section if text >= _TEXT else ())
            section, text = [i], 0
        elif section:
            section.append(i)
            text += layout.mass[i] - layout.linked[i]
    layout.drop((i for i in layout.standing(end) if i not in kept and not is_dated(layout, i)), "ending")
