"""Word operations, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from clausetrail.model import JOINT, Change, Operation, OperationKind, Place

CELL_SEPARATOR = " | "
"""Stands between the cells of a row."""

PILCROW = " ¶ "
"""Shown where one clause ends and the next begins in a change over several."""


def complete(change: Change, old: Sequence[Place], new: Sequence[Place]) -> tuple[Operation, ...]:
    """The change's operations; where it was recorded without, those that its clauses imply: all removed, all added,
    or the words kept."""
    if change.operations:
        return change.operations
    before = JOINT.join(old[position].clause.words for position in change.old)
    after = JOINT.join(new[position].clause.words for position in change.new)
    if before == after:
        runs = [(OperationKind.EQUAL, after)]
    else:
        runs = [(OperationKind.DELETE, before), (OperationKind.INSERT, after)]
    return tuple(Operation(kind, text) for kind, text in runs if text)


def shown(operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """The same with `PILCROW` for the joints between clauses."""
    return tuple(Operation(each.kind, each.text.replace(JOINT, PILCROW)) for each in operations)


def in_cells(operations: Sequence[Operation], columns: Sequence[str]) -> tuple[tuple[str, tuple[Operation, ...]], ...]:
    """The operations of a row, cut where a cell begins: (what its column is called, operations of the cell).

    `columns` are those of the new row, of the old one where it was removed.  Where they do not fit the cells, and where
    there are none, the operations stay in one piece.  Joined together again they say what they did before.
    """
    gone = all(each.kind is OperationKind.DELETE for each in operations)
    shows = (OperationKind.EQUAL, OperationKind.DELETE if gone else OperationKind.INSERT)
    row = "".join(each.text for each in operations if each.kind in shows)
    cells = row.split(CELL_SEPARATOR)
    if len(cells) != len(columns):
        return ((CELL_SEPARATOR.join(columns), tuple(operations)),)
    ends = list(accumulate(len(cell) + len(CELL_SEPARATOR) for cell in cells))[:-1]
    return tuple(zip(columns, _parted(operations, ends, shows), strict=True))


def _parted(
    operations: Sequence[Operation], ends: Sequence[int], shows: Sequence[OperationKind]
) -> list[tuple[Operation, ...]]:
    """The operations cut at these offsets into the text of the kinds that show."""
    parts: list[list[Operation]] = [[]]
    at = 0
    for each in operations:
        start = 0
        if each.kind in shows:
            for end in ends[len(parts) - 1 :]:
                if end > at + len(each.text):
                    break
                parts[-1].append(Operation(each.kind, each.text[start : end - at]))
                parts.append([])
                start = end - at
            at += len(each.text)
        if start < len(each.text):
            parts[-1].append(Operation(each.kind, each.text[start:]))
    return [tuple(each for each in part if each.text) for part in parts]


def elided(operations: Sequence[Operation], keep: int) -> tuple[Operation, ...]:
    """The same with long runs of kept words cut to about `keep` characters beside each edit, `…` for what is left
    out.  Runs that are all that there is are cut at their end."""
    last = len(operations) - 1
    return tuple(
        Operation(each.kind, _cut(each.text, keep, opens=index > 0 or last == 0, closes=index < last))
        if each.kind is OperationKind.EQUAL
        else each
        for index, each in enumerate(operations)
    )


def _cut(text: str, keep: int, *, opens: bool, closes: bool) -> str:
    """`opens`: keep the beginning, which follows an edit; `closes`: keep the end, which precedes one."""
    if len(text) <= keep * (opens + closes) + keep // 2:
        return text
    head = _head(text, keep) if opens else ""
    tail = _head(text[::-1], keep)[::-1] if closes else ""
    return f"{head}…{tail}"


def _head(text: str, keep: int) -> str:
    """The first `keep` characters, or somewhat fewer so as to end between two words."""
    cut = text.rfind(" ", keep * 2 // 3, keep + 1)
    return text[:cut] + " " if cut > 0 else text[:keep]


def tightened(operations: Sequence[Operation]) -> Iterator[Operation]:
    """The same with the white space at the edges of deletions and insertions moved into kept runs of its own, so
    that a marker touches a word.  A deletion or insertion of nothing but white space becomes that space, or nothing."""
    for each in operations:
        body = each.text.strip()
        if each.kind is OperationKind.EQUAL or body == each.text:
            yield each
        elif not body:
            yield Operation(OperationKind.EQUAL, each.text if each.kind is OperationKind.INSERT else "")
        else:
            start = each.text.index(body)
            yield Operation(OperationKind.EQUAL, each.text[:start])
            yield Operation(each.kind, body)
            yield Operation(OperationKind.EQUAL, each.text[start + len(body) :])
