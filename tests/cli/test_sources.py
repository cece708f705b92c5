"""`init` and `sources`, as a user gives them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clausetrail.cli import cli
from clausetrail.errors import ClausetrailError, UsageError
from clausetrail.pipeline.workspace import proposed_slug
from clausetrail.settings import FILE, read
from tests.conftest import TESTS

DECLARATIONS = TESTS / "scraper" / "cases" / "ota_declarations"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert run("init", str(tmp_path / "ws")).exit_code == 0
    monkeypatch.chdir(tmp_path / "ws")
    return tmp_path / "ws"


def run(*command: str) -> Result:
    return CliRunner().invoke(cli, command)


def refused(*command: str) -> str:
    result = run(*command)
    assert isinstance(result.exception, ClausetrailError), result.output
    return str(result.exception)


def test_init_makes_a_workspace_that_is_in_order_and_overwrites_nothing(workspace: Path) -> None:
    made = {path.relative_to(workspace).as_posix() for path in workspace.rglob("*") if path.is_file()}
    assert made == {FILE, ".clausetrail/schema.json", "data/.gitignore"}
    assert read(workspace / FILE).database == "data/policies.db"
    assert "in order" in run("sources", "check").stdout
    (workspace / FILE).write_text("# mine\n", "utf-8")
    (workspace / ".clausetrail" / "schema.json").write_text("{}", "utf-8")
    again = run("init")
    assert again.stdout.count("is there already and stays as it is") == 3
    assert "to renew it, delete it" in again.stdout
    assert (workspace / FILE).read_text("utf-8") == "# mine\n"


def test_init_with_the_starter_set(tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "ws"), "--starter").exit_code == 0
    assert len(read(tmp_path / "ws" / FILE).documents) >= 40


def test_init_on_a_file(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    assert "is a file" in refused("init", str(tmp_path / "x"))


def test_there_has_to_be_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "clausetrail init" in refused("sources", "add", "https://acme.example/terms")


def test_pages_are_added_listed_and_checked(workspace: Path) -> None:
    before = (workspace / FILE).read_text("utf-8")
    first = ["https://www.acme.example/legal/terms", "--publisher", "Acme", "--language", "en"]
    assert "acme/terms: follows" in run("sources", "add", *first).stdout
    second = [
        "https://www.acme.example/annex.html",
        "--document",
        "acme/terms",
        "--select",
        "main",
        "--browser",
        "always",
    ]
    assert "has the page 'annex' too" in run("sources", "add", *second).stdout
    assert (workspace / FILE).read_text("utf-8").startswith(before)
    listed = run("sources", "list").stdout
    assert "acme/terms  Acme: Terms" in listed
    assert "annex: https://www.acme.example/annex.html  every 24 hours, in a browser, in en, by selectors" in listed
    data = json.loads(run("sources", "list", "--format", "json").stdout)
    assert data["format"] == "clausetrail-followed/1"
    main, annex = data["documents"][0]["pages"]
    assert (main["name"], main["browser"], main["interval_seconds"]) == ("main", "never", 86_400)
    assert annex["extractions"] == [{"until": None, "select": ["main"], "remove": []}]
    assert run("sources", "check").exit_code == 0


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["https://acme.example/terms"], "is followed already, as the page 'main' of acme/terms"),
        (["https://acme.example/en/terms"], "give --document acme/terms"),
        (["https://acme.example/more", "--document", "acme/terms", "--title", "X"], "change its publisher, title"),
        (["https://acme.example/more", "--document", "Acme"], "must be publisher/policy"),
        (["https://acme.example/more", "--select", "div["], "cannot be used"),
        (["https://acme.example/more", "--language", "english!"], "language tag"),
        (["https://acme.example/more", "--document", "acme/terms", "--name", "main"], "a second page called 'main'"),
        (["acme.example/more"], "must begin with https://"),
        (["--starter", "opnai"], "near it: openai"),
    ],
)
def test_what_cannot_be_added(workspace: Path, command: list[str], said: str) -> None:
    assert run("sources", "add", "https://acme.example/terms").exit_code == 0
    before = (workspace / FILE).read_bytes()
    assert said in refused("sources", "add", *command)
    assert (workspace / FILE).read_bytes() == before


def test_the_starter_set(workspace: Path) -> None:
    assert "openai/usage-policies" in run("sources", "starter").stdout
    added = run("sources", "add", "--starter", "anthropic", "openai/usage-policies").stdout
    assert added.startswith("5 documents added")
    assert "Followed already: 4 documents" in run("sources", "add", "--starter", "anthropic").stdout
    assert run("sources", "add", "--starter", "xai", "--title", "X").exit_code == 2


def test_check_tells_what_must_be_mended(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACME_KEY", raising=False)
    (workspace / FILE).write_text(
        '[fetch]\nauthorities = "none.pem"\nallow = ["10.0.0.0/99"]\n'
        '[[document]]\nslug = "acme/a"\nurl = "https://acme.example/x"\nheaders.X-Key = "env:ACME_KEY"\n'
        '[[document]]\nslug = "acme/b"\nurl = "https://ACME.example:443/x"\n'
        '[[document]]\nslug = "acme/c"\nurl = "https://1.2.3/x"\n',
        "utf-8",
    )
    result = run("sources", "check")
    assert result.exit_code == 2
    for said in (
        "ACME_KEY, which is not set",
        "no file",
        "fetch.allow",
        "no plain address",
        "acme/a (main), acme/b (main)",
    ):
        assert said in result.stdout
    assert "4 mistakes" in result.stdout
    (workspace / FILE).write_text("[[document]]\nslug = 3\n", "utf-8")
    assert ":2: `document[1].slug` must be" in refused("sources", "check")


def test_declarations_of_open_terms_archive(workspace: Path) -> None:
    result = run("sources", "import-ota", str(DECLARATIONS))
    assert "3 documents added" in result.stdout
    assert "Warning: Tamsorrel, Privacy Policy: without the JavaScript filters removeDates" in result.stderr
    assert result.stderr.count("without the selector 'p:hover'") == 1
    assert run("sources", "check").exit_code == 0
    assert "Nothing was added. Followed already: 3" in run("sources", "import-ota", str(DECLARATIONS)).stdout


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://www.acme.co.uk/legal/privacy", "acme/privacy"),
        ("https://policies.acme.com/terms/eu-terms.html", "acme/eu-terms"),
        ("https://help.acme.com/hc/en-us/articles/32083055291277-Terms-of-Service", "acme/terms-of-service"),
        ("https://acme.com/legal/2024/", "acme/policy"),
        ("https://acme.com", "acme/policy"),
        ("http://192.0.2.1/x", "192-0-2-1/x"),
        ("https://bücher.example/AGB", "bucher/agb"),
    ],
)
def test_names_are_proposed_from_addresses(url: str, slug: str) -> None:
    assert proposed_slug(url) == slug


def test_a_mistake_in_the_file_stops_an_addition(workspace: Path) -> None:
    (workspace / FILE).write_text("[[document]\n", "utf-8")
    with pytest.raises(UsageError, match=":1: cannot be read as TOML"):
        CliRunner().invoke(cli, ["sources", "add", "https://acme.example/x"], catch_exceptions=False)
