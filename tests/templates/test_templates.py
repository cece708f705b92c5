"""What is written, and that nothing is ever written over."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from clausetrail.cli import cli
from clausetrail.errors import UsageError
from clausetrail.pipeline.templates import KINDS, templates, workspace_of
from clausetrail.resources import data_path
from tests.templates.conftest import Write


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_is_filled_in(kind: str, write: Write) -> None:
    found = write(kind)
    assert set(found) == {source.name for source in data_path("templates", kind).iterdir()}
    for text in found.values():
        assert not any(f"@{name}@" in text for name in ("PROGRAM", "USER", "VERSION", "WORKSPACE"))


def test_every_kind_ships() -> None:
    assert {folder.name for folder in data_path("templates").iterdir()} == set(KINDS)


def test_nothing_is_overwritten(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="is there already"):
        templates("docker", workspace, tmp_path)
    assert (tmp_path / "compose.yaml").read_text("utf-8") == "mine"
    assert not (tmp_path / "Dockerfile").exists()


@pytest.mark.parametrize("kind", ["systemd", "cron"])
def test_a_path_that_cannot_be_written_is_refused(kind: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="rename the folder"):
        templates(kind, Path('/srv/a "quoted"\nfolder'), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_command_lists_and_writes(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = workspace / "notes"
    below.mkdir()
    monkeypatch.chdir(below)
    listed = CliRunner().invoke(cli, ["templates"], catch_exceptions=False).stdout
    assert [line.split()[0] for line in listed.splitlines()] == list(KINDS)
    said = CliRunner().invoke(cli, ["templates", "systemd", "--output", "units"], catch_exceptions=False)
    assert said.exit_code == 0
    assert sorted(said.stdout.split()) == sorted(f"units/{path.name}" for path in (below / "units").iterdir())
    service = (below / "units" / "clausetrail-watch.service").read_text("utf-8")
    assert f"WorkingDirectory={workspace}".replace("%", "%%") in service


def test_an_unknown_kind_names_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="systemd, cron"):
        templates("upstart", tmp_path, tmp_path)


def test_a_folder_without_settings_is_its_own_workspace(tmp_path: Path) -> None:
    assert workspace_of(tmp_path) == tmp_path
