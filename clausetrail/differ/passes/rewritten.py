"""Clauses said anew in the same place: between the same neighbours, or beside one, with some rare words in common."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausetrail.differ.likeness import likeness, plain_stems, says_something, words_shown
from clausetrail.differ.matching import Matching, settle
from clausetrail.differ.sides import Side
from clausetrail.differ.tokens import wording
from clausetrail.model import ClauseKind

_SHARED = 0.12
_BESIDE = 0.18
"""Likewise where only one neighbour says that the place is the same."""
_WIDEST = 12
"""Free clauses that a gap may hold on a side: in a larger one, place says little."""
_LONGEST = 60
"""Items of a list that are looked through for its beginning."""
_MASS, _MASS_IN_LIST = 0.8, 1.2
"""Joint rarity of what two clauses of one section share, or two items of one list, that stand further apart."""
_NARROW = 3
"""Likewise where the two are not in one section."""

_DEFINED = re.compile(r"\W?[\"“„«「『]([^\"”“»」』]{1,80})[\"”“»」』]")


def run(matching: Matching) -> None:
    gaps: dict[int, tuple[list[int], list[int]]] = {}
    for o in matching.free_old():
        gaps.setdefault(matching.gaps.of_old(o), ([], []))[0].append(o)
    for n in matching.free_new():
        gaps.setdefault(matching.gaps.of_new(n), ([], []))[1].append(n)
    scored = {(o, n): s for olds, news in gaps.values() for s, o, n in _scored(matching, olds, news)}
    scored.update({(o, n): s for s, o, n in _beside(matching)})
    scored.update({(o, n): s for s, o, n in _same_list(matching)})
    kept = ((s, o, n) for (o, n), s in scored.items() if not _defines_another(matching, o, n))
    settle(matching, kept, lambda o, n: _why(matching, o, n))


def _defines_another(matching: Matching, old: int, new: int) -> bool:
    """Whether both begin with a term in quotation marks, as definitions do, and not with the same."""
    terms = [_DEFINED.match(side.words[at]) for side, at in ((matching.old, old), (matching.new, new))]
    found = [wording(term[1]).bag - plain_stems() for term in terms if term]
    return len(found) == len(terms) and found[0].isdisjoint(found[1])


def _scored(matching: Matching, olds: list[int], news: list[int]) -> Iterator[tuple[float, int, int]]:
    size = max(len(olds), len(news))
    if size > _WIDEST:
        return
    for o in olds:
        for n in news:
            alike = likeness(matching, o, n)
            if alike >= _SHARED and _comparable(matching, o, n, narrow=size <= _NARROW):
                yield alike, o, n


def _beside(matching: Matching) -> Iterator[tuple[float, int, int]]:
    """Free clauses that stand before, or after, clauses linked one to one, wherever these went."""
    free = frozenset(matching.free_new())
    partners = dict(matching.singles)
    for o in matching.free_old():
        for step in (-1, 1):
            n = partners.get(o + step, -2) - step
            if n in free and _alike(matching, o, n):
                yield likeness(matching, o, n), o, n


def _same_list(matching: Matching) -> Iterator[tuple[float, int, int]]:
    """Free items of lists that open with clauses linked one to one, whatever came between."""
    partners = dict(matching.singles)
    lists: dict[int, tuple[list[int], list[int]]] = {}
    for o in matching.free_old():
        n = partners.get(_opening(matching.old, o), -1)
        if n >= 0:
            lists.setdefault(n, ([], []))[0].append(o)
    for n in matching.free_new() if lists else ():
        at = _opening(matching.new, n)
        if at in lists:
            lists[at][1].append(n)
    for olds, news in lists.values():
        if max(len(olds), len(news)) <= _WIDEST:
            pairs = ((o, n) for o in olds for n in news if _mass(matching, o, n) >= _MASS_IN_LIST)
            yield from ((likeness(matching, o, n), o, n) for o, n in pairs if _alike(matching, o, n))


def _opening(side: Side, at: int) -> int:
    """Position of the clause that a list opens with; -1 for what is no item of one."""
    if side.clauses[at].kind is not ClauseKind.ITEM:
        return -1
    for before in range(at - 1, max(-1, at - 1 - _LONGEST), -1):
        if side.clauses[before].kind is not ClauseKind.ITEM:
            return before
    return -1


def _alike(matching: Matching, old: int, new: int) -> bool:
    same_kind = matching.old.clauses[old].kind is matching.new.clauses[new].kind
    common = matching.old.bags[old] & matching.new.bags[new]
    return same_kind and says_something(common) and likeness(matching, old, new) >= _BESIDE


def _mass(matching: Matching, old: int, new: int) -> float:
    """Joint rarity of the words that both share and that name something, as that of so many that stand nowhere else."""
    common = (matching.old.bags[old] & matching.new.bags[new]) - plain_stems()
    return matching.vocabulary.weight(common) / matching.vocabulary.rarest


def _why(matching: Matching, old: int, new: int) -> str:
    return "same place, " + words_shown(matching, matching.old.bags[old] & matching.new.bags[new])


def _comparable(matching: Matching, old: int, new: int, *, narrow: bool) -> bool:
    same_kind = matching.old.clauses[old].kind is matching.new.clauses[new].kind
    return same_kind and (narrow or (_mass(matching, old, new) >= _MASS and matching.same_section(old, new)))
