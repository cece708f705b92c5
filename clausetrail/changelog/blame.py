"""`blame` on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from clausetrail.changelog import dates, tree
from clausetrail.changelog.styled import Line, Span, Style, line, padded
from clausetrail.model import BlameLine, Version

_HEAD = ("changed", "since", "", "clause")


def blame_lines(document: str, lines: Sequence[BlameLine]) -> list[Line]:
    """Each clause in reading order; before it the version and dates that last changed its words, those that introduced
    it where that was another, and its lineage (`L12`), by which `history` finds it."""
    head = line(Span(document, Style.HEADING))
    if not lines:
        return [head, line("No clauses.")]
    rows = [(_when(one.changed), _since(one), f"L{one.lineage}") for one in lines]
    widths = [max(map(len, column)) for column in zip(_HEAD[:3], *rows, strict=True)]
    title = "  ".join(padded(cell, width) for cell, width in zip(_HEAD[:3], widths, strict=True))
    levels: dict[int, int] = {}
    made = [head, line(Span(f"{title}  {_HEAD[3]}", Style.MUTED))]
    for one, row in zip(lines, rows, strict=True):
        level = levels[one.place.position] = levels.get(one.place.parent, -1) + 1
        styles = (Style.CHANGED, Style.MUTED, Style.LABEL)
        before = tuple(Span(f"{padded(row[i], widths[i])}  ", styles[i]) for i in range(3))
        made.append(tree.clause_line(one.place.clause, indent=2 * level, before=before))
    return made


def _when(version: Version) -> str:
    return f"v{version.number} {dates.interval(version)}"


def _since(one: BlameLine) -> str:
    return "" if one.introduced.number == one.changed.number else _when(one.introduced)
