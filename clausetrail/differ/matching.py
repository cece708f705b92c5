"""The state that the passes of an alignment share: two sides, the links found so far, and what is still free."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from clausetrail.differ.order import longest_rising
from clausetrail.differ.sides import Side
from clausetrail.differ.vocabulary import Vocabulary

Pair = tuple[int, int]
"""An old position and a new one."""

Positions = tuple[int, ...]
"""Of clauses of one side, ascending."""

LARGEST_GROUP = 24
"""Clauses that one relation may hold on one side, pinned groups apart: a bound on chains of splits and merges."""

MOST_TANGLED = 2
"""And on the side that has fewer: where more went into more, each likeness says less about all of them."""


@dataclass(slots=True)
class Group:
    """Clauses that are linked to one another, directly or through others."""

    old: Positions
    new: Positions
    pinned: bool = False


class Matching:
    """Links between two sides.  Every clause is in one group; a free clause is alone in its group."""

    def __init__(self, old: Side, new: Side, vocabulary: Vocabulary, apart: Collection[Pair] = ()) -> None:
        self.old, self.new = old, new
        self.vocabulary = vocabulary
        self.links: dict[Pair, str] = {}
        """Why two clauses belong together."""
        self.old_groups = [Group((o,), ()) for o in range(len(old))]
        self.new_groups = [Group((), (n,)) for n in range(len(new))]
        self._apart = frozenset(apart)
        self._singles: list[Pair] | None = None
        self._gaps: Gaps | None = None

    def free_old(self) -> list[int]:
        """Old positions with no link."""
        return [o for o, g in enumerate(self.old_groups) if not g.new]

    def free_new(self) -> list[int]:
        """New positions with no link."""
        return [n for n, g in enumerate(self.new_groups) if not g.old]

    def is_free(self, old: int, new: int) -> bool:
        """Whether both are free and may be linked."""
        return not self.old_groups[old].new and not self.new_groups[new].old and (old, new) not in self._apart

    def linked(self, old: int, new: int) -> bool:
        """Whether both stand in one relation; two roots (-1) do."""
        if old < 0 or new < 0:
            return old == new
        return self.old_groups[old] is self.new_groups[new]

    def same_section(self, old: int, new: int) -> bool:
        """Whether the enclosing sections are linked, or neither is linked to anything."""
        a, b = self.old.sections[old], self.new.sections[new]
        unknown = a >= 0 and b >= 0 and not self.old_groups[a].new and not self.new_groups[b].old
        return unknown or self.linked(a, b)

    @property
    def singles(self) -> list[Pair]:
        """One-to-one links, by old position; looked for anew after new links."""
        if self._singles is None:
            groups = enumerate(self.old_groups)
            self._singles = [(o, g.new[0]) for o, g in groups if len(g.old) == len(g.new) == 1]
        return self._singles

    def changed(self) -> tuple[list[int], list[int]]:
        """Old and new positions of all clauses but those whose one partner says the same."""
        keys_old, keys_new = self.old.keys, self.new.keys
        same = {o: n for o, n in self.singles if keys_old[o] == keys_new[n]}
        kept = set(same.values())
        olds, news = range(len(self.old)), range(len(self.new))
        return [o for o in olds if o not in same], [n for n in news if n not in kept]

    def link(self, old: int, new: int, why: str) -> bool:
        """Link two clauses and so their groups; False, and nothing done, where that is not allowed."""
        a, b = self.old_groups[old], self.new_groups[new]
        if not self.allows(old, new):
            return False
        self._join(a, b)
        self.links[old, new] = why
        self._singles = self._gaps = None
        return True

    def pin(self, old: tuple[int, ...], new: tuple[int, ...], why: str) -> None:
        """Make one closed group of free clauses, unless it holds a pair that must be apart."""
        if not old or not new or any((o, n) in self._apart for o in old for n in new):
            return
        group = Group(tuple(sorted(old)), tuple(sorted(new)), pinned=True)
        for o in old:
            self.old_groups[o] = group
        for n in new:
            self.new_groups[n] = group
        self.links[group.old[0], group.new[0]] = why
        self._singles = self._gaps = None

    @property
    def gaps(self) -> Gaps:
        """Where clauses stand between those that kept their order; made anew after new links."""
        if self._gaps is None:
            self._gaps = Gaps(self.singles)
        return self._gaps

    def allows(self, old: int, new: int) -> bool:
        """Whether the two may be linked and are not yet: neither is pinned, the group would not be too large, and holds
        no pair that must be apart."""
        a, b = self.old_groups[old], self.new_groups[new]
        if a is b or a.pinned or b.pinned:
            return False
        olds, news = len(a.old) + len(b.old), len(a.new) + len(b.new)
        if max(olds, news) > LARGEST_GROUP or min(olds, news) > MOST_TANGLED:
            return False
        if not self._apart:
            return True
        return all((o, n) not in self._apart for x, y in ((a, b), (b, a)) for o in x.old for n in y.new)

    def _join(self, a: Group, b: Group) -> None:
        for o in b.old:
            self.old_groups[o] = a
        for n in b.new:
            self.new_groups[n] = a
        a.old = _merged(a.old, b.old)
        a.new = _merged(a.new, b.new)


def _merged(some: Positions, others: Positions) -> Positions:
    return tuple(sorted(some + others)) if some and others else some or others


class Gaps:
    """The one-to-one links that kept their order are a backbone; a gap is what lies between two of its links."""

    def __init__(self, singles: Sequence[Pair]) -> None:
        kept = [singles[i] for i in longest_rising([n for _, n in singles])]
        self._old = [o for o, _ in kept]
        self._new = [n for _, n in kept]

    def of_old(self, position: int) -> int:
        """Number of the gap in which a free old clause stands."""
        return bisect_left(self._old, position)

    def of_new(self, position: int) -> int:
        return bisect_left(self._new, position)

    def offset(self, old: int, new: int) -> int:
        """How far apart two clauses stand: in gaps, then in places within the gap."""
        a, b = self.of_old(old), self.of_new(new)
        if a != b:
            return 1_000_000 * abs(a - b)
        start_old = self._old[a - 1] if a else -1
        start_new = self._new[a - 1] if a else -1
        return abs((old - start_old) - (new - start_new))


def settle(matching: Matching, scored: Iterable[tuple[float, int, int]], why: Callable[[int, int], str]) -> list[Pair]:
    """Link free pairs one to one, best first; ties go to the pair that stands closest, then first.

    Greedy, and the same with the sides swapped: pairs of one score and one sum of positions never compete."""
    gaps = matching.gaps
    ranked = sorted([(-score, gaps.offset(o, n), o + n, o, n) for score, o, n in scored])
    done = []
    for _, _, _, o, n in ranked:
        if matching.is_free(o, n) and matching.link(o, n, why(o, n)):
            done.append((o, n))
    return done
