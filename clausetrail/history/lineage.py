"""Lineages: which clause of a version continues which clause of the version before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from clausetrail.model import Clause, Descent, Lineage, Relation, Span

MIN_REINSTATED = 20
"""Characters a clause needs to be known again after it was gone: shorter ones ("including:") stand anywhere."""


@dataclass(slots=True)
class Ledger:
    """All lineages and spans of a document up to the version that was entered last."""

    lineages: dict[int, Lineage] = field(default_factory=dict)
    _open: dict[int, Span] = field(default_factory=dict)
    _past: dict[int, list[Span]] = field(default_factory=dict)
    """Closed spans of each lineage, in order."""
    _gone: dict[str, set[int]] = field(default_factory=dict)
    """Words -> lineages that had them and were gone at some time."""

    @classmethod
    def restore(cls, lineages: Iterable[Lineage], spans: Iterable[Span], keep: int) -> Ledger:
        """The ledger as it was after version `keep`, from what was written later."""
        ledger = cls()
        for span in spans:
            if span.first > keep:
                continue
            if span.last >= keep:
                ledger._open[span.lineage] = replace(span, last=keep)
            else:
                ledger._past.setdefault(span.lineage, []).append(span)
        for number in ledger._past.keys() - ledger._open.keys():
            ledger._remember(number)
        for lineage in lineages:
            if lineage.version <= keep:
                parents = tuple(p for p in lineage.parents if p[2] <= keep)
                ledger.lineages[lineage.number] = replace(lineage, parents=parents)
        return ledger

    def _remember(self, number: int) -> None:
        for span in self._past[number]:
            if len(span.words) >= MIN_REINSTATED:
                self._gone.setdefault(span.words, set()).add(number)

    def enter(self, version: int, lineages: Sequence[int], clauses: Sequence[Clause]) -> None:
        """Write down the words of every lineage of a version; versions are entered in order."""
        stands = dict(zip(lineages, clauses, strict=True))
        for number in self._open.keys() - stands.keys():
            self._past.setdefault(number, []).append(self._open.pop(number))
            self._remember(number)
        for number, clause in stands.items():
            span = self._open.get(number)
            if span is not None and span.words == clause.words:
                self._open[number] = replace(span, last=version)
                continue
            if span is not None:
                self._past.setdefault(number, []).append(span)
            self._open[number] = Span(number, clause.words, version, version)

    def reinstated(self, words: str, taken: set[int]) -> int | None:
        """The one lineage that once had these words and stands no more; None where there is none or several."""
        found = [n for n in self._gone.get(words, ()) if n not in self._open and n not in taken]
        return found[0] if len(found) == 1 else None

    def new(self, version: int, position: int, parents: Iterable[tuple[int, Descent, int]] = ()) -> int:
        number = len(self.lineages) + 1
        self.lineages[number] = Lineage(number, version, position, tuple(parents))
        return number

    def merge(self, into: int, absorbed: int, version: int) -> None:
        lineage = self.lineages[into]
        self.lineages[into] = replace(lineage, parents=(*lineage.parents, (absorbed, Descent.MERGED, version)))

    def result(self, last: int) -> tuple[tuple[Lineage, ...], tuple[Span, ...]]:
        """All lineages, with the version in which each ended, and all spans, ordered by (lineage, first)."""
        closed = (span for spans in self._past.values() for span in spans)
        spans = sorted([*closed, *self._open.values()], key=lambda s: (s.lineage, s.first))
        final = {s.lineage: s.last for s in spans}
        ended = {number: None if at == last else at + 1 for number, at in final.items()}
        return tuple(replace(self.lineages[n], ended=ended[n]) for n in sorted(self.lineages)), tuple(spans)


@dataclass(frozen=True, slots=True)
class Assignment:
    lineages: tuple[int, ...]
    reinstated: frozenset[int]
    """Positions whose lineage had been gone."""


def assign(
    ledger: Ledger,
    version: int,
    relations: Iterable[Relation],
    before: Sequence[int],
    old: Sequence[Clause],
    new: Sequence[Clause],
) -> Assignment:
    """Lineage of every new clause.  One to one goes on; of a split the likest part goes on and the rest descends from
    it; of a merge the likest source goes on and the rest flows into it; an added clause is new, unless its very words
    stood before and were gone."""
    heirs: dict[int, int] = {}
    parents: dict[int, tuple[int, Descent, int]] = {}
    merged: list[tuple[int, int]] = []
    for relation in relations:
        pairs = _pairs(relation, old, new)
        heirs.update((n, before[o]) for o, n in pairs)
        paired_old, paired_new = {o for o, _ in pairs}, {n for _, n in pairs}
        for n in relation.new:
            if n not in paired_new and relation.old:
                source = _likest(n, relation.old, new, old)
                parents[n] = (before[source], Descent.SPLIT, version)
        if relation.new:
            targets = [n for _, n in pairs]
            lost = [o for o in relation.old if o not in paired_old]
            merged.extend((_likest(o, targets, old, new), before[o]) for o in lost)
    return _numbered(ledger, version, heirs, parents, merged, new)


def _numbered(
    ledger: Ledger,
    version: int,
    heirs: dict[int, int],
    parents: dict[int, tuple[int, Descent, int]],
    merged: list[tuple[int, int]],
    new: Sequence[Clause],
) -> Assignment:
    taken, back, lineages = set(heirs.values()), set(), []
    for position, clause in enumerate(new):
        number = heirs.get(position)
        if number is None and position not in parents:
            number = ledger.reinstated(clause.words, taken)
            if number is not None:
                back.add(position)
        if number is None:
            number = ledger.new(version, position, [parents[position]] if position in parents else [])
        taken.add(number)
        lineages.append(number)
    for position, absorbed in sorted(merged):
        ledger.merge(lineages[position], absorbed, version)
    return Assignment(tuple(lineages), frozenset(back))


def _pairs(relation: Relation, old: Sequence[Clause], new: Sequence[Clause]) -> list[tuple[int, int]]:
    """Which old clause goes on in which new one: the likest pairs first, each clause once; ties by position."""
    if len(relation.old) == 1 and len(relation.new) == 1:
        return [(relation.old[0], relation.new[0])]
    ranked = sorted(
        ((-_overlap(old[o].words, new[n].words), o, n) for o in relation.old for n in relation.new),
    )
    pairs: list[tuple[int, int]] = []
    for _, o, n in ranked:
        if all(o != a and n != b for a, b in pairs):
            pairs.append((o, n))
    return pairs


def _likest(position: int, among: Sequence[int], side: Sequence[Clause], other: Sequence[Clause]) -> int:
    return max(among, key=lambda i: (_overlap(side[position].words, other[i].words), -i))


def _overlap(a: str, b: str) -> int:
    """Shared tokens, as a multiset; characters where there are no spaces."""
    left, right = (Counter(t.casefold().split() if " " in t else t.casefold()) for t in (a, b))
    return sum((left & right).values())
