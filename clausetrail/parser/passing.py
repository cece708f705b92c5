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
_AGE_FIRST = re.compile(rf"(?<!\w)(?:{words.AGES})(?=\s?(?:{words.AGED_AFTER}))", re.IGNORECASE)
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


def _ages(text: str) -> str:
    """`Updated 2 days ago`, `Last updated over a week ago`, `2日前に更新`, and `2 days ago` alone."""
    if _AGE.fullmatch(text) and (_DIGIT.search(text) or text.endswith(" ago")):
        return GONE
    return _AGE_FIRST.sub(GONE, _AGED.sub(rf"\1{GONE}", text))


@dataclass(frozen=True, slots=True)
class _Step:
    """One kind of passing words."""

    apply: Callable[[str], str]
    marks: tuple[str, ...] = ()
    """Lower case; a text with none of them is left as it is."""


_STEPS = (
    _Step(_ids, words.IDS_MARKS),
    _Step(_votes, words.VOTES_MARKS),
    _Step(_counts),
    _Step(_reading_times, words.READING_MARKS),
    _Step(_visits),
    _Step(_copyright, ("©", "(c)", "copyright")),
)
_DIGIT = re.compile(r"\d")


def without_passing(text: str) -> str:
    """The text with `...` for all that passes."""
    if text.count("-") > 3:
        text = _uuids(text)
    if len(text) > _SHORT:
        return text
    small = text.lower()
    if _DIGIT.search(text):
        for step in _STEPS:
            if not step.marks or any(mark in small for mark in step.marks):
                text = step.apply(text)
    marks = words.ASCII_AGES_MARKS if small.isascii() else words.AGES_MARKS
    return _ages(text) if any(mark in small for mark in marks) else text
