"""The rules that every format shares, in the order in which they run.

A block rule sees one block and gives back those that should stand in its place; its answer may depend on nothing
else, because blocks are cached.  A page rule sees the whole page and decides kinds, levels and depths.  One rule,
one file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from clausetrail.parser.block import Block, Page
from clausetrail.parser.rules.ambiguous_dates import ambiguous_dates
from clausetrail.parser.rules.bold_headings import bold_headings
from clausetrail.parser.rules.breaks import breaks
from clausetrail.parser.rules.definitions import definitions
from clausetrail.parser.rules.labels import labels
from clausetrail.parser.rules.lead import lead
from clausetrail.parser.rules.link_targets import link_targets
from clausetrail.parser.rules.loose_definitions import loose_definitions
from clausetrail.parser.rules.lost_markup import lost_markup
from clausetrail.parser.rules.numbering import numbering
from clausetrail.parser.rules.stray_brackets import stray_brackets
from clausetrail.parser.rules.words import words

BlockRule = Callable[[Block], Iterable[Block]]
PageRule = Callable[[Page], None]

BLOCK_RULES: tuple[BlockRule, ...] = (stray_brackets, definitions, breaks, labels, lead, words)
PAGE_RULES: tuple[PageRule, ...] = (
    loose_definitions,
    lost_markup,
    bold_headings,
    numbering,
    ambiguous_dates,
    link_targets,
)


def finish(blocks: list[Block]) -> list[Block]:
    """Every block rule over every block."""
    for rule in BLOCK_RULES:
        blocks = [made for block in blocks for made in rule(block)]
    return blocks


def decide(page: Page) -> None:
    """Every page rule over the page."""
    for rule in PAGE_RULES:
        rule(page)
