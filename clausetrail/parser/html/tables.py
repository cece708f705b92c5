"""Tables that hold data, and tables that only place things on the page."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from clausetrail.parser.html.names import HEADINGS

_PARTS = ("tr", "tbody", "thead", "tfoot")
_LOOK = 60
"""Rows that are looked at."""
_PAGE = 800
_MOST = 0.7
_LINES = 4


def is_data(table: etree._Element) -> bool:
    """Whether each row of the table is one clause.

    It is not where the table says that it is for presentation, where a table or a heading lies in it, where no row
    has two cells with text, where it is one row alone, or where one cell of many lines holds most of its text.
    """
    if table.get("role") in ("presentation", "none"):
        return False
    if next(islice(table.iter("table"), 1, None), None) is not None:
        return False
    if next(table.iter(*HEADINGS), None) is not None:
        return False
    rows = list(islice(table.iter("tr"), _LOOK))
    return len(rows) > 1 and any(_has_two_cells(row) for row in rows) and not _holds_page(rows)


def _holds_page(rows: list[etree._Element]) -> bool:
    cells = [(sum(map(len, map(str, cell.itertext()))), cell) for row in rows for cell in row]
    size, largest = max(cells, key=lambda cell: cell[0], default=(0, None))
    if largest is None or size < _PAGE or size < _MOST * sum(size for size, _ in cells):
        return False
    return len(list(islice(largest.iter("p", "br", "li", "div"), _LINES))) == _LINES


def _has_two_cells(row: etree._Element) -> bool:
    cells = (cell for cell in row if cell.tag in ("td", "th"))
    filled = (cell for cell in cells if any(text.strip() for text in cell.itertext()))
    return len(list(islice(filled, 2))) == 2
