"""Drills: what was backed up comes back, also from an earlier schema, and from a workspace that is being written to."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from clausetrail.cli import cli
from clausetrail.errors import ClausetrailError, StoreError, UsageError
from clausetrail.pipeline import backup as backups
from clausetrail.pipeline.from_ota import import_ota
from clausetrail.store import Store
from tests.histories import content, repository

SCHEMAS = Path(__file__).parent.parent / "store" / "cases" / "schemas"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def done(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder with settings, a database in a folder below it, and a ruling."""
    folder = tmp_path / "workspace"
    (folder / "data").mkdir(parents=True)
    (folder / "clausetrail.toml").write_text('database = "data/policies.db"\n')
    with Store.open(folder / "data" / "policies.db", create=True) as store:
        import_ota(store, repository(tmp_path / "source", documents=2, commits=5))
    (folder / "data" / "corrections.toml").write_text("# none yet\n")
    return folder


def database(folder: Path) -> Path:
    return folder / "data" / "policies.db"


def backed_up(workspace: Path) -> Path:
    file = workspace.parent / "backup.zip"
    assert "rows of evidence" in done("--database", str(database(workspace)), "backup", str(file))
    return file


def test_what_was_lost_comes_back(workspace: Path, tmp_path: Path) -> None:
    before, file = content(database(workspace)), backed_up(workspace)
    assert "all proved" in done("restore", str(file), str(tmp_path / "new"))
    assert content(database(tmp_path / "new")) == before
    names = ["clausetrail.toml", "data/corrections.toml", "data/policies.db", "data/policies.evidence.db"]
    found = sorted(path.relative_to(tmp_path / "new").as_posix() for path in (tmp_path / "new").rglob("*.*"))
    assert found == names
    assert (tmp_path / "new" / "data" / "corrections.toml").read_text() == "# none yet\n"
    assert "the chain holds" in done("--database", str(database(tmp_path / "new")), "verify")


def test_a_database_without_a_workspace(workspace: Path, tmp_path: Path) -> None:
    (workspace / "clausetrail.toml").unlink()
    file = backed_up(workspace)
    done("restore", str(file), str(tmp_path / "new"))
    assert content(tmp_path / "new" / "policies.db") == content(database(workspace))


def test_the_life_of_the_restored_goes_on(workspace: Path, tmp_path: Path) -> None:
    file, new = backed_up(workspace), tmp_path / "new"
    done("restore", str(file), str(new))
    more = repository(tmp_path / "more", documents=3, commits=5)
    for folder in (workspace, new):
        with Store.open(database(folder), write=True) as store:
            import_ota(store, more)
    assert content(database(workspace)) == content(database(new))


