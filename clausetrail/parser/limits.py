"""How much of one page is read at all.

A policy has hundreds of clauses, a statute book thousands.  What exceeds these limits was made to hurt, or is no one
page, and is refused with a message rather than read for minutes; they count things, and never seconds, so that the
same bytes meet the same fate on every machine.
"""

from __future__ import annotations

from typing import NoReturn

from clausetrail.errors import ParseError

MAX_TAGS = 400_000
"""Tags of one page of HTML, opening and closing."""
MAX_MARKS = 300_000
"""Characters of one page of Markdown that may be markup.  (The plain ones among them are counted too.)"""
MAX_LINES = 100_000
"""Lines of one page of Markdown or plain text."""
MAX_CHARACTERS = 4_000_000
"""Characters of text of one page; of HTML those that stand between its tags."""
MAX_BLOCKS = 60_000
"""Headings, paragraphs, items and rows of one page, before anything is dropped."""
_MARKS = "*_`[<&\\~"


def check_html(text: str) -> None:
    """Raises ParseError for a page of more tags than are read."""
    if text.count("<") > MAX_TAGS:
        _refuse(MAX_TAGS, "tags")


def check_markdown(text: str) -> None:
    """Raises ParseError for a text of more lines or marks than are read."""
    check_plain(text)
    if sum(map(text.count, _MARKS)) > MAX_MARKS:
        _refuse(MAX_MARKS, "marks of Markdown")


def check_plain(text: str) -> None:
    """Raises ParseError for a text of more lines than are read."""
    if len(text) > MAX_CHARACTERS:
        _refuse(MAX_CHARACTERS, "characters")
    if text.count("\n") > MAX_LINES:
        _refuse(MAX_LINES, "lines")


def check_blocks(count: int, characters: int) -> None:
    """Raises ParseError for a page of more blocks, or of more text in them, than is read."""
    if count > MAX_BLOCKS:
        _refuse(MAX_BLOCKS, "paragraphs and items")
    if characters > MAX_CHARACTERS:
        _refuse(MAX_CHARACTERS, "characters of text")


def _refuse(most: int, things: str) -> NoReturn:
    raise ParseError(f"has more than {most:,} {things}, and such a page is not read; give the policy alone")
