"""The README's examples run as they stand, on the demonstration database."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from clausetrail.cli import cli

README = Path(__file__).parent.parent / "README.md"
EXAMPLES = [
    line.removeprefix("$ ")
    for block in re.findall(r"```console\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme") / "demo"
    assert CliRunner().invoke(cli, ["demo", str(folder)], catch_exceptions=False).exit_code == 0
    return folder


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize("example", EXAMPLES)
def test_example(example: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, *arguments = shlex.split(example)
    assert program == "clausetrail"
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == (1 if arguments[0].startswith("diff") else 0)
    assert result.output.strip()
