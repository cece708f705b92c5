"""One tree of a comparison, flat: everything by position."""

from __future__ import annotations

from dataclasses import dataclass

from clausetrail.differ.tokens import Wording, wording
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
    wordings: tuple[Wording, ...]
    """What was read in the words."""
    keys: tuple[str, ...]
    """Those of the wordings."""
    bags: tuple[frozenset[str], ...]
    """Likewise."""

    def __len__(self) -> int:
        return len(self.clauses)

    def children(self, position: int) -> list[int]:
        """Positions of the children, in order."""
        found, at = [], position + 1
        while at < self.ends[position]:
            found.append(at)
            at = self.ends[at]
        return found


def columns(tree: ClauseTree) -> Side:
    """The columns of a tree."""
    clauses, parents = _flat(tree)
    words = tuple([c.words for c in clauses])
    read = tuple(map(wording, words))
    return Side(
        clauses=tuple(clauses),
        parents=tuple(parents),
        ends=_ends(parents),
        sections=_sections(clauses, parents),
        words=words,
        wordings=read,
        keys=tuple([w.key for w in read]),
        bags=tuple([w.bag for w in read]),
    )


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
