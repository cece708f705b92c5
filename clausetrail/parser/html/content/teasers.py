"""Cards that lead to other pages: headings that are links, each with a line or two of praise."""

from __future__ import annotations

from bisect import bisect_left

from clausetrail.parser.html.content.opening import leads_away
from clausetrail.parser.html.layout import Box, Layout, is_heading

_FEW = 2
_SHARE = 0.3
_LARGE = 300
"""Blocks."""


def teasers(layout: Layout) -> None:
    """Drop the widest box of at most 30 % of the sentences in which two and more headings lead away, and at most one,
    the title of them all, does not.  A page that is nothing but cards is left for the verdict."""
    away = [i for i in layout.standing() if is_heading(layout.blocks[i]) and leads_away(layout, i)]
    if len(away) < _FEW:
        return
    total = layout.total("prose", 0, len(layout.blocks))
    done = 0
    for box in layout.boxes:
        if box.start < done or not layout.total("prose", box.start, box.end) <= _SHARE * total:
            continue
        inside = away[bisect_left(away, box.start) : bisect_left(away, box.end)]
        if len(inside) >= _FEW and box.end - box.start <= _LARGE and _are_all(layout, box, inside):
            layout.mark(range(box.start, box.end), "teasers")
            done = box.end
    layout.settle()


def _are_all(layout: Layout, box: Box, away: list[int]) -> bool:
    """Nothing but the title stands before the first of them, and no other heading lies between."""
    own = [i for i in layout.standing(box.start, box.end) if is_heading(layout.blocks[i])]
    others = own[: len(own) - len(away)]
    return own[len(others) :] == away and len(others) <= 1 and not layout.total("prose", box.start, away[0])
