"""Clauses of two versions, however far apart, joined through their lineages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clausetrail.model import Lineage

Links = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def related(old: Sequence[int], new: Sequence[int], lineages: Iterable[Lineage], between: tuple[int, int]) -> Links:
    """Known links between two versions: one lineage on both sides, and splits and merges `between` them.

    `old` and `new` are lineages by position, of the earlier and the later version; `between` are their numbers.  Each
    position stands in at most one link, and every clause whose lineage stands on both sides is in one.  Where
    splits and merges have chained into many-to-many, only the plain links are kept.
    """
    group = _Groups()
    for lineage in lineages:
        for parent, _, version in lineage.parents:
            if between[0] < version <= between[1]:
                group.join(parent, lineage.number)
    olds, news = _members(group, old), _members(group, new)
    links: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for root, left in olds.items():
        right = news.get(root, [])
        if right and min(len(left), len(right)) == 1:
            links.append((tuple(left), tuple(right)))
        elif right:
            links.extend(((a,), (b,)) for a in left for b in right if old[a] == new[b])
    return tuple(sorted(links))


def returning(
    before: Sequence[int], again: Sequence[int], lineages: Iterable[Lineage], between: tuple[int, int]
) -> Links:
    """All links of a version that says again what an earlier one said: `related`, the other way round.

    `before` are the lineages of the version just before the return, `again` those of the earlier one; `between` are
    the numbers of (the earlier one, the one just before).  One clause is linked to one only where both have the same
    lineage.
    """
    back = related(again, before, lineages, between)
    plain = ((b, a) for a, b in back if len(a) + len(b) > 2 or again[a[0]] == before[b[0]])
    return tuple(sorted(plain))


def _members(group: _Groups, lineages: Sequence[int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for position, number in enumerate(lineages):
        members.setdefault(group.root(number), []).append(position)
    return members


class _Groups:
    """Disjoint sets of lineages."""

    def __init__(self) -> None:
        self._up: dict[int, int] = {}

    def root(self, number: int) -> int:
        while (above := self._up.get(number, number)) != number:
            number = above
        return number

    def join(self, a: int, b: int) -> None:
        first, second = sorted((self.root(a), self.root(b)))
        self._up[second] = first
