"""What holds for any two trees."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clausetrail.differ import align, compare, replay
from clausetrail.errors import DiffError
from clausetrail.model import JOINT, Alignment, ClauseTree, RelationKind
from tests.differ.trees import relabelled, size, trees

QUICK = settings(deadline=None, max_examples=40)

Links = set[tuple[tuple[int, ...], tuple[int, ...]]]


def links(alignment: Alignment) -> Links:
    return {(r.old, r.new) for r in alignment.relations if r.old and r.new}


def covers(alignment: Alignment, old: ClauseTree, new: ClauseTree) -> bool:
    before = sorted(p for r in alignment.relations for p in r.old)
    after = sorted(p for r in alignment.relations for p in r.new)
    return before == list(range(size(old))) and after == list(range(size(new)))


@QUICK
@given(trees, trees)
def test_cover_and_order(old: ClauseTree, new: ClauseTree) -> None:
    alignment = align(old, new)
    assert covers(alignment, old, new)
    firsts = [r.new[0] for r in alignment.relations if r.new]
    assert firsts == sorted(firsts)
    assert all((r.kind is RelationKind.ADDED) == (not r.old) for r in alignment.relations)
    assert all((r.kind is RelationKind.REMOVED) == (not r.new) for r in alignment.relations)


@QUICK
@given(trees, trees)
def test_changes_replay_and_are_in_order(old: ClauseTree, new: ClauseTree) -> None:
    comparison = compare(old, new, language="en")
    before, after = list(old.walk()), list(new.walk())
    for change in comparison.changes:
        sides = JOINT.join(before[p].words for p in change.old), JOINT.join(after[p].words for p in change.new)
        assert replay(change.operations) == (("", "") if sides[0] == sides[1] else sides)
    weights = [c.importance for c in comparison.changes]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) == sum(r.kind is not RelationKind.SAME for r in comparison.alignment.relations)


@QUICK
@given(trees)
def test_identity(tree: ClauseTree) -> None:
    relations = align(tree, tree).relations
    assert [(r.kind, r.old, r.new) for r in relations] == [(RelationKind.SAME, (p,), (p,)) for p in range(size(tree))]
    assert compare(tree, tree).changes == ()


@QUICK
@given(trees, trees)
def test_symmetry(old: ClauseTree, new: ClauseTree) -> None:
    there, back = align(old, new), align(new, old)
    assert links(there) == {(o, n) for n, o in links(back)}


@QUICK
@given(trees, trees)
def test_labels_do_not_count(old: ClauseTree, new: ClauseTree) -> None:
    assert links(align(old, new)) == links(align(relabelled(old, "7."), relabelled(new, "")))


@QUICK
@given(trees, trees, st.data())
def test_links_are_respected(old: ClauseTree, new: ClauseTree, data: st.DataObject) -> None:
    assume(size(old) and size(new))
    olds = data.draw(st.lists(st.integers(0, size(old) - 1), min_size=1, max_size=3, unique=True))
    news = data.draw(st.lists(st.integers(0, size(new) - 1), min_size=1, max_size=3, unique=True))
    group = tuple(sorted(olds)), tuple(sorted(news))
    alignment = align(old, new, links=[group])
    assert covers(alignment, old, new)
    assert [r.evidence for r in alignment.relations if (r.old, r.new) == group] == ["same lineage"]


@QUICK
@given(trees, trees, st.data())
def test_apart_is_respected(old: ClauseTree, new: ClauseTree, data: st.DataObject) -> None:
    assume(size(old) and size(new))
    pair = st.tuples(st.integers(0, size(old) - 1), st.integers(0, size(new) - 1))
    apart = data.draw(st.sets(pair, min_size=1, max_size=8))
    pinned = data.draw(pair)
    alignment = align(old, new, apart=apart, links=[((pinned[0],), (pinned[1],))])
    assert covers(alignment, old, new)
    assert not any((o, n) in apart for r in alignment.relations for o in r.old for n in r.new)


@pytest.mark.parametrize("group", [((5,), (0,)), ((0,), (-1,))])
def test_links_to_nowhere_are_refused(group: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    from tests.differ.loader import outline

    tree = outline("# Tea\nBring a mug.")
    with pytest.raises(DiffError, match="does not exist"):
        align(tree, tree, links=[group])


def test_links_name_a_clause_once() -> None:
    from tests.differ.loader import outline

    tree = outline("# Tea\nBring a mug.")
    with pytest.raises(DiffError, match="twice"):
        align(tree, tree, links=[((0,), (0,)), ((0,), (1,))])
