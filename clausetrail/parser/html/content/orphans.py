"""A heading whose text was dropped goes with it."""

from __future__ import annotations

from itertools import pairwise

from clausetrail.parser.html.content.phrases import is_contents, is_feedback, is_related
from clausetrail.parser.html.layout import Box, Layout, is_heading

_LISTS = frozenset(("navigation", "widget", "footer"))

_LAST = 4


def orphans(layout: Layout) -> None:
    """Drop what is left of a box that held a heading and a list of links; the title of a table of contents whose lines
    are gone; and a heading with which the page ends."""
    _titles(layout)
    layout.settle()
    lists = {gap.box for gap in layout.gaps if gap.rule in _LISTS}
    for index, box in enumerate(layout.boxes):
        if box.start < box.end and (index in lists or box.end - box.start > 1):
            _emptied(layout, box)
    layout.settle()
    standing = layout.standing()
    last = standing[-_LAST:]
    if any(not is_heading(layout.blocks[i]) for i in last):
        while is_heading(layout.blocks[last[-1]]):
            layout.mark((last.pop(),), "orphan")
    layout.settle()


def _titles(layout: Layout) -> None:
    gaps = {gap.position for gap in layout.gaps}
    standing = [*layout.standing(), len(layout.blocks)]
    for i, after in pairwise(standing):
        text = layout.blocks[i].text
        gone = after > i + 1 or i + 1 in gaps
        if gone and len(text) < 100 and (is_contents(text) or is_related(text) or is_feedback(text)):
            layout.mark((i,), "orphan")


def _emptied(layout: Layout, box: Box) -> None:
    if layout.total("ones", box.start, box.end) != 1:
        return
    left = next((i for i in range(box.start, box.end) if not layout.dropped[i]), None)
    if left is None:
        return
    if is_heading(layout.blocks[left]) and layout.blocks[left].level > 1:
        layout.mark((left,), "orphan")
