"""Time-stamps from the first request to the stranger who checks one with OpenSSL and Python alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clausetrail.cli import cli
from clausetrail.errors import NetError, StoreError, UsageError
from clausetrail.model import Origin, Snapshot
from clausetrail.net import Allowed, Gate, GateTransport
from clausetrail.pipeline import stamping
from clausetrail.pipeline.ingest import job_for, kept, settings_of, write
from clausetrail.pipeline.jobs import Identity, weigh
from clausetrail.settings import FILE, Settings
from clausetrail.store import Store
from tests.net.authority import PATH, Authority
from tests.net.site import Site, reply, serving
from tests.warcs import page

SLUG = "lampion/rules"
START = datetime(2024, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def site(authority: Authority) -> Iterator[Site]:
    with serving() as site:
        authority.serve(site)
        yield site


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate("Test", transport=GateTransport(allowed=Allowed.of(["127.0.0.1"])))
    yield gate
    gate.close()


def snapshot(number: int, word: str) -> Snapshot:
    at = START + timedelta(days=2 * number)
    return Snapshot(SLUG, "main", at, Origin.LIVE, "text/html", page(word), "https://lampion.example/rules", 200)


class Desk:
    """A workspace that has an authority, and the history of one page."""

    def __init__(self, folder: Path, site: Site, authority: Authority, gate: Gate) -> None:
        self.folder, self.site, self.authority, self.gate = folder, site, authority, gate
        self.database = folder / "policies.db"
        shutil.copy(authority.root, folder / "tsa.pem")
        self.name(certificates="tsa.pem")
        self.count = 0
        self.bring("sell")

    def name(self, **settings: str) -> None:
        told = {"timestamps": self.site.url + PATH, **settings}
        lines = [f'{name} = "{value}"' for name, value in told.items() if value]
        (self.folder / FILE).write_text("\n".join(["[evidence]", *lines]))

    def bring(self, word: str) -> None:
        with Store.open(self.database, create=True, write=True) as store:
            rows = kept(store, [snapshot(self.count, word)])
            job = job_for(store, SLUG, rows, known=bool(self.count))
            write(store, weigh(job, store), job, Identity(SLUG, "Lampion", "Rules"))
        self.count += 1

    def due(self, now: datetime = NOW, **settings: str) -> str | None:
        with Store.open(self.database, write=True) as store:
            return stamping.stamp_if_due(store, replace(settings_of(store), **settings), self.gate, now)

    def stamped(self) -> list[int]:
        with Store.open(self.database) as store:
            return [one.number for one in store.stamps()]

    def evidence(self, script: str) -> None:
        with sqlite3.connect(self.database.with_suffix(".evidence.db")) as db:
            db.executescript(script)
        db.close()

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(cli, ["--database", str(self.database), *arguments])

    def done(self, *arguments: str) -> str:
        result = self.run(*arguments)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.output

    def unpacked(self, *arguments: str) -> Path:
        bundle, folder = self.folder / "x.zip", self.folder / "stranger"
        bundle.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        self.done("evidence", SLUG, "--bundle", str(bundle), *arguments)
        with zipfile.ZipFile(bundle) as archive:
            archive.extractall(folder)
        return folder / "evidence"


@pytest.fixture
def desk(tmp_path: Path, site: Site, authority: Authority, gate: Gate) -> Desk:
    return Desk(tmp_path, site, authority, gate)


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", "check.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def commands(folder: Path) -> list[str]:
    """What the README tells a stranger to do with OpenSSL."""
    text = (folder / "README.txt").read_text().replace("\\\n", "")
    return re.findall(r"^    (openssl ts .*)$", text, re.MULTILINE)


def shell(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    own = {"PATH": os.environ["PATH"]}
    return subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False, env=own)


# When.


def test_a_head_is_stamped_once_and_at_most_once_a_day(desk: Desk) -> None:
    told = desk.due()
    assert told is not None
    assert re.fullmatch(r"Row 1 of the evidence, and all before it, time-stamped at .* UTC by http://\S+/tsr\.", told)
    assert desk.due(NOW + timedelta(days=3)) is None
    desk.bring("rent")
    assert desk.due(NOW + timedelta(hours=23)) is None
    assert "Row 2 of" in str(desk.due(NOW + timedelta(hours=24)))
    assert desk.stamped() == [1, 2]
    assert len(desk.site.seen) == 2


def test_nobody_is_asked_where_none_is_named_or_nothing_is_kept(desk: Desk, tmp_path: Path) -> None:
    assert desk.due(timestamps="") is None
    with Store.open(tmp_path / "empty.db", create=True) as store:
        assert stamping.stamp_if_due(store, settings_of(store), desk.gate, NOW) is None
        with pytest.raises(UsageError, match="holds no evidence"):
            stamping.stamp(store, settings_of(store), desk.gate, NOW)
        with pytest.raises(UsageError, match="no authority is named"):
            stamping.stamp(store, Settings(), desk.gate, NOW)
    assert desk.site.seen == []


def test_a_failure_is_told_and_tried_again_after_an_hour(desk: Desk) -> None:
    desk.site.pages[PATH] = reply(500)
    assert "was not time-stamped: http" in str(desk.due())
    assert desk.due(NOW + timedelta(minutes=59)) is None
    assert "answered 500" in str(desk.due(NOW + timedelta(minutes=61)))
    desk.authority.serve(desk.site)
    assert "Row 1 of" in str(desk.due(NOW + timedelta(hours=3)))
    assert len(desk.site.seen) == 3


def test_whatever_is_wrong_ends_no_pass(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "missing.pem: holds no certificates" in str(desk.due(timestamp_certificates="missing.pem"))
    assert "cannot be seen" in str(desk.due(NOW + timedelta(days=1), timestamps="https://\x1b"))
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    assert "pip install" in str(desk.due(NOW + timedelta(days=2)))
    monkeypatch.undo()
    with Store.open(desk.database) as store:
        assert "for reading only" in str(
            stamping.stamp_if_due(store, settings_of(store), desk.gate, NOW + timedelta(days=3))
        )
    assert desk.stamped() == []


def test_a_clock_that_was_set_back_silences_nothing(desk: Desk) -> None:
    assert desk.due(NOW + timedelta(days=9_000))
    desk.bring("rent")
    assert desk.due(NOW)


def test_a_row_that_was_altered_is_not_stamped(desk: Desk) -> None:
    desk.evidence("UPDATE entries SET fetched_at = '2020-01-01T00:00:00+00:00'")
    assert "row 1 of the chain was altered" in str(desk.due())


# By hand, and proved.


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the command ask this machine."""

    def allowing(store: Store) -> Settings:
        found = settings_of(store)
        return replace(found, fetching=replace(found.fetching, allow=("127.0.0.1",)))

    monkeypatch.setattr("clausetrail.pipeline.ingest.settings_of", allowing)


