"""Clauses that say nearly the same: rarity-weighted likeness, best pairs first.

Two cut-offs as in wikidiff2, MediaWiki's line differ: .4 to match at a distance, .2 to stay a pair in place.
"""

from __future__ import annotations

from clausetrail.differ.likeness import candidates, likeness, says_something, words_shown
from clausetrail.differ.matching import Matching, settle
from clausetrail.model import ClauseKind

DISTANT = 0.4
IN_PLACE = 0.2
_PLACE_BONUS = 0.2
_KIND_MALUS = 0.1


def run(matching: Matching) -> None:
    old = {o: matching.old.bags[o] for o in matching.free_old() if matching.old.bags[o]}
    new = {n: matching.new.bags[n] for n in matching.free_new() if matching.new.bags[n]}
    scored = []
    for o, n in candidates(matching, old, new):
        if matching.old.keys[o] == matching.new.keys[n]:
            continue  # repeated words: only their neighbours or their section can tell which is which
        if not says_something(old[o] & new[n]) and (says_something(old[o]) or says_something(new[n])):
            continue
        alike = likeness(matching, o, n)
        if alike >= IN_PLACE and (score := alike + _place(matching, o, n)) >= DISTANT:
            scored.append((score, o, n))
    settle(matching, scored, lambda o, n: words_shown(matching, old[o] & new[n]))


def _place(matching: Matching, old: int, new: int) -> float:
    """What the place of two clauses adds to their likeness."""
    same = matching.gaps.of_old(old) == matching.gaps.of_new(new)
    bonus = _PLACE_BONUS if same else 0.0
    headings = [side.clauses[at].kind is ClauseKind.SECTION for side, at in ((matching.old, old), (matching.new, new))]
    return bonus - (_KIND_MALUS if headings[0] != headings[1] else 0.0)
