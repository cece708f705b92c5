"""The first hour with a policy in one call: workspace, today's text, what it said before, and the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clausetrail.model import News, Origin
from clausetrail.pipeline import fetching, tracking
from clausetrail.pipeline.tracking import Tracked
from clausetrail.pipeline.workspace import given
from clausetrail.store import Store
from tests.archives import Archive, Kept, gate
from tests.net.site import FakeClock, reply, serving
from tests.warcs import page
from tests.workspaces import StepClock

SLUG = "127-0-0-1/rules"


@pytest.fixture
def archive() -> Iterator[Archive]:
    with serving() as site:
        url = f"{site.url}/rules"
        archive = Archive(
            site, Kept("20220105000000", page("lend"), url=url), Kept("20240601000000", page("give"), url=url)
        )
        archive["/rules"] = reply(200, page("sell"), content_type="text/html")
        archive["/robots.txt"] = reply(404, "")
        yield archive


def settings_of(folder: Path, archive: Archive) -> None:
    fetch = '[fetch]\nallow = ["127.0.0.1"]\ndelay = "0s"\n'
    (folder / "clausetrail.toml").write_text(f'database = "policies.db"\n{fetch}{archive.toml}', "utf-8")


def tracked(folder: Path, archive: Archive, said: list[str]) -> Tracked:
    wanted = given(f"{archive.site.url}/rules", language="", browser=None, select=(), remove=())
    slug = tracking.settle_in(folder, wanted, said.append)
    assert slug == SLUG
    with Store.open(folder / "policies.db", create=True) as store, closing(gate(FakeClock())) as own:
        told = fetching.fetch(store, [slug], clock=StepClock()).told
        found = tracking.look_back(store, slug, since="2022", say=said.append, gate=own)
    assert told[0].news in (News.FIRST, News.UNCHANGED)
    return found


def test_it_follows_fetches_backfills_and_tells_the_gaps(tmp_path: Path, archive: Archive) -> None:
    settings_of(tmp_path, archive)
    said: list[str] = []
    found = tracked(tmp_path, archive, said)
    assert [entry.version.number for entry in found.log] == [1, 2, 3]
    assert [start.year for start, _ in found.gaps] == [2022, 2024]
    assert any("added to" in line for line in said)
    with Store.open(tmp_path / "policies.db") as store:
        assert [row.origin for row in store.snapshots(SLUG)] == [Origin.WAYBACK, Origin.WAYBACK, Origin.LIVE]
    again = tracked(tmp_path, archive, said)
    assert [entry.version.number for entry in again.log] == [1, 2, 3]
    assert len([line for line in said if "added to" in line]) == 1


def test_an_archive_that_cannot_be_asked_is_told_of_and_is_no_error(tmp_path: Path, archive: Archive) -> None:
    settings_of(tmp_path, archive)
    archive.first = lambda seen: reply(403, "no") if seen.path.startswith("/cdx") else None
    said: list[str] = []
    found = tracked(tmp_path, archive, said)
    assert (len(found.log), found.asked) == (1, False)
    assert any("not known yet" in line for line in said)


def test_without_a_workspace_one_is_made(tmp_path: Path) -> None:
    said: list[str] = []
    wanted = given("https://www.lampion.example/legal/rules", language="", browser=None, select=(), remove=())
    assert tracking.settle_in(tmp_path, wanted, said.append) == "lampion/rules"
    assert (tmp_path / "clausetrail.toml").is_file()
    assert (tmp_path / "data").is_dir()
    assert tracking.settle_in(tmp_path, wanted, said.append) == "lampion/rules"
