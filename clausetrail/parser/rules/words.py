"""White space is collapsed, and the words take their normal form.  A block without words is dropped."""

from __future__ import annotations

import re

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Block
from clausetrail.parser.normal import normal

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_WORDS = re.compile(r"\w")
_CLOSED = tuple(".,;:。；：，、!！…")
_YEAR = re.compile(r"\d{4}")
_TITLE_SIZE = 80
_TITLE_WORDS = 12


def words(block: Block) -> tuple[Block, ...]:
    text, lead = _collapsed(block.text), _collapsed(block.lead)
    form = normal(f"{lead} {text}")
    if not _WORDS.search(form):
        if block.kind is not ClauseKind.ITEM:
            return ()
        text, lead, form = "", "", ""
    # `dataclasses.replace` would take longer than all the rest, and this rule makes every block.
    made = Block(
        kind=block.kind,
        text=text,
        bold=block.bold,
        links=block.links,
        spots=block.spots,
        level=block.level,
        depth=block.depth,
        line=block.line,
        anchor=block.anchor,
        listed=block.listed,
        columns=block.columns,
        label=block.label,
        lead=lead,
        words=form,
        ordinal=block.ordinal,
        title_like=_title_like(block, text),
    )
    return (made,)


def _collapsed(text: str) -> str:
    if "\n" not in text and "  " not in text and "\t" not in text:
        return text.strip()
    return _SPACE.sub(" ", text).strip()


def _title_like(block: Block, text: str) -> bool:
    return (
        block.kind is ClauseKind.PARAGRAPH
        and block.bold[0] == 0
        and 0 < len(block.text) == block.bold[1]
        and len(text) <= _TITLE_SIZE
        and text.count(" ") < _TITLE_WORDS
        and not text.endswith(_CLOSED)
        and not _YEAR.search(text)
    )
