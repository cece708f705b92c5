"""The workflow: valid, safe, and run step by step here, with a folder in the place of GitHub's releases."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.templates.conftest import PAGE, Write

pytestmark = pytest.mark.slow

CONFIG = Path(__file__).with_name("zizmor.yml")
GH = Path(__file__).with_name("gh.py")
CLAUSETRAIL = """#!/bin/sh
# Looks at a page without a network; all else is the real command.
test "$1" = fetch && exec "{program}" import file "$PAGE" --document guild/rules --on "$NOW"
exec "{program}" "$@"
"""


@pytest.fixture
def file(write: Write, tmp_path: Path) -> Path:
    write("github-actions")
    return tmp_path / "github-actions" / "clausetrail.yml"


@pytest.mark.parametrize(
    "tool",
    [
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"],
        ["zizmor", "--offline", "--quiet", "--config", str(CONFIG)],
    ],
    ids=lambda tool: tool[0],
)
def test_the_workflow_is_valid_and_safe(tool: list[str], file: Path, program: str) -> None:
    done = subprocess.run([*tool, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_done_twice_at_once_and_little_is_permitted(file: Path) -> None:
    workflow = yaml.safe_load(file.read_text("utf-8"))
    assert workflow["permissions"] == {}
    assert workflow["concurrency"] == {"group": "clausetrail", "cancel-in-progress": False}
    assert workflow["jobs"]["fetch"]["permissions"] == {"contents": "write"}


@dataclass
class Actions:
    """A repository at GitHub, and what runs there."""

    folder: Path
    steps: list[dict[str, Any]]
    environment: dict[str, str]
    runs: int = field(default=0)

    @property
    def backups(self) -> list[Path]:
        return sorted((self.folder / "releases" / "evidence").glob("*.zip"))

    def run(self, days: int, *, first: bool = False) -> subprocess.CompletedProcess[str]:
        """A run on a fresh machine, to its first failing step; the page says that many days."""
        self.runs += 1
        machine = self.folder / f"machine {self.runs}"
        checkout = machine / "work"
        (machine / "temp").mkdir(parents=True)
        git("clone", "--quiet", str(self.folder / "repository.git"), str(checkout), cwd=machine)
        page = machine / "rules.html"
        page.write_text(PAGE.format(days=days), "utf-8")
        own = {
            "GITHUB_WORKSPACE": str(checkout),
            "RUNNER_TEMP": str(machine / "temp"),
            "PAGE": str(page),
            "NOW": f"2026-01-{self.runs:02}",
        }
        done = subprocess.CompletedProcess([], 0, "", "")
        other = "${{ !inputs.first }}" if first else "${{ inputs.first }}"
        for step in self.steps:
            if step["name"] == "Install" or step.get("if") == other:
                continue
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                env=self.environment | own,
                cwd=checkout,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                done.args = step["name"]
                break
        return done


def git(*arguments: str, cwd: Path) -> str:
    return subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def actions(file: Path, tmp_path: Path, program: str) -> Actions:
    commands = tmp_path / "bin"
    commands.mkdir()
    (tmp_path / "releases").mkdir()
    for name, text in {
        "clausetrail": CLAUSETRAIL.format(program=program),
        "gh": f'#!/bin/sh\nexec "{sys.executable}" "{GH}" "$@"\n',
        # Runs are some hours apart.
        "date": '#!/bin/sh\necho "$NOW"T00Z\n',
    }.items():
        (commands / name).write_text(text, "utf-8")
        (commands / name).chmod(0o755)
    seed = tmp_path / "seed"
    shutil.copytree(file.parent, seed / ".github" / "workflows")
    (seed / "clausetrail.toml").write_text('database = "data/policies.db"\n', "utf-8")
    (seed / "data").mkdir()
    (seed / "data" / "README.md").write_text("The database is here while a run lasts.\n", "utf-8")
    git("init", "--quiet", "--initial-branch=main", cwd=seed)
    git("add", ".", cwd=seed)
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "Begin", cwd=seed)
    git("clone", "--quiet", "--bare", str(seed), str(tmp_path / "repository.git"), cwd=tmp_path)
    job = yaml.safe_load(file.read_text("utf-8"))["jobs"]["fetch"]
    environment = os.environ | {
        "PATH": os.pathsep.join((str(commands), os.environ["PATH"])),
        "RELEASES": str(tmp_path / "releases"),
        "KEPT": "2",
    }
    return Actions(tmp_path, [step for step in job["steps"] if "run" in step], environment)


def test_evidence_lasts_from_run_to_run(actions: Actions, program: str) -> None:
    for number, days in enumerate((30, 30, 60, 90)):
        done = actions.run(days, first=not number)
        assert done.returncode == 0, (done.args, done.stdout, done.stderr)
    assert [path.name for path in actions.backups] == [f"clausetrail-2026-01-0{n}T00Z.zip" for n in (3, 4)]
    last = actions.folder / "machine 4" / "work"
    command = [program, "log", "guild/rules", "--format", "json"]
    log = json.loads(subprocess.run(command, cwd=last, capture_output=True, check=True).stdout)
    assert len(log["versions"]) == 3
    git("pull", "--quiet", cwd=last)
    assert git("log", "--format=%s", "--", "evidence-head.json", cwd=last).count("Evidence until") == 4
    assert git("ls-files", cwd=last).split() == [
        ".github/workflows/clausetrail.yml",
        "clausetrail.toml",
        "data/README.md",
        "evidence-head.json",
    ]


def test_no_new_beginning_is_made_by_mistake(actions: Actions) -> None:
    assert actions.run(30).args == "Bring the evidence back"
    assert actions.run(30, first=True).returncode == 0
    assert actions.run(30, first=True).args == "Begin"
    for backup in actions.backups:
        backup.unlink()
    assert actions.run(30).args == "Bring the evidence back"
    assert actions.backups == []


def test_evidence_that_was_cut_short_is_refused(actions: Actions) -> None:
    for number in range(2):
        assert actions.run(30 + number, first=not number).returncode == 0
    actions.backups[-1].unlink()
    done = actions.run(60)
    assert done.args == "Bring the evidence back"
    assert "rows were cut off" in done.stderr
