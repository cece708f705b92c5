"""How alike two clauses are, by their shared stems, each weighed by its rarity; and which pairs are worth a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clausetrail.differ.matching import Matching, Pair

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
    wanted = frozenset[str]().union(*bags.values())
    places: dict[str, list[int]] = {}
    for at, bag in others.items():
        for stem in bag & wanted:
            places.setdefault(stem, []).append(at)
    found: list[Pair] = []
    for at, bag in bags.items():
        votes = _votes(matching, bag, places, visits)
        # Sorting is stable: ties go to the clause found by the rarer stem.
        best = sorted(votes, key=votes.__getitem__, reverse=True)[:most]
        found += [(at, other) for other in best]
    return found


def _votes(matching: Matching, bag: frozenset[str], places: dict[str, list[int]], visits: int) -> dict[int, int]:
    """Joint rarity of the stems that each other clause was found by."""
    votes: dict[int, int] = {}
    weights, order = matching.vocabulary.weights, matching.vocabulary.order
    known = sorted([(len(places[stem]), order[stem], stem) for stem in bag if stem in places])
    for count, _, stem in known:
        visits -= count
        if visits < 0:
            break
        weight = weights[stem]
        for other in places[stem]:
            votes[other] = votes.get(other, 0) + weight
    return votes


def likeness(matching: Matching, old: int, new: int) -> float:
    """Twice the shared weight of two clauses over their joint weight (Dice 1945), 0 to 1."""
    vocabulary = matching.vocabulary
    both = vocabulary.weight_of(matching.old.wordings[old]) + vocabulary.weight_of(matching.new.wordings[new])
    return 2 * vocabulary.weight(matching.old.bags[old] & matching.new.bags[new]) / both if both else 0.0


def words_shown(matching: Matching, stems: Iterable[str]) -> str:
    """`shares "…", "…"`: the rarest of some stems as words, rarest first."""
    weights, surface = matching.vocabulary.weights, matching.vocabulary.surface
    ranked = sorted([(-weights[s], surface[s]) for s in stems])[:EVIDENCE]
    return "shares " + ", ".join(f'"{word}"' for _, word in ranked) if ranked else ""
