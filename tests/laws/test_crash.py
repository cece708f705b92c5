"""Nothing lost: an import that is killed at random moments and run again ends as if it had never been killed."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
import time
from pathlib import Path
from random import Random

import pytest

from clausetrail.errors import StoreError
from clausetrail.store import Store
from tests.histories import content, repository

KILLS = 24


def command(database: Path, source: Path, workers: int = 1) -> list[str]:
    arguments = ["--database", str(database), "import", "ota", str(source), "--workers", str(workers)]
    return [sys.executable, "-m", "clausetrail", *arguments]


@pytest.mark.slow
def test_killed_at_any_moment_and_run_again_it_ends_the_same(tmp_path: Path) -> None:
    source = repository(tmp_path / "source", documents=8, commits=12)
    whole = tmp_path / "whole" / "policies.db"
    whole.parent.mkdir()
    began = time.monotonic()
    subprocess.run(command(whole, source), check=True, capture_output=True)
    length = time.monotonic() - began
    expected = content(whole)
    random, killed = Random(5), 0
    for trial in itertools.count():
        if killed >= KILLS:
            break
        folder = tmp_path / f"trial-{trial}"
        folder.mkdir()
        database = folder / "policies.db"
        for _ in range(4):
            process = subprocess.Popen(
                command(database, source, 1 + trial % 2), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            timer = threading.Timer(random.uniform(0.2, 1.0) * length, process.kill)
            timer.start()
            process.wait()
            timer.cancel()
            killed += process.returncode < 0
            if database.exists() and database.stat().st_size:
                check_opens(database)
        finished = subprocess.run(command(database, source), capture_output=True, text=True, check=False)
        assert finished.returncode == 0, finished.stderr
        assert content(database) == expected


def check_opens(database: Path) -> None:
    """A killed database opens, and every snapshot that it records has its bytes; or nothing was written to it yet."""
    try:
        with Store.open(database) as store:
            assert list(store.verify()) == []
    except StoreError as error:
        assert "holds nothing yet" in str(error)  # noqa: PT017
