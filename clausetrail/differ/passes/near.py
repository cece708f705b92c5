"""Clauses that say nearly the same: rarity-weighted likeness, best pairs first.

Two cut-offs as in wikidiff2, MediaWiki's line differ: .4 to match at a distance, .2 to stay a pair in place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from clausetrail.differ.likeness import Bags, candidates, likeness, says_something, words_shown
from clausetrail.differ.matching import Matching, settle
from clausetrail.differ.sides import Side
from clausetrail.model import ClauseKind

DISTANT = 0.4
IN_PLACE = 0.2
_PLACE_BONUS = 0.2
_KIND_MALUS = 0.1
_HEADING = 0.6
"""Likeness that links two headings before what stands under them is linked."""
_PARTED_MALUS = 0.2
"""For headings over clauses that went elsewhere."""
_ALL = frozenset(ClauseKind)
_LOOKED = 60
"""Clauses under a heading that are looked at."""


def run(matching: Matching) -> None:
    """The closest, wherever they stand; headings only where they are closer still: what is under them tells more."""
    _link(matching, lambda o, n: _HEADING if _are_headings(matching, o, n) else DISTANT)


def in_place(matching: Matching) -> None:
    """Those that stand between the same neighbours: which are these, is better known once the closest are linked."""
    _link(matching, lambda o, n: _HEADING if _are_headings(matching, o, n) else IN_PLACE)


def headings(matching: Matching) -> None:
    """Now that what stands under them is linked."""
    _link(matching, lambda _o, _n: IN_PLACE, frozenset({ClauseKind.SECTION}))


def _link(matching: Matching, least: Callable[[int, int], float], kinds: Collection[ClauseKind] = _ALL) -> None:
    old = _bags(matching.old, matching.free_old(), kinds)
    new = _bags(matching.new, matching.free_new(), kinds)
    scored = []
    for o, n in candidates(matching, old, new):
        if matching.old.keys[o] == matching.new.keys[n]:
            continue  # repeated words: only their neighbours or their section can tell which is which
        if not says_something(old[o] & new[n]) and (says_something(old[o]) or says_something(new[n])):
            continue
        alike = likeness(matching, o, n)
        if alike >= least(o, n) and (score := alike + _place(matching, o, n)) >= DISTANT:
            scored.append((score, o, n))
    settle(matching, scored, lambda o, n: words_shown(matching, old[o] & new[n]))


def _bags(side: Side, free: list[int], kinds: Collection[ClauseKind]) -> Bags:
    return {at: side.bags[at] for at in free if side.bags[at] and side.clauses[at].kind in kinds}


def _are_headings(matching: Matching, old: int, new: int) -> bool:
    return matching.old.clauses[old].kind is matching.new.clauses[new].kind is ClauseKind.SECTION


def _place(matching: Matching, old: int, new: int) -> float:
    """What the place of two clauses adds to their likeness."""
    same = matching.gaps.of_old(old) == matching.gaps.of_new(new)
    bonus = _PLACE_BONUS if same else 0.0
    kinds = [side.clauses[at].kind is ClauseKind.SECTION for side, at in ((matching.old, old), (matching.new, new))]
    if all(kinds) and _parted(matching, old, new):
        bonus -= _PARTED_MALUS
    return bonus - (_KIND_MALUS if kinds[0] != kinds[1] else 0.0)


def _parted(matching: Matching, old: int, new: int) -> bool:
    """Whether what stands under two headings is linked, and nothing of it to one another."""
    below = range(old + 1, min(matching.old.ends[old], old + 1 + _LOOKED))
    found = [n for o in below for n in matching.old_groups[o].new]
    return bool(found) and not any(new < n < matching.new.ends[new] for n in found)
