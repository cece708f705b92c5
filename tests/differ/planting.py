"""Plants edits whose truth is known into a tree: clauses moved, split, merged and reworded, and all labels renewed.

Every clause is used for one edit at most, and only clauses that can be told from all others: the words stand once in
the tree, and there are enough of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from clausetrail.differ.tokens import tokens
from clausetrail.model import Clause, ClauseKind, ClauseTree, RelationKind

SHARE = 0.03
"""Of the clauses, for each kind of edit; one at least where there is any that will do."""
FEWEST = 8
"""Distinct words of a clause that an edit is tried on."""
FEWEST_OF_HALF = 5
REWORDED = 0.2
"""Of the words."""
_NOT_PROSE = (ClauseKind.SECTION, ClauseKind.ROW)
_INVENTED = ("zurlep", "mikand", "torvel", "quessit", "bralone", "fendary", "oskimo", "plintha", "wexford", "yarrowen")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])\s*")


@dataclass(eq=False)
class Node:
    """A clause of the new tree, and the positions that its words come from."""

    clause: Clause
    origins: tuple[int, ...]
    parent: Node | None = field(repr=False)
    section: int
    """Old position of the nearest section, -1 for none."""
    children: list[Node] = field(default_factory=list, repr=False)
    planted: RelationKind | None = None
    """None: nothing was done to it."""

    @property
    def place(self) -> int:
        assert self.parent
        return self.parent.children.index(self)

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def built(self) -> Clause:
        return replace(self.clause, children=tuple(child.built() for child in self.children))


@dataclass(frozen=True)
class Expected:
    """What an aligner should find; `kind` is None where nothing was done."""

    kind: RelationKind | None
    old: tuple[int, ...]
    new: tuple[int, ...]


def planted(tree: ClauseTree, random: Random) -> tuple[ClauseTree, list[Expected]]:
    """A changed copy of a tree, and what became of every clause."""
    root = _nodes(tree)
    for plant in (_split, _merge, _move, _reword):
        wanted = max(1, round(SHARE * len(list(root.walk()))))
        candidates = [node for node in root.walk() if _is_usable(node)]
        once = Counter(node.clause.words for node in root.walk())
        random.shuffle(candidates)
        for node in candidates:
            if wanted and once[node.clause.words] == 1 and _is_usable(node) and plant(node, root, random):
                wanted -= 1
    for number, node in enumerate(root.walk()):
        node.clause = replace(node.clause, label=f"{number}.")
    return ClauseTree(root.built()), list(_truth(root))


def _nodes(tree: ClauseTree) -> Node:
    root = Node(tree.root, (), None, -1)
    count = -1

    def grow(clause: Clause, parent: Node, section: int) -> None:
        nonlocal count
        count += 1
        node = Node(clause, (count,), parent, section)
        parent.children.append(node)
        inside = count if clause.kind is ClauseKind.SECTION else section
        for child in clause.children:
            grow(child, node, inside)

    for child in tree.root.children:
        grow(child, root, -1)
    return root


def _is_usable(node: Node) -> bool:
    """A leaf of prose that nothing was done to, of words enough, and not the only one of its parent."""
    if node.parent is None or node.planted or node.children or node.clause.kind in _NOT_PROSE:
        return False
    return len(set(tokens(node.clause.words))) >= FEWEST and len(node.parent.children) > 1


def _split(node: Node, _root: Node, _random: Random) -> bool:
    """In two, between sentences."""
    sentences = _SENTENCE.split(node.clause.words)
    for at in range(1, len(sentences)):
        halves = " ".join(sentences[:at]), " ".join(sentences[at:])
        if all(len(set(tokens(half))) >= FEWEST_OF_HALF for half in halves):
            assert node.parent
            rest = replace(node, clause=_worded(node.clause, halves[1]), planted=RelationKind.SPLIT)
            node.parent.children.insert(node.place + 1, rest)
            node.clause, node.planted = _worded(node.clause, halves[0]), RelationKind.SPLIT
            return True
    return False


def _merge(node: Node, _root: Node, _random: Random) -> bool:
    """With the clause after it."""
    assert node.parent
    after = node.parent.children[node.place + 1 : node.place + 2]
    if not after or not _is_usable(after[0]) or after[0].clause.kind is not node.clause.kind:
        return False
    other = after[0]
    node.parent.children.remove(other)
    node.clause = _worded(node.clause, f"{node.clause.words} {other.clause.words}")
    node.origins, node.planted = node.origins + other.origins, RelationKind.MERGED
    other.planted = RelationKind.MERGED
    return True


def _move(node: Node, root: Node, random: Random) -> bool:
    """Into another section."""
    homes = [n for n in root.walk() if n.children and _section_of(n) != node.section and not n.planted]
    if not homes:
        return False
    assert node.parent
    node.parent.children.remove(node)
    node.parent = random.choice(homes)
    node.parent.children.insert(random.randint(0, len(node.parent.children)), node)
    node.planted = RelationKind.MOVED
    return True


def _section_of(home: Node) -> int:
    return home.origins[0] if home.clause.kind is ClauseKind.SECTION and home.origins else home.section


def _reword(node: Node, _root: Node, random: Random) -> bool:
    words = node.clause.words.split(" ")
    if len(words) < FEWEST:
        return False
    for at in random.sample(range(len(words)), max(1, round(REWORDED * len(words)))):
        words[at] = random.choice(_INVENTED)
    node.clause, node.planted = _worded(node.clause, " ".join(words)), RelationKind.EDITED
    return True


def _worded(clause: Clause, words: str) -> Clause:
    return replace(clause, words=words, text=words, lead="")


def _truth(root: Node) -> Iterator[Expected]:
    groups: dict[tuple[int, ...], tuple[RelationKind | None, list[int]]] = {}
    for position, node in enumerate(list(root.walk())[1:]):
        groups.setdefault(node.origins, (node.planted, []))[1].append(position)
    for old, (kind, new) in groups.items():
        yield Expected(kind, old, tuple(new))
