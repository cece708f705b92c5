"""Words that stand several times ("including:", "For example:"): matched only where their neighbours or their section
are, starting from every link there is and walking on from each new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from clausetrail.differ.matching import Matching, Pair, settle

_WHY = "same words, same neighbours"


def run(matching: Matching) -> None:
    frontier: list[Pair] = list(matching.singles())
    while frontier:
        votes = Counter(p for pair in frontier for p in _nearby(matching, pair))
        # Votes only rank: identical words score above 1 here, and `settle` cuts the score back.
        frontier = settle(matching, ((float(v), o, n, _WHY) for (o, n), v in votes.items()))


def _nearby(matching: Matching, pair: Pair) -> Iterator[Pair]:
    old, new = pair
    for step in (-1, 1):
        o, n = old + step, new + step
        if 0 <= o < len(matching.old) and 0 <= n < len(matching.new) and _alike(matching, o, n):
            yield o, n
    yield from _below(matching, old, new)


def _below(matching: Matching, old: int, new: int) -> Iterator[Pair]:
    """Children of a linked pair whose words stand once among the free children of either."""
    if matching.old.ends[old] == old + 1 or matching.new.ends[new] == new + 1:
        return
    olds = _once((o for o in matching.old.children(old) if not matching.old_groups[o].new), matching.old.keys)
    news = _once((n for n in matching.new.children(new) if not matching.new_groups[n].old), matching.new.keys)
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
