"""The pages in a real browser, at the width of a desk and of a telephone; pictures stay in build/screenshots."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from clausetrail.web.serve import arguments
from tests.web import browser as browsers

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "screenshots"
SITE = {
    "home": "/",
    "document": "/-/policy/tamsorrel/usage-policy",
    "document-then": "/-/policy/tamsorrel/usage-policy?on=2023-06-01",
    "comparison": "/-/policy/tamsorrel/usage-policy/7...8",
    "comparison-split": "/-/policy/tamsorrel/usage-policy/2...3?view=split",
    "clause": "/-/policy/tamsorrel/usage-policy/clause/L4",
    "search": "/-/policy/search?q=children",
    "missing": "/-/policy/nobody/knows",
}
"""Pages of the site itself, of the demonstration corpus."""
PAGES = {
    "index": "/-/",
    "database": "/policies",
    "versions": "/policies/versions",
    "changes": "/policies/changes",
    "change": "/policies/changes/2",
    "clauses": "/policies/clauses?_search=垃圾邮件",
    "silent": "/policies/silent_changes",
}

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    """Of Datasette as `clausetrail serve` starts it, at a port of the system's choice."""
    with served(database) as found:
        yield found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a site of the demonstration corpus."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    command = [sys.executable, "-m", "clausetrail", "demo", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with served(folder / "policies.db") as found:
        yield found


@contextmanager
def served(database: Path) -> Iterator[str]:
    words = arguments(database, host="127.0.0.1", port=0, open_browser=False)
    command = [sys.executable, "-m", "datasette", *words]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield announced(server)
        finally:
            server.terminate()


def announced(server: subprocess.Popen[str]) -> str:
    """The address that the server prints once it answers."""
    assert server.stderr
    said = []
    for line in server.stderr:
        said.append(line)
        if found := re.search(r"http://[0-9.:]+", line):
            return found[0]
    pytest.fail(f"Datasette stopped at once: {''.join(said)}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = browsers.find()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no browser: run `make browser`")
        pytest.skip("no browser: run `make browser`, or set CLAUSETRAIL_BROWSER")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(browsers.FLAGS))
        yield running
        running.close()


@pytest.fixture
def page(chromium: Any, address: str) -> Iterator[Any]:
    with opened(chromium, address) as page:
        yield page


@pytest.fixture
def site(chromium: Any, demo: str) -> Iterator[Any]:
    with opened(chromium, demo) as page:
        yield page


