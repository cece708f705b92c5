"""The printed number of a heading, paragraph or item is its label and no part of its words."""

from __future__ import annotations

import re
from dataclasses import replace

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Block
from clausetrail.parser.numbers import Label, find_label, makes_date, ordinal

_LABELLED = (ClauseKind.SECTION, ClauseKind.PARAGRAPH, ClauseKind.ITEM)
_MANY_LEVELS = re.compile(r"\d+\.\d+")


def labels(block: Block) -> tuple[Block]:
    found = _label(block)
    if block.listed and block.label.endswith(".") and makes_date(block.text):
        return (_undone(block),)
    if found:
        rest = block.cut(found.end, len(block.text))
        rest.label, rest.ordinal = found.text, found.ordinal
        # A link round label and text stays a link of the clause.
        rest.links, rest.spots = block.links, tuple(max(0, spot - found.end) for spot in block.spots)
        return (rest,)
    return (replace(block, ordinal=ordinal(block.label)),) if block.label else (block,)


def _undone(block: Block) -> Block:
    """A paragraph that begins with a date such as `24. Dezember`, which Markdown takes for an item."""
    size = len(block.label) + 1
    return replace(
        block,
        kind=ClauseKind.PARAGRAPH,
        text=f"{block.label} {block.text}",
        bold=(0, 0),
        spots=tuple(spot + size for spot in block.spots),
        depth=block.depth - 1,
        listed=False,
        label="",
    )


def _label(block: Block) -> Label | None:
    if block.kind not in _LABELLED or block.lead:
        return None
    heading = block.kind is ClauseKind.SECTION or (block.bold[0] == 0 and block.bold[1] >= 2)
    found = find_label(block.text, heading=heading)
    # The list's own marker stands, unless the text spells the number out (`1.` and then `4.1`).
    return None if found and block.label and not _MANY_LEVELS.match(found.text) else found
