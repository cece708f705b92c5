"""A short paragraph all in bold, with something under it, is a heading beneath the last real one."""

from __future__ import annotations

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Page

_MOST_IN_A_ROW = 2


def bold_headings(page: Page) -> None:
    level, row = 1, 0
    for i, block in enumerate(page.blocks):
        if page.kinds[i] is ClauseKind.SECTION:
            level, row = page.levels[i] + 1, 0
        elif block.title_like and page.depths[i] == 0:
            row += 1
            if row <= _MOST_IN_A_ROW and _opens_text(page, i):
                page.kinds[i] = ClauseKind.SECTION
                page.levels[i] = level + _below(page, i)
        else:
            row = 0


def _opens_text(page: Page, i: int) -> bool:
    """What follows is text, or one more such line and then text."""
    after = page.blocks[i + 1 : i + 1 + _MOST_IN_A_ROW]
    return any(not b.title_like and page.kinds[j] is not ClauseKind.SECTION for j, b in enumerate(after, i + 1))


def _below(page: Page, i: int) -> int:
    """`2.1` stands one level under `2.`."""
    ordinal = page.blocks[i].ordinal
    return len(ordinal.readings[0][1]) - 1 if ordinal else 0
