"""Ctrl-C, also while worker processes are starting, and pressed more than once: one line, and no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clausetrail.errors import StoreError
from clausetrail.store import Store
from tests.histories import repository


def opens(database: Path) -> bool:
    try:
        Store.open(database).close()
    except StoreError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a process group")
@pytest.mark.parametrize("presses", [1, 3])
def test_an_import_that_is_stopped_says_so_in_one_line(tmp_path: Path, presses: int) -> None:
    source = repository(tmp_path / "source", documents=8, commits=12)
    database = tmp_path / "p.db"
    arguments = ["--database", str(database), "import", "ota", str(source), "--workers", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "clausetrail", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not opens(database) and process.poll() is None:
        time.sleep(0.005)
    for _ in range(presses):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            time.sleep(0.02)
    _, told = process.communicate(timeout=60)
    assert process.returncode in (0, 130), told
    assert "Traceback" not in told
    assert told.strip() in ("", "Error: stopped; what was recorded so far is kept")
    with Store.open(database) as store:
        assert list(store.verify()) == []
