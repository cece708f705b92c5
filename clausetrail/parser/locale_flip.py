"""One text in the spelling and the forms of two locales."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from clausetrail.parser.spelling import one_spelling

_WORD = re.compile(r"[^\W\d_]+")
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:([.,'\u00a0\u202f ])\d{3})(?:\1\d{3})*(?![\d])")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d{1,2}(?!\d|[.,]\d))")
_YEAR = re.compile(r"\d/\d\d?/\d\d|(?:19|20)\d\d")
_MONEY = re.compile(r"([$€£¥])\s?(\d[\d.]*)|(\d[\d.]*)\s?([$€£¥])")


def locale_flip(old: Iterable[str], new: Iterable[str]) -> bool:
    """Whether the texts differ, and differ only in what a reader's locale decides: British or American spelling, the
    form of dates, the marks in numbers, the side of a currency sign.

    Takes the words of the clauses of both sides, in order.  A number or a day that differs is no flip; one that could
    be either (`3/4/2026`) is given the benefit of the doubt.
    """
    before, after = ("\n".join(side).replace("\0", " ") for side in (old, new))
    if before == after:
        return False
    if abs(len(before) - len(after)) > 0.05 * len(before) + 40:
        return False
    (text, days), (other, others) = _neutral(before), _neutral(after)
    same = text == other and len(days) == len(others)
    return same and all(a & b for a, b in zip(days, others, strict=True))


def _neutral(text: str) -> tuple[str, list[frozenset[date]]]:
    """The text with its dates taken out and the rest in one form, and the days that each date may be."""
    days: list[frozenset[date]] = []
    text = "".join(_without_dates(text, days)).lower()
    text = _GROUPED.sub(lambda match: re.sub(r"\D", "", match.group()), text)
    text = _DECIMAL.sub(".", text)
    text = _MONEY.sub(lambda match: (match[1] or match[4]) + (match[2] or match[3]), text)
    return _WORD.sub(lambda match: one_spelling(match.group()), text), days


def _without_dates(text: str, days: list[frozenset[date]]) -> Iterator[str]:
    if text.isascii() and not _YEAR.search(text):
        yield text
        return
    from clausetrail.parser.calendar_forms import printed_dates  # many forms to compile, for few comparisons

    at = 0
    for found in printed_dates(text):
        yield text[at : found.start]
        yield "\0"
        at = found.end
        days.append(frozenset(day for day in (found.on, found.other) if day))
    yield text[at:]
