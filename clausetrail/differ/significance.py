"""What a change weighs: its significance, and the signals that decided it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from clausetrail.differ.declared import declares_date
from clausetrail.differ.lexicon import Found
from clausetrail.differ.qualified import naming, qualified
from clausetrail.differ.rules import Rule, rules
from clausetrail.differ.tokens import cut, tokens
from clausetrail.model import Operation, OperationKind, RelationKind, Signal, Significance

NEW_TEXT = 6
"""Words that come or go in an edit from which it is substantive whatever they are."""
TINY = 2
"""Added or removed paragraphs of so many words or fewer are editorial unless a rule speaks; an item of a list never is,
if it names anything."""
_SPELLING = 0.85
"""Likeness of letters from which one word is another spelling, or another number, of the same word."""
_CONTEXT = 40
"""Characters of kept text on either side of a changed run that the rules see with it."""
MOST_READ = 100_000
"""Characters around changed runs that rules read on each side.  A longer change is substantive for its size alone; what
it says beyond is not told."""
_LONGEST_WORD = 400
_SHOWN = 4
BY_SIZE = frozenset({"new-text", "added", "removed", "qualified"})
"""Signals that weigh nothing, and yet decide."""
_BREAK = " ¦ "


@dataclass(frozen=True, slots=True)
class Weighed:
    """Significance with its reasons."""

    significance: Significance
    signals: tuple[Signal, ...]
    weight: float
    """Joint weight of the two strongest signals: a long text that names many things is not for that weightier."""
    amount: float
    """Words that came or went, whichever are more, less half of the others: what took the place of something counts
    half."""


def weigh(
    kind: RelationKind,
    old: str,
    new: str,
    operations: Sequence[Operation],
    language: str,
    *,
    heading: bool = False,
    item: bool = False,
    read: bool = True,
) -> Weighed:
    """Weigh a change from `old` to `new` words; `heading` if only headings changed, `item` if only items of lists.
    Without `read` no rule looks at it, and only its size can make it substantive."""
    if old == new:
        return Weighed(Significance.STRUCTURAL, (), 0.0, 0)
    if old and new and tokens(old) == tokens(new):
        regrouped = kind in (RelationKind.SPLIT, RelationKind.MERGED)
        return Weighed(Significance.STRUCTURAL if regrouped else Significance.TYPOGRAPHIC, (), 0.0, 0)
    gone, come = _changed(operations, OperationKind.DELETE), _changed(operations, OperationKind.INSERT)
    before, after = cut(gone), cut(come)
    less, more = sorted((len(before), len(after)))
    fired = _signals(gone, come, operations, language, heading=heading) if read and not _respelt(before, after) else []
    if declares_date(old, new, language):
        fired = [(Signal("declared-date", _short(gone), _short(come)), 0.0)]
    else:
        extra = _bulk(kind, gone or come, more, heading=heading, item=item)
        if extra is None and old and new and not heading and not any(w > 0 for _, w in fired):
            extra = qualified(operations)
        fired += [(extra, 0.0)] if extra else []
    weight = sum(sorted((w for _, w in fired), reverse=True)[:2])
    decides = any(w > 0 or s.name in BY_SIZE for s, w in fired)
    significance = _class(language, decides=decides, read=read)
    return Weighed(significance, tuple(s for s, _ in fired), weight, more - less / 2)


def _class(language: str, *, decides: bool, read: bool) -> Significance:
    if not rules(language).assessed or not (decides or read):
        return Significance.NOT_ASSESSED
    return Significance.SUBSTANTIVE if decides else Significance.EDITORIAL


def _changed(operations: Iterable[Operation], kind: OperationKind) -> str:
    return " ".join(o.text.strip() for o in operations if o.kind is kind)


def _bulk(kind: RelationKind, words: str, longer: int, *, heading: bool, item: bool) -> Signal | None:
    """The signal that much text came or went: `longer` words on one side.  No words: the change has them."""
    if kind in (RelationKind.ADDED, RelationKind.REMOVED):
        tiny = longer <= TINY and not (item and naming(words))
        return None if heading or tiny else Signal(kind.value)
    return Signal("new-text") if longer >= NEW_TEXT else None


def _signals(
    gone: str, come: str, operations: Sequence[Operation], language: str, *, heading: bool
) -> list[tuple[Signal, float]]:
    """Signals that fired, with their weights: what a rule finds more often around one side's changed runs."""
    known = rules(language)
    old, new = (_around(operations, other)[:MOST_READ] for other in (OperationKind.INSERT, OperationKind.DELETE))
    fired = []
    for rule, found_old, found_new in zip(known.rules, known.find(old), known.find(new), strict=True):
        if heading and not rule.headings:
            continue
        if rule.prefixes and gone and come:
            lost, won = _turned(rule, gone[:MOST_READ], come[:MOST_READ])
        elif found_old or found_new:
            lost, won = _surplus(found_old, found_new), _surplus(found_new, found_old)
        else:
            continue
        if lost or won:
            fired.append((Signal(rule.name, _list(lost), _list(won)), rule.weight))
    return fired


