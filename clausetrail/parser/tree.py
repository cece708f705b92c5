"""Blocks with kinds, levels and depths → the clause tree."""

from __future__ import annotations

from functools import lru_cache

from clausetrail.model import Clause, ClauseKind, ClauseTree
from clausetrail.parser.block import Block, Page

_SECTION = ClauseKind.SECTION
_ITEM = ClauseKind.ITEM
_LONGEST = 4_000
"""Characters of a clause that is remembered: a hostile page shall not fill the memory."""


def tree(page: Page) -> ClauseTree:
    """Guaranteed: reading order is that of the blocks; section levels begin at 1 and skip none; an item lies one
    deeper than the item around it.  Items without words and children are left out."""
    parents, depths = _nest(page)
    under: list[list[Clause]] = [[] for _ in range(len(parents) + 1)]
    for i in range(len(parents) - 1, -1, -1):
        block, kind = page.blocks[i], page.kinds[i]
        children = under[i]
        if not block.words and not children:
            continue
        children.reverse()
        under[parents[i]].append(
            _clause(block, kind, depths[i], page.lines[i], tuple(children))
            if children or len(block.text) > _LONGEST
            else _leaf(block, kind, depths[i], page.lines[i])
        )
    under[-1].reverse()
    return ClauseTree(Clause(_SECTION, "", children=tuple(under[-1])))


def _clause(block: Block, kind: ClauseKind, depth: int, line: int, children: tuple[Clause, ...]) -> Clause:
    heading = kind is _SECTION
    return Clause(
        kind,
        block.words,
        block.label,
        block.text if heading else "",
        block.lead,
        "" if heading else block.text,
        block.links,
        depth,
        line,
        block.anchor,
        children,
        block.columns,
    )


@lru_cache(maxsize=1 << 16)
def _leaf(block: Block, kind: ClauseKind, depth: int, line: int) -> Clause:
    """Successive versions share most of their blocks, and those their clauses."""
    return _clause(block, kind, depth, line, ())


def _nest(page: Page) -> tuple[list[int], list[int]]:
    """Index of the parent (-1: the root) and true depth of every block."""
    parents: list[int] = []
    depths: list[int] = []
    sections: list[tuple[int, int]] = []
    items: list[tuple[int, int]] = []
    section = -1
    for i, (kind, level, depth) in enumerate(zip(page.kinds, page.levels, page.depths, strict=True)):
        if kind is _SECTION:
            while sections and sections[-1][0] >= level:
                sections.pop()
            parents.append(sections[-1][1] if sections else -1)
            sections.append((level, i))
            depths.append(len(sections))
            items.clear()
            section = i
            continue
        reach = depth - (kind is _ITEM)
        while items and items[-1][0] > reach:
            items.pop()
        parents.append(items[-1][1] if items else section)
        if kind is _ITEM:
            items.append((depth, i))
        depths.append(len(items))
    return parents, depths
