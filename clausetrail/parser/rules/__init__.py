"""The rules that every format shares, in the order in which they run.

A block rule sees one block and gives back those that should stand in its place; its answer may depend on nothing
else, and not on its line either, because what it makes is cached.  A page rule sees the whole page and decides kinds,
levels and depths.  One rule, one file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from clausetrail.model import ClauseKind, Link
from clausetrail.parser.block import Block, Page
from clausetrail.parser.rules.ambiguous_dates import ambiguous_dates
from clausetrail.parser.rules.bold_headings import bold_headings
from clausetrail.parser.rules.breaks import breaks
from clausetrail.parser.rules.definitions import definitions
from clausetrail.parser.rules.labels import labels
from clausetrail.parser.rules.lead import lead
from clausetrail.parser.rules.link_targets import link_targets
from clausetrail.parser.rules.lone_labels import lone_labels
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
    lone_labels,
    lost_markup,
    bold_headings,
    numbering,
    ambiguous_dates,
    link_targets,
)


_CACHED = 1 << 13
_CACHED_SIZE = 2_000


def finish(blocks: Iterable[Block]) -> tuple[list[Block], list[int]]:
    """Every block rule over every block: what they make, and beside each of these the line of the block that it was
    made of.  Successive versions of a page share most of their blocks, and equal blocks are finished once."""
    finished: list[Block] = []
    lines: list[int] = []
    for block in blocks:
        made = (_cached if len(block.text) <= _CACHED_SIZE else _finished)(
            block.kind,
            block.text,
            block.bold,
            block.links,
            block.spots,
            block.level,
            block.depth,
            block.anchor,
            block.listed,
            block.columns,
            block.label,
            block.lead,
        )
        finished += made
        lines += (block.line,) * len(made)
    return finished, lines


def _finished(
    kind: ClauseKind,
    text: str,
    bold: tuple[int, int],
    links: tuple[Link, ...],
    spots: tuple[int, ...],
    level: int,
    depth: int,
    anchor: str,
    listed: bool,
    columns: tuple[str, ...],
    label: str,
    lead: str,
) -> tuple[Block, ...]:
    """What the rules make of one block."""
    blocks = [Block(kind, text, bold, links, spots, level, depth, 0, anchor, listed, columns, label, lead)]
    for rule in BLOCK_RULES:
        blocks = [made for block in blocks for made in rule(block)]
    return tuple(blocks)


_cached = lru_cache(maxsize=_CACHED)(_finished)


def decide(page: Page) -> None:
    """Every page rule over the page."""
    for rule in PAGE_RULES:
        rule(page)