@pytest.mark.usefixtures("here")
def test_by_hand(desk: Desk) -> None:
    assert "Row 1 of the evidence, and all before it, time-stamped at" in desk.done("verify", "--timestamp")
    said = desk.done("verify")
    assert "1 time-stamp; the newest says that rows 1 to 1 existed at" in said
    assert "their signatures lead to the certificates of the settings." in said
    assert desk.stamped() == [1]


def test_this_machine_is_no_authority_unless_it_is_allowed(desk: Desk) -> None:
    result = desk.run("verify", "--timestamp")
    assert isinstance(result.exception, NetError)
    assert "not on the public internet" in str(result.exception)
    assert "the chain holds" in result.output


@pytest.mark.usefixtures("here")
def test_what_does_not_prove_is_not_stamped(desk: Desk) -> None:
    desk.evidence("UPDATE entries SET link = zeroblob(32)")
    assert isinstance(desk.run("verify", "--timestamp").exception, StoreError)
    assert desk.site.seen == []


def test_without_certificates_it_says_that_signatures_are_unchecked(desk: Desk) -> None:
    desk.name()
    desk.due()
    assert "signatures are not checked: name `certificates` under [evidence]" in desk.done("verify")
    desk.name(certificates="gone.pem")
    assert "signatures are not checked: " in desk.done("verify")


