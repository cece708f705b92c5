"""Importing whole histories, beside git's own word diff of them and beside git-history."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from benchmarks.measure import Row, clausetrail, clone, seconds, shown, size

MAIN = "genai-contrib-versions"
ONE = ("ChatGPT", "Acceptable Use Policy")


def rows(folder: Path) -> list[Row]:
    return [*_whole(folder), *_one_document(folder)]


def _whole(folder: Path) -> list[Row]:
    source, database = clone(MAIN, folder), folder / "policies.db"
    evidence = database.with_name("policies.evidence.db")
    ours = seconds(clausetrail("--database", str(database), "import", "ota", str(source)))
    again = seconds(clausetrail("--database", str(database), "import", "ota", str(source)))
    git = seconds(["git", "-C", str(source), "log", "-p", "--word-diff"])
    pack = size(*source.glob("objects/pack/*.pack"))
    published = size(database)
    return [
        Row(f"import {MAIN}", shown(ours), shown(git), "git log -p --word-diff", f"{ours / git:.1f}", "< 60 s"),
        Row("the same again, nothing new", shown(again), shown(git), "git log -p --word-diff", f"{again / git:.1f}"),
        Row(
            "database with full text",
            f"{published:.1f} MB",
            f"{pack:.1f} MB",
            "git's pack (no clauses, no search)",
            f"{published / pack:.1f}",
            "< 60 MB",
        ),
        Row(
            "evidence archive",
            f"{size(evidence):.1f} MB",
            f"{pack:.1f} MB",
            "git's pack",
            f"{size(evidence) / pack:.1f}",
        ),
    ]


def _one_document(folder: Path) -> list[Row]:
    if importlib.util.find_spec("git_history") is None:
        return [Row("import one document", "-", "not installed", "git-history")]
    source = clone(MAIN, folder)
    import subprocess

    work = folder / "checkout"
    if not work.exists():
        subprocess.run(["git", "clone", "-q", str(source), str(work)], check=True)
    service, kind = ONE
    ours = seconds(
        clausetrail(
            *("--database", str(folder / "one.db"), "import", "ota", str(source)),
            *("--service", service, "--terms-type", kind),
        )
    )
    convert = 'return [{"line": line} for line in content.decode("utf-8").split("\\n") if line.strip()]'
    command = [str(Path(sys.executable).with_name("git-history")), "file", str(folder / "lines.db")]
    peer = seconds([*command, f"{service}/{kind}.md", "--repo", str(work), "--convert", convert, "--silent"])
    return [Row(f"import {service} {kind}", shown(ours), shown(peer), "git-history, lines", f"{ours / peer:.2f}")]
