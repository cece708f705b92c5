"""The title of a document and the dates beside it."""

from __future__ import annotations

import re

from clausetrail.parser.html.layout import Layout, is_heading

_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d\s*[年月日년월일]"
    r"|\b\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"[\W_]+")
_DATED_SIZE = 120
_NEAR = 3


def is_dated(layout: Layout, i: int) -> bool:
    """A short line with a date."""
    text = layout.blocks[i].text
    return len(text) <= _DATED_SIZE and not layout.links[i] and bool(_DATED.search(text))


def leads_away(layout: Layout, i: int) -> bool:
    """A heading that is nothing but a link to another page: a logo, or the title of a teaser."""
    return layout.linked[i] >= layout.mass[i] > 0 and layout.inner_links[i] < layout.links[i]


def title_of(layout: Layout, start: int, end: int) -> int | None:
    """The first heading of the highest level that is no mere link; None where no heading stands in the range."""
    found = [i for i in layout.standing(start, end) if is_heading(layout.blocks[i]) and not leads_away(layout, i)]
    first = next((i for i in found if layout.blocks[i].level == 1), None)
    return first if first is not None else next(iter(found), None)


def title_lines(layout: Layout, end: int) -> list[int]:
    """The last heading of the first level before `end`, with the dated lines right beside it."""
    standing = layout.standing(0, end)
    titles = [i for i in standing if is_heading(layout.blocks[i]) and layout.blocks[i].level == 1]
    titles = [i for i in titles if not leads_away(layout, i)]
    if not titles:
        return []
    near = [i for i in standing if titles[-1] - _NEAR <= i and (is_dated(layout, i) or layout.prose[i])]
    return sorted({titles[-1], *near})


def key_of(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return _OTHER.sub("", text.lower())
