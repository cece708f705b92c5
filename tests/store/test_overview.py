"""All documents at a glance agree with each of them looked at alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausetrail.model import Standing, VersionOrigin
from clausetrail.store import Store
from tests.store.histories import enter, parse

HISTORIES = {
    "ash/terms": """
== 2024-01-01 confirmed
a One rule.
== 2024-02-01 flap
a Another rule.
== 2024-02-02 confirmed
a One rule.
== 2024-03-01 confirmed
a One rule.
b A second rule.
== 2024-03-20 confirmed
a One rule.
b A second rule, said anew.
""",
    "birch/privacy": """
== 2024-01-05 confirmed
a Nothing is kept.
== 2024-03-10 confirmed
a Everything is kept.
""",
    "cedar/empty": "",
}


@pytest.fixture
def library(store: Store) -> Store:
    for slug, text in HISTORIES.items():
        if text:
            enter(store, slug, parse("told", text.strip()))
        else:
            store.declare(slug, "Cedar", "Empty")
    return store


def test_glances_count_what_their_documents_count(library: Store) -> None:
    glances = {one.slug: one for one in library.glances()}
    assert glances.keys() == HISTORIES.keys()
    for info in library.documents():
        one = glances[info.slug]
        counts = info.versions, info.changes, info.first_seen, info.last_seen
        assert (one.versions, one.changes, one.first_seen, one.last_seen) == counts
        assert (one.publisher, one.title) == (info.publisher, info.title)


def test_months_leave_first_versions_and_flaps_out(library: Store) -> None:
    glances = {one.slug: one for one in library.glances()}
    assert [(f"{m.month:%Y-%m-%d}", m.versions) for m in glances["ash/terms"].months] == [("2024-03-01", 2)]
    assert [(f"{m.month:%Y-%m-%d}", m.versions) for m in glances["birch/privacy"].months] == [("2024-03-01", 1)]
    assert glances["cedar/empty"].months == ()
    assert glances["cedar/empty"].last_change is None


def test_latest_are_the_newest_changes_of_all(library: Store) -> None:
    found = library.latest(10)
    assert [(slug, entry.version.number) for slug, entry in found] == [
        ("ash/terms", 5),
        ("birch/privacy", 2),
        ("ash/terms", 4),
    ]
    assert [slug for slug, _ in library.latest(1)] == ["ash/terms"]
    for slug, entry in found:
        assert entry == library.log(slug)[entry.version.number - 1]
        assert entry.version.origin is not VersionOrigin.FIRST
        assert entry.version.standing is not Standing.FLAP


def test_search_keeps_to_a_publisher(library: Store) -> None:
    assert {hit.document for hit in library.search("rule")} == {"ash/terms"}
    assert {hit.document for hit in library.search("kept", publisher="birch")} == {"birch/privacy"}
    assert library.search("kept", publisher="ash") == ()
    assert library.search("kept", publisher="nobody") == ()


def test_an_empty_database_has_nothing_to_show(tmp_path: Path) -> None:
    with Store.open(tmp_path / "none.db", create=True) as store:
        assert store.glances() == ()
        assert store.latest(5) == ()


def test_clauses_of_other_documents_are_likest_first(store: Store) -> None:
    told = {
        "ash/terms": "We delete your prompts thirty days after we receive them.",
        "birch/terms": "We delete all prompts ninety days after we receive them.",
        "cedar/terms": "Prompts are deleted by us some days after.",
        "dill/terms": "Lamps must be lit by sunset.",
        "elm/terms": "您不得使用我们的服务生成垃圾邮件。",
        "fir/terms": "不得使用我们的服务生成任何垃圾邮件。",
    }
    for slug, words in told.items():
        enter(store, slug, parse("told", f"== 2024-01-01 confirmed\na {words}"))
    hits = store.alike(told["ash/terms"], document="ash/terms")
    assert [hit.document for hit in hits] == ["birch/terms", "cedar/terms"]
    assert any(hits[0].words[start:end] == "receive" for start, end in hits[0].marks)
    assert [hit.document for hit in store.alike(told["elm/terms"], document="elm/terms")] == ["fir/terms"]
    assert store.alike(told["ash/terms"], document="ash/terms", limit=1) == hits[:1]
    for nothing in ("", "!?", '"', "AND OR NOT *"):
        assert store.alike(nothing, document="ash/terms") == ()
