"""Several pages of one document, read as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clausetrail.model import Clause, ClauseKind, ClauseTree, Reading


def joined(readings: Sequence[Reading]) -> Reading:
    """Pages in order, one below the other; dates and announcements keep to their clauses."""
    if len(readings) == 1:
        return readings[0]
    root = Clause(ClauseKind.SECTION, "", children=tuple(c for r in readings for c in r.tree.root.children))
    dates, entries, offset = [], [], 0
    for reading in readings:
        dates += [replace(d, position=d.position + offset) for d in reading.declared]
        entries += [replace(e, position=e.position + offset) for e in reading.announcements]
        offset += sum(1 for _ in reading.tree.walk())
    first = readings[0]
    return Reading(ClauseTree(root), first.verdict, tuple(dates), tuple(entries), first.language, first.title)
