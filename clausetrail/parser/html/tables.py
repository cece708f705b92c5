"""Tables that hold data, and tables that only place things on the page."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from clausetrail.parser.columns import Cell
from clausetrail.parser.html.names import HEADINGS
from clausetrail.parser.inline import Inline

_PARTS = ("tr", "tbody", "thead", "tfoot")
_LOOK = 60
"""Rows that are looked at."""
_PAGE = 800
_MOST = 0.7
_LINES = 4
_PAIR = 2
_NUMBER = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zA-Z]|[ivxIVX]{1,5})[.)\]]\.?")
_WIDEST, _DIGITS = 100, 5
"""Columns or rows that one cell takes at most."""


def is_data(table: etree._Element) -> bool:
    """Whether each row of the table is one clause.

    It is not where the table says that it is for presentation, where a table or a heading lies in it, where no row
    has two cells with text, where it is one row alone, where one cell of many lines holds most of its text, or where
    it sets numbers beside what they number.
    """
    if table.get("role") in ("presentation", "none"):
        return False
    if next(islice(table.iter("table"), 1, None), None) is not None:
        return False
    if next(table.iter(*HEADINGS), None) is not None:
        return False
    rows = list(islice(table.iter("tr"), _LOOK))
    return len(rows) > 1 and any(_has_two_cells(row) for row in rows) and not _holds_page(rows) and not _is_list(rows)


def _holds_page(rows: list[etree._Element]) -> bool:
    cells = [(sum(map(len, map(str, cell.itertext()))), cell) for row in rows for cell in row]
    size, largest = max(cells, key=lambda cell: cell[0], default=(0, None))
    if largest is None or size < _PAGE or size < _MOST * sum(size for size, _ in cells):
        return False
    return len(list(islice(largest.iter("p", "br", "li", "div"), _LINES))) == _LINES


def _is_list(rows: list[etree._Element]) -> bool:
    """Two cells in each row, a number with its punctuation before what it numbers: a list set as a table."""
    if any(len(row) != _PAIR for row in rows):
        return False
    numbers = ["".join(map(str, row[0].itertext())).strip() for row in rows]
    return all(map(_NUMBER.fullmatch, numbers)) and len(set(numbers)) == len(numbers)


def _has_two_cells(row: etree._Element) -> bool:
    cells = (cell for cell in row if cell.tag in ("td", "th"))
    filled = (cell for cell in cells if any(text.strip() for text in cell.itertext()))
    return len(list(islice(filled, 2))) == 2


def is_head(row: etree._Element) -> bool:
    """Whether the row is marked up as part of the table's header."""
    parent = row.getparent()
    return parent is not None and parent.tag == "thead"


def cell_of(element: etree._Element, inline: Inline) -> Cell:
    names = element.tag == "th" and element.get("scope") not in ("row", "rowgroup")
    return Cell(inline, names, _span(element, "colspan"), _span(element, "rowspan"))


def _span(element: etree._Element, name: str) -> int:
    said = (element.get(name) or "").strip()
    return min(max(1, int(said)), _WIDEST) if said.isdecimal() and len(said) < _DIGITS else 1
