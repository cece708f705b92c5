"""The crontab: lines that cron can read, and that do what they say."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cronsim import CronSim

from tests.templates.conftest import PAGE, Write

pytestmark = pytest.mark.slow


@pytest.fixture
def lines(write: Write) -> dict[str, str]:
    """Command of Clausetrail -> line of the crontab."""
    text = write("cron")["clausetrail.crontab"]
    found = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert found[0].startswith("MAILTO=")
    return {re.findall(r"clausetrail['\"]? (\w+)", line)[0]: line for line in found[1:]}


def run(line: str) -> subprocess.CompletedProcess[str]:
    """As cron runs it (crontab(5)): with next to no environment, `\\%` for %, and `sh`."""
    command = line.split(maxsplit=5)[5]
    assert not re.search(r"(?<!\\)%", command)
    bare = {name: os.environ[name] for name in ("HOME", "PYTHONPATH") if name in os.environ}
    return subprocess.run(
        ["/bin/sh", "-c", command.replace(r"\%", "%")],
        env={**bare, "PATH": "/usr/bin:/bin"},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_line_has_a_time(lines: dict[str, str]) -> None:
    assert set(lines) == {"fetch", "health"}
    for line in lines.values():
        minute = CronSim(" ".join(line.split(maxsplit=5)[:5]), datetime(2026, 1, 1, tzinfo=UTC))
        assert next(minute).day in (1, 2)


def test_health_is_silent_while_all_is_well(lines: dict[str, str], workspace: Path, program: str) -> None:
    page = workspace / "rules.html"
    page.write_text(PAGE.format(days=30), "utf-8")
    command = [program, "import", "file", str(page), "--document", "guild/rules", "--on", "2026-01-01"]
    subprocess.run(command, cwd=workspace, check=True)
    done = run(lines["health"])
    assert (done.stdout, done.stderr) == ("", "")


def test_health_tells_what_is_wrong(lines: dict[str, str]) -> None:
    assert "there is no database" in run(lines["health"]).stderr


def test_a_fetch_that_is_running_is_let_be(lines: dict[str, str], workspace: Path) -> None:
    import fcntl

    with (workspace / ".clausetrail-cron.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = run(lines["fetch"])
    assert (done.stdout, done.stderr) == ("", "")
    assert done.returncode != 0


def test_a_fetch_that_fails_is_told(lines: dict[str, str]) -> None:
    assert "declares no document" in run(lines["fetch"]).stderr
