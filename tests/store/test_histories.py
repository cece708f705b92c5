"""A recorded history is given back as it was, and answers what a reader asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausetrail.model import Past, RelationKind
from clausetrail.store import Store
from tests.store.dump import dump
from tests.store.histories import (
    REVISIONS,
    History,
    changes_of,
    derivation,
    enter,
    histories,
    moment,
    reading,
    snapshot,
)

SLUG = "lampion/house-rules"
CASES = histories()
cases = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@cases
def test_the_past_is_what_was_recorded(store: Store, case: History) -> None:
    enter(store, SLUG, case)
    wanted = derivation(case)
    rows = [snapshot(state) for state in case.states]
    assert store.past(SLUG) == Past(
        versions=wanted.versions,
        lineages_by_version=tuple(traced.lineages for traced in wanted.traced),
        lineages=wanted.lineages,
        spans=wanted.spans,
    )
    assert store.snapshots(SLUG) == tuple(rows)
    assert store.versions(SLUG) == wanted.versions
    for traced in wanted.traced:
        assert changes_of(store, SLUG, traced.version.number) == traced.changes
        assert store.end(SLUG, traced.version.number).lineages == traced.lineages


@cases
def test_recording_twice_changes_nothing(store: Store, case: History) -> None:
    enter(store, SLUG, case)
    once = dump(store)
    enter(store, SLUG, case, keep=len(case.states))
    assert dump(store) == once
    enter(store, SLUG, case)
    assert dump(store) == once


@cases
def test_versions_that_come_one_by_one_end_the_same(tmp_path: Path, case: History) -> None:
    with Store.open(tmp_path / "whole.db", create=True) as store:
        enter(store, SLUG, case)
        whole = dump(store)
    for step in range(1, len(case.states)):
        with Store.open(tmp_path / f"{step}.db", create=True) as store:
            for upto in range(step, len(case.states) + 1):
                enter(store, SLUG, case, upto=upto, keep=min(upto - 1, len(store.versions(SLUG)) if upto > step else 0))
            assert dump(store) == whole


@cases
def test_going_back_leaves_no_trace(store: Store, case: History) -> None:
    enter(store, SLUG, case, upto=1)
    first = dump(store, derived_only=True)
    enter(store, SLUG, case)
    store.record(SLUG, derivation(case, upto=1), revisions=REVISIONS)
    assert dump(store, derived_only=True) == first
    assert store.prune() == 0
    enter(store, SLUG, case)
    assert changes_of(store, SLUG, 2) == derivation(case).traced[1].changes


@cases
def test_a_comparison_names_every_clause_once(store: Store, case: History) -> None:
    enter(store, SLUG, case)
    assert store.comparison(SLUG, 1) is None
    for number in range(2, len(case.states) + 1):
        found = store.comparison(SLUG, number)
        assert found is not None
        assert (found.old, found.new) == tuple(reading(s).tree for s in case.states[number - 2 : number])
        for side, tree in (("old", found.old), ("new", found.new)):
            named = sorted(at for relation in found.alignment.relations for at in getattr(relation, side))
            assert named == list(range(len(tree.places())))
        same = [r for r in found.alignment.relations if r.kind is RelationKind.SAME]
        old, new = list(found.old.walk()), list(found.new.walk())
        assert all(old[r.old[0]].words == new[r.new[0]].words for r in same)
        news = [r.new[0] for r in found.alignment.relations if r.new]
        assert news == sorted(news)


@cases
def test_readers_find_what_the_case_says(store: Store, case: History) -> None:
    enter(store, SLUG, case)
    answers = {question: "\n".join(answer(store, case, question)) for question in case.questions}
    assert answers == {question: "\n".join(lines) for question, lines in case.questions.items()}


def answer(store: Store, case: History, question: str) -> list[str]:
    names = {number: name for name, number in case.numbers().items()}
    what, *rest = question.split()
    if what == "blame":
        lines = store.blame(SLUG, int(rest[0]))
        assert [line.place for line in lines] == list(reading(case.states[int(rest[0]) - 1]).tree.places())
        return [f"{names[line.lineage]} {line.introduced.number} {line.changed.number}" for line in lines]
    if what == "life":
        events = store.life(SLUG, case.numbers()[rest[0]])
        return [
            f"{event.what} {event.version.number} {event.path}"
            + "".join(f" with {names[other]}" for other in event.others)
            for event in events
        ]
    if what == "silent":
        entries = store.log(SLUG)
        assert all(entry.version.number != 1 or entry.announced.new_dates == entry.announced.dates for entry in entries)
        return [" ".join(str(e.version.number) for e in entries[1:] if e.announced.silent)]
    new = {entry.version.number: entry.announced.new_dates for entry in store.log(SLUG)}
    return [
        f"{number}: " + " ".join(f"{d.on}*" if d in new[number] else f"{d.on}" for d in dates)
        for number, dates in enumerate(store.declared_dates(SLUG), 1)
    ]


@cases
def test_the_log_counts_and_the_changelog_tells(store: Store, case: History) -> None:
    enter(store, SLUG, case)
    entries = store.log(SLUG)
    assert [entry.version for entry in entries] == list(derivation(case).versions)
    for entry, traced in zip(entries, derivation(case).traced, strict=True):
        kinds = [change.kind for change in traced.changes]
        assert entry.counts == tuple((k, kinds.count(k)) for k in RelationKind if k in kinds)
        assert (entry.significance is None) == (not kinds)
    told = store.dated_changes(SLUG)
    assert [each.entry for each in told] == list(reversed(entries))
    assert [each.comparison for each in told] == [store.comparison(SLUG, e.version.number) for e in reversed(entries)]
    assert store.dated_changes(SLUG, since=moment(case.states[-1])) == told[:1]


@cases
def test_an_end_carries_its_evidence(store: Store, case: History) -> None:
    enter(store, SLUG, case)
    last = len(case.states)
    end = store.end(SLUG, last, asked="latest")
    assert end.tree == reading(case.states[-1]).tree
    assert end.lineages == derivation(case).traced[-1].lineages
    assert [page.key.sha256 for page in end.pages] == [end.sha256]
    assert store.body(end.sha256) == case.states[-1].body
    assert end.grade == "file"
    assert store.resolve_permalink(end.permalink) == (SLUG, last, None, None)


def test_corrected_dates_stand_in_the_place_of_those_that_were_read(store: Store) -> None:
    case = next(case for case in CASES if case.name == "edits")
    enter(store, SLUG, case)
    ruled = store.declared_dates(SLUG)[0]
    store.record(SLUG, derivation(case, keep=4), revisions=REVISIONS, dates={3: ruled})
    assert store.declared_dates(SLUG)[2] == ruled
    assert store.log(SLUG)[2].announced.new_dates == ruled


def test_events_tell_the_words_after_them_and_before_an_end(store: Store) -> None:
    case = next(case for case in CASES if case.name == "edits")
    enter(store, SLUG, case)
    first, edited, removed = store.life(SLUG, case.numbers()["a"])
    assert "may not" in first.words
    assert edited.words == removed.words
    assert "must not" in edited.words
    assert edited.change == next(
        c for c in changes_of(store, SLUG, 2) if c.kind is RelationKind.EDITED and c.new == (1,)
    )
    assert removed.change is not None
    assert edited.announced.new_dates
