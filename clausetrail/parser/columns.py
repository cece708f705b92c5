"""What the header of a table calls the columns of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from clausetrail.parser.inline import Inline

_BETWEEN = " › "
_LONGEST = 80
"""Characters of the name of a column; a longer cell is text."""
_DEEPEST = 3
"""Rows of a header."""
_WIDEST = 100


class Cell(NamedTuple):
    """One cell of a row, in the order of the source."""

    inline: Inline
    names: bool = False
    """It is marked up as the header of its column."""
    across: int = 1
    """Columns that it takes."""
    down: int = 1
    """Rows that it takes."""


class Columns:
    """The columns of one table, learnt from its rows, which come one after the other."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._taken: dict[int, int] = {}
        """Column -> how many of the next rows a cell above reaches into."""
        self._rows = 0
        """Those with words."""
        self._deep = 0
        """Rows of the header that was read last, while no other row has followed."""
        self._bold = False
        """The first row is a header for its bold letters alone."""

    def of(self, cells: Sequence[Cell], *, head: bool = False) -> tuple[str, ...]:
        """For each cell of a row that is not empty the name of its column, `""` where it has none; nothing at all for a
        row of the header, and where no column has a name.  `head`: the row is marked up as part of the header.

        A header is what is marked up as one, or a first row all in bold above one that is not.  It has two cells at
        least: one alone is a caption.
        """
        filled = [(at, cell) for at, cell in self._placed(cells) if cell.inline.text.strip()]
        self._rows += bool(filled)
        bold = all(_is_bold(cell.inline) for _, cell in filled)
        by_bold = bold and self._rows == 1
        named = (head or by_bold or all(cell.names for _, cell in filled)) and _are_names(filled)
        if named:
            self._learn(filled)
            self._bold = by_bold and not head
            return ()
        if self._bold and bold and self._rows == 2:
            self._names = {}
        self._deep = 0
        names = tuple(self._names.get(at, "") for at, _ in filled)
        return names if any(names) else ()

    def _learn(self, filled: list[tuple[int, Cell]]) -> None:
        """The names of a row of the header, under those of the row right above it."""
        above = self._names if 0 < self._deep < _DEEPEST else {}
        self._deep = self._deep % _DEEPEST + 1
        self._names = dict(above)
        for at, cell in filled:
            name = " ".join(cell.inline.text.split())
            for column in range(at, min(at + cell.across, _WIDEST)):
                over = above.get(column, "")
                self._names[column] = f"{over}{_BETWEEN}{name}" if over else name

    def _placed(self, cells: Sequence[Cell]) -> list[tuple[int, Cell]]:
        """Each cell with the number of its first column."""
        taken, self._taken = self._taken, {column: rows - 1 for column, rows in self._taken.items() if rows > 1}
        placed, column = [], 0
        for cell in cells:
            while column in taken:
                column += 1
            placed.append((column, cell))
            end = min(column + cell.across, max(column + 1, _WIDEST))
            if cell.down > 1:
                self._taken |= dict.fromkeys(range(column, end), cell.down - 1)
            column = end
        return placed


def _are_names(filled: list[tuple[int, Cell]]) -> bool:
    return len(filled) > 1 and all(len(cell.inline.text) <= _LONGEST for _, cell in filled)


def _is_bold(inline: Inline) -> bool:
    return inline.bold[0] == 0 and inline.bold[1] >= len(inline.text.rstrip())
