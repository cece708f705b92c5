"""The many ways to say which version, which clause, which words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from clausetrail.cli import cli

SLUG = "acme/rules"
ONE = "# 1. Rules\n\n## 2. Data\n\nYou may not sell data.\n\n## 2. Data\n\nYou may not copy data.\n"
TWO = "# 1. Rules\n\n## 1. People\n\nBe kind.\n\n## 2. Data\n\nYou may not sell data.\n"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asking")
    for document, day, text in ((SLUG, "2024-03-05", ONE), (SLUG, "2025-05-07", TWO), ("acme/lone", "2024-03-05", ONE)):
        page = folder / "page.md"
        page.write_text(text, "utf-8")
        ask(folder / "p.db", "import", "file", str(page), "--document", document, "--on", day)
    return folder / "p.db"


def ask(database: Path, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, ["--database", str(database), *arguments])
    assert result.exit_code == code or result.exception, result.output
    if result.exception and not isinstance(result.exception, SystemExit):
        return str(result.exception)
    return result.output


@pytest.mark.parametrize(
    ("asked", "version"),
    [("2024-03", 1), ("2024", 1), ("2025", 2), ("2025-05", 2), ("2025-04", 1), ("1", 1), ("v2", 2), ("previous", 1)],
)
def test_versions(database: Path, asked: str, version: int) -> None:
    assert json.loads(ask(database, "show", SLUG, "--on", asked, "--format", "json"))["version"] == version


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("2024-13", "is no date"),
        ("2023", "not observed before 2024-03-05"),
        ("7", "has no version 7; it has 2 versions"),
        ("soon", "names no version"),
    ],
)
def test_versions_that_are_not_there(database: Path, asked: str, said: str) -> None:
    assert said in ask(database, "show", SLUG, "--on", asked)


def test_a_document_with_one_version(database: Path) -> None:
    assert "one version only" in ask(database, "show", "acme/lone", "--on", "previous")
    told = ask(database, "diff", "acme/lone")
    assert "there is nothing to compare it with" in told
    assert "Nothing to compare: both ends are version 1." in told


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("1 › 2", "Data"),
        ("1 › 2#2", "Data"),
        ("2#2 › 1", "You may not copy data."),
        ("1. Rules › 2. Data › 1", None),
        ("2", "Data"),
        ("copy", "You may not copy data."),
    ],
)
def test_clauses(database: Path, asked: str, words: str | None) -> None:
    found = ask(database, "show", SLUG, "--on", "1", "--clause", asked, "--format", "json")
    if words is None:
        assert "2 clauses answer" in found
    else:
        assert json.loads(found)["clauses"][0]["words"] == words


def test_every_printed_path_is_taken(database: Path) -> None:
    for clause in json.loads(ask(database, "blame", SLUG, "--on", "1", "--format", "json"))["clauses"]:
        told = json.loads(ask(database, "history", SLUG, clause["path"], "--on", "1", "--format", "json"))
        assert told["lineage"] == clause["lineage"]


def test_a_lineage_that_does_not_stand_says_so(database: Path) -> None:
    gone = json.loads(ask(database, "history", SLUG, "copy", "--on", "1", "--format", "json"))["lineage"]
    assert f"clausetrail history {SLUG} L{gone}" in ask(database, "show", SLUG, "--clause", f"L{gone}")


def hits(database: Path, *arguments: str) -> list[tuple[str, str]]:
    found = json.loads(ask(database, "search", *arguments, "--document", SLUG, "--format", "json"))
    return [(hit["words"], hit["path"]) for hit in found]


def test_a_hit_is_shown_where_it_stood_then(database: Path) -> None:
    sell = "You may not sell data."
    assert hits(database, "sell") == [(sell, "1 › 2 › 1")]
    for on in ("2024", "2024-03-05", "1", "previous"):
        assert ("You may not copy data.", "1 › 2#2 › 1") in hits(database, "data", "--on", on)
    for on in ("2", "latest", "2025-05"):
        assert hits(database, "copy", "--on", on) == []
    assert "--document only" in ask(database, "search", "data", "--on", "latest")


def test_removed_words_are_hinted_at(database: Path) -> None:
    told = ask(database, "search", "copy", "--document", SLUG)
    assert told.startswith("Nothing found.")
    assert "1 wording stands no longer: search with --removed" in told
    assert "leave out --removed" in ask(database, "search", "kind", "--removed")
    assert ask(database, "search", "nonsense") == "Nothing found.\n"


def test_stat_of_some_kinds(database: Path) -> None:
    told = ask(database, "diff", SLUG, "--stat", "--only", "added", code=1)
    assert "added only" in told
    assert "- removed" not in told.splitlines()[-1]


def test_a_changelog_with_all_changes(database: Path, tmp_path: Path) -> None:
    for day, word in (("2024-01-01", "sell"), ("2024-02-01", "rent")):
        page = tmp_path / "long.md"
        page.write_text("# Rules\n\n" + "".join(f"* Nobody may {word} {n} of them.\n" for n in range(30)), "utf-8")
        ask(database, "import", "file", str(page), "--document", "acme/long", "--on", day)
    assert "… and 5 more changes" in ask(database, "changelog", "acme/long")
    assert "more changes" not in ask(database, "changelog", "acme/long", "--limit", "0")
