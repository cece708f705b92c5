"""Nothing there."""

from __future__ import annotations

import re

from clausetrail.parser.verdict.look import Line, Look

_DATE = re.compile(r"(?:19|20)\d\d")
_DATE_WORDS = 6
_FEW = 10
_NAME = 40
"""Words in all, beyond which the headings themselves are the text."""


def empty(look: Look) -> str:
    """No words; or a name with nothing under it but a date or a link or two.  Where headings are all that a page has,
    and there are many words in them, they are its text."""
    if not look.words:
        return "no words"
    if look.words > _NAME or look.unread or not any(line.heading for line in look.lines):
        return ""
    under = [line for line in look.lines if not line.heading]
    bare = sum(line.words for line in under) <= _FEW and all(line.linked or _is_date(line) for line in under)
    return "a heading with nothing under it" if bare else ""


def _is_date(line: Line) -> bool:
    return line.words <= _DATE_WORDS and _DATE.search(line.text) is not None
