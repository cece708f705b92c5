"""A clause that stands whole, word for word, within a longer one: a sentence split off, or taken in."""

from __future__ import annotations

from clausetrail.differ.matching import Matching
from clausetrail.differ.passes.phrases import Shingle, Shingles, shingles
from clausetrail.differ.sides import Side

_FEWEST = 2
"""Shingles that it takes: four words."""


def run(matching: Matching) -> None:
    olds, news = matching.free_old(), matching.free_new()
    twins = {matching.old.keys[o] for o in olds} & {matching.new.keys[n] for n in news}
    free_old = shingles(matching.old, [o for o in olds if matching.old.keys[o] not in twins])
    free_new = shingles(matching.new, [n for n in news if matching.new.keys[n] not in twins])
    if not free_old and not free_new:
        return
    olds, news = matching.changed()
    in_new, in_old = _places(matching.new, news, free_old), _places(matching.old, olds, free_new)
    found = [(o, n) for o, own in free_old.items() if (n := _within(own, in_new)) >= 0]
    found += [(o, n) for n, own in free_new.items() if (o := _within(own, in_old)) >= 0]
    for o, n in sorted(found):
        if not matching.old_groups[o].new or not matching.new_groups[n].old:
            matching.link(o, n, "the same words, within a longer clause")


def _places(side: Side, positions: list[int], free: Shingles) -> dict[Shingle, list[int]]:
    """Positions of the shingles that free clauses of the other side are made of."""
    wanted = frozenset[Shingle]().union(*free.values())
    places: dict[Shingle, list[int]] = {}
    for at, own in shingles(side, positions).items() if wanted else ():
        for shingle in own & wanted:
            places.setdefault(shingle, []).append(at)
    return places


def _within(own: frozenset[Shingle], places: dict[Shingle, list[int]]) -> int:
    """Position of the one clause that holds all of them; -1 where there is none, or more than one."""
    if len(own) < _FEWEST or not all(shingle in places for shingle in own):
        return -1
    holders = frozenset[int].intersection(*(frozenset(places[shingle]) for shingle in own))
    return next(iter(holders)) if len(holders) == 1 else -1
