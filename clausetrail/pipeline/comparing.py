"""The differ's comparison, with what only the parser can tell of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from clausetrail import differ
from clausetrail.model import Change, ClauseTree, Comparison, RelationKind, Signal, Significance
from clausetrail.parser.locale_flip import locale_flip

LOCALE = "locale"
"""Name of the signal of a change that the reader's locale made, and nobody else."""

_PAIRS = frozenset({RelationKind.EDITED, RelationKind.MOVED_EDITED, RelationKind.REWRITTEN})
_WORDS_APART = 4
"""By how many words the forms of a date may differ."""

Links = Sequence[tuple[tuple[int, ...], tuple[int, ...]]]


def compared(
    old: ClauseTree,
    new: ClauseTree,
    *,
    language: str = "",
    links: Links = (),
    apart: Collection[tuple[int, int]] = (),
    closed: bool = False,
) -> Comparison:
    """`differ.compare`, in which clauses that differ only in what a reader's locale decides (spelling, forms of dates
    and numbers) are typographic, with the signal `locale`, and come last."""
    found = differ.compare(old, new, language=language, links=links, apart=apart, closed=closed)
    marked = tuple(_marked(found))
    if marked == found.changes:
        return found
    return replace(found, changes=tuple(sorted(marked, key=lambda change: -change.importance)))


def _marked(comparison: Comparison) -> Iterator[Change]:
    before, after = (tuple(c.words for c in tree.walk()) for tree in (comparison.old, comparison.new))
    for change in comparison.changes:
        sides = [before[i] for i in change.old], [after[i] for i in change.new]
        if change.kind in _PAIRS and _near(*sides) and locale_flip(*sides):
            yield replace(change, significance=Significance.TYPOGRAPHIC, signals=(Signal(LOCALE),), importance=0.0)
        else:
            yield change


def _near(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the sides are of one length, as only forms that differ leave them: most changes are not."""
    return abs(sum(w.count(" ") for w in old) - sum(w.count(" ") for w in new)) <= _WORDS_APART
