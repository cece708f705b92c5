"""Search finds words in scripts with and without spaces, and nothing typed into it is an error."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.model import SearchHit
from clausetrail.store import Store
from clausetrail.store.bigrams import bigrams
from clausetrail.store.queries import phrases
from tests.store.histories import History, enter, parse

CASES = Path(__file__).parent / "cases"
SEARCHES = tomllib.loads((CASES / "search.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("search") / "policies.db", create=True) as store:
        for slug, versions in SEARCHES["documents"].items():
            enter(store, slug, told(versions))
        yield store


def told(versions: list[list[str]]) -> History:
    lines = []
    for number, clauses in enumerate(versions, 1):
        lines.append(f"== 2024-{number:02}-01 confirmed")
        lines += [f"c{place} {words}" for place, words in enumerate(clauses)]
    return parse("told", "\n".join(lines))


def marked(hit: SearchHit) -> str:
    text = hit.words
    for start, end in reversed(hit.marks):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize("case", SEARCHES["search"], ids=lambda case: case["words"])
def test_search_finds_and_marks(library: Store, case: dict[str, Any]) -> None:
    options = {name: case[name] for name in ("document", "on", "removed") if name in case}
    hits = library.search(case["words"], **options)
    assert sorted(map(marked, hits)) == sorted(case["finds"])
    for hit in hits:
        assert library.resolve_permalink(hit.permalink)[:3] == (hit.document, hit.last.number, hit.lineage)
        assert hit.current == (hit.last.number == len(library.versions(hit.document)))


@pytest.mark.parametrize("words", (CASES / "hostile.txt").read_text("utf-8").splitlines())
def test_hostile_words_are_only_words(library: Store, words: str) -> None:
    library.search(words)
    library.search(f'resell {words} "')


@settings(deadline=None, max_examples=150)
@given(words=st.text(max_size=30), rest=st.booleans())
def test_no_query_is_an_error(library: Store, words: str, rest: bool) -> None:
    library.search(words, removed=rest, on=date(2024, 1, 1))


@settings(deadline=None, max_examples=100)
@given(text=st.text(alphabet="灯笼服务用户 A9, ", min_size=1), data=st.data())
def test_every_part_of_a_text_is_found(text: str, data: st.DataObject) -> None:
    words = " ".join(text.split())
    start = data.draw(st.integers(0, len(words)))
    part = words[start : data.draw(st.integers(start, len(words)))].strip()
    if not phrases(part) or part[0] in "A9" or part[-1] in "A9":
        return
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(words, bigrams, tokenize='unicode61 remove_diacritics 2')")
        db.execute("INSERT INTO t VALUES (?, ?)", (words, bigrams(words)))
        query = " ".join(phrase.expression() for phrase in phrases(f'"{part}"'))
        found = db.execute("SELECT count(*) FROM t WHERE t MATCH ?", (query,)).fetchone()
    db.close()
    assert found == (1,)


def test_standing_wordings_come_first_and_the_limit_holds(library: Store) -> None:
    hits = library.search("may", on=date(2024, 1, 15))
    assert [hit.current for hit in hits] == sorted((hit.current for hit in hits), reverse=True)
    assert len(library.search("may", limit=1)) == 1
    assert library.search("may", on=date(2023, 12, 31)) == ()


def test_plain_sqlite_finds_words_of_two_characters(library: Store) -> None:
    """Somebody who types into Datasette's own search box has none of our code at hand."""
    query = (
        "SELECT words FROM wordings WHERE id IN (SELECT rowid FROM wordings_fts WHERE wordings_fts MATCH '\"规约\"')"
    )
    assert library.connection.execute(query.replace("规约", "規約")).fetchall()
