"""Dates as people print them, in any of the languages of `months`: where they stand in a text, and which day it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from clausetrail.parser.months import MONTHS

_MONTH = "(?:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")\.?"
_YEAR = r"(?:19|20)\d{2}"
_DAY = r"\d{1,2}"
_OF = r"(?:\s*(?:de|of|del|do)\s+|[\s,.\-]*)"

_FORMS = re.compile(
    "|".join(
        [
            rf"(?P<y1>{_YEAR})\s?[-/.]\s?(?P<m1>\d{{1,2}})\s?[-/.]\s?(?P<d1>\d{{1,2}})(?!\d)",
            rf"(?P<y2>{_YEAR})\s?[年년]\s?(?P<m2>\d{{1,2}})\s?[月월]\s?(?:(?P<d2>\d{{1,2}})\s?[日号號일])?",
            rf"(?<!\d)(?P<a3>{_DAY})\s?(?P<s3>[./-])\s?(?P<b3>{_DAY})\s?[./-]\s?(?P<y3>{_YEAR})(?!\d)",
            rf"(?<!\d)(?P<d4>{_DAY})(?:st|nd|rd|th|er|º|°|ª|\.)?{_OF}(?P<m4>{_MONTH}){_OF}(?P<y4>{_YEAR})(?!\d)",
            rf"(?P<m5>{_MONTH})\s*,?\s*(?P<d5>{_DAY})(?:st|nd|rd|th)?\s*[,.]?\s*(?P<y5>{_YEAR})(?!\d)",
            rf"(?P<m6>{_MONTH}){_OF}(?P<y6>{_YEAR})(?!\d)",
        ]
    ),
    re.IGNORECASE,
)
_BEFORE_YEAR, _AFTER_YEAR = 32, 16
_HAS_YEAR = re.compile(_YEAR)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date at [start, end) of a text."""

    start: int
    end: int
    on: date
    other: date | None = None
    """The day it is if the month comes first, where both orders make a day (`8/11/2026`)."""
    precision: str = "day"
    order: str = ""
    """`day` or `month`, whichever must come first for numbers to make this day."""


def printed_dates(text: str) -> Iterator[PrintedDate]:
    """Every date in the text that exists in the calendar, from left to right."""
    at = 0
    for year in _HAS_YEAR.finditer(text):
        window = _FORMS.finditer(text, max(at, year.start() - _BEFORE_YEAR), year.end() + _AFTER_YEAR)
        match = next((m for m in window if m.start() <= year.start() and year.end() <= m.end()), None)
        if match is None:
            continue
        at = match.end()
        found = _read(match)
        # `may` and `mars` also end or begin longer words; a name glued to a label (`UpdatedJanuary`) has a capital.
        if found and _stands_alone(text, match):
            yield found


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    start = match.start()
    return start == 0 or not text[start - 1].isalpha() or not text[start].islower() or text[start - 1] > "\u2e7f"


def _read(match: re.Match[str]) -> PrintedDate | None:
    parts = match.groupdict()
    start, end = match.span()
    if parts["y3"]:
        first, second, year = int(parts["a3"]), int(parts["b3"]), int(parts["y3"])
        day_first, month_first = _day(year, second, first), _day(year, first, second)
        if day_first and month_first and first != second and parts["s3"] != ".":
            return PrintedDate(start, end, day_first, month_first)
        order = "" if day_first and month_first else "day" if day_first else "month"
        only = day_first or month_first
        return PrintedDate(start, end, only, order=order) if only else None
    year, month, day = next(
        (int(parts[f"y{n}"]), parts[f"m{n}"], parts.get(f"d{n}")) for n in "12456" if parts[f"y{n}"]
    )
    number = int(month) if month.isdecimal() else MONTHS.get(month.lower().rstrip("."), 0)
    on = _day(year, number, int(day) if day else 1)
    return PrintedDate(start, end, on, precision="day" if day else "month") if on else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
