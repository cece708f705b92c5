"""How long a reader waits for an answer, process start included."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from random import Random

from benchmarks.importing import MAIN
from benchmarks.measure import Row, clausetrail, clone, seconds, shown

PAIRS = 40


def rows(folder: Path) -> list[Row]:
    source, database = clone(MAIN, folder), folder / "policies.db"
    if not database.exists():
        seconds(clausetrail("--database", str(database), "import", "ota", str(source)))
    start = seconds([sys.executable, "-c", "pass"], runs=9)
    help_ = seconds(clausetrail("--help"), runs=9)
    return [
        Row("`clausetrail --help`", shown(help_), shown(start), "python -c pass", f"{help_ / start:.1f}", "< 0.2 s"),
        *_diffs(source, database),
    ]


def _diffs(source: Path, database: Path) -> list[Row]:
    """`diff` between random dates of random documents, beside `git diff --word-diff` of the same states."""
    ours, git = [], []
    for slug, path, first, last in _pairs(database):
        ours.append(seconds(clausetrail("--database", str(database), "diff", slug, first, last), ok=(0, 1)))
        ends = [_commit(source, path, day) for day in (first, last)]
        git.append(seconds(["git", "-C", str(source), "diff", "--word-diff", *ends, "--", path]))
    middle, worst = statistics.median(ours), max(ours)
    return [
        Row(
            f"`diff` of any two dates, median of {PAIRS}",
            shown(middle),
            shown(statistics.median(git)),
            "git diff --word-diff",
            f"{middle / statistics.median(git):.0f}",
            "< 0.5 s",
        ),
        Row("the slowest of them", shown(worst), shown(max(git)), "git diff --word-diff", "", "< 0.5 s"),
    ]


def _pairs(database: Path) -> list[tuple[str, str, str, str]]:
    def ask(*arguments: str) -> list[dict[str, str]]:
        run = subprocess.run(
            clausetrail("--database", str(database), *arguments, "--format", "json"), capture_output=True, check=True
        )
        return list(json.loads(run.stdout))

    random = Random(11)
    documents = [d for d in ask("documents") if int(d["versions"]) > 1]
    found = []
    for document in random.choices(documents, k=PAIRS):
        days = sorted(random.choices(_days(document["first_seen"], document["last_seen"]), k=2))
        path = f"{document['publisher']}/{document['title']}.md"
        found.append((document["document"], path, *days))
    return found


def _days(first: str, last: str) -> list[str]:
    from datetime import date, timedelta

    start, end = date.fromisoformat(first[:10]), date.fromisoformat(last[:10])
    return [(start + timedelta(days=n)).isoformat() for n in range((end - start).days + 1)]


def _commit(source: Path, path: str, day: str) -> str:
    run = subprocess.run(
        ["git", "-C", str(source), "log", "-1", "--format=%H", f"--until={day}T23:59:59Z", "--", path],
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()
