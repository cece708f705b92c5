"""Identical words that nothing else told apart: in order, within what is between the same neighbours first, then
anywhere.

What is said at length is linked so before clauses that only say nearly the same are looked for, or one that a document
holds twice would go to whatever resembles it; what is short waits for its neighbours until the very end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable

from clausetrail.differ.matching import Matching
from clausetrail.differ.sides import Side

_LENGTH = 6
"""Distinct stems that make chance repetition unlikely."""
_COPIES = 2
"""Free clauses of the same words on one side: what stands more often is boilerplate."""


def at_length(matching: Matching) -> None:
    """Clauses that say enough and stand in so few places that they are no boilerplate."""
    olds, news = matching.free_old(), matching.free_new()
    rare = _few(matching.old, olds) & _few(matching.new, news)
    if rare:
        olds = [o for o in olds if matching.old.words[o] in rare]
        _link(matching, olds, [n for n in news if matching.new.words[n] in rare])


def run(matching: Matching) -> None:
    """All of them."""
    _link(matching, matching.free_old(), matching.free_new())


def _few(side: Side, free: list[int]) -> set[str]:
    """Words of clauses that say enough and stand in few places."""
    counts = Counter(side.words[at] for at in free if len(side.bags[at]) >= _LENGTH)
    return {words for words, count in counts.items() if count <= _COPIES}


def _link(matching: Matching, olds: list[int], news: list[int]) -> None:
    if not olds or not news:
        return
    old, new = matching.old, matching.new
    gaps = matching.gaps
    _in_order(matching, olds, news, lambda o: (gaps.of_old(o), old.words[o]), lambda n: (gaps.of_new(n), new.words[n]))
    _in_order(matching, olds, news, old.words.__getitem__, new.words.__getitem__)


def _in_order(
    matching: Matching,
    olds: list[int],
    news: list[int],
    old: Callable[[int], Hashable],
    new: Callable[[int], Hashable],
) -> None:
    waiting: dict[Hashable, list[int]] = {}
    for n in reversed(news):
        if not matching.new_groups[n].old:
            waiting.setdefault(new(n), []).append(n)
    for o in olds:
        found = waiting.get(old(o))
        if found and matching.is_free(o, found[-1]) and matching.link(o, found[-1], "same words"):
            found.pop()
