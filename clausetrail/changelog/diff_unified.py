"""A comparison as a unified diff over clauses, one line each, that `patch` applies."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from clausetrail.changelog import dates
from clausetrail.changelog.safe import visible
from clausetrail.errors import UsageError
from clausetrail.model import Clause, ClauseKind, ClauseTree, Diff, End, RelationKind


def clause_lines(tree: ClauseTree) -> list[str]:
    """The lines that `diff_unified` is over, without line feeds: one per clause in reading order, label and words,
    headings marked by `#`, the others indented by their depth."""
    return [_clause_line(clause) for clause in tree.walk()]


def _clause_line(clause: Clause) -> str:
    mark = "#" * clause.depth if clause.kind is ClauseKind.SECTION else "  " * clause.depth
    text = " ".join(filter(None, (visible(clause.label), visible(clause.words))))
    return f"{mark} {text}".rstrip() if clause.kind is ClauseKind.SECTION else f"{mark}{text}"


def diff_unified(diff: Diff, *, context: int = 3, only: Collection[RelationKind] = ()) -> str:
    """A unified diff (POSIX `diff -u`) from `clause_lines` of the old end to those of the new one, each line ended by
    a line feed; empty where they are the same.  Moves show as a removal and an addition.  Raises UsageError
    if `only` is not empty: a patch of some changes would not lead to the new end."""
    if only:
        raise UsageError(
            "--only cannot go with the unified format, whose lines must lead from one end to the other; leave one out",
            document=diff.document,
        )
    lines = difflib.unified_diff(
        clause_lines(diff.old.tree),
        clause_lines(diff.new.tree),
        _file_name(diff, diff.old),
        _file_name(diff, diff.new),
        _time(diff.old),
        _time(diff.new),
        n=context,
        lineterm="",
    )
    return "".join(f"{line}\n" for line in lines)


def _file_name(diff: Diff, end: End) -> str:
    return visible(f"{diff.document}@{end.version.number}" if end.version else end.asked) or "empty"


def _time(end: End) -> str:
    return dates.moment(end.version.first_seen) or "" if end.version else ""
