"""A clause with no partner that is one phrase of a clause with one, cut at commas and the like: an item of a list that
went into "for example a, b or c"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from clausetrail.differ.language import introducing_words, joining_words
from clausetrail.differ.likeness import Bags, plain_stems, words_shown
from clausetrail.differ.matching import Matching
from clausetrail.differ.passes.pieces import rest_new, rest_old
from clausetrail.differ.sides import Side
from clausetrail.differ.tokens import is_unspaced, wording
from clausetrail.model import ClauseKind

_COVERED = 0.35
"""Share of the clause that the phrase must be, by rarity."""
_MASS = 1.0
"""Joint rarity of the words that they share, as that of so many words that stand nowhere else."""
_FEWEST, _FEWEST_PAIRS = 2, 5
"""And their number; likewise of pairs of characters, in scripts written without spaces."""
_COMMON = 40
"""Phrases with one stem beyond which it points at nothing."""

Phrase = tuple[int, frozenset[str], frozenset[str]]
"""Position of its clause, stems that name something, and those of the clause that no partner of it has."""


def run(matching: Matching) -> None:
    olds, news = matching.changed()
    old = {o: rest_old(matching, o) for o in olds if matching.old_groups[o].new}
    new = {n: rest_new(matching, n) for n in news if matching.new_groups[n].old}
    free_old, free_new = _said(matching.old, matching.free_old()), _said(matching.new, matching.free_new())
    found = list(_found(matching, matching.old, free_old, _by_stem(matching.new, new, free_old)))
    back = _found(matching, matching.new, free_new, _by_stem(matching.old, old, free_new))
    found += [(mass, o, n) for mass, n, o in back]
    for _, o, n in sorted(found, key=lambda each: (-each[0], each[1:])):
        if not matching.old_groups[o].new or not matching.new_groups[n].old:
            shared = (matching.old.bags[o] & matching.new.bags[n]) - plain_stems()
            matching.link(o, n, "one of its phrases, " + words_shown(matching, shared))


def _said(side: Side, free: list[int]) -> Bags:
    """What clauses say by name, but for headings."""
    return {at: _naming(side.bags[at]) for at in free if side.clauses[at].kind is not ClauseKind.SECTION}


def _by_stem(side: Side, rests: Bags, free: Bags) -> dict[str, list[Phrase]]:
    """Phrases of clauses that say what no partner does, if a free clause says some of that."""
    wanted = frozenset[str]().union(*free.values())
    places: dict[str, list[Phrase]] = {}
    for at, rest in rests.items():
        left = rest & wanted
        for part in _cut().split(side.words[at]) if left else ():
            stems = _naming(wording(part).bag)
            for stem in stems if not stems.isdisjoint(left) else ():
                places.setdefault(stem, []).append((at, stems, left))
    return places


def _found(
    matching: Matching, side: Side, free: Bags, phrases: dict[str, list[Phrase]]
) -> Iterator[tuple[int, int, int]]:
    """Joint rarity of the shared words, a free clause, and one that holds it as a phrase."""
    for at, own in free.items() if phrases else ():
        for other, shared in _held(own, phrases, _FEWEST_PAIRS if is_unspaced(side.words[at]) else _FEWEST):
            mass = matching.vocabulary.weight(shared)
            if mass >= max(_MASS * matching.vocabulary.rarest, _COVERED * matching.vocabulary.weight(own)):
                yield mass, at, other


def _held(own: frozenset[str], phrases: dict[str, list[Phrase]], fewest: int) -> set[tuple[int, frozenset[str]]]:
    """Clauses with a phrase that is within these stems, or the other way round, and what the two share."""
    near = {each for stem in own for each in phrases.get(stem, ())[:_COMMON]}
    both = ((at, own & stems, stems, left) for at, stems, left in near)
    return {
        (at, shared)
        for at, shared, stems, left in both
        if shared in (own, stems) and len(shared) >= fewest and not shared.isdisjoint(left)
    }


def _naming(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(stem for stem in stems - plain_stems() if not stem.isdigit())


@cache
def _cut() -> re.Pattern[str]:
    both = joining_words() | introducing_words()
    words = "|".join(sorted(word for word in both if word.isalpha() and not is_unspaced(word)))
    return re.compile(rf"[.;:,!?()]\s|[。；：，、！？（）]|\b(?:{words})\b", re.IGNORECASE)
