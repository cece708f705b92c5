"""A permalink finds its clause again after every renumbering."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clausetrail.errors import UsageError
from clausetrail.store import Resolved, Store, permalink
from tests.store.histories import REVISIONS, History, derivation, enter, histories, parse, snapshot

SLUG = "lampion/rules"
CASES = {history.name: history for history in histories()}
EARLIER = parse(
    "earlier", "== 2023-06-01 confirmed\nz These were the rules before.\nb Invoices are due after 30 days.\n"
)


def links(store: Store) -> dict[str, tuple[str, int]]:
    """Permalink of every clause of every version, with its words and the state of its version."""
    return {
        line.permalink: (line.place.clause.words, version.first_seen.toordinal())
        for version in store.versions(SLUG)
        for line in store.blame(SLUG, version.number)
    }


def leads_to(store: Store, link: str) -> tuple[str, int]:
    found = store.resolve_permalink(link)
    assert found.lineage is not None
    assert found.position is not None
    assert store.end(SLUG, found.version).lineages[found.position] == found.lineage
    end = store.end(SLUG, found.version)
    assert end.version is not None
    return end.tree.places()[found.position].clause.words, end.version.first_seen.toordinal()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_links_outlive_a_backfill(store: Store, case: History) -> None:
    enter(store, SLUG, case)
    made = links(store)
    assert {link: leads_to(store, link) for link in made} == made
    enter(store, SLUG, replace(case, states=EARLIER.states + case.states))
    assert {link: leads_to(store, link) for link in made} == made
    assert store.resolve_permalink(next(iter(made))).version == 2


def test_links_outlive_a_new_way_of_reading(store: Store) -> None:
    """The clause is found by its words where a later parser counts the clauses otherwise."""
    case = CASES["edits"]
    enter(store, SLUG, case)
    made = {link: words for link, (words, _) in links(store).items()}
    more = parse("more", "== 2024-01-01 confirmed\nn A line that was overlooked.\nm So was this.\n").states[0].lines
    states = tuple(replace(state, lines=more + state.lines) for state in case.states)
    for old, new in zip(case.states, states, strict=True):
        rows = [replace(snapshot(new), key=snapshot(old).key)]
        enter(store, "scratch/trees", replace(case, states=(new,)))
        store.add_snapshots(SLUG, rows)
    enter_again(store, replace(case, states=states), case)
    assert {link: leads_to(store, link)[0] for link in made} == made
    assert {store.resolve_permalink(link).position for link in made} >= {2, 3, 4, 5}


def enter_again(store: Store, now: History, then: History) -> None:
    """Record what is read now of the snapshots of then."""
    found = derivation(now)
    keys = {snapshot(new).key: snapshot(old).key for new, old in zip(now.states, then.states, strict=True)}
    versions = tuple(
        replace(
            version,
            snapshots=tuple(keys[key] for key in version.snapshots),
            variants=tuple(replace(v, snapshot=keys[v.snapshot]) for v in version.variants),
        )
        for version in found.versions
    )
    traced = tuple(replace(t, version=v) for t, v in zip(found.traced, versions, strict=True))
    store.record(SLUG, replace(found, versions=versions, traced=traced), revisions=REVISIONS)


def test_the_same_bytes_at_two_times_are_told_apart(store: Store) -> None:
    case = CASES["flap"]
    enter(store, SLUG, case)
    first, third = (snapshot(case.states[i]).key for i in (0, 2))
    assert first.sha256 == third.sha256
    assert store.resolve_permalink(permalink(SLUG, third, 1)) == Resolved(SLUG, 3, 2, 1)
    assert store.resolve_permalink(permalink(SLUG, first)) == Resolved(SLUG, 1, None, None)
    assert store.resolve_permalink(f"{SLUG}@{third.sha256[:12]}:1") == Resolved(SLUG, 1, 2, 1)


def test_links_follow_a_merge_and_the_case_of_letters(store: Store) -> None:
    enter(store, "old/rules", CASES["flap"])
    link = permalink("Old/Rules", snapshot(CASES["flap"].states[1]).key, 2, "We use cookies on this page.")
    store.declare(SLUG, "Lampion", "Rules")
    with store.transaction():
        store.merge("old/rules", SLUG)
        store.record(SLUG, derivation(CASES["flap"]), revisions=REVISIONS)
    assert store.resolve_permalink(link) == Resolved(SLUG, 2, 3, 2)


@pytest.mark.parametrize(
    "link",
    [
        "no link",
        "lampion/rules@",
        "lampion/rules@zzzzzzzzzzzz:1",
        "lampion/rules@000000000000:1",
        "lampion/rules@{sha}:99",
        "lampion/rules@{sha}:1~000000",
        "lampion/rules@20990101T000000Z-{sha}:1",
        "nobody/rules@{sha}:1",
    ],
)
def test_what_leads_nowhere_says_so(store: Store, link: str) -> None:
    enter(store, SLUG, CASES["edits"])
    with pytest.raises(UsageError):
        store.resolve_permalink(link.format(sha=snapshot(CASES["edits"].states[0]).key.sha256[:12]))


def test_a_snapshot_that_shows_no_version_says_so(store: Store) -> None:
    row = snapshot(CASES["edits"].states[0])
    store.declare(SLUG, "Lampion", "Rules")
    store.add_snapshots(SLUG, [row])
    with pytest.raises(UsageError, match="shows no version"):
        store.resolve_permalink(permalink(SLUG, row.key, 0))
