"""A comparison as rows: nothing lost, whatever a reader chose."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.changelog.rows import MOVES, Gone, sheet, side
from clausetrail.model import JOINT, Diff, RelationKind, Significance
from tests.changelog.strategies import diffs

FEW = settings(max_examples=60, deadline=None)


@FEW
@given(diffs())
def test_every_clause_of_the_new_text_and_every_change_is_there_once(diff: Diff) -> None:
    rows = [row for run in sheet(diff).runs for row in run.rows]
    items = [row for row in rows if not isinstance(row, Gone)]
    changes = diff.comparison.changes
    assert sorted(item.rank for item in items if item.rank) == list(range(1, len(changes) + 1))
    named = sorted(at for item in items for at in item.new)
    assert named == list(range(sum(1 for _ in diff.comparison.new.walk())))


@FEW
@given(diffs())
def test_what_moved_is_joined_to_where_it_stood(diff: Diff) -> None:
    rows = [row for run in sheet(diff).runs for row in run.rows]
    moved = sorted(row.rank for row in rows if not isinstance(row, Gone) and row.kind in MOVES)
    assert sorted(row.item.rank for row in rows if isinstance(row, Gone)) == moved


@FEW
@given(diffs(), st.sets(st.sampled_from(RelationKind)), st.sets(st.sampled_from(Significance)))
def test_what_is_not_chosen_is_counted(diff: Diff, kinds: set[RelationKind], weights: set[Significance]) -> None:
    found = sheet(diff, kinds=kinds, weights=weights)
    assert len(found.shown) + found.hidden == len(diff.comparison.changes)
    assert all(not kinds or item.kind in kinds for item in found.shown)
    assert all(not weights or item.significance in weights for item in found.shown)


@FEW
@given(diffs())
def test_the_sides_of_a_change_are_the_words_of_its_clauses(diff: Diff) -> None:
    old, new = ([clause.words for clause in tree.walk()] for tree in (diff.comparison.old, diff.comparison.new))
    for item in sheet(diff).shown:
        assert "".join(each.text for each in side(item.operations, new=False)) == JOINT.join(old[i] for i in item.old)
        assert "".join(each.text for each in side(item.operations, new=True)) == JOINT.join(new[i] for i in item.new)


@FEW
@given(diffs())
def test_only_long_runs_of_what_stayed_are_folded(diff: Diff) -> None:
    for run in sheet(diff).runs:
        assert run.folded == (not run.changed and len(run.rows) > 2)
