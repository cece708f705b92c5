"""Hostile sizes and determinism.  Work is bounded by counts; seconds are looked at only as a guard against hangs."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clausetrail.differ import align, compare
from clausetrail.differ.matching import LARGEST_GROUP
from clausetrail.model import Clause, ClauseKind, ClauseTree, RelationKind, Significance
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


def test_what_the_rules_do_not_read_is_not_called_editorial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("clausetrail.differ.compare"), "MOST_READ_OF_ALL", 60)
    lines = ["Guests may sing in the red tower.", "Guests may ring the brass bell.", "Guests may feed the tame gulls."]
    old = outline("\n".join(lines))
    new = outline("\n".join([*(line.replace("may", "must") for line in lines), "Warm soup is served at noon here."]))
    found = sorted(compare(old, new, language="en").changes, key=lambda c: c.new)
    assert [(c.significance, [s.name for s in c.signals]) for c in found] == [
        (Significance.SUBSTANTIVE, ["modal"]),
        (Significance.SUBSTANTIVE, ["modal"]),
        (Significance.NOT_ASSESSED, []),
        (Significance.SUBSTANTIVE, ["added"]),
    ]


def test_two_large_documents_with_nothing_in_common() -> None:
    old = flat([f"lamp{n} wick{n} oil{n} quay{n}" for n in range(8_000)])
    new = flat([f"soup{n} bread{n} honey{n} walnut{n}" for n in range(8_000)])
    relations = align(old, new).relations
    assert [r.kind for r in relations] == [RelationKind.REMOVED] * 8_000 + [RelationKind.ADDED] * 8_000


def _edited(clauses: int) -> tuple[ClauseTree, ClauseTree]:
    """A document, and the same with every twelfth clause edited."""
    old = [f"Keeper {n} lights lamp{n} with oil{n % 700} beside quay{n % 90} at dusk." for n in range(clauses)]
    new = [text.replace("at dusk", "before dawn") if n % 12 == 0 else text for n, text in enumerate(old)]
    return flat(old), flat(new)


def test_a_large_document_takes_a_moment() -> None:
    old, new = _edited(3_400)
    began = time.process_time()
    changes = compare(old, new, language="en").changes
    assert time.process_time() - began < 2
    assert len(changes) == 284


@pytest.mark.slow
def test_a_hostile_number_of_clauses_is_no_hang() -> None:
    old, new = _edited(50_000)
    began = time.process_time()
    found = align(old, new).relations
    assert time.process_time() - began < 60
    assert [r.old for r in found] == [r.new for r in found] == [(n,) for n in range(50_000)]


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
