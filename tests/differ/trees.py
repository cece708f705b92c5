"""Small trees for property tests: words from a short list, so that clauses repeat, resemble and contain one another."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from clausetrail.model import Clause, ClauseKind, ClauseTree

WORDS = ["lantern", "harbour", "may", "must", "not", "share", "copper", "violin", "30", "including:", "hedgehog", "灯"]

_words = st.lists(st.sampled_from(WORDS), min_size=0, max_size=9).map(" ".join)
_labels = st.sampled_from(["", "1.", "(a)", "§ 3"])


def _clause(children: st.SearchStrategy[list[Clause]]) -> st.SearchStrategy[Clause]:
    return st.builds(
        lambda kind, words, label, below: Clause(kind, words, label=label, children=tuple(below)),
        st.sampled_from(ClauseKind),
        _words,
        _labels,
        children,
    )


_clauses = st.recursive(_clause(st.just([])), lambda inner: _clause(st.lists(inner, max_size=4)), max_leaves=6)

trees = st.lists(_clauses, max_size=5).map(
    lambda clauses: ClauseTree(Clause(ClauseKind.SECTION, "", children=tuple(clauses)))
)


def relabelled(tree: ClauseTree, label: str) -> ClauseTree:
    """The same tree with one label everywhere."""

    def change(clause: Clause) -> Clause:
        return replace(clause, label=label, children=tuple(change(c) for c in clause.children))

    return ClauseTree(change(tree.root))


def size(tree: ClauseTree) -> int:
    return sum(1 for _ in tree.walk())
