"""Dates as people print them, in any of the languages of `months`: where they stand in a text, and which day it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from clausetrail.parser.months import MONTHS
from clausetrail.parser.one_of import one_of

YEAR = r"(?:(?:19|20)\d{2}|(?:١٩|٢٠)[٠-٩]{2})"
_MONTH = one_of(MONTHS) + r"\.?"
_DAY = r"\d{1,2}"
_OF = r"(?:\s*(?:de|of|del|do)\s+|[\s,.\-/]*)"
_ORDINAL = r"(?:st|nd|rd|th|er|º|°|ª|\.|-?a|ο|η)?"

_FORMS = re.compile(
    "|".join(
        [
            rf"(?P<y1>{YEAR})\s?[-/.]\s?(?P<m1>\d{{1,2}})\s?[-/.]\s?(?P<d1>\d{{1,2}})(?!\d)",
            rf"(?P<y2>{YEAR})\s?[年년]\s?(?P<m2>\d{{1,2}})\s?[月월]\s?(?:(?P<d2>\d{{1,2}})\s?[日號号일])?",
            rf"(?<!\d)(?P<a3>{_DAY})\s?(?P<s3>[./-])\s?(?P<b3>{_DAY})\s?[./-]\s?(?P<y3>{YEAR})(?!\d)",
            rf"(?<!\d)(?P<d4>{_DAY}){_ORDINAL}{_OF}(?P<m4>{_MONTH}){_OF}(?P<y4>{YEAR})(?!\d)",
            rf"(?P<m5>{_MONTH})\s*,?\s*(?:the\s)?(?P<d5>{_DAY})(?:st|nd|rd|th)?\s*[,.]?\s*(?P<y5>{YEAR})(?!\d)",
            rf"(?P<m6>{_MONTH}){_OF}(?P<y6>{YEAR})(?!\d|[-/.]\d)",
            # Hungarian, and the order of catalogues.
            rf"(?<!\d)(?P<y7>{YEAR})[.,]?\s(?P<m7>{_MONTH})\s(?P<d7>{_DAY})(?!\d)",
            # Vietnamese: months have numbers for names.
            (
                rf"(?<!\d)(?:(?P<d8>{_DAY})[\s,]*)?(?:tháng|thg)\s(?P<m8>\d{{1,2}})(?:\s?năm\s"
                rf"|[\s,/-]+)(?P<y8>{YEAR})(?!\d)"
            ),
            rf"(?<![\d./-])(?P<m9>\d{{1,2}})\s?[./-]\s?(?P<y9>{YEAR})(?!\d|[-/.]\d)",
            rf"(?<![\d./-])(?P<y0>{YEAR})[-/](?P<m0>0[1-9]|1[0-2])(?![\d/-])",
        ]
    ),
    re.IGNORECASE,
)
_DAY_OR_MONTH = re.compile(rf"\d|{_MONTH}", re.IGNORECASE)
"""What stands beside every year that is a part of a date."""
_BEFORE_YEAR, _AFTER_YEAR = 32, 24
_HAS_YEAR = re.compile(YEAR)
_SHORT_YEAR = re.compile(r"(?<![\w./-])(\d{1,2})([./-])(\d{1,2})\2(\d\d)(?![\w/-]|\.\d)")
# Full-width forms, and the marks of direction that browsers put into dates.  One character for one: places stay.
_WIDE = {0xFF10 + n: 0x30 + n for n in range(10)} | {0xFF0F: "/", 0xFF0E: ".", 0xFF0D: "-", 0x200E: " ", 0x200F: " "}


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

    def read(self, month_first: bool) -> date:
        """The day, once it is known what comes first."""
        return self.other if month_first and self.other else self.on

    def iso(self, month_first: bool) -> str:
        """ISO 8601: `2025-08-28`, and `2025-08` where there is no day."""
        on = self.read(month_first).isoformat()
        return on if self.precision == "day" else on[:7]


@lru_cache(maxsize=1 << 12)
def printed_dates(text: str) -> tuple[PrintedDate, ...]:
    """Every date in the text that exists in the calendar and has a year of four digits, from left to right."""
    return tuple(_printed(text if text.isascii() else text.translate(_WIDE)))


def _printed(text: str) -> Iterator[PrintedDate]:
    at = 0
    for year in _HAS_YEAR.finditer(text):
        if year.start() < at:
            continue
        start, end = max(at, year.start() - _BEFORE_YEAR), year.end() + _AFTER_YEAR
        if not _DAY_OR_MONTH.search(text, start, year.start()) and not _DAY_OR_MONTH.search(text, year.end(), end):
            continue
        window = _FORMS.finditer(text, start, end)
        match = next((m for m in window if m.start() <= year.start() and year.end() <= m.end()), None)
        if match is None:
            continue
        at = match.end()
        found = _read(match)
        # `may` and `mars` also end or begin longer words; a name glued to a label (`UpdatedJanuary`) has a capital.
        if found and _stands_alone(text, match):
            yield found


def short_dates(text: str) -> Iterator[PrintedDate]:
    """Dates whose year has two digits, `28.08.25`: too many other things look like them outside of a date line."""
    for match in _SHORT_YEAR.finditer(text):
        first, between, second, year = match.groups()
        found = _of_numbers(match.span(), int(first), int(second), 2000 + int(year), dots=between == ".")
        if found:
            yield found


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    start = match.start()
    return start == 0 or not text[start - 1].isalpha() or not text[start].islower() or text[start - 1] > "\u2e7f"


def _read(match: re.Match[str]) -> PrintedDate | None:
    parts = match.groupdict()
    if parts["y3"]:
        dots = parts["s3"] == "."
        return _of_numbers(match.span(), int(parts["a3"]), int(parts["b3"]), int(parts["y3"]), dots=dots)
    year, month, day = next(
        (int(parts[f"y{n}"]), parts[f"m{n}"], parts.get(f"d{n}")) for n in "124567890" if parts[f"y{n}"]
    )
    number = int(month) if month.isdecimal() else MONTHS.get(month.lower().rstrip("."), 0)
    on = _day(year, number, int(day) if day else 1)
    return PrintedDate(*match.span(), on, precision="day" if day else "month") if on else None


def _of_numbers(span: tuple[int, int], first: int, second: int, year: int, *, dots: bool) -> PrintedDate | None:
    """A date whose month is a number; with dots the day comes first everywhere."""
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if day_first and month_first and first != second and not dots:
        return PrintedDate(*span, day_first, month_first)
    order = "" if day_first and month_first else "day" if day_first else "month"
    only = day_first or month_first
    return PrintedDate(*span, only, order=order) if only else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
