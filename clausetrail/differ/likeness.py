"""How alike two clauses are, by their shared stems, each weighed by its rarity; and which pairs are worth a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from clausetrail.differ.language import plain_words
from clausetrail.differ.matching import Matching, Pair
from clausetrail.differ.tokens import wording

CLOSEST = 8
"""Candidates that a clause is compared with, at most."""
VISITS = 160
"""Places looked up for a clause, rarest stems first: what is common points at nothing."""
ALL_CLOSEST, ALL_VISITS = 100_000, 1_000_000
"""Candidates and places of all clauses together; where it would be more, each clause gets fewer."""
EVIDENCE = 3

Bags = Mapping[int, frozenset[str]]
"""Stems of clauses, by position."""


def candidates(matching: Matching, old: Bags, new: Bags) -> list[Pair]:
    """Pairs that share rare stems: for each clause of either side the `CLOSEST` of the other, in order."""
    found = set(closest(matching, old, new))
    found.update([(o, n) for n, o in closest(matching, new, old)])
    return sorted(found)


def closest(matching: Matching, bags: Bags, others: Bags) -> list[Pair]:
    """For each of `bags` the `CLOSEST` of `others` by the rare stems that they share.

    Near-linear: each clause costs `VISITS` at most, whatever the sizes of the sides."""
    each = max(1, len(bags))
    most, visits = min(CLOSEST, max(1, ALL_CLOSEST // each)), min(VISITS, ALL_VISITS // each)
    if not bags or not others:
        return []
    wanted = frozenset[str]().union(*bags.values())
    places: dict[str, list[int]] = {}
    for at, bag in others.items():
        for stem in bag & wanted:
            places.setdefault(stem, []).append(at)
    weights, order = matching.vocabulary.weights, matching.vocabulary.order
    known = {stem: (len(where), order[stem], where, weights[stem]) for stem, where in places.items()}
    found: list[Pair] = []
    for at, bag in bags.items():
        votes = _votes(sorted([known[stem] for stem in bag if stem in known]), visits)
        # Sorting is stable: ties go to the clause found by the rarer stem.
        best = sorted(votes, key=votes.__getitem__, reverse=True)[:most]
        found += [(at, other) for other in best]
    return found


def _votes(known: list[tuple[int, int, list[int], int]], visits: int) -> dict[int, int]:
    """Joint rarity of the stems that each other clause was found by; `known` has for each stem, rarest first, the
    number of its places, its own number, the places, and its weight."""
    votes: dict[int, int] = {}
    for count, _, places, weight in known:
        visits -= count
        if visits < 0:
            break
        for other in places:
            votes[other] = votes.get(other, 0) + weight
    return votes


def likeness(matching: Matching, old: int, new: int) -> float:
    """Twice the shared weight of two clauses over their joint weight (Dice 1945), 0 to 1."""
    vocabulary = matching.vocabulary
    both = vocabulary.weight_of(matching.old.wordings[old]) + vocabulary.weight_of(matching.new.wordings[new])
    return 2 * vocabulary.weight(matching.old.bags[old] & matching.new.bags[new]) / both if both else 0.0


def says_something(stems: frozenset[str]) -> bool:
    """Whether some of the stems are of words that name anything."""
    return not stems <= plain_stems()


@cache
def plain_stems() -> frozenset[str]:
    """Stems of words that only hold sentences together."""
    return frozenset[str]().union(*(wording(word).bag for word in plain_words()))


def words_shown(matching: Matching, stems: Iterable[str]) -> str:
    """`shares "…", "…"`: the rarest of some stems as words, rarest first, of these the longest.

    Words that name nothing are shown only where there are no others."""
    weights, surface = matching.vocabulary.weights, matching.vocabulary.surface
    ranked = sorted([(-weights[s], -len(surface[s]), surface[s]) for s in stems])
    words = [word for _, _, word in ranked]
    shown = [word for word in words if word not in plain_words()] or words
    return "shares " + ", ".join(f'"{word}"' for word in shown[:EVIDENCE]) if shown else ""
