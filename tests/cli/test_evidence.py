"""From a version to the bytes that show it; and a document taken out."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from clausetrail.cli import cli
from clausetrail.errors import UsageError

SLUG = "acme/rules"
TERMS = "# Terms\n\nYou may not {} data.\n"
FAQ = "# Questions\n\nMay I {} data? No.\n"
PAGES = [
    ("terms", "2024-03-01", TERMS.format("sell")),
    ("faq", "2024-03-01", FAQ.format("sell")),
    ("terms", "2024-04-01", TERMS.format("rent")),
    ("terms", "2024-05-01", ""),
]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Desk:
    """A document of two pages, one of which changed, and a page that is no policy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        lines = []
        for number, (source, day, text) in enumerate(PAGES):
            (folder / f"{number}.md").write_text(text, "utf-8")
            line = {"path": f"{number}.md", "document": SLUG, "fetched_at": day, "source": source}
            lines.append(json.dumps({**line, "url": f"https://acme.example/{source}"}))
        (folder / "m.jsonl").write_text("\n".join(lines), "utf-8")
        self.run("import", "files", str(folder / "m.jsonl"))

    def invoke(self, *arguments: str) -> Result:
        return CliRunner().invoke(cli, ["--database", str(self.folder / "p.db"), *arguments])

    def run(self, *arguments: str) -> Result:
        result = self.invoke(*arguments)
        assert result.exit_code == 0, (result.output, result.exception)
        return result

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--format", "json").output)

    def refused(self, *arguments: str) -> str:
        error = self.invoke(*arguments).exception
        assert isinstance(error, UsageError), error
        return str(error)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("evidence"))


def test_every_page_of_a_version_is_named(desk: Desk) -> None:
    told = [(one["source"], one["sha256"]) for one in desk.json("evidence", SLUG)["snapshots"]]
    assert told == [("faq", digest(PAGES[1][2])), ("terms", digest(PAGES[2][2]))]
    assert [(one["source"], one["sha256"]) for one in desk.json("show", SLUG)["snapshots"]] == told
    ends = json.loads(desk.invoke("diff", SLUG, "--format", "json").output)
    assert [one["sha256"] for one in ends["from"]["snapshots"]] == [digest(PAGES[1][2]), digest(PAGES[0][2])]
    assert "evidence of 2 pages: faq file" in desk.run("show", SLUG).output


def test_the_listing_reads_well(desk: Desk) -> None:
    output = desk.run("evidence", SLUG, "--on", "2024-04", "--source", "terms").output
    assert digest(PAGES[2][2]) in output
    assert "https://acme.example/terms" in output
    assert "file: a file that somebody brought" in output
    assert "2024-04-01T00:00:00Z" in output


def test_what_made_no_version_is_listed_with_all(desk: Desk) -> None:
    found = desk.json("evidence", SLUG, "--all")["snapshots"]
    assert [one["version"] for one in found][-1] is None
    assert not found[-1]["verdict"]["policy"]
    assert "no policy: empty" in desk.run("evidence", SLUG, "--all").output


@pytest.mark.parametrize("how", ["hash", "short", "on"])
def test_the_bytes_come_out_as_they_went_in(desk: Desk, how: str) -> None:
    body = PAGES[0][2]
    which = {
        "hash": [digest(body)],
        "short": [digest(body)[:10]],
        "on": [SLUG, "--on", "2024-03-15", "--source", "terms"],
    }[how]
    saved = desk.folder / "saved.md"
    result = desk.run("evidence", *which, "--output", str(saved))
    assert saved.read_bytes() == body.encode()
    assert digest(body) in result.stderr
    assert desk.run("evidence", *which, "--output", "-").stdout_bytes == body.encode()


def test_one_page_must_be_meant(desk: Desk) -> None:
    assert "--source: faq, terms" in desk.refused("evidence", SLUG, "--output", "-")
    assert "has no page 'imprint'" in desk.refused("evidence", SLUG, "--source", "imprint")
    assert "no snapshot has a hash" in desk.refused("evidence", SLUG, "--on", "f" * 12)


def test_a_document_is_taken_out(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    sha = desk.json("evidence", SLUG)["snapshots"][0]["sha256"]
    assert "give --yes" in desk.refused("documents", "remove", SLUG)
    assert "The bytes stay in p.evidence.db" in desk.run("documents", "remove", SLUG, "--yes").output
    assert desk.json("documents") == []
    assert desk.json("stats")["snapshots"] == desk.json("stats")["wordings"] == 0
    assert desk.run("search", "data").output == "Nothing found.\n"
    desk.run("verify")
    desk.run("import", "files", str(tmp_path / "m.jsonl"))
    assert desk.json("evidence", SLUG)["snapshots"][0]["sha256"] == sha
