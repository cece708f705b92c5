"""Tables of simple shape: lines whose parts stand under one another are rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from clausetrail.parser.pdf.lines import Line, Segment

_NEAR = 1.15
_SLACK = 3.0
_LONGEST = 200
"""Lines of one table."""
_MOST_COLUMNS = 20


@dataclass(slots=True)
class Table:
    rows: list[list[list[Line]]] = field(default_factory=list)
    """Row → one cell for each column → lines of one segment each; an empty cell has none."""

    @property
    def first(self) -> Line:
        return next(cell[0] for cell in self.rows[0] if cell)


def with_tables(lines: list[Line], pitch: float) -> list[Line | Table]:
    """The lines, with those that make up a table gathered into it."""
    made: list[Line | Table] = []
    i = 0
    while i < len(lines):
        end = _end(lines, i, pitch)
        if end > i:
            made.append(_table(lines[i:end], pitch))
        else:
            made.append(lines[i])
        i = max(end, i + 1)
    return made


def _end(lines: list[Line], start: int, pitch: float) -> int:
    """Where the table that begins here ends; where it begins if there is none."""
    if not 2 <= len(lines[start].segments) <= _MOST_COLUMNS:
        return start
    columns = [(s.x0, s.x1) for s in lines[start].segments]
    end, rows = start, 0
    bands = {_band(line) for line in lines[start : start + _LONGEST] if len(line.segments) > 1}
    for i in range(start, min(start + _LONGEST, len(lines))):
        line = lines[i]
        if (line.page, line.column) != (lines[start].page, lines[start].column) or not _fits(line, columns):
            break
        if _is_enclosed(lines[start]) and not _is_enclosed(line):
            break
        if len(line.segments) < 2 and not _is_inside(lines[i - 1], line, bands, pitch):
            break
        rows += len(line.segments) >= 2
        columns = _widened(columns, line)
        end = i + 1
    return end if rows >= 2 else start


def _fits(line: Line, columns: list[tuple[float, float]]) -> bool:
    """Every segment lies in one column, and no two in the same."""
    if len(line.segments) > len(columns):
        return False
    places = [_place(segment, columns) for segment in line.segments]
    return None not in places and len(set(places)) == len(places)


def _place(segment: Segment, columns: list[tuple[float, float]]) -> int | None:
    within = [i for i, (x0, x1) in enumerate(columns) if segment.x0 < x1 + _SLACK and segment.x1 > x0 - _SLACK]
    return within[0] if len(within) == 1 else None


def _widened(columns: list[tuple[float, float]], line: Line) -> list[tuple[float, float]]:
    wide = list(columns)
    for segment in line.segments:
        place = _place(segment, columns)
        if place is not None:
            wide[place] = (min(wide[place][0], segment.x0), max(wide[place][1], segment.x1))
    return wide


def _is_inside(before: Line, line: Line, bands: set[float], pitch: float) -> bool:
    """A line with one cell goes on with a row: it stands close under it, or between the same two ruled lines."""
    if _ruled_apart(before, line):
        return _band(line) in bands
    return line.y - before.y <= _NEAR * max(pitch, line.style.size)


def _is_enclosed(line: Line) -> bool:
    """A ruled line runs above it and another one below."""
    return bool(line.rules) and line.rules[0] < line.y < line.rules[-1]


def _band(line: Line) -> float:
    """Height of the ruled line above it; minus one where there is none."""
    return max((round(y) for y in line.rules if y < line.y), default=-1)


def _ruled_apart(before: Line, line: Line) -> bool:
    return any(before.y + 1 < y < line.y - 1 for y in line.rules)


def _table(lines: list[Line], pitch: float) -> Table:
    columns: list[tuple[float, float]] = [(s.x0, s.x1) for s in lines[0].segments]
    for line in lines:
        columns = _widened(columns, line)
    ruled = any(_ruled_apart(a, b) for a, b in pairwise(lines))
    table = Table()
    for number, line in enumerate(lines):
        if number == 0 or _begins_row(lines[number - 1], line, columns, ruled=ruled, pitch=pitch):
            table.rows.append([[] for _ in columns])
        for segment in line.segments:
            place = _place(segment, columns) or 0
            table.rows[-1][place].append(_alone(line, segment))
    return table


def _begins_row(before: Line, line: Line, columns: list[tuple[float, float]], *, ruled: bool, pitch: float) -> bool:
    if ruled:
        return _ruled_apart(before, line)
    if line.y - before.y > _NEAR * max(pitch, line.style.size):
        return True
    return _place(line.segments[0], columns) == 0 and len(line.segments) > 1


def _alone(line: Line, segment: Segment) -> Line:
    return Line([segment], line.page, line.column, line.y, line.height, line.style, segment.text, line.rules)
