"""A redaction takes bytes and text out of both files, and the rest goes on."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from clausetrail.cli import cli
from clausetrail.errors import StoreError, UsageError
from clausetrail.store import Store
from clausetrail.store.connection import Database
from tests.histories import content

SLUG = "acme/rules"
FILLER = "\n\n".join(f"Rule {n} holds for everybody who comes here, by day and by night." for n in range(1, 30))
PAGES = [
    f"# Rules\n\nYou may not sell data.\n\n{FILLER}\n",
    f"# Rules\n\nYou may not sell data.\n\nComplaints go to Zebulon Quixworthy at home.\n\n{FILLER}\n",
    f"# Rules\n\nYou may not sell data, ever.\n\n{FILLER}\n\nYou may not rent data.\n",
    f"# Rules\n\nYou may not sell data, ever.\n\n{FILLER}\n\nYou may not rent data, or lend it.\n",
]
SECRET = ("zebulon", "quixworthy")


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "p.db"
        lines = []
        for number, text in enumerate(PAGES):
            (folder / f"{number}.md").write_text(text, "utf-8")
            lines.append(json.dumps({"path": f"{number}.md", "document": SLUG, "fetched_at": f"2024-0{number + 1}-01"}))
        (folder / "m.jsonl").write_text("\n".join(lines), "utf-8")
        self.run("import", "files", str(folder / "m.jsonl"))
        shown = self.json("evidence", SLUG, "--all")["snapshots"]
        self.hashes = [one["sha256"] for one in shown]

    def invoke(self, *arguments: str) -> Result:
        return CliRunner().invoke(cli, ["--database", str(self.database), *arguments])

    def run(self, *arguments: str) -> str:
        result = self.invoke(*arguments)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.output

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--format", "json"))

    def redact(self) -> str:
        return self.run("redact", self.hashes[1][:12], "--reason", "names a private person", "--yes")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def traces(folder: Path) -> list[str]:
    """Where a word of what was redacted is still to be found: in any file as it lies on the disk, in anything that
    is packed in one of them, and in the full-text index."""
    found = []
    for file in folder.glob("p.*"):
        raw = file.read_bytes().lower()
        found += [f"{file.name}: {word}" for word in SECRET if word.encode() in raw]
    with Store.open(folder / "p.db") as store:
        for table in ("_forms", "_trees", "wordings", "lineages", "changes", "declared_dates", "snapshots", "spans"):
            rows = repr(store.connection.execute(f"SELECT * FROM {table}").fetchall()).lower()  # noqa: S608
            found += [f"{table}: {word}" for word in SECRET if word in rows]
        for blob, data in store.archive.database.connection.execute("SELECT id, data FROM blobs"):
            packed = store.archive.unpacked(blob).lower() if data else b""
            found += [f"body {blob}: {word}" for word in SECRET if word.encode() in packed]
    with sqlite3.connect(folder / "p.db") as db:
        db.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, wordings_fts, row)")
        found += [f"index: {term}" for (term,) in db.execute("SELECT term FROM temp.terms") if term in SECRET]
    db.close()
    return found


def test_nothing_is_left_but_the_hash(desk: Desk) -> None:
    assert {"p.db: zebulon", "wordings: zebulon", "index: zebulon", "body 2: zebulon"} <= set(traces(desk.folder))
    head = json.loads(desk.run("verify", "--export"))
    (desk.folder / "head.json").write_text(json.dumps(head))
    assert "Redacted 1 snapshot and derived again: acme/rules" in desk.redact()
    assert traces(desk.folder) == []
    assert "the chain holds" in desk.run("verify", "--against", str(desk.folder / "head.json"))
    after = json.loads(desk.run("verify", "--export"))
    assert (after["rows"], after["head"] != head["head"]) == (head["rows"] + 1, True)


def test_the_rest_of_the_history_goes_on(desk: Desk) -> None:
    desk.redact()
    told = desk.json("evidence", SLUG, "--all")["snapshots"]
    assert [one["sha256"] for one in told] == desk.hashes
    assert [one["version"] for one in told] == [1, None, 2, 3]
    assert told[1]["verdict"] == {"policy": False, "reason": "redacted: names a private person"}
    for number in (0, 2, 3):
        written = desk.invoke("evidence", desk.hashes[number], "--output", "-")
        assert written.stdout_bytes.decode() == PAGES[number]
    refused = desk.invoke("evidence", desk.hashes[1], "--output", "-").exception
    assert isinstance(refused, StoreError)
    assert "were redacted (names a private person)" in str(refused)
    assert desk.run("search", "Quixworthy") == "Nothing found.\n"


def test_it_stays_so(desk: Desk) -> None:
    desk.redact()
    with Store.open(desk.database) as store:
        rows = store.snapshots(SLUG)
    desk.run("rebuild")
    desk.run("import", "files", str(desk.folder / "m.jsonl"))
    line = {"path": "1.md", "document": SLUG, "fetched_at": "2024-06-01"}
    (desk.folder / "again.jsonl").write_text(json.dumps(line))
    assert "redacted: names a private person" in desk.run("import", "files", str(desk.folder / "again.jsonl"))
    with Store.open(desk.database) as store:
        assert store.snapshots(SLUG)[:-1] == rows
    assert traces(desk.folder) == []
    assert "the chain holds" in desk.run("verify")


def test_a_second_time_changes_nothing(desk: Desk) -> None:
    desk.redact()
    head = json.loads(desk.run("verify", "--export"))
    desk.redact()
    assert json.loads(desk.run("verify", "--export"))["head"] == head["head"]


def test_stopped_in_the_middle_and_given_again_it_ends_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StoreError("stopped")

    with monkeypatch.context() as patched:
        patched.setattr("clausetrail.store.redaction.scrub", fail)
        assert desk.invoke("redact", desk.hashes[1], "--reason", "names a private person", "--yes").exit_code
    desk.redact()
    assert traces(desk.folder) == []
    assert "the chain holds" in desk.run("verify")


@pytest.mark.slow
def test_whoever_reads_meanwhile_is_named(desk: Desk) -> None:
    with Store.open(desk.database) as reader, reader.reading():
        reader.documents()
        result = desk.invoke("redact", desk.hashes[1], "--reason", "x", "--yes")
        assert isinstance(result.exception, StoreError)
        assert result.exception.transient
    desk.redact()
    assert traces(desk.folder) == []


def test_quoted_words_in_rulings_are_named(desk: Desk) -> None:
    desk.run("correct", "false-alarm", SLUG, "--version", "2", "--new", "Complaints go to Zebulon Quixworthy at home.",
             "--who", "A", "--why", "b")  # fmt: skip
    assert "corrections.toml quotes words of acme/rules" in desk.redact()


def test_what_cannot_be(desk: Desk) -> None:
    for arguments in (
        ("redact", "ffffffff", "--reason", "x", "--yes"),
        ("redact", desk.hashes[0], "--reason", "  ", "--yes"),
        ("redact", desk.hashes[0], "--reason", "x"),
    ):
        assert isinstance(desk.invoke(*arguments).exception, UsageError)
    assert traces(desk.folder) != []


def test_a_first_body_may_go_though_all_others_are_packed_against_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.run("redact", desk.hashes[0], "--reason", "x", "--yes")
    assert [row.redacted for row in Store.open(desk.database).archived(SLUG)] == [True, False, False, False]
    assert "the chain holds" in desk.run("verify")
    (tmp_path / "new.md").write_text(PAGES[3] + "\nMore.\n")
    desk.run("import", "file", str(tmp_path / "new.md"), "--document", SLUG, "--on", "2024-07-01")
    assert "the chain holds" in desk.run("verify")


def test_the_head_tells_tampering(desk: Desk) -> None:
    head = desk.folder / "head.json"
    head.write_text(desk.run("verify", "--export"))
    with Store.open(desk.database, write=True) as store:
        assert isinstance(store._database, Database)
        db = store.archive.database.connection
        db.execute("DELETE FROM entries WHERE id = 4")
    assert "rows were cut off" in desk.invoke("verify", "--against", str(head)).stderr
    said = json.loads(head.read_text())
    head.write_text(json.dumps({**said, "rows": 3}))
    altered = desk.invoke("verify", "--against", str(head)).exception
    assert isinstance(altered, UsageError)
    assert "its own digest" in str(altered)
    for text in ("", "[]", "{}"):
        head.write_text(text)
        assert isinstance(desk.invoke("verify", "--against", str(head)).exception, UsageError)
    assert content(desk.database)
