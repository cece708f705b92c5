"""Words, operations and marks as styled spans: pieces that the terminal views share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from clausetrail.changelog.operations import elided, shown
from clausetrail.changelog.styled import Line, Span, Style, line
from clausetrail.model import Operation, OperationKind, RelationKind, Significance

KIND_STYLES = {
    RelationKind.SAME: Style.MUTED,
    RelationKind.RELABELLED: Style.LABEL,
    RelationKind.EDITED: Style.CHANGED,
    RelationKind.MOVED: Style.MOVED,
    RelationKind.MOVED_EDITED: Style.MOVED,
    RelationKind.SPLIT: Style.CHANGED,
    RelationKind.MERGED: Style.CHANGED,
    RelationKind.REWRITTEN: Style.CHANGED,
    RelationKind.ADDED: Style.ADDED,
    RelationKind.REMOVED: Style.REMOVED,
}

KEEP = 72
"""Characters of unchanged words kept beside an edit on a terminal."""


def weight_style(value: Significance | None) -> Style:
    """Substantive changes, and those that nobody assessed, stand out."""
    return Style.WARNING if value in (Significance.SUBSTANTIVE, Significance.NOT_ASSESSED) else Style.MUTED


def words(operations: Sequence[Operation], kind: RelationKind, *, keep: int = KEEP) -> Iterator[Span]:
    """The operations of a change.  A clause that is wholly added or removed is told by its kind and takes the style of
    it; inside others, insertions and deletions have styles of their own, which show without colour too."""
    whole = {RelationKind.ADDED: Style.ADDED, RelationKind.REMOVED: Style.REMOVED}.get(kind)
    styles = {
        OperationKind.EQUAL: Style.MUTED if kind is RelationKind.SAME else Style.PLAIN,
        OperationKind.INSERT: whole or Style.INSERTED,
        OperationKind.DELETE: whole or Style.DELETED,
    }
    for each in elided(shown(operations), keep):
        yield Span(each.text, styles[each.kind])


def cells(told: Iterable[tuple[str, Sequence[Operation]]], kind: RelationKind, *, keep: int = KEEP) -> Iterator[Span]:
    """The same for a row in its cells, each after what its column is called, which is no word of the row."""
    for name, operations in told:
        yield column(name)
        yield from words(operations, kind, keep=keep)


def column(name: str) -> Span:
    """What a column is called, before a cell of it; nothing where it is called nothing."""
    return Span(f"[{name}:] " if name else "", Style.MUTED)


def fact(name: str, value: str, *, style: Style = Style.MUTED, width: int = 0) -> Line:
    """`name  value`, wrapped under the value."""
    return line(Span(f"{name:<{width}}", Style.MUTED), Span(value, style), indent=width)
