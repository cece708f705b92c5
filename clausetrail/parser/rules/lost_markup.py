"""Where the lines of a text are its blocks and nothing marks headings and items, their shape tells them."""

from __future__ import annotations

import re

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Page

_CLOSED = re.compile(r"[.,;:!?。；：，、！？…]['\"”’)]*$")
_DATED = re.compile(r"\d{4}")
_DATE_FIRST = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s*[:：–—-]")
_HEADING_SIZE = 80
_HEADING_WORDS = 10
_ITEM_SIZE = 240


def lost_markup(page: Page) -> None:
    if not page.markup_lost:
        return
    level = 1 + max(
        (n for n, kind in zip(page.levels, page.kinds, strict=True) if kind is ClauseKind.SECTION), default=0
    )
    i = 0
    while i < len(page.blocks):
        end = _run_of_items(page, i)
        for j in range(i + 1, end):
            _make_item(page, j)
        if _is_entry(page, i):
            _make_item(page, i)
        elif end == i + 1 and _is_heading(page, i):
            page.kinds[i], page.levels[i] = ClauseKind.SECTION, level
        i = end


def _make_item(page: Page, i: int) -> None:
    page.kinds[i], page.depths[i] = ClauseKind.ITEM, page.depths[i] + 1


def _run_of_items(page: Page, i: int) -> int:
    """End of the items that the line i introduces with a colon (i + 1 where it introduces none)."""
    if not page.blocks[i].text.endswith((":", "：")):
        return i + 1
    end = i + 1
    while end < len(page.blocks) and _is_item(page, end, first=end == i + 1):
        end += 1
    return end if end > i + 2 else i + 1


def _is_entry(page: Page, i: int) -> bool:
    """One of several dated lines: an entry of a changelog."""
    if page.kinds[i] is not ClauseKind.PARAGRAPH or not _DATE_FIRST.match(page.blocks[i].text):
        return False
    beside = [*page.blocks[max(i - 1, 0) : i], *page.blocks[i + 1 : i + 2]]
    return any(_DATE_FIRST.match(b.text) for b in beside)


def _is_item(page: Page, i: int, *, first: bool) -> bool:
    block = page.blocks[i]
    if page.kinds[i] is not ClauseKind.PARAGRAPH or len(block.text) > _ITEM_SIZE:
        return False
    apart = page.lines[i] - page.lines[i - 1] > 1
    return (first or not apart) and not _CLOSED.search(block.text)


def _is_heading(page: Page, i: int) -> bool:
    """A short line without closing punctuation, and under it a longer one or a list."""
    text = page.blocks[i].text
    if page.kinds[i] is not ClauseKind.PARAGRAPH or page.depths[i] or i + 1 >= len(page.blocks):
        return False
    if len(text) > _HEADING_SIZE or text.count(" ") >= _HEADING_WORDS or _CLOSED.search(text) or _DATED.search(text):
        return False
    following = page.blocks[i + 1]
    if following.kind is ClauseKind.ITEM or _DATE_FIRST.match(following.text):
        return True
    return len(following.text) > len(text) and bool(_CLOSED.search(following.text))
