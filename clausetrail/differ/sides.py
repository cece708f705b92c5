"""One tree of a comparison, flat: everything by position."""

from __future__ import annotations

from dataclasses import dataclass

from clausetrail.differ.tokens import Vocabulary, tokens
from clausetrail.model import Clause, ClauseKind, ClauseTree


@dataclass(frozen=True, slots=True)
class Side:
    """Columns over the clauses of one tree."""

    clauses: tuple[Clause, ...]
    parents: tuple[int, ...]
    """-1 for the root's children."""
    ends: tuple[int, ...]
    """Position after the last descendant."""
    sections: tuple[int, ...]
    """Position of the nearest enclosing section, -1 for none."""
    words: tuple[str, ...]
    keys: tuple[str, ...]
    """Words without case and punctuation; empty where nothing is left."""
    stems: tuple[tuple[int, ...], ...]
    """In reading order, repeats included."""
    bags: tuple[frozenset[int], ...]
    """Distinct stems."""

    def __len__(self) -> int:
        return len(self.clauses)

    def children(self, position: int) -> list[int]:
        """Positions of the children, in order."""
        found, at = [], position + 1
        while at < self.ends[position]:
            found.append(at)
            at = self.ends[at]
        return found


class Reader:
    """Makes sides that share one vocabulary; equal words are read once."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self._read: dict[str, tuple[str, tuple[int, ...], frozenset[int]]] = {}

    def side(self, tree: ClauseTree) -> Side:
        clauses, parents = _flat(tree)
        read = [self._words(c.words) for c in clauses]
        return Side(
            clauses=tuple(clauses),
            parents=tuple(parents),
            ends=_ends(parents),
            sections=_sections(clauses, parents),
            words=tuple(c.words for c in clauses),
            keys=tuple(r[0] for r in read),
            stems=tuple(r[1] for r in read),
            bags=tuple(r[2] for r in read),
        )

    def _words(self, words: str) -> tuple[str, tuple[int, ...], frozenset[int]]:
        known = self._read.get(words)
        if known is None:
            found = tokens(words)
            stems = tuple(self.vocabulary.ids(found))
            known = self._read[words] = (" ".join(found), stems, frozenset(stems))
        return known


def _flat(tree: ClauseTree) -> tuple[list[Clause], list[int]]:
    clauses: list[Clause] = []
    parents: list[int] = []
    stack = [(c, -1) for c in reversed(tree.root.children)]
    while stack:
        clause, parent = stack.pop()
        position = len(clauses)
        clauses.append(clause)
        parents.append(parent)
        stack.extend((c, position) for c in reversed(clause.children))
    return clauses, parents


def _ends(parents: list[int]) -> tuple[int, ...]:
    ends = [at + 1 for at in range(len(parents))]
    for at in range(len(parents) - 1, -1, -1):
        if parents[at] >= 0:
            ends[parents[at]] = max(ends[parents[at]], ends[at])
    return tuple(ends)


def _sections(clauses: list[Clause], parents: list[int]) -> tuple[int, ...]:
    sections: list[int] = []
    for parent in parents:
        inside = parent < 0 or clauses[parent].kind is ClauseKind.SECTION
        sections.append(parent if inside else sections[parent])
    return tuple(sections)
