"""What a command imports before it can answer: nothing heavy that it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from clausetrail.cli import cli

HEAVY = {"sqlite_utils", "datasette", "lxml", "bs4", "markdown_it", "jinja2", "zstandard", "numpy", "diff_match_patch"}
_RUN = """
import sys
from clausetrail.cli import cli
sys.argv = ["clausetrail", *{arguments!r}]
try:
    cli.main(standalone_mode=True)
except SystemExit:
    pass
print("\\n".join(sys.modules), file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", _RUN.format(arguments=arguments)], capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in run.stderr.split()}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("start") / "demo"
    assert CliRunner().invoke(cli, ["demo", str(folder)], catch_exceptions=False).exit_code == 0
    return str(folder / "policies.db")


def test_help_loads_click_alone() -> None:
    assert not loaded("--help") & (HEAVY | {"sqlite3", "rapidfuzz"})


@pytest.mark.parametrize("command", ["documents", "log", "blame", "search", "diff"])
def test_readers_load_neither_parser_nor_writers(database: str, command: str) -> None:
    more = {"documents": (), "search": ("prompts",)}.get(command, ("tamsorrel/usage-policy",))
    assert not loaded("--database", database, command, *more) & HEAVY


def test_a_far_comparison_loads_the_differ_only(database: str) -> None:
    found = loaded("--database", database, "diff", "tamsorrel/usage-policy", "1", "9")
    assert found & HEAVY <= {"diff_match_patch"}