def test_without_the_library_it_says_that_nothing_was_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.due()
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    assert "1 time-stamp, not checked: time-stamps need a library" in desk.done("verify")


TAMPERED = {
    "UPDATE stamps SET token = (SELECT token FROM stamps WHERE number = 2) WHERE number = 1": "row 1, .*other bytes",
    "UPDATE stamps SET token = x'3000' WHERE number = 2": "the time-stamp of row 2, .*no time-stamp",
    "UPDATE stamps SET number = 1 WHERE number = 2": "the chain has another there",
    "UPDATE stamps SET link = zeroblob(32) WHERE number = 1": "with the link 0000",
}


@pytest.mark.parametrize("script", TAMPERED)
def test_a_stamp_that_does_not_hold_is_a_problem(desk: Desk, script: str) -> None:
    desk.due()
    desk.bring("rent")
    desk.due(NOW + timedelta(days=1))
    desk.done("verify")
    desk.evidence(script)
    result = desk.run("verify")
    assert isinstance(result.exception, StoreError)
    assert re.search(TAMPERED[script], result.output)


def test_a_chain_made_anew_is_found_out(desk: Desk, tmp_path: Path) -> None:
    """Whoever recorded other bytes, and every link after them, has no time-stamp of the links that came of it."""
    desk.due()
    other = tmp_path / "other.db"
    with Store.open(other, create=True) as store:
        store.keep([snapshot(0, "lend")])
    evidence = desk.database.with_suffix(".evidence.db")
    desk.evidence(f"ATTACH '{other.with_suffix('.evidence.db')}' AS o; INSERT INTO o.stamps SELECT * FROM stamps")  # noqa: S608
    shutil.copy(other.with_suffix(".evidence.db"), evidence)
    assert "the chain has another there: it was altered or replaced" in desk.run("verify").output


def test_an_authority_whose_certificates_are_not_named_is_a_problem(desk: Desk, tmp_path: Path) -> None:
    desk.due()
    (tmp_path / "another").mkdir()
    shutil.copy(Authority(tmp_path / "another").root, desk.folder / "tsa.pem")
    result = desk.run("verify")
    assert isinstance(result.exception, StoreError)
    assert "is not signed by an authority whose certificates are at hand" in result.output
    with (desk.folder / "tsa.pem").open("ab") as file:
        file.write(desk.authority.root.read_bytes())
    assert "lead to the certificates of the settings" in desk.done("verify")


# What else is done with an archive.


def test_heads_backups_and_redactions_go_on(desk: Desk) -> None:
    desk.due()
    head = desk.folder / "head.json"
    exported = desk.run("verify", "--export")
    head.write_text(exported.stdout)
    assert json.loads(exported.stdout)["rows"] == 1
    assert "1 time-stamp; " in exported.stderr
    desk.bring("rent")
    with Store.open(desk.database) as store:
        sha256 = store.exhibits(SLUG)[0].key.sha256
    desk.done("redact", sha256, "--reason", "names a person", "--yes")
    assert "1 time-stamp; " in desk.done("verify", "--against", str(head))
    backup, new = desk.folder.parent / "backup.zip", desk.folder.parent / "restored"
    desk.done("backup", str(backup))
    desk.done("restore", str(backup), str(new))
    assert (new / "tsa.pem").read_bytes() == desk.authority.root.read_bytes()
    desk.database = new / "policies.db"
    assert "lead to the certificates of the settings" in desk.done("verify", "--against", str(head))
    assert desk.stamped() == [1]
    backup.unlink()
    shutil.rmtree(new)


# For a stranger.


@pytest.fixture
def changed(desk: Desk) -> Desk:
    """Two versions, each time-stamped, the second once more later, and a row that is not."""
    desk.due()
    for days, word in enumerate(("rent", "lend", "give"), 1):
        desk.bring(word)
        if word != "give":
            desk.due(NOW + timedelta(days=days))
    assert desk.stamped() == [1, 2, 3]
    return desk


