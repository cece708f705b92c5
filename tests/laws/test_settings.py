"""The workspace's settings: read strictly, and a history goes by those of today."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from clausetrail.cli import cli
from clausetrail.errors import UsageError
from clausetrail.model import Confirmation
from clausetrail.pipeline.from_ota import import_ota
from clausetrail.pipeline.rebuild import rebuild
from clausetrail.settings import FILE, Settings, governing, read
from clausetrail.store import Store
from tests.conftest import TESTS, blocks
from tests.histories import content, repository

CASES = blocks(Path(__file__).parent / "cases" / "settings.txt")


@pytest.mark.parametrize(("name", "given", "expected"), CASES, ids=[c[0] for c in CASES])
def test_case(tmp_path: Path, name: str, given: str, expected: str) -> None:
    path = tmp_path / FILE
    path.write_text(given, "utf-8")
    if expected.startswith("error: "):
        with pytest.raises(UsageError) as caught:
            read(path)
        assert str(caught.value).startswith(f"{path}: ")
        assert expected.removeprefix("error: ") in str(caught.value)
        assert caught.value.exit_code == 2
    else:
        found = read(path)
        assert f"{found.database}; {found.confirmation}" == expected


def test_the_documentation_shows_settings_that_are_read(tmp_path: Path) -> None:
    page = (TESTS.parent / "docs" / "settings.md").read_text("utf-8")
    path = tmp_path / FILE
    path.write_text(page.split("```toml\n")[1].split("```")[0], "utf-8")
    assert read(path) == Settings(confirmation=Confirmation(observations=3))


def test_settings_govern_the_databases_of_their_folder_and_below(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('[history]\nconfirm_after = "2h"\n', "utf-8")
    inner = tmp_path / "data" / "deep"
    inner.mkdir(parents=True)
    assert governing(inner / "p.db").confirmation == Confirmation(timedelta(hours=2))
    (inner / FILE).write_text("", "utf-8")
    assert governing(inner / "p.db") == Settings()


def test_a_wrong_setting_stops_an_import(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[history]\nconfirm = 3\n", "utf-8")
    page = tmp_path / "page.md"
    page.write_text("# Rules\n\nYou may not sell lamps.\n", "utf-8")
    command = ["--database", str(tmp_path / "p.db"), "import", "file", str(page), "--document", "a/b"]
    run = CliRunner().invoke(cli, [*command, "--on", "2024-01-01"])
    assert isinstance(run.exception, UsageError)
    assert "history.confirm_after" in str(run.exception)


@pytest.mark.parametrize("way", ["import", "rebuild"])
def test_a_change_of_the_rule_is_as_if_it_had_always_been(tmp_path: Path, way: str) -> None:
    source = repository(tmp_path / "source", documents=4, commits=8)
    rule = '[history]\nconfirm_after = "100h"\nconfirm_observations = 1\n'
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before, after):
        folder.mkdir()
    (after / FILE).write_text(rule, "utf-8")
    for folder in (before, after):
        with Store.open(folder / "p.db", write=True, create=True) as store:
            import_ota(store, source, workers=2)
    assert content(before / "p.db") != content(after / "p.db")
    (before / FILE).write_text(rule, "utf-8")
    with Store.open(before / "p.db", write=True) as store:
        if way == "import":
            assert import_ota(store, source).snapshots == 0
        else:
            rebuild(store)
    assert content(before / "p.db") == content(after / "p.db")
