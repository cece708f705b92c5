"""Datasette, in this process, on a database of the real schema."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clausetrail.store.connection import PUBLISHED, open_database
from tests.web.conftest import asker

TABLES = (
    *("publishers", "documents", "aliases", "snapshots", "versions", "variants", "declared_dates", "announcements"),
    *("lineages", "lineage_links", "spans", "wordings", "changes", "change_clauses", "corrections"),
    *("clauses", "changes_by_day"),
)
QUERIES = (
    *("latest_changes", "silent_changes", "changed_on", "most_changed", "search_wordings"),
    *("most_changed_clauses", "longest_lived"),
)
ROWS = (
    "publishers/1",
    "documents/1",
    "documents/2",
    "snapshots/2",
    "versions/2",
    "lineages/3",
    "wordings/4",
    "changes/2",
)

Get = Callable[..., Any]


def rows(response: Any) -> list[dict[str, Any]]:
    found = response.json()["rows"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    "page", ["/", "/-/", "/policies", *(f"/policies/{name}" for name in (*TABLES, *QUERIES, *ROWS))]
)
def test_every_page_opens_and_shows_no_page_text_as_markup(get: Get, page: str) -> None:
    response = get(page)
    assert response.status_code == 200
    for markup in ("<script>alert", "<img src=x", "<b>version"):
        assert markup not in response.text
    assert 'href="javascript:' not in response.text


def test_database_says_what_it_is_and_where_it_comes_from(get: Get) -> None:
    page = get("/policies").text
    assert "Policy histories" in page
    assert "A change happened between two observations" in page
    assert '<a href="https://www.apache.org/licenses/LICENSE-2.0">Apache License 2.0</a>' in page
    assert "Clausetrail contributors" in page


def test_site_has_its_name_unless_others_share_it(get: Get, database: Path, tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "other.db").close()
    assert re.search(r"<h1[^>]*>\s*Clausetrail", get("/-/").text)
    assert "Here is the trail" in get("/-/").text
    shared = asker(database, immutables=[str(tmp_path / "other.db")])
    assert "Here is the trail" not in shared("/-/").text
    assert 'class="index"' in shared("/").text


def test_times_are_shown_to_the_minute(get: Get) -> None:
    assert ">2024-09-12 09:00</time>" in get("/policies/versions").text


def test_helpers_are_hidden_and_questions_are_offered(get: Get) -> None:
    page = get("/policies").text
    assert not re.search(r'<h[23]><a href="/policies/(_forms|_trees|wordings_fts|spans|_sqlite_migrations)"', page)
    assert all(f'href="/policies/{name}"' in page for name in QUERIES)


def test_rows_are_named_by_their_titles(get: Get) -> None:
    assert "tamsorrel Usage policy" in get("/policies/versions").text
    assert "version 2, 2024-09-12" in get("/policies/changes").text
    assert "2024-09-12T09:00 main" in get("/policies/snapshots").text


def test_tables_and_columns_are_described(get: Get) -> None:
    page = get("/policies/versions").text
    assert "for as long as it stood without a break" in page
    assert "flap: it went back before it was confirmed" in page


def test_facets_are_there_without_being_asked_for(get: Get) -> None:
    page = get("/policies/changes").text
    assert all(f'data-column="{name}"' in page for name in ("significance", "kind", "certainty"))


@pytest.mark.parametrize("table", ["wordings", "clauses"])
@pytest.mark.parametrize("words", ["receive", "delete prompts", '"90 days"', "服务", "垃圾邮件", "使用我们"])
def test_search_finds_words_of_every_script(get: Get, table: str, words: str) -> None:
    assert rows(get(f"/policies/{table}.json", _search=words, _shape="objects"))


@pytest.mark.parametrize("words", ["nowhere", '"days 90"', "件邮", '"', "*", "AND", "a-b:(c", "^", "\x00"])
def test_search_for_what_is_not_there_finds_nothing_and_does_not_fail(get: Get, words: str) -> None:
    response = get("/policies/clauses.json", _search=words, _shape="objects")
    assert response.status_code == 200
    assert not rows(response)


def test_search_question_shows_where_the_words_stood(get: Get) -> None:
    past, present = rows(get("/policies/search_wordings.json", words="垃圾邮件", _shape="objects"))
    assert past["document"] == "tamsorrel/usage-policy"
    assert past["path"] == "Usage Policy › Data › 3"
    assert (past["current"], present["current"]) == (0, 1)
    assert rows(get("/policies/search_wordings.json", words="", _shape="objects")) == []


def test_silent_changes_are_those_of_substance_that_nobody_announced(get: Get) -> None:
    silent = {row["kind"]: row for row in rows(get("/policies/silent_changes.json", _shape="objects"))}
    assert silent.keys() == {"added", "edited"}, "the flap and the way back are not among them"
    assert silent["edited"]["words_changed"] == (
        '[["equal", "We delete prompts "], ["delete", "30"], ["insert", "90"], '
        '["equal", " days after we receive them."]]'
    )


def test_words_are_marked_in_changes_and_questions(get: Get) -> None:
    marked = r"We delete prompts <del[^>]*>30</del> <ins[^>]*>90</ins> days after"
    for page in ("/policies/changes", "/policies/changes/2", "/policies/latest_changes", "/policies/silent_changes"):
        assert re.search(marked, get(page).text), page


def test_an_added_clause_is_shown_as_inserted(get: Get) -> None:
    assert re.search(r"<ins[^>]*>您不得使用我们的服务生成垃圾邮件。</ins>", get("/policies/changes/1").text)


def test_marks_that_turn_the_text_are_shown_and_not_obeyed(get: Get) -> None:
    cells = re.findall(r'<td class="col-policy[^>]*>([^<]*)<', get("/policies/documents").text)
    assert cells == ["good\\u202ebye", "Usage policy"]


@pytest.mark.parametrize(("day", "count"), [("2024-09-11", 3), ("2024-09-12", 3), ("2024-09-10", 0), ("", 0), ("x", 0)])
def test_a_day_has_the_changes_whose_interval_holds_it(get: Get, day: str, count: int) -> None:
    assert len(rows(get("/policies/changed_on.json", day=day, _shape="objects"))) == count


def test_most_changed_counts_versions(get: Get) -> None:
    (found,) = rows(get("/policies/most_changed.json", _shape="objects"))
    assert (found["document"], found["substantive"], found["silent_versions"]) == ("tamsorrel/usage-policy", 1, 1)


def test_most_changed_clauses_count_changes_of_words(get: Get) -> None:
    found = rows(get("/policies/most_changed_clauses.json", _shape="objects"))
    assert {(row["clause"][:16], row["changes"], row["substantive"]) for row in found} >= {("We delete prompt", 1, 1)}


def test_longest_lived_wordings_count_days_between_sights(get: Get) -> None:
    first, *_, last = rows(get("/policies/longest_lived.json", _shape="objects"))
    assert (first["days"], first["current"]) == (444, 1)
    assert last["days"] < first["days"]


def test_what_the_owner_of_the_site_says_wins(database: Path) -> None:
    ours = {"description": "In my own words", "facets": ["kind"]}
    page = asker(database, metadata={"databases": {"policies": {"tables": {"changes": ours}}}})(
        "/policies/changes"
    ).text
    assert "In my own words" in page
    assert 'data-column="kind"' in page


def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE changes (id INTEGER PRIMARY KEY, operations TEXT, silent INTEGER)")
        connection.execute("INSERT INTO changes VALUES (1, '=1', 1)")
    connection.close()
    get = asker(tmp_path / "other.db")
    assert "Policy histories" not in get("/other").text
    assert '<td class="col-silent type-int">1</td>' in get("/other/changes").text
    assert get("/other.json", sql="select word_changes('', '', '')").status_code == 400


def test_a_database_that_lacks_tables_still_opens(tmp_path: Path) -> None:
    opened = open_database(tmp_path / "old.db", PUBLISHED, create=True)
    opened.connection.executescript(
        "DROP VIEW changes_by_day; DROP VIEW clauses; ALTER TABLE documents DROP COLUMN licence"
    )
    opened.close()
    get = asker(tmp_path / "old.db")
    assert get("/old").status_code == 200
    assert get("/old/documents").status_code == 200
    assert get("/old/search_wordings").status_code == 404


def test_a_writer_beside_is_seen_at_once(tmp_path: Path) -> None:
    writer = open_database(tmp_path / "live.db", PUBLISHED, create=True)
    get = asker(tmp_path / "live.db")
    assert rows(get("/live/publishers.json", _shape="objects")) == []
    writer.connection.execute("INSERT INTO publishers (slug, title) VALUES ('new', 'New')")
    assert len(rows(get("/live/publishers.json", _shape="objects"))) == 1
    writer.close()


def test_evidence_cannot_be_reached(get: Get, database: Path) -> None:
    for sql in (f"attach '{database}' as x", "select * from evidence.blobs", "pragma database_list"):
        assert get("/policies.json", sql=sql).status_code == 400
