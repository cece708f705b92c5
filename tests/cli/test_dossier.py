"""A change with its evidence in a zip: complete, checkable by a stranger, and not to be tampered with unseen."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clausetrail.cli import cli
from clausetrail.errors import StoreError, UsageError
from clausetrail.model import Hop, Origin, Snapshot
from clausetrail.pipeline.ingest import job_for, kept, write
from clausetrail.pipeline.jobs import Identity, weigh
from clausetrail.store import Store
from tests.warcs import page

SLUG = "lampion/rules"
START = datetime(2024, 1, 1, tzinfo=UTC)
FILES = (
    *("before/1.html", "after/1.html", "after/1.png", "rows/3.json", "chain.txt", "evidence.json", "change.json"),
    "README.txt",
)
WORDS = ("sell", "sell", "rent", "lend")


def served(day: int, word: str) -> Snapshot:
    return Snapshot(
        *(SLUG, "main", START + timedelta(days=day), Origin.LIVE, "text/html", page(word) + b"<!-- %d -->" % day),
        *("https://lampion.example/rules", 200),
        headers=(("ETag", f'"{day}"'),),
        request=(("User-Agent", "clausetrail"),),
        hops=(Hop("https://lampion.example/", 301, START + timedelta(days=day)),),
        screenshot=b"\x89PNG %d" % day if day == 4 else b"",
    )


def run(database: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--database", str(database), *arguments])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dossier") / "p.db"
    with Store.open(path, create=True) as store:
        rows = kept(store, [served(2 * n, word) for n, word in enumerate(WORDS)])
        job = job_for(store, SLUG, rows, known=False)
        write(store, weigh(job, store), job, Identity(SLUG, "Lampion", "Rules"))
    return path


def unpacked(database: Path, folder: Path, *arguments: str) -> Path:
    bundle = folder / "x.zip"
    result = run(database, "evidence", SLUG, "--bundle", str(bundle), *arguments)
    assert result.exit_code == 0, (result.output, result.exception)
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    return folder / "evidence"


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """By the script in it, isolated from all that is installed here."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "check.py"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_a_stranger_can_check_it(database: Path, tmp_path: Path) -> None:
    folder = unpacked(database, tmp_path, "--on", "2")
    result = checked(folder)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "All of it holds together." in result.stdout
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=True)


def test_it_holds_both_sides(database: Path, tmp_path: Path) -> None:
    folder = unpacked(database, tmp_path, "--on", "2")
    said = json.loads((folder / "evidence.json").read_text())
    told = [(one["side"], one["role"], one["file"], one["fetched_at"][:10]) for one in said["snapshots"]]
    assert told == [
        ("before", "read from", "before/1.html", "2024-01-01"),
        ("before", "last seen", "before/2.html", "2024-01-03"),
        ("after", "read from", "after/1.html", "2024-01-05"),
    ]
    after = said["snapshots"][2]
    assert (folder / "after/1.html").read_bytes() == served(4, "rent").body
    assert (folder / after["screenshot"]).read_bytes() == b"\x89PNG 4"
    assert after["request"] == [["User-Agent", "clausetrail"]]
    assert after["hops"] == [{"url": "https://lampion.example/", "status": 301, "headers": []}]
    assert after["grade"] == "the page as it was served"
    assert set(said["tool"]) == {"clausetrail", "parser", "differ", "rules"}
    readme = (folder / "README.txt").read_text()
    assert "from version 1 to version 2" in readme
    assert "{" not in readme
    assert "**rent**" in (folder / "change.md").read_text()
    payload = json.loads((folder / "rows/3.json").read_text())
    assert payload["about"]["response"] == [["ETag", '"4"']]


@pytest.mark.parametrize("name", FILES)
def test_nothing_in_it_can_be_altered_unseen(database: Path, tmp_path: Path, name: str) -> None:
    folder = unpacked(database, tmp_path, "--on", "2")
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content.replace(b"4", b"5", 1) if b"4" in content else content + b" ")
    assert checked(folder).returncode == 1


