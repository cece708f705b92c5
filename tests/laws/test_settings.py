"""The workspace's settings: read strictly, and a history goes by those of today."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from clausetrail.cli import cli
from clausetrail.errors import UsageError
from clausetrail.model import Confirmation
from clausetrail.pipeline.comparing import rules_of
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
        assert str(caught.value).startswith(f"{path}:")
        assert expected.removeprefix("error: ") in str(caught.value)
        assert caught.value.exit_code == 2
    else:
        found = read(path)
        rules = (f"{r.name}: {'raises' if r.raises else 'lowers'} to {r.significance}" for r in found.significance)
        assert "; ".join((found.database, str(found.confirmation), *rules)) == expected


@pytest.mark.parametrize(
    ("pattern", "error"),
    [("a" * 3_000, "longer than 2,000"), ("(lamp", "missing )"), (r"(a)\\1", "invalid escape"), ("(a{999}){999}", "")],
)
def test_a_pattern_that_cannot_be_read_is_told(tmp_path: Path, pattern: str, error: str) -> None:
    pytest.importorskip("re2")
    path = tmp_path / FILE
    path.write_text(f'[[significance]]\nraise = "substantive"\npattern = "{pattern}"\n', "utf-8")
    with pytest.raises(UsageError, match=r"significance\[1\]\.pattern") as caught:
        read(path)
    assert error in str(caught.value)


def test_a_pattern_without_its_library_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    path = tmp_path / FILE
    path.write_text('[[significance]]\nraise = "substantive"\npattern = "lamp"\n', "utf-8")
    with pytest.raises(UsageError, match=r"pip install 'clausetrail\[rules\]'"):
        read(path)


def test_the_documentation_shows_settings_that_are_read(tmp_path: Path) -> None:
    page = (TESTS.parent / "docs" / "settings.md").read_text("utf-8")
    path = tmp_path / FILE
    whole, followed = (block.split("```")[0] for block in page.split("```toml\n")[1:])
    path.write_text(whole, "utf-8")
    found = read(path)
    assert found.confirmation == Confirmation(observations=3)
    assert [rule.name for rule in found.significance] == ["arbitration is ours to read", "our own news page"]
    assert rules_of(found) == found.significance
    assert (found.timestamps, found.timestamp_certificates) == ("https://tsa.example/tsr", "tsa.pem")
    assert found.fetching.contact == "desk@newsroom.example"
    path.write_text(followed, "utf-8")
    (document,) = read(path).documents
    assert [source.name for source in document.sources] == ["main", "annex"]


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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("way", ["import", "rebuild"])
def test_a_history_goes_by_the_rules_of_significance_of_today(tmp_path: Path, way: str) -> None:
    (tmp_path / "src").mkdir()
    source = repository(tmp_path / "src")
    rule = '[[significance]]\nname = "all of it"\nlower = "typographic"\ndocuments = ["*"]\n'
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before, after):
        folder.mkdir()
        with Store.open(folder / "p.db", write=True, create=True) as store:
            import_ota(store, source)
    plain = content(before / "p.db")
    _go_by(before, rule, source, way)
    ruled = content(before / "p.db")
    assert ruled != plain
    assert "all of it" in str(ruled)
    assert "all of it" not in str(plain)
    _go_by(before, "", source, way)
    assert content(before / "p.db") == plain == content(after / "p.db")


def _go_by(folder: Path, rule: str, source: Path, way: str) -> None:
    (folder / FILE).write_text(rule, "utf-8")
    with Store.open(folder / "p.db", write=True) as store:
        if way == "import":
            assert import_ota(store, source).snapshots == 0
        else:
            rebuild(store)


def test_files_are_compared_by_the_rules_for_all_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, words in (
        ("old.md", "The keepers of the tower may sell lamps to those who are there."),
        ("new.md", "The keepers of the tower must sell lamps to those who are there."),
    ):
        (tmp_path / name).write_text(words, "utf-8")
    monkeypatch.chdir(tmp_path)
    command = ["diff-files", "old.md", "new.md", "--format", "json"]
    plain = CliRunner().invoke(cli, command)
    assert '"significance": "substantive"' in plain.stdout
    (tmp_path / FILE).write_text('[[significance]]\nlower = "editorial"\nsignals = ["modal"]\n', "utf-8")
    lowered = CliRunner().invoke(cli, command)
    assert '"significance": "editorial"' in lowered.stdout
    assert "editorial (rule 1)" in lowered.stdout
    (tmp_path / FILE).write_text('[[significance]]\nlower = "editorial"\nsignals = ["modl"]\n', "utf-8")
    wrong = CliRunner().invoke(cli, command)
    assert isinstance(wrong.exception, UsageError)
    assert "names the signal 'modl'; known are" in str(wrong.exception)
