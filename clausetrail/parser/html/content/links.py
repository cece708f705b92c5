"""Lists of links: tables of contents, menus, related pages.

Links to places on the same page, three and more without other text, are a table of contents wherever they stand.
Links to other pages are chrome before the first sentence and after the last; between sentences, or where a sentence
introduces them, they are what the policy refers to.  After the last sentence, one link or two are chrome where they
turn pages, or follow a heading such as `Related articles`.  A list that only repeats headings further down is a table
of contents without links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Block
from clausetrail.parser.html.content.opening import key_of, names_of
from clausetrail.parser.html.content.phrases import is_contents, is_home, is_related, is_social, is_toggle, turns_page
from clausetrail.parser.html.layout import Layout, is_heading

_FEW = 3
_LINKED = 0.7
_ONLY = 0.85
_INNER = 0.7
_COLON = (":", "：")
_REPEATED = 4
_REPEATED_UNDER_TITLE = 2
_TITLE_LINES = 2
_NEAR = 200
_TRAIL = 8
_STEP = 90
_NETWORKS = 30
_BETWEEN = re.compile(r"\s[/|>›»→·-]\s|[>›»→]")


class _Range(NamedTuple):
    start: int
    end: int


def links(layout: Layout) -> None:
    _contents_without_links(layout)
    first, last = _sentences(layout)
    for ranges in (_boxes, _runs):
        done = 0
        for one in ranges(layout):
            rule = _rule(layout, one, first, last) if one.start >= done else ""
            if rule:
                layout.mark(range(one.start, one.end), rule)
                done = one.end
        layout.settle()


def _rule(layout: Layout, one: _Range, first: int, last: int) -> str:
    """The name under which a range is dropped; empty where it stays."""
    count = layout.total("links", one.start, one.end)
    if count and one.end <= first and _is_trail(layout, one):
        return "links"
    if not count or layout.total("prose", one.start, one.end):
        return ""
    mass = layout.total("mass", one.start, one.end)
    if not mass or layout.total("linked", one.start, one.end) < _LINKED * mass:
        return ""
    if count < _FEW and not _all_social(layout, one):
        if (
            count > 1
            and layout.total("inner_links", one.start, one.end) == count
            and _title_of_contents(layout, one.start)
        ):
            return "contents"
        return "links" if one.start > last and (_turns_page(layout, one) or _is_related(layout, one)) else ""
    if layout.total("inner_links", one.start, one.end) >= _INNER * count:
        return "contents"
    apart = one.end <= first or one.start > last or _is_titled(layout, one) or _all_social(layout, one)
    return "links" if apart and not _introduced(layout, one, colon=_all_social(layout, one)) else ""


def _is_trail(layout: Layout, one: _Range) -> bool:
    """The way from the home page to this one: a few short lines without a heading, of which the first links home."""
    lines = layout.standing(one.start, one.end) if one.end - one.start <= _TRAIL else []
    if not lines or any(is_heading(layout.blocks[i]) or layout.mass[i] > _STEP for i in lines):
        return False
    home = layout.blocks[lines[0]].links[:1]
    if not home or not (home[0].target == "/" or is_home(home[0].text)):
        return False
    if len(lines) == 1:
        return bool(_BETWEEN.search(layout.blocks[lines[0]].text))
    steps = all(layout.linked[i] >= _ONLY * layout.mass[i] for i in lines[:-1])
    return steps and key_of(layout.blocks[lines[-1]].text) not in names_of(layout.title)


def _sentences(layout: Layout) -> tuple[int, int]:
    """The first and last block with a sentence."""
    prose = [i for i in layout.standing() if layout.prose[i]]
    return (prose[0], prose[-1]) if prose else (0, len(layout.blocks))


def _boxes(layout: Layout) -> Iterator[_Range]:
    """Those with links and without a sentence, outer before inner; boxes with the same blocks count once."""
    links, prose = layout.sums("links"), layout.sums("prose")
    ranges = dict.fromkeys((box.start, box.end) for box in layout.boxes)
    return (_Range(start, end) for start, end in ranges if links[start] < links[end] and prose[start] == prose[end])


def _runs(layout: Layout) -> Iterator[_Range]:
    """Runs of blocks that are nothing but links."""
    run: list[int] = []
    for i in [*layout.standing(), -1]:
        if i >= 0 and layout.links[i] and layout.linked[i] >= _ONLY * layout.mass[i]:
            run.append(i)
            continue
        if run:
            yield _Range(run[0], run[-1] + 1)
        run = []


def _before(layout: Layout, start: int) -> int | None:
    """The block that stands before a range, looked for among the nearest."""
    return next((i for i in range(start - 1, max(-1, start - _NEAR), -1) if not layout.dropped[i]), None)


def _all_social(layout: Layout, one: _Range) -> bool:
    """Every link is named after a network or a way to pass the page on."""
    if one.end - one.start > _NETWORKS:
        return False
    linked = (layout.blocks[i].links for i in layout.standing(one.start, one.end))
    return all(is_social(link.text) for links in linked for link in links)


def _turns_page(layout: Layout, one: _Range) -> bool:
    """Every link leads to the page before or after."""
    linked = (layout.blocks[i].links for i in layout.standing(one.start, one.end))
    return all(turns_page(link.text) for links in linked for link in links)


def _is_related(layout: Layout, one: _Range) -> bool:
    """The range follows a heading that names a list of other pages."""
    before = _before(layout, one.start)
    return before is not None and is_heading(layout.blocks[before]) and is_related(layout.blocks[before].text)


def _introduced(layout: Layout, one: _Range, *, colon: bool) -> bool:
    """A paragraph stands before the range, with a sentence or a colon; where only a colon counts, with that."""
    before = _before(layout, one.start)
    if before is None or is_heading(layout.blocks[before]):
        return False
    return bool(layout.prose[before] and not colon) or layout.blocks[before].text.rstrip().endswith(_COLON)


def _is_titled(layout: Layout, one: _Range) -> bool:
    """The range begins with, or follows, the title of a table of contents or of a list of other pages."""
    before = _before(layout, one.start)
    titles = (layout.blocks[i].text for i in (one.start if before is None else before, one.start))
    return any(is_related(text) or is_contents(text) for text in titles)


def _title_of_contents(layout: Layout, start: int) -> list[int]:
    """The title of a table of contents right before a block, with what opens and closes the table; none where there
    is no such title."""
    lines: list[int] = []
    for _ in range(_TITLE_LINES):
        before = _before(layout, lines[0] if lines else start)
        if before is None:
            break
        lines.insert(0, before)
        if is_contents(layout.blocks[before].text):
            return lines
        if not is_toggle(layout.blocks[before].text):
            break
    return []


def _contents_without_links(layout: Layout) -> None:
    """Runs of lines that are headings that come later: four of them, or two that are all that stands under the title
    of a table of contents."""
    last = {key_of(layout.blocks[i].text): i for i in layout.standing() if is_heading(layout.blocks[i])}
    if len(last) < _REPEATED_UNDER_TITLE:
        return
    run: list[int] = []
    for i in [*layout.standing(), -1]:
        if (
            i >= 0
            and not layout.prose[i]
            and _is_line(layout.blocks[i])
            and last.get(key_of(layout.blocks[i].text), -1) > i
        ):
            run.append(i)
            continue
        ends = i < 0 or is_heading(layout.blocks[i]) or layout.prose[i]
        title = _title_of_contents(layout, run[0]) if ends and len(run) >= _REPEATED_UNDER_TITLE else []
        if title or len(run) >= _REPEATED:
            layout.mark((*title, *run), "contents")
        run = []
    layout.settle()


def _is_line(block: Block) -> bool:
    return not is_heading(block) and block.kind is not ClauseKind.ROW
