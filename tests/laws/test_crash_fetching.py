"""Nothing lost: a pass over 200 pages that is killed at random moments goes on where it was, and ends the same."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from random import Random

import pytest

from clausetrail.errors import StoreError
from clausetrail.store import Store
from tests.net.site import Site, reply, serving
from tests.workspaces import KEEP, policy, write_settings

PAGES = 200
KILLS = 30
SHORTEST, LONGEST = 0.3, 1.6
"""Seconds that a process lives: from before its first request to a third of the pages."""
IN_HAND = 8
"""Pages that one process may have asked for and not put away yet when it is killed."""


@pytest.mark.slow
def test_a_pass_that_is_killed_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    random, killed, trial = Random(7), 0, 0
    names = [f"rules-{number}" for number in range(PAGES)]
    with serving() as site:
        site.pages = {
            f"/{name}": reply(200, policy(name, KEEP.format(days=10 + at)), content_type="text/html")
            for at, name in enumerate(names)
        }
        while killed < KILLS:
            trial += 1
            database = write_settings(tmp_path / f"trial-{trial}", site.url, names)
            site.seen.clear()
            here = 0
            while not killed_pass(database, random):
                here += 1
                check(database)
            assert_whole(database, site, here)
            killed += here
            assert trial < KILLS


def killed_pass(database: Path, random: Random) -> bool:
    """Whether a pass came to its end before it was killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "clausetrail", "--database", str(database), "fetch"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    timer = threading.Timer(random.uniform(SHORTEST, LONGEST), process.kill)
    timer.start()
    _, said = process.communicate()
    timer.cancel()
    assert process.returncode in (0, -9), said
    return process.returncode == 0


def check(database: Path) -> None:
    """The archive proves, and has the bytes of every snapshot that the database records."""
    if not database.exists():
        return
    try:
        with Store.open(database) as store:
            assert list(store.verify()) == []
    except StoreError as error:
        assert "holds nothing yet" in str(error)  # noqa: PT017


def assert_whole(database: Path, site: Site, killed: int) -> None:
    with Store.open(database) as store:
        assert list(store.verify()) == []
        assert [len(store.versions(one.slug)) for one in store.documents()] == [1] * PAGES
        # What was put into the archive is in the history, and nothing was asked for twice but what was in hand.
        archived = sum(len(store.archived(one.slug)) for one in store.documents())
        assert archived == sum(len(store.snapshots(one.slug)) for one in store.documents())
        assert all(one.last and one.last.good for one in store.watched())
    assert PAGES <= len(site.paths()) <= PAGES + killed * IN_HAND
