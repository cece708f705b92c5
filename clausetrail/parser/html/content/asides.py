"""What an element declares to stand beside the text (`aside`, a banner, the footer of an article, a dialog, a form) is
kept for the sentences that it holds and for a line that declares a date, and dropped where it holds links, fields or
nothing."""

from __future__ import annotations

from clausetrail.parser.html.content.opening import is_dated, leads_away, named_title
from clausetrail.parser.html.content.phrases import is_contents, is_feedback, is_related
from clausetrail.parser.html.layout import Box, Layout, is_heading

_LINKED = 0.3
_MAIN = 0.5


def asides(layout: Layout) -> None:
    total = layout.total("prose", 0, len(layout.blocks))
    for box in layout.marked("aside", "footer", "dialog", "form"):
        prose = layout.total("prose", box.start, box.end)
        keeps = 2 * prose > total if box.mark in ("dialog", "form") else _is_note(layout, box)
        if not keeps or not prose:
            layout.mark((i for i in range(box.start, box.end) if not is_dated(layout, i, bare=False)), box.mark)
    if banners := layout.marked("banner"):
        named = named_title(layout)
        for box in banners:
            layout.mark(_idle(layout, box, named), "banner")
    layout.settle()


def _is_note(layout: Layout, box: Box) -> bool:
    """Sentences, few links, no buttons, and no title of a list of links."""
    mass = layout.total("mass", box.start, box.end)
    titles = (layout.blocks[i].text for i in layout.standing(box.start, box.end) if is_heading(layout.blocks[i]))
    if any(is_contents(t) or is_related(t) or is_feedback(t) for t in titles):
        return False
    return layout.total("linked", box.start, box.end) < _LINKED * mass


def _idle(layout: Layout, box: Box, named: int | None) -> list[int]:
    """The blocks of a banner before its heading, and those that are mere links; all of it where it has no heading, nor
    the line that the page is named after."""
    standing = layout.standing(box.start, box.end)
    first = next((i for i in standing if _is_title(layout, i) or i == named), None)
    if first is None:
        return [i for i in standing if not layout.prose[i]]
    return [i for i in standing if (i < first and not layout.prose[i]) or (layout.links[i] and not layout.prose[i])]


def _is_title(layout: Layout, i: int) -> bool:
    return is_heading(layout.blocks[i]) and not leads_away(layout, i)
