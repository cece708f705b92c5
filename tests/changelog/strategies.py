"""Comparisons made up by hypothesis: every kind of relation, hostile texts."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime

from hypothesis import strategies as st

from clausetrail.model import (
    JOINT,
    Alignment,
    Certainty,
    Change,
    Clause,
    ClauseKind,
    ClauseTree,
    Comparison,
    Diff,
    End,
    Link,
    Relation,
    RelationKind,
    Signal,
    Significance,
)
from tests.changelog.loader import SHA, in_reading_order, operations, version

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</ins></p></main>",
    "[a](javascript:alert(1))",
    "![x](http://evil.example/i.png)",
    "# heading",
    "- item",
    "1. one",
    "=====",
    "> quote",
    "`code`",
    "**bold**",
    "~~struck~~",
    "&lt;b&gt;",
    "\x1b[31mred\x1b[0m",
    "\x9b31m",
    "\x07",
    "\r",
    "\u202eevil\u2066",
    "zero\u200bwidth",
    "line\u2028two",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{+x+}",
    "\\",
    "|",
    "用户不得",
    "，",
    "must not",
    "(a)",
]
_SIZES = {
    RelationKind.SAME: (1, 1),
    RelationKind.RELABELLED: (1, 1),
    RelationKind.EDITED: (1, 1),
    RelationKind.MOVED: (1, 1),
    RelationKind.MOVED_EDITED: (1, 1),
    RelationKind.SPLIT: (1, 2),
    RelationKind.MERGED: (2, 1),
    RelationKind.REWRITTEN: (1, 1),
    RelationKind.ADDED: (0, 1),
    RelationKind.REMOVED: (1, 0),
}
_KEPT = frozenset({RelationKind.SAME, RelationKind.RELABELLED, RelationKind.MOVED})
texts = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text("abc def,.-*_<", min_size=1, max_size=8)), max_size=5).map(
    lambda parts: " ".join(" ".join(parts).split(" ")).strip() or "words"
)
_kinds = st.sampled_from(list(ClauseKind))


@st.composite
def clauses(draw: Callable[..., object], words: str | None = None) -> Clause:
    kind = draw(_kinds)
    text = words if words is not None else draw(texts)
    label = draw(st.one_of(st.just(""), st.sampled_from(["1.", "(a)", "<b>", "\x1b[2J"])))
    heading = text if kind is ClauseKind.SECTION else ""
    links = (Link("here", "javascript:alert(1)"),) if draw(st.booleans()) else ()
    columns = tuple(draw(st.lists(texts, max_size=3))) if kind is ClauseKind.ROW else ()
    own = "" if heading else text
    return Clause(kind, text, label=label, heading=heading, text=own, links=links, depth=1, columns=columns)


def _tree(flat: list[Clause]) -> ClauseTree:
    return ClauseTree(Clause(ClauseKind.SECTION, "", children=tuple(flat)))


@st.composite
def comparisons(draw: Callable[..., object]) -> Comparison:
    """Flat trees of up to a dozen relations, in an old order of their own."""
    kinds = draw(st.lists(st.sampled_from(list(RelationKind)), max_size=8))
    groups = []
    for kind in kinds:
        before = [draw(clauses()) for _ in range(_SIZES[kind][0])]
        kept = before[0].words if kind in _KEPT else None
        groups.append((kind, before, [draw(clauses(kept)) for _ in range(_SIZES[kind][1])]))
    old_order = list(range(len(groups)))
    random.Random(draw(st.integers(0, 99))).shuffle(old_order)
    old: list[Clause] = []
    olds: dict[int, tuple[int, ...]] = {}
    for index in old_order:
        olds[index] = tuple(range(len(old), len(old) + len(groups[index][1])))
        old += groups[index][1]
    new: list[Clause] = []
    relations, changes = [], []
    for index, (kind, before, after) in enumerate(groups):
        news = tuple(range(len(new), len(new) + len(after)))
        new += after
        certainty = draw(st.sampled_from(list(Certainty)))
        relations.append(Relation(kind, olds[index], news, certainty, 0.5, draw(texts)))
        if kind is not RelationKind.SAME:
            joined = [JOINT.join(clause.words for clause in side) for side in (before, after)]
            signals = draw(st.lists(st.builds(Signal, texts, texts, texts), max_size=2))
            weight = draw(st.sampled_from(list(Significance)))
            made = operations(*joined)
            changes.append(Change(kind, olds[index], news, certainty, weight, tuple(signals), made, 0.5, draw(texts)))
    return Comparison(_tree(old), _tree(new), Alignment(tuple(in_reading_order(relations))), tuple(changes))


@st.composite
def diffs(draw: Callable[..., object]) -> Diff:
    compared = draw(comparisons())
    if draw(st.booleans()):
        return Diff("", End(draw(texts), compared.old), End(draw(texts), compared.new), compared)
    seen = {"first_seen": datetime(2024, 1, 10, tzinfo=UTC), "before": datetime(2024, 1, 8, tzinfo=UTC)}
    ends = [
        End(draw(texts), tree, version({"version": n, **seen}), (), (draw(texts),), (), "live", SHA, draw(texts))
        for n, tree in ((2, compared.old), (3, compared.new))
    ]
    return Diff("northlight/usage-policy", *ends, compared)
