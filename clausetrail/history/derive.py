"""The whole of a document's history from its sightings, keeping what the past already holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from clausetrail.history.far import Links, returning
from clausetrail.history.lineage import Ledger, assign
from clausetrail.history.rulings import Rulings
from clausetrail.history.sequence import sequence
from clausetrail.model import (
    Change,
    Clause,
    ClauseKind,
    ClauseTree,
    Comparison,
    Confirmation,
    Derivation,
    Past,
    RelationKind,
    Sighting,
    Signal,
    Traced,
    Version,
)

_NOTHING = ClauseTree(Clause(ClauseKind.SECTION, ""))


class Compare(Protocol):
    """`differ.compare`; `name` is the print of the new tree, for whoever knows its language by that."""

    def __call__(
        self,
        old: ClauseTree,
        new: ClauseTree,
        *,
        name: str,
        links: Links,
        apart: frozenset[tuple[int, int]],
        closed: bool,
    ) -> Comparison: ...


def derive(
    sightings: Iterable[Sighting],
    trees: Callable[[str], ClauseTree],
    compare: Compare,
    *,
    past: Past | None = None,
    rulings: Rulings | None = None,
    confirmation: Confirmation | None = None,
    pages: tuple[str, ...] = (),
) -> Derivation:
    """Versions, lineages and changes of a document.

    `sightings` are all of the document's, in any order; `trees` gives the tree for the print of any of them, or of
    a combination of pages; `pages` are those that are declared, in order.
    Equal sightings give an equal result whatever `past` holds: it only saves work.
    """
    past, rulings = past or Past(), rulings or Rulings()
    versions = sequence(sightings, confirmation, pages).versions
    keep = _kept(past, versions) if not rulings.link else 0
    if 0 < keep == len(versions) == len(past.versions):
        return Derivation(versions, keep, (), past.lineages, past.spans)
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
    tree: ClauseTree = _NOTHING
    clauses: tuple[Clause, ...] = ()
    cache: dict[tuple[str, str, Links, frozenset[tuple[int, int]], bool], Comparison] = field(default_factory=dict)
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
        if not self.known:
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
        ruled, apart = self.rulings.pins(version, old, self.clauses)
        if version.reverts_to and not ruled and not apart:
            lineages, changes = self._return(version.reverts_to, version.number, old_tree, old_print)
        else:
            comparison = self._compared(old_tree, old_print, ruled, apart)
            relations = comparison.alignment.relations
            found = assign(self.ledger, version.number, relations, self.known[-1], old, self.clauses)
            lineages, changes = found.lineages, _told(comparison.changes, found.reinstated)
        return lineages, tuple(self.rulings.mark(version, old, self.clauses, changes))

    def _return(
        self, earlier: int, number: int, old_tree: ClauseTree, old_print: str
    ) -> tuple[tuple[int, ...], Iterator[Change]]:
        """To the words of an `earlier` version, and so to its lineages: what is known of them says what became of each
        clause.  Only a clause that says now what it said before goes on as what it was, even where the earlier version
        knew it as another."""
        before, again = self.known[-1], self.known[earlier - 1]
        links = returning(before, again, self.ledger.lineages.values(), (earlier, number - 1))
        comparison = self._compared(old_tree, old_print, links, closed=True)
        lineages, stood = list(again), set(before)
        for relation in comparison.alignment.relations:
            if len(relation.old) == len(relation.new) == 1:
                lineages[relation.new[0]] = before[relation.old[0]]
        back = frozenset(i for i, lineage in enumerate(lineages) if lineage not in stood)
        return tuple(lineages), _told(comparison.changes, back)

    def _compared(
        self,
        old_tree: ClauseTree,
        old_print: str,
        links: Links,
        apart: frozenset[tuple[int, int]] = frozenset(),
        *,
        closed: bool = False,
    ) -> Comparison:
        key = (old_print, self.print, links, apart, closed)
        if key not in self.cache:
            self.cache[key] = self.compare(
                old_tree, self.tree, name=self.print, links=links, apart=apart, closed=closed
            )
        return self.cache[key]


def _told(changes: Iterable[Change], reinstated: frozenset[int]) -> Iterator[Change]:
    """Changes of which those that bring a clause back say so."""
    for change in changes:
        back = change.kind is RelationKind.ADDED and reinstated.intersection(change.new)
        yield replace(change, signals=(*change.signals, Signal("reinstated"))) if back else change
