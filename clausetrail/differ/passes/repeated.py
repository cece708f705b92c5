"""Words that stand several times ("including:", "For example:"): matched only where their neighbours or their section
are, starting from every link there is and walking on from each new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from clausetrail.differ.matching import Matching, Pair, settle

Free = frozenset[int]
"""Positions of free clauses."""

_WHY = "same words, same neighbours"


def run(matching: Matching) -> None:
    frontier = matching.singles
    while frontier:
        free = frozenset(matching.free_old()), frozenset(matching.free_new())
        if not all(free):
            return
        votes = Counter(p for pair in frontier for p in _nearby(matching, pair, *free))
        frontier = settle(matching, ((v, o, n) for (o, n), v in votes.items()), lambda _o, _n: _WHY)


def _nearby(matching: Matching, pair: Pair, free_old: Free, free_new: Free) -> Iterator[Pair]:
    old, new = pair
    for o, n in ((old - 1, new - 1), (old + 1, new + 1)):
        if o in free_old and n in free_new and _alike(matching, o, n):
            yield o, n
    if matching.old.ends[old] > old + 1 and matching.new.ends[new] > new + 1:
        yield from _below(matching, old, new, free_old, free_new)


def _below(matching: Matching, old: int, new: int, free_old: Free, free_new: Free) -> Iterator[Pair]:
    """Children of a linked pair whose words stand once among the free children of either."""
    olds = _once((o for o in matching.old.children(old) if o in free_old), matching.old.keys)
    news = _once((n for n in matching.new.children(new) if n in free_new), matching.new.keys) if olds else {}
    for key, o in olds.items():
        if key in news and matching.is_free(o, news[key]):
            yield o, news[key]


def _once(free: Iterable[int], keys: tuple[str, ...]) -> dict[str, int]:
    places: dict[str, list[int]] = {}
    for at in free:
        places.setdefault(keys[at], []).append(at)
    return {key: found[0] for key, found in places.items() if key and len(found) == 1}


def _alike(matching: Matching, old: int, new: int) -> bool:
    return matching.is_free(old, new) and matching.old.keys[old] == matching.new.keys[new] != ""