def _around(operations: Sequence[Operation], without: OperationKind) -> str:
    """One side's changed runs with some of the kept text on both sides of each."""
    parts = []
    for o in operations:
        if o.kind is OperationKind.EQUAL and len(o.text) > 2 * _CONTEXT:
            parts.append(f"{_head(o.text)}{_BREAK}{_tail(o.text)}")
        elif o.kind is not without:
            parts.append(o.text)
    return "".join(parts)


def _head(text: str) -> str:
    return text[:_CONTEXT].rpartition(" ")[0] or text[:_CONTEXT]


def _tail(text: str) -> str:
    tail = text[-_CONTEXT:]
    if not any(map(str.isspace, tail)):  # inside an address, which only its beginning tells from other text
        return text[-_LONGEST_WORD:].split()[-1]
    return tail.partition(" ")[2] or tail


def _surplus(one: Sequence[Found], other: Sequence[Found]) -> list[str]:
    """Words found in `one` whose meaning is not as often found in `other`."""
    if not one or not other:
        return [f.words for f in one]
    left = Counter(f.meaning for f in other)
    words = []
    for found in one:
        if left[found.meaning] > 0:
            left[found.meaning] -= 1
        else:
            words.append(found.words)
    return words


def _turned(rule: Rule, gone: str, come: str) -> tuple[list[str], list[str]]:
    """Words whose opposite took their place."""
    before, after = dict.fromkeys(cut(gone)), dict.fromkeys(cut(come))
    lost, won = _opposed(before, after, rule.prefixes), _opposed(after, before, rule.prefixes)
    out, into = rule.pairs.find(gone), rule.pairs.find(come)
    for pair, left in out.items():
        arrived = into.get(pair, [])
        if arrived and {f.meaning for f in left}.isdisjoint([f.meaning for f in arrived]):
            lost += [f.words for f in left]
            won += [f.words for f in arrived]
    return lost, won


def _opposed(words: Iterable[str], others: Collection[str], prefixes: tuple[str, ...]) -> list[str]:
    """Those of `words` that are one of `others` but for a prefix that either has."""
    bare = {w.removeprefix(p) for w in others if w.startswith(prefixes) for p in prefixes if w.startswith(p)}
    turned = (w for w in words if w.startswith(prefixes))
    own = {w for w in turned if any(_without(w, p) in others for p in prefixes)}
    return [w for w in words if w in bare or w in own]


def _respelt(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether each word only took another ending or another spelling; never so for numbers and for what is added
    before a word."""
    if not before or len(before) != len(after) or len(before) > NEW_TEXT:
        return False
    return all(_same_word(a, b) for a, b in zip(before, after, strict=True))


def _same_word(a: str, b: str) -> bool:
    from rapidfuzz.distance import Indel

    if a == b:
        return True
    return a[0] == b[0] and not (a + b).isdigit() and Indel.normalized_similarity(a, b) >= _SPELLING


def _without(word: str, prefix: str) -> str:
    """A word without a prefix, or nothing where too little would be left of it."""
    rest = word.removeprefix(prefix)
    return rest if rest != word and len(rest) > 2 else ""


def _list(words: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(words))
    return ", ".join(distinct[:_SHOWN]) + (", …" if len(distinct) > _SHOWN else "")


def _short(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
