"""Changes that only declare another date of the document: they say that something changed, not what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clausetrail.differ.lexicon import Found
from clausetrail.differ.rules import masked, rules
from clausetrail.differ.tokens import cut

_LONGEST = 5_000
"""Characters of a clause in which a date that it declares is looked for."""
_LONGEST_LINE = 200
"""And of one that does nothing else."""
_NAMES = "names"
"""Group of the terms that name a date of the document; the others only go with them."""
_STOP = re.compile(r"[.!?。！？|\n](?=\s|\Z)|[。！？|]")


def declares_date(old: str, new: str, language: str) -> bool:
    """Whether the words do nothing but declare a date, on each side that has any; or stay, but for such a date."""
    if all(_only_date(text, language) for text in (old, new) if text):
        return True
    if not old or not new or max(len(old), len(new)) > _LONGEST:
        return False
    before, after = _without(old, language), _without(new, language)
    return before != old and after != new and cut(before) == cut(after)


def _only_date(text: str, language: str) -> bool:
    known = rules(language)
    found = known.date.find(text) if len(text) <= _LONGEST_LINE else []
    if not found:
        return False
    rest = masked(text, found)
    return not cut(masked(rest, _said(rest, language)))


def _without(text: str, language: str) -> str:
    """A text without the dates that it declares."""
    return masked(text, _declared(text, rules(language).date.find(text), language))


def _declared(text: str, dates: Sequence[Found], language: str) -> Iterator[Found]:
    """Dates before which, back to the last one or to the end of a sentence, nothing stands but what they are called."""
    start = 0
    for date in sorted(dates, key=lambda d: d.start):
        called = _STOP.split(text[start : date.start])[-1]
        said = _said(called, language)
        if any(f.meaning == _NAMES for f in said) and not cut(masked(called, said)):
            yield date
        start = date.end


def _said(text: str, language: str) -> list[Found]:
    return [f for each in rules(language).declared.find(text).values() for f in each]
