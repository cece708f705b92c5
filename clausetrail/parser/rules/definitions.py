"""`Term`, line break, `: what it means` is a term and its definition."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Block
from clausetrail.parser.inline import BREAK

_MARK = BREAK + ": "


def definitions(block: Block) -> Iterable[Block]:
    at = block.text.find(_MARK)
    return (block,) if at <= 0 or block.kind is ClauseKind.ROW else _defined(block, at)


def _defined(block: Block, at: int) -> Iterator[Block]:
    term, rest = block.cut(0, at), block.cut(at + len(_MARK), len(block.text))
    depth = block.depth + (block.kind is not ClauseKind.ITEM)
    ends = [*list(_marks(rest.text)), len(rest.text)]
    first = rest.cut(0, ends[0])
    yield replace(
        first,
        kind=ClauseKind.ITEM,
        depth=depth,
        listed=True,
        lead=term.text,
        links=term.links + first.links,
        spots=(0,) * len(term.links) + first.spots,
    )
    for start, end in itertools.pairwise(ends):
        yield replace(rest.cut(start + len(_MARK), end), kind=ClauseKind.PARAGRAPH, depth=depth, listed=False, label="")


def _marks(text: str) -> Iterator[int]:
    at = text.find(_MARK)
    while at >= 0:
        yield at
        at = text.find(_MARK, at + 1)
