"""A paragraph whose lines are broken by hand into numbered or bulleted ones is a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Block
from clausetrail.parser.inline import BREAK
from clausetrail.parser.numbers import find_label

_BULLET = re.compile(r"\s*[•·▪◦‣●○■□➢➤✓✔⁃](?:\s*|(?=\w))|\s*[-–—*](?=\s)\s*")


def breaks(block: Block) -> Iterable[Block]:
    if block.kind not in (ClauseKind.PARAGRAPH, ClauseKind.ITEM):
        return (block,)
    if BREAK not in block.text and block.text and not _BULLET.match(block.text):
        return (block,)
    return _broken(block)


def _broken(block: Block) -> Iterator[Block]:
    starts = _starts(block.text) if BREAK in block.text else [0]
    for start, end in zip(starts, [*starts[1:], len(block.text)], strict=True):
        piece = block if end - start == len(block.text) else block.cut(start, end)
        if start > 0:
            piece = replace(piece, label="", listed=False, anchor="")
        yield from _unbulleted(piece, opening=start == 0)


def _starts(text: str) -> list[int]:
    """Offsets of the pieces: the beginning, and each line with a label or bullet, if at least two lines have one."""
    begins = [0] + [i + 1 for i, c in enumerate(text) if c == BREAK]
    ends = [*begins[1:], len(text)]
    marked = [
        start
        for start, end in zip(begins, ends, strict=True)
        if _BULLET.match(text, start, end) or find_label(text[start : min(end, start + 60)], heading=False)
    ]
    return sorted({0, *marked}) if len(marked) >= 2 else [0]


def _unbulleted(piece: Block, *, opening: bool) -> Iterator[Block]:
    """A piece that begins with a bullet is an item; one that merely follows an item's first line lies within it."""
    match = _BULLET.match(piece.text)
    within = piece.kind is ClauseKind.ITEM and not opening
    if match and match.end() < len(piece.text):
        inner = piece.cut(match.end(), len(piece.text))
        nested = piece.kind is ClauseKind.PARAGRAPH or within
        yield replace(inner, kind=ClauseKind.ITEM, depth=piece.depth + nested, listed=True)
    elif within:
        yield replace(piece, kind=ClauseKind.PARAGRAPH)
    elif piece.text or piece.kind is ClauseKind.ITEM:
        yield piece