@contextmanager
def opened(chromium: Any, address: str, **options: Any) -> Iterator[Any]:
    """A page on which any dialog, error of a script, call to another host, or breach of our own policy fails the
    test."""
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900}, **options)
    page = context.new_page()
    trouble: list[str] = []
    page.on("dialog", lambda dialog: (trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    page.on("console", lambda said: "Security Policy" in said.text and trouble.append(said.text))
    page.on("request", lambda request: request.url.startswith(address) or trouble.append(f"call: {request.url}"))
    yield page
    context.close()
    assert not trouble


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_pages_show_what_they_should(page: Any, name: str, width: int) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.set_viewport_size({"width": width, "height": 900})
    response = page.goto(PAGES[name])
    assert response.status == 200
    page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
    assert page.locator("h1").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "scrolls sideways"


def test_a_reader_finds_a_silent_change(page: Any) -> None:
    page.goto("/policies")
    page.get_by_role("link", name="Silent changes").first.click()
    assert page.locator("td del").inner_text() == "30"
    assert page.locator("td ins").all_inner_texts() == ["您不得使用我们的服务生成垃圾邮件。", "90"]


def test_a_reader_searches_in_chinese(page: Any) -> None:
    page.goto("/policies/clauses")
    page.get_by_role("searchbox").fill("邮件")
    page.keyboard.press("Enter")
    page.wait_for_url("**_search=**")
    assert "生成垃圾邮件" in page.locator("table.rows-and-columns").inner_text()


def test_hostile_text_is_text(page: Any) -> None:
    page.goto("/policies/documents/2")
    assert "<img src=x onerror=alert(2)>" in page.locator("table").inner_text()
    page.goto("/policies/wordings")
    assert "<script>alert" in page.locator("table").inner_text()


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("name", SITE)
def test_the_site_fits_and_has_nothing_serious_for_axe(site: Any, name: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    PICTURES.mkdir(parents=True, exist_ok=True)
    site.set_viewport_size({"width": width, "height": 900})
    assert site.goto(SITE[name]).status == (404 if name == "missing" else 200)
    site.screenshot(path=PICTURES / f"site-{name}-{width}.png", full_page=True)
    assert site.locator("h1").count() == 1
    assert site.evaluate("document.documentElement.scrollWidth") <= width, "scrolls sideways"
    found = Axe().run(site).response["violations"]
    assert not [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("name", SITE)
def test_dark_pages_have_nothing_serious_for_axe(chromium: Any, demo: str, name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with opened(chromium, demo, color_scheme="dark") as page:
        page.goto(SITE[name])
        page.screenshot(path=PICTURES / f"site-{name}-dark.png", full_page=True)
        found = Axe().run(page).response["violations"]
        assert not [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def test_a_reader_goes_from_the_front_page_to_the_life_of_a_clause(site: Any) -> None:
    site.goto("/")
    site.get_by_role("link", name="View change of version 8").click()
    site.wait_for_url("**/7...8")
    fold = site.locator("details.fold").first
    assert not fold.locator(".stays").first.is_visible()
    fold.locator("summary").click()
    assert fold.locator(".stays").first.is_visible()
    assert "opts" in site.locator("article.edited").first.inner_text()
    site.get_by_role("link", name="the history of this clause").last.click()
    site.wait_for_url("**/usage-policy@**")
    assert site.get_by_role("heading", name="Its life, newest first").is_visible()
    site.get_by_text("BibTeX").click()
    assert "@misc{tamsorrel-usage-policy-v8" in site.locator("pre", has_text="@misc").inner_text()


def test_a_reader_steps_through_changes_by_key_and_by_link(site: Any) -> None:
    site.goto("/-/policy/tamsorrel/usage-policy/2...3")
    shown = site.locator("article.change")
    order = [shown.nth(at).get_attribute("id") for at in range(shown.count())]
    site.keyboard.press("j")
    assert site.url.endswith(f"#{order[0]}")
    site.keyboard.press("j")
    assert site.url.endswith(f"#{order[1]}")
    site.keyboard.press("k")
    assert site.url.endswith(f"#{order[0]}")
    shown.first.get_by_role("link", name="next change").click()
    assert site.url.endswith(f"#{order[1]}")


def test_a_reader_follows_a_move(site: Any) -> None:
    site.goto("/-/policy/tamsorrel/usage-policy/2...3")
    left = site.locator(".gone").first
    target = left.get_by_role("link").get_attribute("href")
    left.get_by_role("link").click()
    assert site.url.endswith(target)
    assert "moved" in site.locator(target).inner_text()


def test_a_reader_without_scripts_searches_and_asks_for_a_day(chromium: Any, demo: str) -> None:
    with opened(chromium, demo, java_script_enabled=False) as page:
        page.goto("/")
        page.get_by_role("searchbox").fill("children")
        page.get_by_role("button", name="Search").click()
        assert page.locator("mark").first.inner_text().lower() == "children"
        page.goto("/-/policy/tamsorrel/usage-policy")
        page.get_by_label("The text as of").fill("2023-06-01")
        page.get_by_role("button", name="Show").click()
        assert page.get_by_role("heading", name="Text of version 3").is_visible()
        page.get_by_label("Compare", exact=True).fill("2022-06-01")
        page.get_by_role("button", name="Compare").click()
        assert page.url.endswith("/2022-06-01...latest")
