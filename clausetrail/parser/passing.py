"""Words that pass: what a page prints for this visit or this moment, and not for all its readers.

Each step takes a text in typographic normal form and puts `...` in the place of what passes: an id made for the
visit, a live count, an age (`2 days ago`), the year of a copyright notice, the hour of the visit.  The rest stays, so
that a clause keeps its place (but one that is nothing else is no clause), and so does what is printed: only words are
over this form.  Steps are idempotent, and none makes work for an earlier one.

Where a step could meet a policy's own words (`30 days ago`, `5 users`), it acts only on a short clause that says
nothing else, or directly after a word that gives the passing thing its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from clausetrail.parser import passing_words as words

GONE = "..."
_SHORT = 120
"""Characters of a clause that may be about nothing but an age or a count."""

_COUNT = r"\d(?:[\d.,' ]*\d)?(?:\s?(?:k|m|tsd|mil|mln|тыс|万|萬|千|만|천)\b\.?)?\+?"
_ANY_COUNT = re.compile(_COUNT, re.IGNORECASE)
_UUID = re.compile(r"(?<![\w-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])", re.IGNORECASE)
_NAMED_ID = re.compile(rf"(\b(?:{words.IDS})[\s:=#\"'(-]*)(?=[\w-]*\d)[0-9a-z][\w-]{{5,}}", re.IGNORECASE)
_VOTES = re.compile(words.VOTES, re.IGNORECASE)
_COUNTED = re.compile(
    rf"(?:{_COUNT}\s?(?:{words.COUNTED})|(?:{words.COUNTED_NAMES})\s?[:(]?\s?{_COUNT}\)?)[.!]?", re.IGNORECASE
)
_MINUTES = re.compile(rf"(?<!\w)\d+(?:\s?-\s?\d+)?(?=[\s-]?(?:{words.MINUTES}))", re.IGNORECASE)
_READING_TIME = re.compile(rf"((?:{words.READING_TIMES})\s?[:(-]?\s?)\d+", re.IGNORECASE)
_AGE = re.compile(words.AGES, re.IGNORECASE)
_AGED = re.compile(rf"((?<!\w)(?:{words.AGED})[\s:,-]*)(?:{words.AGES})(?!\w)", re.IGNORECASE)
_NAMES_AGED, _NAMES_AGED_AFTER = re.compile(words.AGED), re.compile(words.AGED_AFTER)
"""Of a text in lower case: many times as fast as the same in any case, and hardly a text goes on from here."""
_AGE_FIRST = re.compile(rf"(?<!\w)(?:{words.AGES})(?=\s?(?:{words.AGED_AFTER}))", re.IGNORECASE)
_ONLY_AGE = re.compile(
    rf"\W*(?:(?:{words.AGED})[\s:,-]*)?(?:{words.AGES})(?:\s?(?:{words.AGED_AFTER}))?\W*", re.IGNORECASE
)
_ONLY_AGED = re.compile(rf"\W*(?:{words.AGED})\W*", re.IGNORECASE)
_COPYRIGHT = re.compile(r"^((?:(?:©|\(c\)|copyright)[ :]*)+(?:[12]\d{3} ?- ?)?)[12]\d{3}(?!\d| ?-)", re.IGNORECASE)
_VISIT = re.compile(rf"((?:{words.VISITS})[\s:,-]*)(?=.{{0,24}}(?:\d:\d\d|[12]\d{{3}}|\d+\.\d+\.\d+)).+", re.IGNORECASE)


def _uuids(text: str) -> str:
    return _UUID.sub(GONE, text)


def _ids(text: str) -> str:
    """What stands after the name of an id: `Ray ID: 8f2c…`."""
    return _NAMED_ID.sub(rf"\1{GONE}", text)


def _votes(text: str) -> str:
    """`1,234 people found this helpful`."""
    return _ANY_COUNT.sub(GONE, text) if _VOTES.search(text) else text


def _counts(text: str) -> str:
    """`12K views`, `Comments (5)`."""
    return _ANY_COUNT.sub(GONE, text) if _COUNTED.fullmatch(text) else text


def _reading_times(text: str) -> str:
    """`5 min read`."""
    return _READING_TIME.sub(rf"\1{GONE}", _MINUTES.sub(GONE, text))


def _visits(text: str) -> str:
    """`Last visited: 3 May 2024, 10:12`, `Your IP address is 192.0.2.1`."""
    found = _VISIT.fullmatch(text)
    return found[1] + GONE if found else text


def _copyright(text: str) -> str:
    """`© 2019-2025 Lamp Desk`: templates print the year that it is."""
    return _COPYRIGHT.sub(rf"\1{GONE}", text)


def _ages(text: str, small: str) -> str:
    """`Updated 2 days ago`, `Last updated over a week ago`, `2日前に更新`, and `2 days ago` alone."""
    if _AGE.fullmatch(text) and (_DIGIT.search(text) or text.endswith(" ago")):
        return GONE
    if _NAMES_AGED.search(small):
        text = _AGED.sub(rf"\1{GONE}", text)
    return _AGE_FIRST.sub(GONE, text) if _NAMES_AGED_AFTER.search(small) else text


@dataclass(frozen=True, slots=True)
class _Step:
    """One kind of passing words."""

    apply: Callable[[str], str]
    marks: re.Pattern[str] | None = None
    """A text in lower case with none of them is left as it is."""


_STEPS = (
    _Step(_ids, words.IDS_MARKS),
    _Step(_votes, words.VOTES_MARKS),
    _Step(_counts),
    _Step(_reading_times, words.READING_MARKS),
    _Step(_visits),
    _Step(_copyright, re.compile(r"©|\(c\)|copyright")),
)
_DIGIT = re.compile(r"\d")


def is_age(text: str) -> bool:
    """Whether the text only says how long ago something was done: `Updated over a week ago`."""
    small = text.lower() if len(text) <= _SHORT else ""
    return bool(words.AGES_MARKS.search(small)) and bool(_ONLY_AGE.fullmatch(text))


def is_aged(text: str) -> bool:
    """Whether the text is nothing but the name of what has an age: `Updated`."""
    return len(text) <= _SHORT and bool(_ONLY_AGED.fullmatch(text))


def without_passing(text: str) -> str:
    """The text with `...` for all that passes."""
    if text.count("-") > 3:
        text = _uuids(text)
    if len(text) > _SHORT:
        return text
    small = text.lower()
    if _DIGIT.search(text):
        for step in _STEPS:
            if not step.marks or step.marks.search(small):
                text = step.apply(text)
    return _ages(text, small) if words.AGES_MARKS.search(small) else text
