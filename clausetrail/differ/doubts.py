"""Whether what has no partner is really gone, or new: all the other side is searched for its words."""

from __future__ import annotations

from collections.abc import Iterator

from clausetrail.differ.likeness import closest, plain_stems, says_something, words_shown
from clausetrail.differ.matching import Matching
from clausetrail.differ.sides import Side

_GONE = 0.2
"""Share of a lone clause's rarity that one clause of the other side holds, from which its loss is not firm."""
_POINTED = 0.1
"""Likewise by words that name something, one of which stands nowhere else."""
_RESTATED = 0.4
"""Likewise from which it is told where that is."""
_SHOWN = 50
"""Characters of a clause that tell which one is meant, at most."""

Doubts = dict[int, int]
"""By position of a lone clause, that of the clause which says much of it; -1 where none says enough to be named."""


def doubts(matching: Matching) -> dict[int, str]:
    """For groups of a lone clause that may not be gone or new, by identity: where on the other side a fair share of its
    rare words stands, empty where it is too little to name a place."""
    old, new = matching.old, matching.new
    free_old, free_new = matching.free_old(), matching.free_new()
    gone = _searched(matching, old, free_old, new, _others(new, free_new))
    come = _searched(matching, new, free_new, old, _others(old, free_old))
    # Where the one may be the other, neither is sure.
    come |= dict.fromkeys(set(gone.values()).intersection(free_new).difference(come), -1)
    gone |= dict.fromkeys(set(come.values()).intersection(free_old).difference(gone), -1)
    told = {id(matching.old_groups[o]): _told(matching, old, o, new, n) for o, n in gone.items()}
    return told | {id(matching.new_groups[n]): _told(matching, new, n, old, o) for n, o in come.items()}


def _others(side: Side, positions: list[int]) -> list[int]:
    return sorted(set(range(len(side))).difference(positions))


def _searched(matching: Matching, side: Side, lone: list[int], other: Side, linked: list[int]) -> Doubts:
    best: dict[int, tuple[int, int]] = {}
    weight = matching.vocabulary.weight
    whole = {at: weight(side.bags[at]) for at in lone}
    candidates = closest(matching, {at: side.bags[at] for at in lone}, dict(enumerate(other.bags))) if lone else ()
    for at, place in candidates:
        common = side.bags[at] & other.bags[place]
        shared = weight(common)
        if shared >= _GONE * whole[at] and says_something(common):
            best[at] = max(best.get(at, (0, 0)), (shared, -place))
    found = {at: -place if shared >= _RESTATED * whole[at] else -1 for at, (shared, place) in best.items()}
    return dict.fromkeys(_pointing(matching, side, lone, other, linked), -1) | found


def _pointing(matching: Matching, side: Side, lone: list[int], other: Side, linked: list[int]) -> Iterator[int]:
    """Lone clauses that share with a linked one, whose partners are without it, a word that stands nowhere else, and
    more."""
    vocabulary, plain = matching.vocabulary, plain_stems()
    wanted = frozenset(filter(vocabulary.points, frozenset[str]().union(*(side.bags[at] for at in lone)) - plain))
    places = {stem: at for at in linked for stem in other.bags[at] & wanted}
    for at in lone:
        near = {places[stem] for stem in side.bags[at] & places.keys()}
        least = _POINTED * vocabulary.weight(side.bags[at])
        if any(vocabulary.weight((side.bags[at] & other.bags[place]) - plain) >= least for place in near):
            yield at


def _told(matching: Matching, side: Side, at: int, other: Side, place: int) -> str:
    if place < 0:
        return ""
    shared = words_shown(matching, side.bags[at] & other.bags[place])
    return f"\u201c{_beginning(other.words[place])}\u201d, {shared}"


def _beginning(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN].rpartition(" ")[0] + "…"
