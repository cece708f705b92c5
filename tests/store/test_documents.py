"""Documents, their names, and the snapshots that belong to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clausetrail.errors import StoreError, UsageError
from clausetrail.model import SnapshotKey, Verdict
from clausetrail.store import Store
from tests.store.dump import dump
from tests.store.histories import REVISIONS, changes_of, derivation, enter, histories, moment, parse, snapshot

CASES = {history.name: history for history in histories()}
EDITS = CASES["edits"]


def test_a_document_is_known_by_its_slug_whatever_the_case(store: Store) -> None:
    assert (
        store.declare("Ünïon/rules", "Ünïon", "Rules", licence="CC0-1.0", url="https://union.example") == "Ünïon/rules"
    )
    assert store.document("ÜNÏON/RULES").publisher == "Ünïon"
    store.declare("Ünïon/rules", "Ünïon GmbH", "House Rules")
    info = store.document("Ünïon/rules")
    assert (info.publisher, info.title, info.licence, info.versions) == ("Ünïon GmbH", "House Rules", "", 0)


def test_an_unknown_document_names_the_nearest(store: Store) -> None:
    for slug in ("lampion/rules", "lampion/terms", "denki/kiyaku"):
        store.declare(slug, "P", "T")
    with pytest.raises(
        UsageError, match=r"lampion/rule: .*did you mean lampion/rules.*`clausetrail documents`"
    ) as caught:
        store.versions("lampion/rule")
    assert caught.value.document == "lampion/rule"
    with pytest.raises(UsageError, match="no document has a name like it"):
        store.document("xxxxxxxxxxxxxxxxxxxxxxx")


def test_counts_tell_what_is_recorded(store: Store) -> None:
    enter(store, "hostel/keys", CASES["flap"])
    info = store.document("hostel/keys")
    changes = sum(len(t.changes) for t in derivation(CASES["flap"]).traced if t.version.origin != "technical")
    assert (info.snapshots, info.versions, info.changes, info.flaps) == (6, 6, changes, 1)
    assert (info.first_seen, info.last_seen) == (moment(CASES["flap"].states[0]), moment(CASES["flap"].states[-1]))
    stats = store.stats()
    assert (stats.documents, stats.snapshots, stats.versions, stats.flaps) == (1, 6, 6, 1)
    assert stats.changes == changes == sum(n for _, n in stats.by_kind) == sum(n for _, n in stats.by_significance)
    assert stats.by_origin == (("file", 6),)
    assert stats.database_bytes > 0
    assert stats.archive_bytes > 0


def test_merging_is_as_if_it_had_always_been_one(store: Store) -> None:
    whole = CASES["edits"]
    first, rest = (replace(whole, states=states) for states in (whole.states[:2], whole.states[1:]))
    enter(store, "old/rules", first)
    enter(store, "new/rules", rest)
    with store.transaction():
        store.merge("old/rules", "new/rules")
        store.record("new/rules", derivation(whole), revisions=REVISIONS)
    assert [info.slug for info in store.documents()] == ["new/rules"]
    assert store.document("OLD/rules").aliases == ("old/rules",)
    assert store.declare("old/rules", "Old", "Something else") == "new/rules"
    assert store.document("new/rules").publisher == "New"
    assert store.connection.execute("SELECT slug FROM publishers").fetchall() == [("new",)]
    merged = dump(store)
    assert store.past("old/rules") == store.past("new/rules")
    with pytest.raises(UsageError, match="same document"):
        store.merge("old/rules", "new/rules")
    assert dump(store) == merged


def test_the_later_sight_of_a_snapshot_wins_in_a_merge(store: Store) -> None:
    row = snapshot(EDITS.states[0])
    later = moment(EDITS.states[0]) + timedelta(days=3)
    for slug, seen in (("old/rules", later), ("new/rules", None)):
        store.declare(slug, "P", "T")
        store.add_snapshots(slug, [replace(row, seen_until=seen)])
    store.merge("old/rules", "new/rules")
    assert [found.seen_until for found in store.snapshots("new/rules")] == [later]


def test_the_last_sight_is_what_is_known_now(store: Store) -> None:
    row = snapshot(EDITS.states[0])
    store.declare("lampion/rules", "L", "R")
    store.add_snapshots("lampion/rules", [row])
    at = moment(EDITS.states[0])
    for seen in (at + timedelta(days=2), at + timedelta(days=1), None):
        store.set_seen("lampion/rules", row.key, seen)
        assert store.snapshots("lampion/rules")[0].seen_until == seen
    with pytest.raises(StoreError, match="not recorded"):
        store.set_seen("lampion/rules", SnapshotKey(at, "main", "0" * 64), at)


def test_evidence_stays_and_its_reading_is_replaced(store: Store) -> None:
    row = replace(
        snapshot(EDITS.states[0]), url="https://lampion.example/rules", headers=(("etag", '"x"'),), status=200
    )
    store.declare("lampion/rules", "L", "R")
    store.add_snapshots("lampion/rules", [row])
    again = replace(row, url="https://elsewhere.example", verdict=Verdict(False, "empty"), parser_revision=9)
    store.add_snapshots("lampion/rules", [again])
    assert store.snapshots("lampion/rules") == (replace(again, url=row.url),)


def test_snapshots_are_found_by_the_beginning_of_their_hash(store: Store) -> None:
    enter(store, "lampion/rules", EDITS)
    enter(store, "other/rules", replace(EDITS, states=EDITS.states[:1]))
    row = snapshot(EDITS.states[0])
    found = store.find_snapshot(row.key.sha256[:8].upper())
    assert [(each.document, each.key, each.version) for each in found] == [
        ("lampion/rules", row.key, 1),
        ("other/rules", row.key, 1),
    ]
    assert store.find_snapshot("0000") == ()
    for wrong in ("", "abc", "xyzzy", "0" * 65, "ab%_"):
        with pytest.raises(UsageError, match="SHA-256"):
            store.find_snapshot(wrong)


def test_times_sort_as_text_whatever_their_fraction(store: Store) -> None:
    row, at = snapshot(EDITS.states[0]), moment(EDITS.states[0])
    times = [at + timedelta(microseconds=n) for n in (0, 1, 999_999, 1_000_000)]
    store.declare("lampion/rules", "L", "R")
    store.add_snapshots("lampion/rules", [replace(row, key=replace(row.key, fetched_at=t)) for t in reversed(times)])
    assert [key.fetched_at for key in store.keys("lampion/rules")] == times


def test_unknown_versions_and_clauses_say_what_there_is(store: Store) -> None:
    enter(store, "lampion/rules", EDITS)
    for ask in (store.comparison, store.end, store.blame):
        for number in (0, 5, -1):
            with pytest.raises(UsageError, match="versions 1 to 4"):
                ask("lampion/rules", number)
    with pytest.raises(UsageError, match="no clause with lineage 99"):
        store.life("lampion/rules", 99)


def test_what_was_never_added_cannot_be_recorded(store: Store) -> None:
    store.declare("lampion/rules", "L", "R")
    with pytest.raises(StoreError, match="never added"):
        store.record("lampion/rules", derivation(EDITS), revisions=REVISIONS)
    store.add_snapshots("lampion/rules", map(snapshot, EDITS.states))
    with pytest.raises(StoreError, match="never added"):
        store.record("lampion/rules", derivation(EDITS), revisions=REVISIONS)
    with pytest.raises(StoreError, match="rebuild"):
        store.record("lampion/rules", derivation(EDITS, keep=2), revisions=REVISIONS)
    assert store.versions("lampion/rules") == ()


def test_operations_that_do_not_replay_are_refused(store: Store) -> None:
    enter(store, "lampion/rules", EDITS)
    found = derivation(EDITS)
    second = found.traced[1]
    broken = replace(second.changes[0], operations=second.changes[0].operations[:-1])
    traced = (found.traced[0], replace(second, changes=(broken, *second.changes[1:])), *found.traced[2:])
    before = dump(store)
    with pytest.raises(StoreError, match="do not replay"):
        store.record("lampion/rules", replace(found, traced=traced), revisions=REVISIONS)
    assert dump(store) == before


def test_hostile_words_are_recorded_as_they_are(store: Store) -> None:
    words = ["'); DROP TABLE versions; --", "a\0b", "\u202egnol\u202c", "\ud800 lone", "…", "x" * 100_000]
    lines = "\n".join(f"c{i} {text}" for i, text in enumerate(words) if "\r" not in text)
    other = "\n".join(f"c{i} {text} and more" for i, text in enumerate(words))
    case = parse("hostile", f"== 2024-01-01 confirmed\n{lines}\n== 2024-01-05 pending\n{other}\nn …\n")
    enter(store, "evil/rules", case)
    changes = changes_of(store, "evil/rules", 2)
    assert len(changes) == len(words) + 1
    wanted = [repr(change).replace("\\ud800", "\ufffd") for change in derivation(case).traced[1].changes]
    assert list(map(repr, changes)) == wanted
    assert store.past("evil/rules").lineages == derivation(case).lineages
