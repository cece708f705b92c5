"""The title of a document and the dates beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clausetrail.parser.dates import bare_date, date_line
from clausetrail.parser.html.layout import Layout, is_heading
from clausetrail.parser.remembered import remembered

_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d\s*[年月日년월일]")
_OTHER = re.compile(r"[\W_]+")
_PARTS = re.compile(r"\s+[|–—·:-]\s+|\s*[|｜]\s*")
_DATED_SIZE = 120
_BARE_SIZE = 28
"""Characters of a line that may hold a year without a word that says what happened then."""
_NEAR = 3
_LITTLE = 0.25


def is_dated(layout: Layout, i: int, *, bare: bool = True) -> bool:
    """A short line that says when the text was changed or takes effect; if `bare`, also a date alone, which says
    neither, and a very short line that holds a year.  A year in a sentence is none."""
    text = layout.blocks[i].text
    if len(text) > _DATED_SIZE or layout.links[i] or not _DATED.search(text):
        return False
    if bare:
        return len(text) <= _BARE_SIZE or bool(date_line(text))
    return not bare_date(text) and bool(date_line(text))


def leads_away(layout: Layout, i: int) -> bool:
    """A heading that is nothing but a link to another page: a logo, or the title of a teaser."""
    return layout.linked[i] >= layout.mass[i] > 0 and layout.inner_links[i] < layout.links[i]


def title_of(layout: Layout, start: int, end: int) -> int | None:
    """The first heading of the highest level that is no mere link; None where no heading stands in the range."""
    found = [i for i in layout.standing(start, end) if is_heading(layout.blocks[i]) and not leads_away(layout, i)]
    first = next((i for i in found if layout.blocks[i].level == 1), None)
    return first if first is not None else next(iter(found), None)


def named_title(layout: Layout) -> int | None:
    """The heading, or on a page without a heading of the first level the line, that says what the page's `title` does,
    else the one heading of the first level, where at most a quarter of the sentences stand before it.

    Publishers join page and site in that order: what the first part of the `title` names comes before what the second
    does.
    """
    names = names_of(layout.title)
    total = layout.total("prose", 0, len(layout.blocks))
    found: list[tuple[bool, int, int, int]] = []
    tops = _first_level(layout, layout.standing())
    for i in layout.standing():
        block = layout.blocks[i]
        rank = None if block.depth or len(block.text) > _DATED_SIZE else names.get(key_of(block.text))
        if rank is None or leads_away(layout, i) or (tops and not is_heading(block)):
            continue
        if layout.total("prose", 0, i) <= _LITTLE * total:
            found.append((not is_heading(block), rank, block.level, i))
    if found:
        return min(found)[-1]
    return tops[0] if len(tops) == 1 and layout.total("prose", 0, tops[0]) <= _LITTLE * total else None


def names_of(title: str) -> dict[str, int]:
    """What a page's `title` says in whole and in parts, as keys -> number of the part."""
    names: dict[str, int] = {}
    for rank, part in enumerate((title, *_PARTS.split(title))):
        names.setdefault(key_of(part), max(0, rank - 1))
    names.pop("", None)
    return names


def title_lines(layout: Layout, end: int) -> list[int]:
    """The title that stands before `end`, else the last heading of the first level there, with the dated lines right
    beside it."""
    standing = layout.standing(0, end)
    title = named_title(layout)
    if title is None or title >= end or not is_heading(layout.blocks[title]):
        tops = _first_level(layout, standing)
        if not tops:
            return []
        title = tops[-1]
    near = [i for i in standing if title - _NEAR <= i and (is_dated(layout, i) or layout.prose[i])]
    return sorted({title, *near})


def _first_level(layout: Layout, positions: Iterable[int]) -> list[int]:
    """The headings of the first level among these blocks that are no mere links."""
    found = (i for i in positions if is_heading(layout.blocks[i]) and layout.blocks[i].level == 1)
    return [i for i in found if not leads_away(layout, i)]


@remembered(longest=_DATED_SIZE)
def key_of(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return _OTHER.sub("", text.lower())
