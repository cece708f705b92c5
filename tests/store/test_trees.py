"""What goes in as a reading comes out as the same reading, whatever a page may hold."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.errors import StoreError
from clausetrail.model import (
    Announcement,
    Clause,
    ClauseKind,
    ClauseTree,
    DateKind,
    DeclaredDate,
    Link,
    Reading,
    Verdict,
)
from clausetrail.store import Store, bundle
from clausetrail.store.prints import patch, patched
from clausetrail.store.trees import TreeReader

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PRINTED = st.sampled_from(["", "Prices", "the “price” – all of it", "it's", "灯笼\u3000服务", "a\0b", "‮tfel‬"]) | TEXT
LINKS = st.lists(st.builds(Link, PRINTED, PRINTED), max_size=2).map(tuple)
POSITIONS = st.integers(0, 10_000)
DATES = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def clauses(children: st.SearchStrategy[tuple[Clause, ...]]) -> st.SearchStrategy[Clause]:
    return st.builds(
        Clause,
        kind=st.sampled_from(ClauseKind),
        words=PRINTED,
        label=PRINTED,
        heading=PRINTED,
        lead=PRINTED,
        text=PRINTED,
        links=LINKS,
        depth=st.integers(0, 40),
        line=st.integers(0, 1_000_000),
        anchor=PRINTED,
        children=children,
        columns=st.lists(PRINTED, min_size=1, max_size=3).map(tuple) | st.just(()),
    )


CHILDREN = st.recursive(st.just(()), lambda inner: st.lists(clauses(inner), max_size=3).map(tuple), max_leaves=12)
READINGS = st.builds(
    Reading,
    tree=CHILDREN.map(lambda own: ClauseTree(Clause(ClauseKind.SECTION, "", children=own))),
    verdict=st.builds(Verdict, st.booleans(), PRINTED),
    declared=st.lists(
        st.builds(
            DeclaredDate, st.sampled_from(DateKind), DATES, PRINTED, POSITIONS, st.sampled_from(["day", "month"])
        ),
        max_size=2,
    ).map(tuple),
    announcements=st.lists(st.builds(Announcement, DATES, PRINTED, POSITIONS), max_size=2).map(tuple),
    language=PRINTED,
    title=PRINTED,
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("trees") / "policies.db", create=True) as store:
        yield store


@settings(deadline=None, max_examples=60)
@given(readings=st.lists(READINGS, min_size=1, max_size=3))
def test_readings_come_out_as_they_went_in(library: Store, readings: list[Reading]) -> None:
    named = {f"{hash(reading)} {i}": reading for i, reading in enumerate(readings)}
    library.add_trees(pickle.loads(pickle.dumps(bundle(named.items()))))  # noqa: S301 - our own pickle
    assert {name: library.reading_of(name) for name in named} == named


def tree_of(*words: str) -> Reading:
    children = tuple(Clause(ClauseKind.PARAGRAPH, each, text=each) for each in words)
    return Reading(ClauseTree(Clause(ClauseKind.SECTION, "", children=children)), Verdict(True))


@pytest.mark.parametrize(
    "words",
    ["a" * 1_000_000, "'); DROP TABLE versions; --", "\0", "a\0b", "\u202egnol\u202c", "\ufffe\uffff", "x\r\ny\u2028z"],
    ids=["a megabyte", "sql", "nul", "nul inside", "bidi", "no characters", "line breaks"],
)
def test_hostile_text_is_only_text(store: Store, words: str) -> None:
    store.add_trees(bundle([("p", tree_of(words))]))
    assert store.tree("p") == tree_of(words).tree


def test_lone_surrogates_become_replacement_characters(store: Store) -> None:
    store.add_trees(bundle([("p", tree_of("a\ud800b"))]))
    assert store.tree("p") == tree_of("a\ufffdb").tree


def test_equal_wordings_stand_once(store: Store) -> None:
    store.add_trees(bundle([("p", tree_of("one", "two")), ("q", tree_of("two", "three")), ("p", tree_of("other"))]))
    store.add_trees(bundle([("r", tree_of("three", "one")), ("q", tree_of("two", "three"))]))
    rows = store.connection.execute("SELECT words FROM wordings ORDER BY words").fetchall()
    assert rows == [("one",), ("three",), ("two",)]
    assert store.tree("q") == tree_of("two", "three").tree


def test_equal_leaves_are_one_object(store: Store) -> None:
    store.add_trees(bundle([("p", tree_of("one", "two")), ("q", tree_of("one", "three"))]))
    reader = TreeReader(store.connection)
    assert reader.tree("p").root.children[0] is reader.tree("q").root.children[0]


def test_header_cells_are_learnt_when_a_page_is_read_again(store: Store) -> None:
    rows = tuple(
        Clause(ClauseKind.ROW, words, text=words) for words in ("Lamp | Lit", "red | at dusk", "green | never")
    )
    named = (rows[0], *(replace(row, columns=("Lamp", "Lit")) for row in rows[1:]))
    for clauses, shown in ((rows, rows), (named, named), (rows, named)):
        reading = Reading(ClauseTree(Clause(ClauseKind.SECTION, "", children=clauses)), Verdict(True))
        store.add_trees(bundle([("p", reading)]))
        assert store.tree("p").root.children == shown
    assert store.connection.execute("SELECT count(*) FROM _trees").fetchone() == (1,)


def test_pruning_drops_what_nothing_refers_to(store: Store) -> None:
    store.add_trees(bundle([("p", tree_of("lonely words", "more"))]))
    assert store.prune() == 5
    assert store.connection.execute("SELECT count(*) FROM wordings").fetchone() == (0,)
    store.connection.execute("INSERT INTO wordings_fts (wordings_fts) VALUES ('integrity-check')")


def test_an_unknown_print_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match="rebuild"):
        store.tree("missing")


@settings(deadline=None, max_examples=200)
@given(usual=PRINTED, text=PRINTED)
def test_patches_give_the_printed_text_again(usual: str, text: str) -> None:
    runs = patch(usual, text)
    assert runs is None or patched(usual, runs) == text
    quoted = f"{usual}'s “words” and more of them".replace("'", "’")
    plain = quoted.replace("’", "'").replace("“", '"').replace("”", '"')
    assert patched(plain, str(patch(plain, quoted))) == quoted


def test_a_database_of_trees_survives_reopening(tmp_path: Path) -> None:
    with Store.open(tmp_path / "p.db", create=True) as store:
        store.add_trees(bundle([("p", tree_of("kept"))]))
        store.optimise()
    with Store.open(tmp_path / "p.db") as store:
        assert store.tree("p") == tree_of("kept").tree
