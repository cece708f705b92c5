"""Commands as a user runs them, in process and out of it."""

from __future__ import annotations

import importlib.util
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clausetrail.cli import COMMANDS, cli, main
from clausetrail.errors import ClausetrailError

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration database."""
    folder = tmp_path_factory.mktemp("demo") / "corpus"
    result = CliRunner().invoke(cli, ["demo", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder / "policies.db"


@pytest.fixture
def run(demo: Path) -> Run:
    def invoke(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(cli, ["--database", str(demo), *arguments], catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    return invoke


@pytest.fixture
def slug(run: Run) -> str:
    return str(json.loads(run("documents", "--format", "json").output)[0]["document"])


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_of_commands_says_what_they_say(name: str) -> None:
    command = cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.get_short_help_str(200) == COMMANDS[name][1]


def all_commands() -> list[str]:
    found = []
    for name in COMMANDS:
        command = cli.get_command(None, name)  # type: ignore[arg-type]
        found.append(name)
        found += [f"{name} {sub}" for sub in getattr(command, "commands", {})]
    return found


@pytest.mark.parametrize("name", all_commands())
def test_every_command_has_help_and_a_place_in_the_docs(name: str) -> None:
    result = CliRunner().invoke(cli, [*name.split(), "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output
    assert f"## clausetrail {name}\n" in DOCS.read_text("utf-8")


def test_the_page_of_commands_is_up_to_date() -> None:
    script = DOCS.with_name("make_commands.py")
    spec = importlib.util.spec_from_file_location("make_commands", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert DOCS.read_text("utf-8") == "\n".join(module.pages()), f"run python {script}"


READING = [
    ("documents",),
    ("log", "{slug}"),
    ("show", "{slug}"),
    ("blame", "{slug}"),
    ("search", "you"),
    ("stats",),
    ("diff", "{slug}", "1", "3"),
    ("changelog", "{slug}"),
]


@pytest.mark.parametrize("arguments", READING, ids=lambda a: a[0])
def test_reading_commands_print_text_and_json(run: Run, slug: str, arguments: tuple[str, ...]) -> None:
    filled = [a.format(slug=slug) for a in arguments]
    code = 1 if arguments[0] == "diff" else 0
    assert run(*filled, code=code).output.strip()
    json.loads(run(*filled, "--format", "json", code=code).output)


def test_the_last_change_is_what_diff_shows_by_default(run: Run, slug: str) -> None:
    found = json.loads(run("diff", slug, "--format", "json", code=1).output)
    versions = json.loads(run("stats", "--format", "json").output)["versions"]
    assert (found["from"]["version"], found["to"]["version"]) == (versions - 1, versions)


def test_a_version_does_not_differ_from_itself(run: Run, slug: str) -> None:
    run("diff", slug, "latest", "latest", code=0)


@pytest.mark.parametrize("format_", ["terminal", "json", "markdown", "html", "unified"])
def test_every_format_of_a_comparison(run: Run, slug: str, format_: str) -> None:
    assert run("diff", slug, "first", "latest", "--format", format_, code=1).output.strip()


def test_history_by_path_and_by_lineage_agree(run: Run, slug: str) -> None:
    clause = json.loads(run("blame", slug, "--format", "json").output)["clauses"][5]
    by_lineage = json.loads(run("history", slug, f"L{clause['lineage']}", "--format", "json").output)
    by_path = json.loads(run("history", slug, clause["path"], "--format", "json").output)
    by_permalink = json.loads(run("history", slug, clause["permalink"], "--format", "json").output)
    assert by_lineage == by_path == by_permalink
    assert by_lineage["events"][0]["what"] == "introduced"


def errors(*arguments: str, database: Path) -> ClausetrailError:
    result = CliRunner().invoke(cli, ["--database", str(database), *arguments])
    assert isinstance(result.exception, ClausetrailError), result.output
    assert "\n" not in str(result.exception)
    return result.exception


BAD = {
    "unknown document": (("log", "nobody/nothing"), "nobody/nothing"),
    "unknown version": (("diff", "{slug}", "99"), "no version 99"),
    "too early": (("diff", "{slug}", "1999-01-01"), "not observed before"),
    "no date": (("diff", "{slug}", "yesterday"), "names no version"),
    "bad date": (("diff", "{slug}", "2024-13-01"), "is no date"),
    "unknown clause": (("show", "{slug}", "--clause", "zzz qqq"), "has no clause"),
    "missing repository": (("import", "ota", "/nowhere"), "no such repository"),
    "missing file": (("import", "file", "/nowhere.md", "--document", "a/b", "--on", "2024-01-01"), "/nowhere.md"),
    "missing manifest": (("import", "files", "/nowhere.jsonl"), "/nowhere.jsonl"),
}


@pytest.mark.parametrize(("arguments", "said"), BAD.values(), ids=BAD)
def test_errors_name_the_thing_and_fit_on_a_line(demo: Path, slug: str, arguments: tuple[str, ...], said: str) -> None:
    error = errors(*(a.format(slug=slug) for a in arguments), database=demo)
    assert said in str(error)
    assert error.exit_code >= 2


def test_errors_of_the_database(tmp_path: Path) -> None:
    missing = errors("documents", database=tmp_path / "missing.db")
    assert "missing.db" in str(missing)
    (tmp_path / "text.db").write_text("this is no database at all, only words " * 50)
    assert "text.db" in str(errors("documents", database=tmp_path / "text.db"))
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.commit()
    other.close()
    assert "other.db" in str(errors("documents", database=tmp_path / "other.db"))


def test_a_file_that_is_no_policy(tmp_path: Path) -> None:
    def outcome(name: str, body: bytes) -> dict[str, object]:
        (tmp_path / name).write_bytes(body)
        line = {"path": name, "document": f"acme/{name}", "fetched_at": "2024-01-01"}
        (tmp_path / "m.jsonl").write_text(json.dumps(line))
        arguments = ["--database", str(tmp_path / "p.db"), "import", "files", str(tmp_path / "m.jsonl")]
        result = CliRunner().invoke(cli, [*arguments, "--format", "json"], catch_exceptions=False)
        return dict(json.loads(result.output))

    assert outcome("picture.md", b"\x89PNG\r\n\x1a\n\0\0\0")["outcome"] == "error"
    assert outcome("empty.md", b"")["outcome"] == "junk"
    assert outcome("broken.md", b"# Rules\n\nYou may not shout\xff\xfe at others.\n")["outcome"] == "version"
    assert "characters" in str(outcome("long.md", b"x " * 25_000_000)["reason"])
    assert "too large" in str(outcome("huge.md", b"x" * 53_000_000)["reason"])


def test_the_process_itself(tmp_path: Path) -> None:
    """Exit code, one line on standard error, and no traceback."""
    run = subprocess.run(
        [sys.executable, "-c", "from clausetrail.cli import main; main()", "log", "a/b"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 6
    assert run.stdout == ""
    assert run.stderr.startswith("Error: ")
    assert run.stderr.count("\n") == 1


def test_a_mistake_of_ours_is_not_taken_for_a_difference(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["clausetrail", "stats"])
    monkeypatch.setattr(cli, "main", lambda **_: 1 / 0)
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 70
    assert "please report it" in capsys.readouterr().err


def test_no_colour_in_a_pipe(demo: Path, slug: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "clausetrail", "--database", str(demo), "diff", slug],
        capture_output=True,
        check=False,
        env={**os.environ, "FORCE_COLOR": "1"},
    )
    assert run.returncode == 1
    assert b"\x1b" not in run.stdout


def test_the_workspace_names_the_database(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "clausetrail.toml").write_text(f"database = {json.dumps(str(demo))}\n")
    (tmp_path / "deep" / "down").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "down")
    assert CliRunner().invoke(cli, ["stats"], catch_exceptions=False).exit_code == 0