def test_a_workspace_that_is_being_written_to(tmp_path: Path) -> None:
    source = repository(tmp_path / "source", documents=12, commits=8)
    path = tmp_path / "policies.db"
    Store.open(path, create=True).close()
    importing = subprocess.Popen(
        [sys.executable, "-m", "clausetrail", "--database", str(path), "import", "ota", str(source), "--workers", "1"],
        stdout=subprocess.DEVNULL,
    )
    files = []
    while importing.poll() is None or not files:
        file = tmp_path / f"{len(files)}.zip"
        with Store.open(path) as store:
            backups.backup(store, file)
        files.append(file)
    assert importing.returncode == 0
    whole = content(path)
    for number, file in enumerate(files[:: max(1, len(files) // 6)]):
        backups.restore(file, tmp_path / f"new-{number}")
        part = content(tmp_path / f"new-{number}" / "policies.db")
        assert part.items() <= whole.items()


@pytest.mark.parametrize("schema", sorted(SCHEMAS.glob("published-*.sql")), ids=lambda path: path.stem)
def test_a_backup_of_an_earlier_schema(tmp_path: Path, schema: Path) -> None:
    files = {}
    for name, script in (("policies.db", schema), ("policies.evidence.db", SCHEMAS / "evidence-001.sql")):
        files[name] = tmp_path / name
        with sqlite3.connect(files[name]) as db:
            db.executescript(script.read_text("utf-8"))
        db.close()
    said = {"format": backups.FORMAT, "made_at": "2026-01-01T00:00:00+00:00", "database": "policies.db"}
    backups.pack(tmp_path / "old.zip", files, said)
    restored = backups.restore(tmp_path / "old.zip", tmp_path / "new")
    with Store.open(restored.database) as store:
        assert store.versions("lampion/rules")
        assert restored.rows == len({key.sha256 for key in store.keys("lampion/rules")})


def test_nothing_is_overwritten(workspace: Path, tmp_path: Path) -> None:
    file = backed_up(workspace)
    before = content(database(workspace))
    assert "is there already" in str(run("--database", str(database(workspace)), "backup", str(file)).exception)
    assert "is there already" in str(run("restore", str(file), str(workspace)).exception)
    assert content(database(workspace)) == before
    assert not list(tmp_path.glob("**/.restore-*")) + list(tmp_path.glob("**/.clausetrail-backup-*"))


def rewritten(file: Path, **changes: Any) -> Path:
    """The backup with members added or replaced; a function alters the manifest."""
    alter = changes.pop("manifest", lambda said: said)
    with zipfile.ZipFile(file) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    members["manifest.json"] = json.dumps(alter(json.loads(members["manifest.json"]))).encode()
    other = file.with_name("altered.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in {**members, **changes.get("members", {})}.items():
            archive.writestr(name, body)
    return other


def with_file(name: str, size: int = 1) -> dict[str, Any]:
    """A member beside ours that the manifest lists as if it belonged there."""
    digest = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    facts = {"sha256": digest, "size": size}
    return {"members": {name: b"a"}, "manifest": lambda said: {**said, "files": {**said["files"], name: facts}}}


NAMES = (
    *(
        "../evil",
        "/etc/evil",
        "a/../../evil",
        "C:/evil",
        "..\\evil",
        "a//evil",
        "./evil",
        "evil/",
        "a\x00b",
        "~/..",
        " ",
    ),
    *("\\\\server\\evil", "a/. /evil", "evil:stream"),
)


@pytest.mark.parametrize("name", NAMES)
def test_no_file_is_written_elsewhere(workspace: Path, tmp_path: Path, name: str) -> None:
    altered = rewritten(backed_up(workspace), **with_file(name))
    with pytest.raises(UsageError):
        backups.restore(altered, tmp_path / "a" / "new")
    assert list((tmp_path / "a").rglob("*.*")) == []


def test_links_are_refused(workspace: Path, tmp_path: Path) -> None:
    file = rewritten(backed_up(workspace), **with_file("link"))
    with zipfile.ZipFile(file) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in members.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16 if name == "link" else 0
            archive.writestr(info, body)
    with pytest.raises(UsageError, match="written elsewhere"):
        backups.restore(file, tmp_path / "new")


def test_what_is_no_backup_or_was_altered(workspace: Path, tmp_path: Path) -> None:
    good = backed_up(workspace)
    cases: list[tuple[str, dict[str, Any]]] = [
        ("damaged or was altered", {"members": {"data/corrections.toml": b"# other    \n"}}),
        ("damaged or was altered", {"members": {"data/policies.db": b"x" * 10**7}}),
        ("other files than it says", {"members": {"more": b"x"}}),
        ("than 200 times its size", with_file("bomb", 10**12)),
        ("no backup that", {"manifest": lambda said: {**said, "format": "other"}}),
        ("no backup that", {"manifest": lambda said: [said]}),
        ("no backup that", {"manifest": lambda said: {**said, "database": "../x"}}),
    ]
    for said, changes in cases:
        with pytest.raises(UsageError, match=said):
            backups.restore(rewritten(good, **changes), tmp_path / "new")
        assert list((tmp_path / "new").iterdir()) == []
    cut = tmp_path / "cut.zip"
    for size in (0, 10, 2000, good.stat().st_size - 30):
        cut.write_bytes(good.read_bytes()[:size])
        with pytest.raises(UsageError):
            backups.restore(cut, tmp_path / "new")


def test_a_flipped_bit_is_found_in_every_file(workspace: Path, tmp_path: Path) -> None:
    file = backed_up(workspace)
    good = file.read_bytes()
    with zipfile.ZipFile(file) as pack:
        places = [(each.header_offset, len(each.filename), each.compress_size) for each in pack.infolist()]
    for header, name, size in places:
        damaged = bytearray(good)
        damaged[header + 30 + name + size // 2] ^= 4  # 30 bytes of header before the name; the data follow it
        file.write_bytes(damaged)
        with pytest.raises(ClausetrailError):
            backups.restore(file, tmp_path / "new")


def test_an_archive_that_was_exchanged_does_not_prove(workspace: Path, tmp_path: Path) -> None:
    def alter(said: dict[str, Any]) -> dict[str, Any]:
        return {**said, "chain": {"rows": 3, "head": "0" * 64}}

    with pytest.raises(StoreError, match="altered or replaced"):
        backups.restore(rewritten(backed_up(workspace), manifest=alter), tmp_path / "new")
