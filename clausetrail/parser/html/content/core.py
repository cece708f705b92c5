"""The smallest box around all sentences and most of the other text, or around the title and nearly all sentences, is
the document.

Before the first sentence stand the title, dated lines beside it, and what follows the title; outside of the box, and
after it, only what a heading opens and text follows.
"""

from __future__ import annotations

from dataclasses import replace

from clausetrail.model import ClauseKind
from clausetrail.parser.html.content.opening import is_dated, leads_away, named_title, title_of
from clausetrail.parser.html.content.phrases import is_button
from clausetrail.parser.html.layout import Box, Layout, is_heading

_NEARLY_ALL = 0.85
_MOST = 0.6
_ONLY = 0.85
_TEXT = 20
_NEAR = 3


def core(layout: Layout) -> None:
    prose = [i for i in layout.standing() if layout.prose[i]]
    if not prose:
        return
    named = _named(layout)
    box = _titled(layout, named) or _whole(layout, prose[0], prose[-1])
    start, end = (box.start, box.end) if box else (0, len(layout.blocks))
    _opening(layout, start, named, prose)
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


def _titled(layout: Layout, named: int | None) -> Box | None:
    """The smallest box with the title and nearly all sentences, where such a one is."""
    title = named if named is not None else next((i for i in layout.standing() if _is_title(layout, i)), None)
    total = layout.total("prose", named or 0, len(layout.blocks))
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


def _opening(layout: Layout, start: int, named: int | None, prose: list[int]) -> None:
    """Drop what stands before the title, and what belongs to the site between it and the first sentence after it."""
    title = named if named is not None else title_of(layout, 0, prose[0])
    first = next((i for i in prose if named is None or i > named), prose[0])
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


def _named(layout: Layout) -> int | None:
    """The title that the page's `title` names: from now on a heading of the first level."""
    title = named_title(layout)
    if title is not None and layout.blocks[title].level != 1:
        layout.blocks[title] = replace(layout.blocks[title], kind=ClauseKind.SECTION, level=1)
    return title


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
