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
JUNK = "# A short break\n\nOur staff are moving house this week, so please come back on Monday.\n"


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


def test_the_list_says_what_is_applied_and_what_waits(bench: Workbench) -> None:
    def statuses() -> list[str]:
        return [one["status"] for one in json.loads(bench.run("correct", "list", "--format", "json"))]

    bench.run("correct", "junk", SLUG, bench.snapshot(2), "--who", "Ada", "--why", "a bot check")
    assert statuses() == [f"not applied yet: `clausetrail rebuild {SLUG}` applies it"]
    assert "a bot check" in bench.run("correct", "list")
    bench.run("rebuild")
    assert statuses() == ["applied"]
    (bench.folder / "corrections.toml").write_text("", "utf-8")
    assert "no longer in the file" in statuses()[0]


def test_the_same_ruling_twice_is_refused(bench: Workbench) -> None:
    wall = bench.snapshot(2)
    bench.rule("junk", SLUG, wall[:12])
    command = ["--database", str(bench.folder / "p.db"), "correct", "junk", SLUG, wall, "--why", "again"]
    assert "Ada has ruled the same" in str(CliRunner().invoke(cli, command).exception)
    bench.rule("policy", SLUG, wall)
    bench.rule("junk", SLUG, wall)
    assert len(bench.log()) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [("sell data", "trade in"), ("L{old}", "L{new}"), ("Rules › 2", "Rules > 2"), ("rules › 2", "trade")],
)
def test_clauses_are_named_in_many_ways(bench: Workbench, old: str, new: str) -> None:
    bench.rule("junk", SLUG, bench.snapshot(2))
    found = bench.diff()
    lineages = {clause["words"]: clause["lineage"] for side in ("old", "new") for clause in found[side]}
    gone, come = lineages["You may not sell data."], lineages["Nobody shall trade in records."]
    bench.rule("link", SLUG, old.format(old=gone), new.format(new=come))
    assert bench.kinds()["You may not sell data."] not in ("removed", "same")
    told = json.loads(bench.run("correct", "list", "--format", "json"))[-1]
    assert (told["old"], told["new"]) == ("You may not sell data.", "Nobody shall trade in records.")


def test_rulings_on_snapshots_leave_a_mark(bench: Workbench) -> None:
    wall = bench.snapshot(2)
    bench.rule("junk", SLUG, wall)
    mark = "corrected by hand: junk, by Ada on "
    assert mark in bench.run("log", SLUG)
    assert mark in bench.run("show", SLUG, "--on", "1")
    assert mark in bench.run("evidence", SLUG, "--all")
    assert mark in bench.run("changelog", SLUG).replace("Corrected", "corrected")
    assert mark not in bench.run("show", SLUG, "--on", "latest")
    assert [one["who"] for version in bench.log() for one in version["rulings"]] == ["Ada"]
    bench.rule("date", SLUG, bench.snapshot(2), "2024-05-01")
    assert "corrected by hand: date effective 2024-05-01, by Ada" in bench.run("show", SLUG)


def test_a_corrected_date_that_the_next_version_prints_again_announces_nothing(bench: Workbench) -> None:
    bench.rule("junk", SLUG, bench.snapshot(2))
    bench.rule("date", SLUG, bench.snapshot(2), "2024-05-01")
    page = bench.folder / "2024-06-02.md"
    page.write_text(AFTER + "\nOne more rule.\n", "utf-8")
    bench.run("import", "file", str(page), "--document", SLUG, "--on", "2024-06-02")
    newest = max(bench.log(), key=lambda v: int(v["version"]))
    assert newest["announced"]["new_dates"] == []
    assert newest["announced"]["silent"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("link", SLUG, "No such words.", "Nobody shall trade in records."), "has no clause"),
        (("junk", SLUG, "ffffffffffff"), "no snapshot has a hash"),
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
