"""A closed comparison: the links that are given are all there are between clauses of different words."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.differ import compare, replay
from clausetrail.differ.tokens import wording
from clausetrail.model import ClauseTree, RelationKind
from tests.differ.trees import trees


@settings(max_examples=60, deadline=None)
@given(trees, trees, st.data())
def test_only_the_same_words_are_linked_besides_and_every_clause_is_covered(
    old: ClauseTree, new: ClauseTree, data: st.DataObject
) -> None:
    before, after = tuple(old.walk()), tuple(new.walk())
    count = data.draw(st.integers(0, min(len(before), len(after))))
    olds = data.draw(st.permutations(range(len(before))))[:count]
    news = data.draw(st.permutations(range(len(after))))[:count]
    links = tuple(((o,), (n,)) for o, n in zip(olds, news, strict=True))
    found = compare(old, new, links=links, closed=True)
    relations = found.alignment.relations
    both = {(r.old, r.new) for r in relations if r.old and r.new}
    assert set(links) <= both
    for (o,), (n,) in both - set(links):
        assert wording(before[o].words).key == wording(after[n].words).key
    gone = Counter(before[i].words for r in relations if not r.new for i in r.old)
    come = Counter(after[i].words for r in relations if not r.old for i in r.new)
    assert not gone & come
    assert sorted(i for r in relations for i in r.old) == list(range(len(before)))
    assert sorted(i for r in relations for i in r.new) == list(range(len(after)))
    for change in found.changes:
        assert change.kind is not RelationKind.SAME
        if change.operations:
            said = ["\n".join(s[i].words for i in at) for s, at in ((before, change.old), (after, change.new))]
            assert list(replay(change.operations)) == said
