"""The bold opening of a paragraph or item, with the punctuation that follows it, is its lead."""

from __future__ import annotations

import re

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Block
from clausetrail.parser.normal import normal

_LED = (ClauseKind.PARAGRAPH, ClauseKind.ITEM)
_OPENING = re.compile(r"""[\s"'“‘«„‚「『《【(（\[*]*""")
_AFTER = re.compile(r"""[\u200b-\u200d\u2060]*[."'”’»“」』》】)）\]:：,，;；。、?？!！*]*(?:\s?[:–—-](?=\s))?""")


def lead(block: Block) -> tuple[Block]:
    bold = block.bold[1] > block.bold[0]
    end = _end(block) if bold and block.kind in _LED and not block.lead else 0
    if not end:
        return (block,)
    rest = block.cut(end, len(block.text))
    rest.lead, rest.links, rest.spots = block.text[:end].strip(), block.links, block.spots
    return (rest,)


def _end(block: Block) -> int:
    """Where the lead ends; 0 where there is none.  Splitting there must not change the words."""
    first, last = block.bold
    text = block.text
    opening = _OPENING.match(text)
    if last <= first or opening is None or first > opening.end():
        return 0
    after = _AFTER.match(text, last)
    end = after.end() if after else last
    head, tail = text[:end], text[end:]
    if not any(c.isalnum() for c in text[first:last]) or not any(c.isalnum() for c in tail):
        return 0
    return end if tail[0].isspace() or normal(f"{head} {tail}") == normal(text) else 0
