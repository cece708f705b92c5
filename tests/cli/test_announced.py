"""What counts as announced: a new entry or date, and not one that was only reworded."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from clausetrail.cli import cli

PAGE = "# Rules\n\nUpdated: {date}\n\nYou may not {verb} data.\n\n## Changelog\n\n{entries}\n"
STATES = [
    ("1 March 2024", "sell", ["2024-03-01: First rules"]),
    ("1 March 2024", "rent", ["2024-03-01: First rules."]),
    ("1 March 2024", "lend", ["2024-05-01: We changed a verb.", "2024-03-01: First rules."]),
    ("2 June 2024", "keep", ["2024-05-01: We changed a verb.", "2024-03-01: First rules."]),
]


def test_silent_and_announced_versions(tmp_path: Path) -> None:
    command = ["--database", str(tmp_path / "p.db")]
    for month, (date, verb, entries) in enumerate(STATES, 3):
        page = tmp_path / f"{month}.md"
        page.write_text(PAGE.format(date=date, verb=verb, entries="\n".join(f"* {e}" for e in entries)), "utf-8")
        arguments = ["import", "file", str(page), "--document", "acme/rules", "--on", f"2024-0{month}-05"]
        assert CliRunner().invoke(cli, [*command, *arguments], catch_exceptions=False).exit_code == 0
    output = CliRunner().invoke(cli, [*command, "log", "acme/rules", "--format", "json"]).output
    told = {v["version"]: v["announced"] for v in json.loads(output)["versions"]}
    assert [told[n]["silent"] for n in (2, 3, 4)] == [True, False, False]
    assert [e["on"] for e in told[3]["entries"]] == ["2024-05-01"]
    assert [d["on"] for d in told[4]["new_dates"]] == ["2024-06-02"]
