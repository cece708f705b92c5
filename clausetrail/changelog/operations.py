"""Word operations, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clausetrail.model import JOINT, Change, Operation, OperationKind, Place

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
