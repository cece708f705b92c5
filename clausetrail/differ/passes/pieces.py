"""Splits and merges: what one clause says and its partner does not, found in a clause of the other side.

What is left of a clause is its stems without those of its partners; two clauses are linked when the smaller of two
such rests is mostly within the other.  At least one of the two must be free.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush

from clausetrail.differ.likeness import Bags, closest, words_shown
from clausetrail.differ.matching import Matching, Pair, Positions
from clausetrail.differ.sides import Side
from clausetrail.model import ClauseKind

_CONTAINED, _BESIDE_CONTAINED = 0.45, 0.4
"""Share of the smaller rest that the other holds; less is asked of a clause beside one that is linked to the same."""
_FEWEST, _BESIDE_FEWEST = 3, 2
"""Shared stems that it takes."""
_MASS, _BESIDE_MASS = 2.0, 1.5
"""And their joint rarity: as much as that of so many stems that stand nowhere else."""
_WHOLE, _WHOLE_FEWEST, _WHOLE_MASS = 0.95, 2, 1.2
"""Likewise for a rest that is all within another clause of its kind."""


def run(matching: Matching) -> None:
    olds, news = matching.changed()
    old = {o: r for o in olds if not matching.old_groups[o].pinned and (r := rest_old(matching, o))}
    new = {n: r for n in news if not matching.new_groups[n].pinned and (r := rest_new(matching, n))}
    heap = []
    for o, n in _candidates(matching, old, new):
        score = _score(matching, o, n, old[o], new[n])
        if score > 0.0:
            heap.append((-score, matching.gaps.offset(o, n), o + n, o, n))
    heapify(heap)
    while heap:
        _try_best(matching, heap)


def _candidates(matching: Matching, old: Bags, new: Bags) -> list[Pair]:
    """Pairs of which one at least is free, for each clause the closest."""
    free_old = {o: rest for o, rest in old.items() if not matching.old_groups[o].new}
    free_new = {n: rest for n, rest in new.items() if not matching.new_groups[n].old}
    taken_old = {o: rest for o, rest in old.items() if o not in free_old}
    taken_new = {n: rest for n, rest in new.items() if n not in free_new}
    found = {*closest(matching, free_old, new), *closest(matching, taken_old, free_new)}
    for bags, others in ((free_new, old), (taken_new, free_old)):
        found.update([(o, n) for n, o in closest(matching, bags, others)])
    return sorted(found)


def _try_best(matching: Matching, heap: list[tuple[float, int, int, int, int]]) -> None:
    """Take the best pair off the heap: link it if it still scores as it did, else put it back at what it is now."""
    score, offset, total, o, n = heappop(heap)
    if not matching.allows(o, n):
        return
    rest_o, rest_n = rest_old(matching, o), rest_new(matching, n)
    now = _score(matching, o, n, rest_o, rest_n)
    if now <= 0.0:
        return
    if now < -score:
        heappush(heap, (-now, offset, total, o, n))
        return
    matching.link(o, n, words_shown(matching, rest_o & rest_n))


def _score(matching: Matching, o: int, n: int, rest_o: frozenset[str], rest_n: frozenset[str]) -> float:
    free_o, free_n = not matching.old_groups[o].new, not matching.new_groups[n].old
    if not (free_o or free_n):
        return 0.0
    shared = rest_o & rest_n
    mass = matching.vocabulary.weight(shared) / matching.vocabulary.rarest
    score = _contained(matching, shared, rest_o, rest_n)
    if score >= _WHOLE and len(shared) >= _WHOLE_FEWEST and mass >= _WHOLE_MASS and _same_kind(matching, o, n):
        return score
    beside = _beside(matching, o, n)
    fewest, least = (_BESIDE_FEWEST, _BESIDE_MASS) if beside else (_FEWEST, _MASS)
    if len(shared) < fewest or mass < least:
        return 0.0
    return score if score >= (_BESIDE_CONTAINED if beside else _CONTAINED) else 0.0


def _contained(matching: Matching, shared: frozenset[str], rest_o: frozenset[str], rest_n: frozenset[str]) -> float:
    """Share of the lighter rest that the other holds."""
    if not shared:
        return 0.0
    weight = matching.vocabulary.weight
    return weight(shared) / min(weight(rest_o), weight(rest_n))


def _same_kind(matching: Matching, o: int, n: int) -> bool:
    return matching.old.clauses[o].kind is matching.new.clauses[n].kind is not ClauseKind.SECTION


def _beside(matching: Matching, o: int, n: int) -> bool:
    """Whether one of the two stands next to a clause that is linked to the other."""
    olds, news = matching.new_groups[n].old, matching.old_groups[o].new
    return o - 1 in olds or o + 1 in olds or n - 1 in news or n + 1 in news


def rest_old(matching: Matching, old: int) -> frozenset[str]:
    """Stems of an old clause that none of its partners has."""
    return _rest(matching.old, old, matching.new, matching.old_groups[old].new)


def rest_new(matching: Matching, new: int) -> frozenset[str]:
    return _rest(matching.new, new, matching.old, matching.new_groups[new].old)


def _rest(side: Side, at: int, other: Side, partners: Positions) -> frozenset[str]:
    if len(partners) == 1 and side.keys[at] == other.keys[partners[0]]:
        return frozenset()
    return side.bags[at].difference(*(other.bags[p] for p in partners))
