"""The whole of a document's history from its sightings, keeping what the past already holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from clausetrail.history.far import Links, same_lineage
from clausetrail.history.lineage import Assignment, Ledger, assign
from clausetrail.history.rulings import Rulings
from clausetrail.history.sequence import Confirmation, sequence
from clausetrail.model import (
    Change,
    Clause,
    ClauseTree,
    Comparison,
    Derivation,
    Past,
    RelationKind,
    Sighting,
    Signal,
    Traced,
    Version,
)

HISTORY_REVISION = 1


class Compare(Protocol):
    """`differ.compare`; `name` is the print of the new tree, for whoever knows its language by that."""

    def __call__(
        self, old: ClauseTree, new: ClauseTree, *, name: str, links: Links, apart: frozenset[tuple[int, int]]
    ) -> Comparison: ...


def derive(
    sightings: Iterable[Sighting],
    trees: Callable[[str], ClauseTree],
    compare: Compare,
    *,
    past: Past | None = None,
    rulings: Rulings | None = None,
    confirmation: Confirmation | None = None,
) -> Derivation:
    """Versions, lineages and changes of a document.

    `sightings` are all of the document's, in any order; `trees` gives the tree for the print of any of them, or of
    a combination of pages.  Equal sightings give an equal result whatever `past` holds: it only saves work.
    """
    past, rulings = past or Past(), rulings or Rulings()
    versions = sequence(sightings, confirmation).versions
    keep = _kept(past, versions) if not rulings.link else 0
    tracer = _Tracer(trees, compare, rulings, Ledger.restore(past.lineages, past.spans, keep))
    if keep:
        tracer.resume(past.lineages_by_version[:keep], versions[keep - 1])
    traced = tuple(tracer.step(version) for version in versions[keep:])
    lineages, spans = tracer.ledger.result(len(versions))
    return Derivation(versions, keep, traced, lineages, spans)


def _kept(past: Past, versions: Sequence[Version]) -> int:
    """How many of the first versions are what they were."""
    keep = 0
    for known, now in zip(past.versions, versions, strict=False):
        if _fixed(known) != _fixed(now):
            break
        keep += 1
    return keep


def _fixed(version: Version) -> tuple[object, ...]:
    return version.state, version.variants[0].print, version.origin, version.reverts_to


@dataclass(slots=True)
class _Tracer:
    trees: Callable[[str], ClauseTree]
    compare: Compare
    rulings: Rulings
    ledger: Ledger
    known: list[tuple[int, ...]] = field(default_factory=list)
    """Lineages of each version so far."""
    tree: ClauseTree | None = None
    clauses: tuple[Clause, ...] = ()
    cache: dict[tuple[str, str, Links, frozenset[tuple[int, int]]], Comparison] = field(default_factory=dict)
    """Pages that flap between two states compare the same two trees again and again."""
    print: str = ""

    def resume(self, known: Sequence[tuple[int, ...]], last: Version) -> None:
        self.known = list(known)
        self._stand(last)

    def _stand(self, version: Version) -> None:
        self.print = version.variants[0].print
        self.tree = self.trees(self.print)
        self.clauses = tuple(self.tree.walk())

    def step(self, version: Version) -> Traced:
        """Enter the next version."""
        old_tree, old, old_print = self.tree, self.clauses, self.print
        self._stand(version)
        if old_tree is None or self.tree is None:
            lineages = tuple(self.ledger.new(version.number, i) for i in range(len(self.clauses)))
            changes: tuple[Change, ...] = ()
        else:
            lineages, changes = self._follow(version, old_tree, old, old_print)
        self.ledger.enter(version.number, lineages, self.clauses)
        self.known.append(lineages)
        return Traced(version, lineages, changes)

    def _follow(
        self, version: Version, old_tree: ClauseTree, old: tuple[Clause, ...], old_print: str
    ) -> tuple[tuple[int, ...], tuple[Change, ...]]:
        before = self.known[-1]
        again = self.known[version.reverts_to - 1] if version.reverts_to else ()
        links, apart = self.rulings.pins(version, old, self.clauses)
        links = links or same_lineage(before, again)
        comparison = self._compared(old_tree, old_print, links, apart)
        if again:
            stood = set(before)
            back = frozenset(i for i, number in enumerate(again) if number not in stood)
            result = Assignment(again, back)
        else:
            result = assign(self.ledger, version.number, comparison.alignment.relations, before, old, self.clauses)
        changes = (_told(change, result.reinstated) for change in comparison.changes)
        return result.lineages, tuple(self.rulings.mark(version, old, self.clauses, changes))

    def _compared(
        self, old_tree: ClauseTree, old_print: str, links: Links, apart: frozenset[tuple[int, int]]
    ) -> Comparison:
        assert self.tree is not None  # noqa: S101 - step() has set it
        key = (old_print, self.print, links, apart)
        if key not in self.cache:
            self.cache[key] = self.compare(old_tree, self.tree, name=self.print, links=links, apart=apart)
        return self.cache[key]


def _told(change: Change, reinstated: frozenset[int]) -> Change:
    if change.kind is RelationKind.ADDED and reinstated.intersection(change.new):
        return replace(change, signals=(*change.signals, Signal("reinstated")))
    return change
