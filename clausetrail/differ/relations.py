"""From links to relations: kind, certainty, score and evidence of each group of clauses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from clausetrail.differ.doubts import doubts
from clausetrail.differ.matching import Group, Matching
from clausetrail.differ.moves import moved
from clausetrail.differ.tokens import Wording
from clausetrail.model import Certainty, Relation, RelationKind

_FIRM_PINNED = 0.25
"""Likeness below which even a link through known lineages is told as likely: it may rest on a chain of guesses."""
_FIRM = 0.6
"""Likeness from which a link is firm."""
_EDIT = 0.53
"""Likeness, word by word and in order, from which one clause is an edit of another and no rewriting."""
_EDIT_LETTERS = 0.75
"""Likewise letter by letter: what tells short lines apart is often a number, or an ending."""
_EDIT_SURE = 0.7
"""Likeness by rare words from which their order need not be looked at."""
_LETTERS = 100_000_000
"""Letters of one side times those of the other up to which they are looked at; beyond, rare words decide."""
_DOUBT = {RelationKind.REMOVED: "possibly restated at", RelationKind.ADDED: "possibly taken from"}
_FEW = "a few of its words stand elsewhere too"


def relations(matching: Matching, *, swapped: bool) -> tuple[Relation, ...]:
    """One relation a group, in the order that `Alignment` asks for; `swapped` if the matching's old side is the new."""
    displaced = moved(matching)
    unsure = doubts(matching)
    found = [_relation(matching, group, displaced, unsure, swapped) for group in _groups(matching)]
    return tuple(_ordered(found))


def _groups(matching: Matching) -> Iterator[Group]:
    seen: set[int] = set()
    for group in chain(matching.old_groups, matching.new_groups):
        if id(group) not in seen:
            seen.add(id(group))
            yield group


def _relation(matching: Matching, group: Group, displaced: set[int], unsure: dict[int, str], swapped: bool) -> Relation:
    old, new = (group.new, group.old) if swapped else (group.old, group.new)
    if not old or not new:
        kind = RelationKind.ADDED if new else RelationKind.REMOVED
        where = unsure.get(id(group))
        if where is None:
            return Relation(kind, old, new, Certainty.FIRM, 0.0)
        return Relation(kind, old, new, Certainty.LIKELY, 0.0, f"{_DOUBT[kind]} {where}" if where else _FEW)
    score = _score(matching, group)
    kind = _kind(matching, group, displaced, score, swapped)
    # Of several that became several, not all became all, unless not a word changed.
    tangled = min(len(old), len(new)) > 1 and score < 1.0 and not group.pinned
    firm = score >= (_FIRM_PINNED if group.pinned else _FIRM) and not tangled
    certainty = Certainty.FIRM if firm else Certainty.LIKELY
    return Relation(kind, old, new, certainty, round(score, 4), _evidence(matching, group))


def _kind(matching: Matching, group: Group, displaced: set[int], score: float, swapped: bool) -> RelationKind:
    if len(group.old) != 1 or len(group.new) != 1:
        olds, news = (group.new, group.old) if swapped else (group.old, group.new)
        return RelationKind.SPLIT if len(news) > len(olds) else RelationKind.MERGED
    o, n = group.old[0], group.new[0]
    away = o in displaced
    if matching.old.words[o] == matching.new.words[n]:
        if away:
            return RelationKind.MOVED
        same_label = matching.old.clauses[o].label == matching.new.clauses[n].label
        return RelationKind.SAME if same_label else RelationKind.RELABELLED
    if not _is_edit(matching, o, n, score, swapped):
        return RelationKind.REWRITTEN
    return RelationKind.MOVED_EDITED if away else RelationKind.EDITED


def _is_edit(matching: Matching, old: int, new: int, score: float, swapped: bool) -> bool:
    from rapidfuzz.distance import Indel

    if score >= _EDIT_SURE:
        return True
    a, b = matching.old.wordings[old], matching.new.wordings[new]
    before, after = (b, a) if swapped else (a, b)
    if len(before.bag) > 1 and before.bag <= after.bag:
        return True  # all that it said is still said
    if len(a.key) * len(b.key) > _LETTERS:
        return score >= _EDIT
    if Indel.normalized_similarity(_unnumbered(a), _unnumbered(b)) >= _EDIT:
        return True
    return Indel.normalized_similarity(a.key, b.key) >= _EDIT_LETTERS


def _unnumbered(wording: Wording) -> list[str]:
    """Tokens in which one number is like another: a new date, or a new count, rewrites nothing."""
    return ["0" if token.isdigit() else token for token in wording.tokens]


def _score(matching: Matching, group: Group) -> float:
    if [matching.old.keys[o] for o in group.old] == [matching.new.keys[n] for n in group.new]:
        return 1.0
    old = frozenset[str]().union(*(matching.old.bags[o] for o in group.old))
    new = frozenset[str]().union(*(matching.new.bags[n] for n in group.new))
    both = matching.vocabulary.weight(old) + matching.vocabulary.weight(new)
    return 2 * matching.vocabulary.weight(old & new) / both if both else 0.0


def _evidence(matching: Matching, group: Group) -> str:
    if len(group.old) == len(group.new) == 1:
        return matching.links[group.old[0], group.new[0]]
    reasons = [matching.links[o, n] for o in group.old for n in group.new if (o, n) in matching.links]
    return "; ".join(dict.fromkeys(r for r in reasons if r))


def _ordered(found: list[Relation]) -> list[Relation]:
    """By first new position; what was removed stands after the relation of the clause before it."""
    start = {o: r.new[0] for r in found if r.new for o in r.old}
    gone = sorted([r.old[0] for r in found if not r.new])
    after: dict[int, int] = {}
    """For what was removed, the start of the relation of the nearest clause before it that has one."""
    for o in gone:
        after[o] = start.get(o - 1, after.get(o - 1, -1))
    return sorted(found, key=lambda r: (r.new[0], 0, 0) if r.new else (after[r.old[0]], 1, r.old[0]))
