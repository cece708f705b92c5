"""Dates of date lines in one form: `Last updated: August 28, 2025` and `Last updated: 28/08/2025` have the same words.

Many pages have the reader's browser print their dates, so that the form follows the visitor and not the publisher.
"""

from __future__ import annotations

from collections.abc import Sequence

from clausetrail.parser.calendar_forms import PrintedDate
from clausetrail.parser.dates import date_line


def in_one_form(text: str) -> str:
    """The text, its dates in ISO 8601 if it is a date line; a date that could be two days (`8/11/2026`) stays.

    A function of the text alone, and idempotent.
    """
    return _written(text, [d for d in date_line(text) if d.other is None], month_first=False)


def resolved(text: str, *, month_first: bool) -> str:
    """The same, dates that could be two days included."""
    return _written(text, date_line(text), month_first=month_first)


def open_dates(text: str) -> tuple[PrintedDate, ...]:
    """The dates of a date line that could be two days."""
    return tuple(d for d in date_line(text) if d.other is not None) if "/" in text or "-" in text else ()


def _written(text: str, dates: Sequence[PrintedDate], *, month_first: bool) -> str:
    for printed in reversed(dates):
        before, after = text[: printed.start], text[printed.end :]
        gap = " " if before[-1:].isalnum() and before[-1] < "\u2e80" else ""
        end = " " if after[:1].isdigit() else ""
        text = f"{before}{gap}{printed.iso(month_first)}{end}{after}"
    return text
