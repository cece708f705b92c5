"""One line for a lineage or a change, as a list or a label shows it."""

from __future__ import annotations

from collections.abc import Sequence

from clausetrail.model import PATH_SEPARATOR, Change, Operation, OperationKind, Place, RelationKind

_WIDTH = 40
_PARTS, _PART = 2, 30


def short(text: str, width: int = _WIDTH) -> str:
    """The beginning of a text, cut where it grows long."""
    text = " ".join(text[: width * 4].split())
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def change_title(change: Change, old: Sequence[Place], new: Sequence[Place]) -> str:
    """`edited: 2 › Respect privacy: “must” → “may”`."""
    after = [new[position] for position in change.new]
    before = [old[position] for position in change.old]
    where = (after or before)[0]
    parts = [change.kind.value, _where(where), _gist(change, before, after)]
    return ": ".join(part for part in parts if part)


def _where(place: Place) -> str:
    """The end of an outline path."""
    return PATH_SEPARATOR.join(short(part, _PART) for part in place.path.split(PATH_SEPARATOR)[-_PARTS:])


def _gist(change: Change, before: Sequence[Place], after: Sequence[Place]) -> str:
    match change.kind:
        case RelationKind.ADDED | RelationKind.REMOVED:
            # The path says which clause; its words are a step away, and would double the table.
            return ""
        case RelationKind.RELABELLED:
            return f"“{short(before[0].clause.label)}” → “{short(after[0].clause.label)}”"
        case RelationKind.MOVED:
            return f"from {_where(before[0])}"
        case RelationKind.SPLIT:
            return f"into {len(after)}"
        case RelationKind.MERGED:
            return f"from {len(before)}"
        case _:
            return _first_edit(change.operations)


def _first_edit(operations: Sequence[Operation]) -> str:
    """The first words that went, and those that came in their place."""
    gone, come = "", ""
    for operation in operations:
        if operation.kind is OperationKind.EQUAL:
            if gone or come:
                break
        elif operation.kind is OperationKind.DELETE:
            gone += operation.text
        else:
            come += operation.text
    return f"“{short(gone)}” → “{short(come)}”" if gone or come else ""
