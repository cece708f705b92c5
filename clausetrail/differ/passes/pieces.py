"""Splits and merges: what one clause says and its partner does not, found in a clause of the other side.

What is left of a clause is its stems without those of its partners; two clauses are linked when the smaller of two
such rests is mostly within the other.  One of the two must be free, or stand beside a clause linked to the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heapify, heappop, heappush

from clausetrail.differ.likeness import Bags, closest, plain_stems, words_shown
from clausetrail.differ.matching import Matching, Pair, Positions
from clausetrail.differ.sides import Side
from clausetrail.model import ClauseKind

_CONTAINED, _BESIDE_CONTAINED = 0.45, 0.4
"""Share of the smaller rest that the other holds; less is asked of a clause beside one that is linked to the same."""
_LONE_CONTAINED = 0.5
"""And more of two clauses of which none has a partner, in sections that are not linked."""
_FEWEST, _BESIDE_FEWEST = 3, 2
"""Shared stems that it takes."""
_MASS, _BESIDE_MASS = 2.0, 1.5
"""And their joint rarity: as much as that of so many stems that stand nowhere else."""
_TAKEN, _TAKEN_SHARE = 0.5, 0.2
"""What two clauses beside one another that both have partners must share: of the smaller rest, and of both clauses."""
_POINTED = 0.5
"""Share that is enough beside a partner where one shared word stands nowhere else."""
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
    found.update(_next_to(matching, taken_old, taken_new))
    for bags, others in ((free_new, old), (taken_new, free_old)):
        found.update([(o, n) for n, o in closest(matching, bags, others)])
    return sorted(found)


def _next_to(matching: Matching, old: Bags, new: Bags) -> Iterator[Pair]:
    """Pairs of which one stands next to a clause that is linked to the other."""
    for o in old:
        near = {n + step for n in matching.old_groups[o].new for step in (-1, 1)}
        near.update([n for step in (-1, 1) if o + step in old for n in matching.old_groups[o + step].new])
        yield from ((o, n) for n in near if n in new)


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
    for a, b in _around(matching, o, n):
        found = _score(matching, a, b, rest_old(matching, a), rest_new(matching, b))
        if found > 0.0:
            heappush(heap, (-found, offset, a + b, a, b))


def _around(matching: Matching, o: int, n: int) -> Iterator[Pair]:
    """Pairs that stand next to a linked one: the next piece is seldom far."""
    for a, b in ((o - 1, n), (o + 1, n), (o, n - 1), (o, n + 1)):
        if 0 <= a < len(matching.old) and 0 <= b < len(matching.new) and matching.allows(a, b):
            yield a, b


def _score(matching: Matching, o: int, n: int, rest_o: frozenset[str], rest_n: frozenset[str]) -> float:
    """How well two rests fit; 0.0 where it is too little for the two to belong together."""
    free = not matching.old_groups[o].new or not matching.new_groups[n].old
    beside = _beside(matching, o, n)
    shared = rest_o & rest_n
    if not shared or not (free or beside):
        return 0.0
    weight, plain = matching.vocabulary.weight, plain_stems()
    score = _contained(matching, shared, rest_o, rest_n)
    mass = weight(shared) / matching.vocabulary.rarest
    if not free:
        enough = len(shared) >= _BESIDE_FEWEST and mass >= _BESIDE_MASS
        return score if enough and score >= _TAKEN and _share_of_both(matching, shared, o, n) >= _TAKEN_SHARE else 0.0
    if score >= _WHOLE and len(shared) >= _WHOLE_FEWEST and mass >= _WHOLE_MASS and _same_kind(matching, o, n):
        return score
    named = _contained(matching, shared - plain, rest_o - plain, rest_n - plain)
    if beside:
        score = max(score, named)
        if score >= _POINTED and any(matching.vocabulary.points(stem) for stem in shared - plain):
            return score
        return score if len(shared) >= _BESIDE_FEWEST and mass >= _BESIDE_MASS and score >= _BESIDE_CONTAINED else 0.0
    score = min(score, named)
    return score if len(shared) >= _FEWEST and mass >= _MASS and score >= _asked(matching, o, n) else 0.0


def _asked(matching: Matching, o: int, n: int) -> float:
    """Share of the lighter rest that clauses apart must have in common."""
    lone = not matching.old_groups[o].new and not matching.new_groups[n].old
    return _LONE_CONTAINED if lone and not matching.same_section(o, n) else _CONTAINED


def _contained(matching: Matching, shared: frozenset[str], rest_o: frozenset[str], rest_n: frozenset[str]) -> float:
    """Share of the lighter rest that the other holds."""
    if not shared:
        return 0.0
    weight = matching.vocabulary.weight
    return weight(shared) / min(weight(rest_o), weight(rest_n))


def _share_of_both(matching: Matching, shared: frozenset[str], o: int, n: int) -> float:
    """What is shared, of all that the two clauses say."""
    vocabulary = matching.vocabulary
    both = vocabulary.weight_of(matching.old.wordings[o]) + vocabulary.weight_of(matching.new.wordings[n])
    return 2 * vocabulary.weight(shared) / both


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
