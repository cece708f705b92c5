"""Hostile sizes and determinism.  Work is bounded by counts; seconds are looked at only as a guard against hangs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from clausetrail.differ import align, compare
from clausetrail.differ.matching import LARGEST_GROUP
from clausetrail.model import Clause, ClauseKind, ClauseTree, RelationKind
from tests.differ.loader import outline

ROOT = Path(__file__).parent.parent.parent


def flat(texts: list[str]) -> ClauseTree:
    clauses = tuple(Clause(ClauseKind.PARAGRAPH, text, text=text) for text in texts)
    return ClauseTree(Clause(ClauseKind.SECTION, "", children=clauses))


def test_many_alike_clauses() -> None:
    old = flat(["Example: a lamp."] * 4_000)
    new = flat(["Example: a lamp."] * 3_990)
    kinds = [r.kind for r in align(old, new).relations]
    assert kinds.count(RelationKind.SAME) == 3_990
    assert kinds.count(RelationKind.REMOVED) == 10


def test_clauses_that_differ_in_common_words_only() -> None:
    old = flat([f"Lamp {n} of this harbour" for n in range(1_500)])
    new = flat([f"Lamp {n} of that harbour" for n in range(1_500)])
    relations = align(old, new).relations
    assert all(r.kind is RelationKind.EDITED and r.old == r.new for r in relations)


def test_deep_nesting() -> None:
    clause = Clause(ClauseKind.ITEM, "innermost lamp")
    for level in range(900):
        clause = Clause(ClauseKind.ITEM, f"lamp of level {level}", children=(clause,))
    tree = ClauseTree(Clause(ClauseKind.SECTION, "", children=(clause,)))
    assert compare(tree, tree).changes == ()


def test_one_clause_in_very_many_pieces_stays_within_a_group() -> None:
    parts = [f"word{n} lantern{n} kettle{n} violin{n}." for n in range(200)]
    relations = align(flat([" ".join(parts)]), flat(parts)).relations
    assert max(len(r.new) for r in relations) == LARGEST_GROUP


def test_empty_trees() -> None:
    empty = flat([])
    assert compare(empty, empty).changes == ()
    assert [c.kind for c in compare(empty, outline("A lamp.")).changes] == [RelationKind.ADDED]


def test_the_same_under_any_hash_seed() -> None:
    code = "from tests.differ.loader import *; print([c.compare() for c in cases()])"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    }
    assert len(outputs) == 1
