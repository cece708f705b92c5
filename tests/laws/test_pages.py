"""Documents of several pages, and flaps, from files to what is told of them."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from clausetrail.cli import cli
from clausetrail.pipeline.from_files import entries_of, import_entries
from clausetrail.store import Store

RULES = "# Rules\n\nYou may not {verb} lamps at night.\n"
NOTES = "# Notes\n\nThese notes explain the rules.\n"


def manifest(folder: Path, lines: list[tuple[str, str, str]]) -> Path:
    """(time, page, text) of each."""
    rows = []
    for number, (at, source, text) in enumerate(lines):
        (folder / f"{number}.md").write_text(text, "utf-8")
        rows.append({"path": f"{number}.md", "document": "acme/rules", "fetched_at": at, "source": source})
    path = folder / "manifest.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_a_page_that_did_not_change_is_told_as_unchanged_whatever_the_others_did(tmp_path: Path) -> None:
    lines = [
        ("2024-01-01T00:00", "a", NOTES),
        ("2024-01-01T00:00", "b", RULES.format(verb="sell")),
        ("2024-01-05T00:00", "a", NOTES),
        ("2024-01-05T00:01", "b", RULES.format(verb="rent")),
        ("2024-01-09T00:00", "a", NOTES.replace("explain", "describe")),
        ("2024-01-09T00:01", "b", RULES.format(verb="rent")),
    ]
    with Store.open(tmp_path / "p.db", write=True, create=True) as store:
        found = import_entries(store, entries_of(manifest(tmp_path, lines)))
        assert [(o.outcome, o.version) for o in found] == [
            ("version", 1),
            ("version", 1),
            ("unchanged", 2),
            ("version", 2),
            ("version", 3),
            ("unchanged", 3),
        ]
        again = import_entries(store, entries_of(tmp_path / "manifest.jsonl"))
        assert {o.outcome for o in again} == {"unchanged"}


def test_no_leg_of_a_flap_is_silent_and_a_change_that_stands_is(tmp_path: Path) -> None:
    """Whether all is imported at once or page by page: what makes a flap of a version comes later."""
    verbs = ["sell", "sell", "rent", "sell", "sell", "lend", "lend"]
    days = [1, 5, 10, 11, 15, 20, 25]
    lines = [
        (f"2024-01-{day:02}T00:00", "main", RULES.format(verb=verb)) for day, verb in zip(days, verbs, strict=True)
    ]
    for name, step in (("whole", len(lines)), ("parts", 1)):
        database = tmp_path / f"{name}.db"
        for start in range(0, len(lines), step):
            with Store.open(database, write=True, create=True) as store:
                import_entries(store, entries_of(manifest(tmp_path, lines[start : start + step])))
        with Store.open(database) as store:
            rows = store.connection.execute("SELECT standing, silent FROM versions ORDER BY number").fetchall()
        assert rows == [("confirmed", None), ("flap", None), ("confirmed", None), ("confirmed", 1)]
        output = CliRunner().invoke(cli, ["--database", str(database), "log", "acme/rules", "--format", "json"]).output
        told = {v["version"]: v["announced"]["silent"] for v in json.loads(output)["versions"]}
        assert told == {1: False, 2: False, 3: False, 4: True}
