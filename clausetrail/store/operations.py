"""Word operations as their lengths: `=12-3+5` keeps twelve characters, deletes three, inserts five.

The words of both sides are in the store already, so nothing else is needed to say the operations again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from clausetrail.errors import StoreError
from clausetrail.model import JOINT, Operation, OperationKind
from clausetrail.store.codec import clean

_SIGNS = {OperationKind.EQUAL: "=", OperationKind.DELETE: "-", OperationKind.INSERT: "+"}
_KINDS = {sign: kind for kind, sign in _SIGNS.items()}
_RUN = re.compile(r"([=+-])(\d+)")


def encode(operations: Iterable[Operation], old: str, new: str) -> str:
    """The operations, which must turn `old` into `new` to the character.  Raises StoreError if they do not.

    There may be none at all where the two are equal.
    """
    runs, before, after = [], [], []
    for operation in operations:
        text = clean(operation.text)
        runs.append(f"{_SIGNS[operation.kind]}{len(text)}")
        if operation.kind is not OperationKind.INSERT:
            before.append(text)
        if operation.kind is not OperationKind.DELETE:
            after.append(text)
    if (runs or old != new) and ("".join(before) != old or "".join(after) != new):
        raise StoreError("word operations do not replay; nothing was recorded, this is a fault of the differ")
    return "".join(runs)


def decode(runs: str, old: str, new: str) -> tuple[Operation, ...]:
    """The operations again, from `encode` and the words of both sides."""
    found, at_old, at_new = [], 0, 0
    for sign, digits in _RUN.findall(runs):
        length = int(digits)
        if sign == "+":
            text = new[at_new : at_new + length]
        else:
            text = old[at_old : at_old + length]
            at_old += length
        if sign != "-":
            at_new += length
        found.append(Operation(_KINDS[sign], text))
    return tuple(found)


def joined(words: Sequence[str], positions: Iterable[int]) -> str:
    """The words of one side of a change."""
    return JOINT.join(clean(words[position]) for position in positions)