@pytest.mark.parametrize("name", ["after/1.html", "after/1.png", "rows/3.json", "chain.txt"])
def test_nor_with_sums_made_anew(database: Path, tmp_path: Path, name: str) -> None:
    folder = unpacked(database, tmp_path, "--on", "2")
    content = (folder / name).read_bytes()
    altered = content.replace(b"4", b"5", 1)
    assert altered != content
    (folder / name).write_bytes(altered)
    import hashlib

    sums = (folder / "SHA256SUMS").read_text()
    old, new = (hashlib.sha256(each).hexdigest() for each in (content, altered))
    (folder / "SHA256SUMS").write_text(sums.replace(old, new))
    result = checked(folder)
    assert result.returncode == 1, result.stdout


def test_a_first_version_has_one_side(database: Path, tmp_path: Path) -> None:
    folder = unpacked(database, tmp_path, "--on", "first")
    assert checked(folder).returncode == 0
    assert not (folder / "before").exists()
    assert "the first version that is known" in (folder / "README.txt").read_text()


def test_a_permalink_names_a_version(database: Path, tmp_path: Path) -> None:
    with Store.open(database) as store:
        link = store.end(SLUG, 2).permalink
    result = run(database, "evidence", link, "--bundle", str(tmp_path / "x.zip"))
    assert "the evidence of version 2 of lampion/rules" in result.output


def test_the_same_evidence_gives_the_same_files(database: Path, tmp_path: Path) -> None:
    folders = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        folders.append(unpacked(database, tmp_path / name))
    for file in folders[0].rglob("*.*"):
        if file.name != "README.txt":
            assert file.read_bytes() == (folders[1] / file.relative_to(folders[0])).read_bytes()


def test_a_stamped_head_is_attached(database: Path, tmp_path: Path) -> None:
    copied = tmp_path / "p.db"
    for suffix in (".db", ".evidence.db"):
        shutil.copy(database.with_suffix(suffix), copied.with_suffix(suffix))
    head, token = tmp_path / "head.json", tmp_path / "head.tsr"
    head.write_text(run(copied, "verify", "--export").output)
    token.write_bytes(b"an answer of the authority")
    with Store.open(copied, write=True) as store:
        store.keep([served(20, "late")])
    folder = unpacked(copied, tmp_path, "--on", "2", "--stamped", str(head), str(token))
    assert "leads through the time-stamped head" in checked(folder).stdout
    assert checked(folder).returncode == 0
    assert "openssl ts -verify" in (folder / "README.txt").read_text()
    assert (folder / "stamped-head.tsr").read_bytes() == token.read_bytes()


def test_a_head_of_another_archive_is_refused(database: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "other.db", create=True) as store:
        store.keep([served(0, "other")])
    head = tmp_path / "head.json"
    head.write_text(run(tmp_path / "other.db", "verify", "--export").output)
    arguments = ("evidence", SLUG, "--bundle", str(tmp_path / "x.zip"), "--stamped", str(head), str(head))
    assert isinstance(run(database, *arguments).exception, StoreError)
    assert not (tmp_path / "x.zip").exists()


def test_bodies_older_than_the_chain_are_proved_by_their_adoption(database: Path, tmp_path: Path) -> None:
    copied = tmp_path / "p.db"
    for suffix in (".db", ".evidence.db"):
        shutil.copy(database.with_suffix(suffix), copied.with_suffix(suffix))
    with sqlite3.connect(copied.with_suffix(".evidence.db")) as db:
        db.executescript(
            "DROP TABLE entries; DROP TABLE pages; DROP INDEX blobs_base; PRAGMA user_version = 1;"
            "DELETE FROM _sqlite_migrations WHERE name LIKE '0002%'; DELETE FROM blobs WHERE page LIKE '%screenshot';"
        )
    db.close()
    folder = unpacked(copied, tmp_path)
    assert checked(folder).returncode == 0, checked(folder).stdout
    assert "chain holds" in run(copied, "verify").output


def test_what_excludes_one_another(database: Path, tmp_path: Path) -> None:
    bundle = str(tmp_path / "x.zip")
    assert run(database, "evidence", SLUG, "--bundle", bundle, "--all").exit_code == 2
    assert run(database, "evidence", SLUG, "--stamped", bundle, bundle).exit_code == 2
    Path(bundle).write_text("mine")
    assert isinstance(run(database, "evidence", SLUG, "--bundle", bundle).exception, UsageError)
    assert Path(bundle).read_text() == "mine"
