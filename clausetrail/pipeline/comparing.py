"""The differ's comparison, with what only the parser can tell of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from clausetrail import differ
from clausetrail.errors import UsageError
from clausetrail.model import Change, ClauseTree, Comparison, RelationKind, Signal, Significance, UserRules
from clausetrail.settings import FILE, Settings

LOCALE = "locale"
"""Name of the signal of a change that the reader's locale made, and nobody else."""

_WORD = re.compile(r"[^\W_]+")
_PAIRS = frozenset({RelationKind.EDITED, RelationKind.MOVED_EDITED, RelationKind.REWRITTEN})
_ALIKE = 2
"""Letters at the beginning of a word that no spelling of it changes, nor any form of a month."""

Links = Sequence[tuple[tuple[int, ...], tuple[int, ...]]]


def compared(
    old: ClauseTree,
    new: ClauseTree,
    *,
    language: str = "",
    links: Links = (),
    apart: Collection[tuple[int, int]] = (),
    closed: bool = False,
    rules: UserRules = (),
    document: str = "",
) -> Comparison:
    """`differ.compare`, in which clauses that differ only in what a reader's locale decides (spelling, forms of dates
    and numbers) are typographic, with the signal `locale`, and come last; then `differ.overruled` by the workspace's
    rules for the document."""
    found = differ.compare(old, new, language=language, links=links, apart=apart, closed=closed)
    marked = tuple(_marked(found))
    if marked != found.changes:
        found = replace(found, changes=tuple(sorted(marked, key=lambda change: -change.importance)))
    return differ.overruled(found, rules, document)


def rules_of(workspace: Settings) -> UserRules:
    """The rules of significance that settings give.  Raises UsageError for a signal that there is not."""
    known = differ.SIGNALS | {LOCALE}
    for rule in workspace.significance:
        for name in rule.signals:
            if name not in known:
                raise UsageError(
                    f"{FILE}: the rule {rule.name!r} under [[significance]] names the signal {name!r}; known are"
                    f" {', '.join(sorted(known))}"
                )
    return workspace.significance


def _marked(comparison: Comparison) -> Iterator[Change]:
    before, after = (tuple(c.words for c in tree.walk()) for tree in (comparison.old, comparison.new))
    for change in comparison.changes:
        sides = [before[i] for i in change.old], [after[i] for i in change.new]
        if change.kind in _PAIRS and _maybe(*sides) and _is_flip(*sides):
            yield replace(change, significance=Significance.TYPOGRAPHIC, signals=(Signal(LOCALE),), importance=0.0)
        else:
            yield change


def _maybe(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether both sides have the same numbers, and every word that one alone has looks like one of the other's: most
    changes fail this at once."""
    before, after = (frozenset(_WORD.findall(" ".join(side).lower())) for side in (old, new))
    numbers, others = ({word.lstrip("0") for word in words if word.isdigit()} for words in (before, after))
    if numbers != others or (before == after and not numbers):
        return False
    gone, come = ({word[:_ALIKE] for word in words if word.isalpha()} for words in (before - after, after - before))
    return gone == come


def _is_flip(old: Sequence[str], new: Sequence[str]) -> bool:
    from clausetrail.parser.locale_flip import locale_flip  # few comparisons come so far

    return locale_flip(old, new)
