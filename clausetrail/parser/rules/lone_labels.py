"""A number that stands in a box of its own, beside or above what it numbers, is the label of that."""

from __future__ import annotations

from dataclasses import replace

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Block, Page
from clausetrail.parser.numbers import Label, find_label

_LONGEST = 12
_TAKES = (ClauseKind.SECTION, ClauseKind.PARAGRAPH)


def lone_labels(page: Page) -> None:
    for i in range(len(page.blocks) - 2, -1, -1):
        number, numbered = page.blocks[i], page.blocks[i + 1]
        if page.kinds[i] is not ClauseKind.PARAGRAPH or len(number.text) > _LONGEST or number.links:
            continue
        if page.kinds[i + 1] not in _TAKES or numbered.label or number.depth != numbered.depth:
            continue
        if label := _whole(number):
            page.blocks[i + 1] = replace(numbered, label=label.text, ordinal=label.ordinal)
            page.lines[i + 1] = page.lines[i]
            page.drop(i)


def _whole(block: Block) -> Label | None:
    """The label that a block is, and nothing beside it."""
    if block.label or block.lead or not any(c.isdigit() or c in "()." for c in block.text):
        return None
    found = find_label(f"{block.text} X", heading=False)
    return found if found and found.text == block.text else None
