"""A link wrapped round whole blocks leaves its brackets in the first and the last of them: `[` … `](target)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from clausetrail.model import ClauseKind, Link
from clausetrail.parser.block import Block

_CLOSING = re.compile(r"\]\((?P<target>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?: [\"'][^\"']*[\"'])?\)\s*")


def stray_brackets(block: Block) -> Iterable[Block]:
    return _mended(block) if "[" in block.text or "](" in block.text or not block.text else (block,)


def _mended(block: Block) -> Iterator[Block]:
    for mended in _closed(block):
        if mended.text[:1] == "[" and "]" not in mended.text:
            mended = mended.cut(1, len(mended.text))
        if mended.text or mended.kind is ClauseKind.ITEM:
            yield mended


def _closed(block: Block) -> Iterator[Block]:
    """The block without the end of a link that began in an earlier one; what stood before it is the link's text."""
    match = _CLOSING.search(block.text) if "](" in block.text else None
    if match is None or "[" in block.text[1 : match.start()]:
        yield block
        return
    before, after = block.cut(0, match.start()), block.cut(match.end(), len(block.text))
    words = before.text.lstrip("[ ")
    link = Link(" ".join(words.split()), match["target"])
    text = f"{words} {after.text}".strip()
    shift = len(words) + 1 if words else 0
    yield replace(
        before,
        text=text,
        bold=(0, 0),
        links=(*before.links, *((link,) if words else ()), *after.links),
        spots=(*before.spots, *((0,) if words else ()), *(spot + shift for spot in after.spots)),
    )
