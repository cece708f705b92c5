"""A workspace whose path is none of the simplest, and the files that `clausetrail templates` writes for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from clausetrail.pipeline.templates import templates

PAGE = (
    "<html><head><title>Rules</title></head><body><main><h1>Rules</h1><p>You may not sell lamps to minors under any "
    "circumstances at all, said the keeper.</p><p>We keep data for {days} days and then we delete all of it from our "
    "servers.</p><p>Nothing here limits your rights under the law of the land in which you live.</p></main></body>"
)
Write = Callable[[str], dict[str, str]]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "our policies 100%"
    folder.mkdir()
    (folder / "clausetrail.toml").write_text("", "utf-8")
    return folder


@pytest.fixture
def write(workspace: Path, tmp_path: Path) -> Write:
    """Writes the files of one kind; their names and texts."""

    def written(kind: str) -> dict[str, str]:
        return {path.name: path.read_text("utf-8") for path in templates(kind, workspace, tmp_path / kind)}

    return written


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> str:
    """The installed command, first in the path."""
    monkeypatch.setenv("PATH", os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    return str(Path(sys.executable).with_name("clausetrail"))
