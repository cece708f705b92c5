"""Pages that are empty without their scripts, in a pass: a browser where the workspace allows it, and not otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from clausetrail.model import News, Origin, Told
from clausetrail.pipeline import fetching
from clausetrail.store import Store
from tests.net.site import Site, reply, serving
from tests.web.browser import find
from tests.workspaces import KEEP, SENTENCES, StepClock, policy, write_settings

BROWSER = find()
HTML = {"content_type": "text/html; charset=utf-8"}
SHELL = (
    '<html><head><title>Rules</title></head><body><div id="root"></div><script src="/app.js"></script></body></html>'
)
APP = "document.getElementById('root').innerHTML = %r"

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    if BROWSER is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium: set CLAUSETRAIL_BROWSER")
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(BROWSER).parent), os.environ["PATH"]]))
    with serving() as site:
        text = "".join(f"<p>{sentence}</p>" for sentence in (*SENTENCES, KEEP.format(days=30)))
        site.pages["/rules"] = reply(200, SHELL, **HTML)
        site.pages["/app.js"] = reply(200, APP % f"<h1>Rules</h1>{text}", content_type="text/javascript")
        yield site


def go(database: Path) -> Told:
    clock = StepClock()
    with Store.open(database, write=True, create=True) as store:
        (told,) = fetching.fetch(store, clock=clock, every=True).told
    return told


def test_where_nobody_allowed_a_browser_the_shell_is_no_policy(tmp_path: Path, site: Site) -> None:
    assert go(write_settings(tmp_path, site.url, ["rules"])).news is News.JUNK
    assert "/app.js" not in site.paths()


def test_a_shell_is_shown_and_both_are_kept(tmp_path: Path, site: Site) -> None:
    database = write_settings(tmp_path, site.url, ["rules"], fetch='browser = "when-needed"')
    assert go(database).news is News.FIRST
    with Store.open(database) as store:
        shown, served = sorted(store.snapshots("lampion/rules"), key=lambda row: row.origin)
        assert (served.origin, shown.origin) == (Origin.LIVE, Origin.BROWSER)
        assert served.junk
        assert not shown.junk
        assert any(one.screenshot for one in store.archived("lampion/rules"))
        assert list(store.verify()) == []
        assert store.watched()[0].agenda.validators is None


def test_a_page_with_its_text_needs_no_browser(tmp_path: Path, site: Site) -> None:
    site.pages["/rules"] = reply(200, policy("Rules"), **HTML)
    database = write_settings(tmp_path, site.url, ["rules"], fetch='browser = "when-needed"')
    assert go(database).news is News.FIRST
    with Store.open(database) as store:
        assert [row.origin for row in store.snapshots("lampion/rules")] == [Origin.LIVE]


def test_what_is_always_shown_is_one_snapshot_that_names_what_was_served(tmp_path: Path, site: Site) -> None:
    database = write_settings(tmp_path, site.url, ["rules"], document='browser = "always"')
    assert go(database).news is News.FIRST
    with Store.open(database) as store:
        (row,) = store.snapshots("lampion/rules")
        assert row.origin is Origin.BROWSER
        assert len(dict(row.provenance)["served"]) == 64
