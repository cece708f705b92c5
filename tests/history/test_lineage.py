"""Lineages through edits, splits, merges, reinstatements, and their being a function of the sightings alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail import differ
from clausetrail.history import BY_HAND, Rulings, derive, print_digest, state_digest
from clausetrail.history.far import Links
from clausetrail.model import (
    Clause,
    ClauseKind,
    ClauseTree,
    Comparison,
    Correction,
    CorrectionKind,
    Derivation,
    Descent,
    Past,
    Reading,
    RecordKind,
    RelationKind,
    Sighting,
    Significance,
    SnapshotKey,
    Traced,
    Verdict,
)


def compare(
    old: ClauseTree,
    new: ClauseTree,
    *,
    name: str,
    links: Links,
    apart: frozenset[tuple[int, int]],
    closed: bool,
) -> Comparison:
    return differ.compare(old, new, language="en", links=links, apart=apart, closed=closed)


NOISE = "You may not send unsolicited bulk messages through the service."
PRIVACY = "You may not collect personal data of others without their consent."
MINORS = "You may not direct the service at children under thirteen years of age."
BOTH = f"{NOISE} {PRIVACY}"


def tree(*texts: str) -> ClauseTree:
    children = tuple(Clause(ClauseKind.PARAGRAPH, text, text=text, line=i) for i, text in enumerate(texts, 1))
    return ClauseTree(Clause(ClauseKind.SECTION, "", children=children))


def timeline(states: list[tuple[str, ...]]) -> tuple[list[Sighting], Callable[[str], ClauseTree]]:
    """A sighting every three days, and the trees by print."""
    sightings, trees = [], {}
    for i, texts in enumerate(states):
        shown = tree(*texts)
        name = print_digest(Reading(shown, Verdict(True)))
        trees[name] = shown
        key = SnapshotKey(datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=3 * i), "main", f"{i:064x}")
        sightings.append(Sighting(key, RecordKind.OBSERVED, state_digest(shown), name))
    return sightings, trees.__getitem__


def history(states: list[tuple[str, ...]]) -> Derivation:
    sightings, trees = timeline(states)
    return derive(sightings, trees, compare)


def past_of(derivation: Derivation) -> Past:
    return Past(
        versions=derivation.versions,
        lineages_by_version=tuple(t.lineages for t in derivation.traced),
        lineages=derivation.lineages,
        spans=derivation.spans,
    )


def test_an_edit_keeps_the_lineage_and_ends_a_span() -> None:
    found = history([(NOISE, PRIVACY), (NOISE, PRIVACY.replace("consent", "written consent"))])
    assert [t.lineages for t in found.traced] == [(1, 2), (1, 2)]
    assert [(s.lineage, s.first, s.last) for s in found.spans] == [(1, 1, 2), (2, 1, 1), (2, 2, 2)]


def test_a_removed_clause_that_comes_back_has_its_lineage_again() -> None:
    found = history([(NOISE, PRIVACY, MINORS), (NOISE, MINORS), (NOISE, MINORS.replace("may", "must"), PRIVACY)])
    assert found.traced[0].lineages == (1, 2, 3)
    assert found.traced[1].lineages == (1, 3)
    assert found.traced[2].lineages == (1, 3, 2)
    assert any(s.name == "reinstated" for change in found.traced[2].changes for s in change.signals)
    assert found.lineages[1].ended is None


def test_a_split_has_an_heir_and_a_descendant() -> None:
    found = history([(BOTH, MINORS), (NOISE, PRIVACY, MINORS)])
    born = [lineage for lineage in found.lineages if lineage.version == 2]
    assert [lineage.parents for lineage in born] == [((1, Descent.SPLIT, 2),)]


def test_a_merge_ends_one_lineage_in_the_other() -> None:
    found = history([(NOISE, PRIVACY, MINORS), (BOTH, MINORS)])
    assert len(found.lineages) == 3
    merged = [(lin.number, lin.parents) for lin in found.lineages if lin.parents]
    assert len(merged) == 1
    heir, ((absorbed, descent, version),) = merged[0]
    assert {heir, absorbed} == {1, 2}
    assert (descent, version) == (Descent.MERGED, 2)
    assert found.lineages[absorbed - 1].ended == 2


def test_words_that_return_bring_their_lineages_back() -> None:
    first, other = (NOISE, PRIVACY, MINORS), (MINORS, BOTH)
    found = history([first, other, first])
    assert found.versions[2].reverts_to == 1
    assert found.traced[2].lineages == found.traced[0].lineages


pool = [NOISE, PRIVACY, MINORS, BOTH, NOISE.replace("bulk", "mass"), "including:", "See also our terms."]
states = st.lists(st.lists(st.sampled_from(pool), min_size=1, max_size=5).map(tuple), min_size=1, max_size=7)


@settings(max_examples=40, deadline=None)
@given(states, st.randoms(), st.integers(0, 6))
def test_history_is_a_function_of_the_sightings(seen: list[tuple[str, ...]], random_: random.Random, cut: int) -> None:
    """Shuffled, in one go, or with a past to build on (a backfill's too): the same result."""
    sightings, trees = timeline(seen)
    whole = derive(sightings, trees, compare)
    shuffled = list(sightings)
    random_.shuffle(shuffled)
    assert derive(shuffled, trees, compare) == whole
    earlier = derive(shuffled[:cut], trees, compare)
    resumed = derive(shuffled, trees, compare, past=past_of(earlier))
    assert (resumed.versions, resumed.lineages, resumed.spans) == (whole.versions, whole.lineages, whole.spans)
    assert resumed.traced == whole.traced[resumed.keep :]


def test_a_return_undoes_a_split_as_a_merger() -> None:
    found = history([(BOTH, MINORS), (NOISE, PRIVACY, MINORS), (BOTH, MINORS)])
    assert found.traced[2].lineages == found.traced[0].lineages
    assert [(c.kind, c.old, c.new) for c in found.traced[2].changes] == [(RelationKind.MERGED, (0, 1), (0,))]


def test_a_false_alarm_in_a_return_is_marked() -> None:
    sightings, trees = timeline([(NOISE, PRIVACY), (NOISE,), (NOISE, PRIVACY)])
    ruling = Correction(CorrectionKind.FALSE_ALARM, "a/b", "me", date(2024, 1, 1), "a slip", new=PRIVACY)
    found = derive(sightings, trees, compare, rulings=Rulings([ruling]))
    (change,) = found.traced[2].changes
    assert change.significance is Significance.EDITORIAL
    assert change.signals[0].name == BY_HAND


def test_a_clause_that_is_told_to_be_another_in_a_return_is_that_one() -> None:
    sightings, trees = timeline([(NOISE, PRIVACY), (NOISE, MINORS), (NOISE, PRIVACY)])
    ruling = Correction(CorrectionKind.LINK, "a/b", "me", date(2024, 1, 1), "it is", old=MINORS, new=PRIVACY)
    found = derive(sightings, trees, compare, rulings=Rulings([ruling]))
    assert found.traced[2].lineages == found.traced[1].lineages
    assert [(c.old, c.new) for c in found.traced[2].changes] == [((1,), (1,))]


long_states = st.lists(
    st.lists(st.sampled_from([*pool, *(t.replace("You", "They") for t in pool)]), min_size=1, max_size=6).map(tuple),
    min_size=2,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(long_states, st.lists(st.integers(0, 3), min_size=3, max_size=9))
def test_changes_never_contradict_the_lineages(seen: list[tuple[str, ...]], order: list[int]) -> None:
    """In histories that go to and fro between a few states, as pages that flap do."""
    sightings, trees = timeline([seen[i % len(seen)] for i in order])
    found = derive(sightings, trees, compare)

    def texts(earlier: Traced, later: Traced, kind: RelationKind) -> set[str]:
        shown = earlier if kind is RelationKind.REMOVED else later
        clauses = list(trees(shown.version.variants[0].print).walk())
        return {clauses[i].words for c in later.changes if c.kind is kind for i in (*c.old, *c.new)}

    for earlier, later in pairwise(found.traced):
        gone: set[int] = set()
        come: set[int] = set()
        assert not texts(earlier, later, RelationKind.REMOVED) & texts(earlier, later, RelationKind.ADDED)
        for change in later.changes:
            old, new = {earlier.lineages[i] for i in change.old}, {later.lineages[i] for i in change.new}
            if change.kind is RelationKind.REMOVED:
                gone |= old
            elif change.kind is RelationKind.ADDED:
                come |= new
            elif change.kind not in (RelationKind.SPLIT, RelationKind.MERGED):
                assert old == new
        assert not gone & come


@settings(max_examples=40, deadline=None)
@given(states)
def test_every_clause_has_one_lineage_in_each_version(seen: list[tuple[str, ...]]) -> None:
    found = history(seen)
    for traced in found.traced:
        assert len(set(traced.lineages)) == len(traced.lineages)
    for span in found.spans:
        assert 1 <= span.first <= span.last <= len(found.versions)
