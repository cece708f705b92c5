"""Targets of links take their normal form, read against the page's address."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from clausetrail.model import Link
from clausetrail.parser.block import Block, Page
from clausetrail.parser.links import target


def link_targets(page: Page) -> None:
    page.blocks[:] = [_with_targets(block, page.base) if block.links else block for block in page.blocks]


@lru_cache(maxsize=1 << 13)
def _with_targets(block: Block, base: str) -> Block:
    """The same block for the same block: clauses are cached by it."""
    links = tuple(Link(link.text, target(link.target, base)) for link in block.links)
    return block if links == block.links else replace(block, links=links)