@pytest.mark.parametrize("named", [True, False])
def test_a_stranger_can_check_the_time(changed: Desk, named: bool) -> None:
    if not named:
        changed.name()
    folder = changed.unpacked("--on", "2")
    assert sorted(path.name for path in folder.glob("timestamps/*.tsr")) == ["1.tsr", "2.tsr"]
    assert (folder / "timestamps/certificates.pem").exists() == named
    result = checked(folder)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "timestamps/2.tsr is of row 2 of the chain, at 20" in result.stdout
    told = commands(folder)
    assert len(told) == 4
    if not named:
        shutil.copy(changed.authority.root, folder / "AUTHORITY.pem")
    for command in told[:2]:
        assert shell(folder, command).stdout == "Verification: OK\n"
    assert "Time stamp: " in shell(folder, told[2]).stdout
    assert "CN = Stamps" in shell(folder, told[3]).stdout


def test_also_after_the_certificates_have_run_out(changed: Desk) -> None:
    folder = changed.unpacked("--on", "2")
    command = commands(folder)[0]
    late = int((datetime.now(UTC) + timedelta(days=9_000)).timestamp())
    assert shell(folder, f"{command} -attime {late}").returncode != 0
    told = re.search(r"\((-attime \d+)\)", checked(folder).stdout)
    assert told is not None
    assert shell(folder, f"{command} {told[1]}").stdout == "Verification: OK\n"


def test_the_earliest_stamp_of_each_row_is_attached(changed: Desk) -> None:
    said = json.loads((changed.unpacked("--on", "2") / "evidence.json").read_text())
    assert [(one["row"], one["covers"]) for one in said["timestamps"]] == [(1, [1]), (2, [2])]
    assert said["timestamps"][0]["requested_at"] == NOW.isoformat()
    changed.evidence("DELETE FROM stamps WHERE number < 3")
    said = json.loads((changed.unpacked("--on", "2") / "evidence.json").read_text())
    assert [(one["row"], one["covers"]) for one in said["timestamps"]] == [(3, [1, 2])]
    said = json.loads((changed.unpacked("--on", "latest") / "evidence.json").read_text())
    assert [one["covers"] for one in said["timestamps"]] == [[3]]


def test_one_that_the_chain_has_no_more_is_not(changed: Desk) -> None:
    changed.evidence("UPDATE stamps SET link = zeroblob(32) WHERE number = 1")
    said = json.loads((changed.unpacked("--on", "2") / "evidence.json").read_text())
    assert [(one["row"], one["covers"]) for one in said["timestamps"]] == [(2, [1, 2])]


def test_without_a_stamp_nothing_is_said_of_any(desk: Desk) -> None:
    folder = desk.unpacked()
    assert "timestamps" not in json.loads((folder / "evidence.json").read_text())
    assert "timestamps/" not in (folder / "README.txt").read_text()
    assert not (folder / "timestamps").exists()
    assert "timestamps" not in checked(folder).stdout


@pytest.mark.parametrize("how", ["exchanged", "cut short", "empty", "indefinite", "elsewhere", "altered row"])
def test_the_check_finds_a_stamp_of_something_else(changed: Desk, how: str) -> None:
    folder = changed.unpacked("--on", "2")
    first, second = (folder / f"timestamps/{n}.tsr" for n in (1, 2))
    said = json.loads((folder / "evidence.json").read_text())
    told = "timestamps/1.tsr cannot be read"
    if how == "exchanged":
        first.write_bytes(second.read_bytes())
        told = "timestamps/1.tsr is of row 1"
    elif how == "elsewhere":
        said["timestamps"][0]["file"] = "../../x.tsr"
        told = "../../x.tsr cannot be read"
    elif how == "altered row":
        said["timestamps"][0]["covers"] = [2]
        told = "timestamps/1.tsr is of row 1"
    else:
        first.write_bytes({"cut short": first.read_bytes()[:100], "empty": b"", "indefinite": b"0\x80"}[how])
    (folder / "evidence.json").write_text(json.dumps(said))
    result = checked(folder)
    assert result.returncode == 1
    assert result.stderr == ""
    assert f"WRONG   {told}" in result.stdout
