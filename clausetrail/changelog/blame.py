"""`blame` on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from clausetrail.changelog import dates, tree
from clausetrail.changelog.styled import BLANK, Line, Span, Style, line, padded
from clausetrail.model import BlameLine, Version


def blame_lines(document: str, lines: Sequence[BlameLine]) -> list[Line]:
    """Each clause in reading order, after its lineage (`L12`), by which `history` finds it.  Neighbours that the same
    versions changed and introduced stand under one line that names both, with their dates."""
    made = [line(Span(document, Style.HEADING))]
    if not lines:
        return [*made, line("No clauses.")]
    width = max(len(str(one.lineage)) for one in lines) + 1
    levels: dict[int, int] = {}
    before = None
    for one in lines:
        group = one.changed.number, one.introduced.number
        if group != before:
            made += [BLANK, _group_line(one)]
        before = group
        level = levels[one.place.position] = levels.get(one.place.parent, -1) + 1
        gutter = (Span(f"  {padded(f'L{one.lineage}', width)}  ", Style.LABEL),)
        made.append(tree.clause_line(one.place.clause, indent=2 * level, before=gutter))
    return made


def _group_line(one: BlameLine) -> Line:
    if one.introduced.number == one.changed.number:
        return line(Span(f"since {_when(one.changed)}", Style.CHANGED))
    return line(
        Span(f"changed {_when(one.changed)}", Style.CHANGED), Span(f"  since {_when(one.introduced)}", Style.MUTED)
    )


def _when(version: Version) -> str:
    return f"v{version.number} {dates.interval(version)}"
