"""A workspace's own rules: one class up or down, and a signal that says so.

Their regular expressions are RE2's, which reads a text once, whatever the expression (Cox, "Regular Expression Matching
Can Be Simple And Fast", 2007).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from clausetrail.differ.compare import MOST_READ_OF_ALL, RANK, reclassed
from clausetrail.differ.lexicon import Lexicon, term
from clausetrail.differ.rules import DECLARED, ORDER
from clausetrail.differ.significance import BY_SIZE
from clausetrail.model import Change, Comparison, OperationKind, Signal, Significance, UserRule, UserRules

SIGNALS = frozenset(ORDER) | BY_SIZE | {DECLARED}
"""What a rule can name."""
RAISED, LOWERED = "raised", "lowered"
"""Names of the signals that tell of a rule."""


def overruled(comparison: Comparison, rules: UserRules, document: str = "") -> Comparison:
    """The comparison as the rules for a document (`publisher/document`) want it, most important change first.

    The first rule that fits a change decides.  It gives the change a class and a signal, `raised` or `lowered`, with
    the class from before on the old side, and the new one and the rule's name on the new; a change that is there
    already, or beyond, stays as it is, and what is NOT_ASSESSED is never lowered.  Without a rule that fits, the same
    comparison.  Of all changes together the rules read `MOST_READ_OF_ALL` characters; later ones stay as they are.
    """
    governing = [rule for rule in rules if governs(rule, document)]
    if not governing or not comparison.changes:
        return comparison
    sides = tuple(tuple(clause.words for clause in tree.walk()) for tree in (comparison.old, comparison.new))
    changes, left = [], MOST_READ_OF_ALL
    for change in comparison.changes:
        texts = _turned(change), _whole(change, *sides)
        left -= max(map(len, texts))
        changes.append(_judged(change, governing, *texts) if left >= 0 else change)
    return replace(comparison, changes=tuple(sorted(changes, key=lambda c: -c.importance)))


def governs(rule: UserRule, document: str) -> bool:
    """Whether a rule is for a document; one that names none is for all, and for files too."""
    names = (document, document.partition("/")[0])
    return not rule.documents or any(name and fnmatchcase(name, each) for each in rule.documents for name in names)


def _judged(change: Change, rules: Sequence[UserRule], turned: str, whole: str) -> Change:
    for rule in rules:
        if _fits(rule, change, whole if rule.whole else turned):
            return _moved(change, rule)
    return change


def _fits(rule: UserRule, change: Change, text: str) -> bool:
    if rule.signals and not any(signal.name in rule.signals for signal in change.signals):
        return False
    if rule.words and not _lexicon(rule.words).find(text):
        return False
    return not rule.pattern or _compiled(rule.pattern).search(text) is not None


def _moved(change: Change, rule: UserRule) -> Change:
    before, after = change.significance, rule.significance
    if not rule.raises and before is Significance.NOT_ASSESSED:
        return change
    if (RANK[after] > RANK[before]) is not rule.raises or before is after:
        return change
    name = RAISED if rule.raises else LOWERED
    return reclassed(change, after, Signal(name, before.value, f"{after.value} ({rule.name})"))


def _turned(change: Change) -> str:
    """What came and what went, run by run."""
    return "\n".join(o.text for o in change.operations if o.kind is not OperationKind.EQUAL)


def _whole(change: Change, old: Sequence[str], new: Sequence[str]) -> str:
    return "\n".join([*(old[at] for at in change.old), *(new[at] for at in change.new)])


@cache
def _lexicon(words: tuple[str, ...]) -> Lexicon:
    return Lexicon(term(word, "", word) for word in words)


@cache
def _compiled(pattern: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)
