"""A full disk loses nothing: what was kept is there, what was not can be done again, and it ends the same."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from clausetrail.errors import StoreError
from clausetrail.pipeline.backup import backup
from clausetrail.pipeline.from_ota import import_ota, look
from clausetrail.store import Store
from tests.histories import content, repository

pytestmark = pytest.mark.slow


def limit(db: sqlite3.Connection, more: int) -> None:
    """Let the file grow by so many pages only, as on a disk that is nearly full."""
    now = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {now + more}")


@pytest.mark.parametrize("full", ["database", "archive"])
def test_an_import_goes_on_where_it_stopped(tmp_path: Path, full: str) -> None:
    source = repository(tmp_path / "source", documents=4, commits=8, raw=True)
    found = look(source, snapshots=True)
    with Store.open(tmp_path / "whole.db", create=True) as store:
        import_ota(store, source, found)
    stopped = 0
    for more in (0, 3, 9, 20):
        with Store.open(tmp_path / "p.db", create=True) as store:
            limit((store.archive.database if full == "archive" else store._database).connection, more)
            try:
                import_ota(store, source, found, workers=1)
            except StoreError as error:
                stopped += "disk is full" in str(error)
        with Store.open(tmp_path / "p.db") as store:
            assert list(store.verify()) == []
    assert stopped
    with Store.open(tmp_path / "p.db", write=True) as store:
        import_ota(store, source, found)
        assert list(store.verify()) == []
    assert content(tmp_path / "p.db") == content(tmp_path / "whole.db")


_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), -1))
from clausetrail.cli import main
sys.argv[1:2] = []
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process")
def test_a_process_that_may_write_no_more_says_so_and_loses_nothing(tmp_path: Path) -> None:
    source = repository(tmp_path / "source", documents=6, commits=12)
    with Store.open(tmp_path / "whole.db", create=True) as store:
        import_ota(store, source)
    arguments = ["--database", str(tmp_path / "p.db"), "import", "ota", str(source), "--workers", "1"]
    Store.open(tmp_path / "p.db", create=True).close()
    for size in (200_000, 400_000):
        command = [sys.executable, "-c", _LIMITED, str(size), *arguments]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 6, result.stderr
        assert len(result.stderr.splitlines()) == 1
        assert "nothing was written" in result.stderr
        with Store.open(tmp_path / "p.db") as store:
            assert list(store.verify()) == []
    subprocess.run([sys.executable, "-m", "clausetrail", *arguments], check=True, capture_output=True)
    assert content(tmp_path / "p.db") == content(tmp_path / "whole.db")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process")
def test_a_backup_that_has_no_room_leaves_nothing_behind(tmp_path: Path) -> None:
    source = repository(tmp_path / "source", documents=4, commits=8)
    with Store.open(tmp_path / "p.db", create=True) as store:
        import_ota(store, source)
        backup(store, tmp_path / "first.zip")
    (tmp_path / "out").mkdir()
    arguments = ["--database", str(tmp_path / "p.db"), "backup", str(tmp_path / "out" / "second.zip")]
    command = [sys.executable, "-c", _LIMITED, "50000", *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode in (6, 74), result.stderr
    assert list((tmp_path / "out").iterdir()) == []
