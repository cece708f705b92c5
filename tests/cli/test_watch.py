"""`fetch`, `watch` and `health` as whoever runs them for years meets them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clausetrail.cli import cli
from clausetrail.store import Store
from tests.net.site import Seen, Site, reply, serving
from tests.workspaces import KEEP, policy, write_settings

HTML = {"content_type": "text/html; charset=utf-8"}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.pages["/rules"] = reply(200, policy("Rules", KEEP.format(days=30)), **HTML)
        site.pages["/terms"] = reply(404, "no")
        yield site


@pytest.fixture
def database(site: Site, tmp_path: Path) -> Path:
    return write_settings(tmp_path / "workspace", site.url, ["rules", "terms"], fetch="alarm_after = 2")


def run(database: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--database", str(database), *arguments])


def test_a_pass_tells_what_it_found_and_health_what_is_wrong(database: Path) -> None:
    first = run(database, "fetch")
    assert first.exit_code == 0, first.output
    assert "lampion/rules: first version" in first.output
    assert "lampion/terms: the server has no such page (404)" in first.output
    assert "Looked at 2 pages of 2 documents: 1 new, 1 failed. Next: 20" in first.output
    assert run(database, "health").exit_code == 0
    again = run(database, "fetch", "--all")
    assert "counts as failing from now on" in again.output
    sick = run(database, "health")
    assert sick.exit_code == 1
    assert "failing   lampion/terms: the server has no such page (404), 2 times since 20" in sick.output


def test_json_for_scripts_and_monitors(database: Path) -> None:
    result = run(database, "fetch", "--format", "json")
    told = {one["document"]: one for one in map(json.loads, result.stdout.splitlines())}
    assert told["lampion/rules"]["news"] == "first"
    assert told["lampion/terms"]["reason"]
    found = json.loads(run(database, "health", "--format", "json").stdout)
    assert found["good"] is True
    assert [(page["document"], page["condition"]) for page in found["pages"]] == [
        ("lampion/rules", "well"), ("lampion/terms", "failed"),
    ]  # fmt: skip
    assert found["pages"][1]["last"]["outcome"] == "gone"


def test_a_second_pass_finds_nothing_due(database: Path) -> None:
    run(database, "fetch")
    assert run(database, "fetch").output.startswith("Nothing is due. Next: 20")


def test_without_anything_declared_it_says_what_to_do(tmp_path: Path) -> None:
    result = run(tmp_path / "policies.db", "fetch")
    assert "sources add" in str(result.exception or result.output)


@pytest.mark.parametrize("command", ["fetch", "watch"])
def test_sigterm_in_the_middle_of_a_fetch_ends_at_once_and_loses_nothing(
    database: Path, site: Site, command: str
) -> None:
    asked = threading.Event()

    def never_ends(seen: Seen) -> Iterator[bytes]:
        asked.set()
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>"
        yield from site.drip(b"<p>")

    site.pages["/terms"] = never_ends
    arguments = [sys.executable, "-m", "clausetrail", "--database", str(database), command]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert asked.wait(30)
    process.send_signal(signal.SIGTERM)
    said, complaint = process.communicate(timeout=10)
    assert process.returncode == (130 if command == "fetch" else 0), complaint
    assert "lampion/rules: first version" in said
    assert "Stopped" in said + complaint
    with Store.open(database) as store:
        assert list(store.verify()) == []
        assert [one.document for one in store.watched() if not one.looks] == ["lampion/terms"]
    site.pages["/terms"] = reply(200, policy("Terms"), **HTML)
    assert "lampion/terms: first version" in run(database, "fetch").output
