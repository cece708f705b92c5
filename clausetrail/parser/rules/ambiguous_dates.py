"""`8/11/2026` in a date line is put into ISO 8601 as the page's other dates prove, else as its language has it."""

from __future__ import annotations

from dataclasses import replace

from clausetrail.parser.block import Page
from clausetrail.parser.date_lines import open_dates, resolved
from clausetrail.parser.dates import date_line, month_first
from clausetrail.parser.language import language_of, with_region


def ambiguous_dates(page: Page) -> None:
    found = [i for i, block in enumerate(page.blocks) if open_dates(block.words)]
    if not found:
        return
    orders = {d.order for block in page.blocks for d in date_line(block.text)}
    language = with_region(language_of(block.words for block in page.blocks), page.language)
    first = month_first(orders, language)
    for i in found:
        page.blocks[i] = replace(page.blocks[i], words=resolved(page.blocks[i].words, month_first=first))
