"""Rulings by hand: written by `correct`, applied by `rebuild`, shown, and gone when they are taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from clausetrail.cli import cli

SLUG = "acme/rules"
TOP = "# Rules\n\nEffective: 1 March 2024\n\n"
BEFORE = f"{TOP}You may not sell data.\n\nYou must be kind to one another at all times.\n"
AFTER = f"{TOP}Nobody shall trade in records.\n\nYou must be kind to one another always.\n"
JUNK = "# Just a moment\n\nWe are checking that you are a person.\n"


class Workbench:
    """A small database with three observations, and the commands on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for day, text in (("2024-03-02", BEFORE), ("2024-04-02", JUNK), ("2024-05-02", AFTER)):
            page = folder / f"{day}.md"
            page.write_text(text, "utf-8")
            self.run("import", "file", str(page), "--document", SLUG, "--on", day)

    def run(self, *arguments: str, code: int = 0) -> str:
        command = ["--database", str(self.folder / "p.db"), *arguments]
        result = CliRunner().invoke(cli, command, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result.output

    def log(self) -> list[dict[str, Any]]:
        return list(json.loads(self.run("log", SLUG, "--format", "json"))["versions"])

    def diff(self) -> dict[str, Any]:
        return dict(json.loads(self.run("diff", SLUG, "--format", "json", "--all", code=1)))

    def kinds(self) -> dict[str, str]:
        """Words of each old clause (and of each added one) -> its relation."""
        found = self.diff()
        words = {s: {c["id"]: c["words"] for c in found[s]} for s in ("old", "new")}
        told = {}
        for relation in found["relations"]:
            for i in relation["old"]:
                told[words["old"][i]] = relation["kind"]
            if not relation["old"]:
                told[words["new"][relation["new"][0]]] = relation["kind"]
        return told

    def snapshot(self, version: int) -> str:
        return str(next(v for v in self.log() if v["version"] == version)["sha256"])

    def rule(self, *arguments: str) -> None:
        self.run("correct", *arguments, "--who", "Ada", "--why", "read by hand")
        self.run("rebuild", SLUG)


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    return Workbench(tmp_path)


def test_junk_makes_no_version_and_policy_takes_it_back(bench: Workbench) -> None:
    assert len(bench.log()) == 3
    wall = bench.snapshot(2)
    bench.rule("junk", SLUG, wall[:12])
    assert len(bench.log()) == 2
    bench.rule("policy", SLUG, wall)
    assert len(bench.log()) == 3


def test_a_link_and_what_it_says(bench: Workbench) -> None:
    bench.rule("junk", SLUG, bench.snapshot(2))
    assert bench.kinds()["You may not sell data."] == "removed"
    bench.rule("link", SLUG, "You may not sell data.", "Nobody shall trade in records.")
    assert bench.kinds()["You may not sell data."] not in ("removed", "same")
    shown = bench.run("diff", SLUG, code=1)
    assert "corrected by hand" in shown
    assert "read by hand" in shown
    (bench.folder / "corrections.toml").write_text("", "utf-8")
    bench.run("rebuild")
    assert len(bench.log()) == 3


def test_an_unlink(bench: Workbench) -> None:
    bench.rule("junk", SLUG, bench.snapshot(2))
    old, new = "You must be kind to one another at all times.", "You must be kind to one another always."
    assert bench.kinds()[old] == "edited"
    bench.rule("unlink", SLUG, old, new)
    assert (bench.kinds()[old], bench.kinds()[new]) == ("removed", "added")


def test_a_false_alarm_is_editorial(bench: Workbench) -> None:
    bench.rule("junk", SLUG, bench.snapshot(2))
    bench.rule("false-alarm", SLUG, "--old", "You may not sell data.")
    changes = {c["kind"]: c for c in bench.diff()["changes"] if c["kind"] == "removed"}
    assert changes["removed"]["significance"] == "editorial"


def test_a_date(bench: Workbench) -> None:
    bench.rule("date", SLUG, bench.snapshot(3), "2024-05-01")
    newest = max(bench.log(), key=lambda v: int(v["version"]))
    assert [d["on"] for d in newest["announced"]["new_dates"]] == ["2024-05-01"]
    assert "corrected by hand" in newest["announced"]["new_dates"][0]["text"]


def test_rulings_that_fit_nothing_are_reported(bench: Workbench) -> None:
    bench.rule("link", SLUG, "You may not sell data.", "Nobody shall trade in records.")
    bench.rule("junk", SLUG, bench.snapshot(3))
    assert "does not fit" in bench.run("correct", "list")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("link", SLUG, "No such words.", "Nobody shall trade in records."), "no clause ever had the words"),
        (("junk", SLUG, "ffffffffffff"), "0 snapshots"),
        (("junk", "no/body", "ffffffffffff"), "no/body"),
        (("date", SLUG, "{snapshot}", "soon"), "is no date"),
        (("false-alarm", SLUG), "needs --old or --new"),
    ],
)
def test_rulings_on_what_does_not_exist(bench: Workbench, arguments: tuple[str, ...], said: str) -> None:
    filled = [a.format(snapshot=bench.snapshot(1)) for a in arguments]
    command = ["--database", str(bench.folder / "p.db"), "correct", *filled, "--why", "x"]
    result = CliRunner().invoke(cli, command)
    assert said in str(result.exception)
    assert not (bench.folder / "corrections.toml").exists()
