"""The pages in a real browser, at the width of a desk and of a telephone; pictures stay in build/screenshots."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clausetrail.web.serve import arguments
from tests.web import browser as browsers

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "screenshots"
PAGES = {
    "home": "/",
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
    """A page on which any dialog, error of a script, or call to another host fails the test."""
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    trouble: list[str] = []
    page.on("dialog", lambda dialog: (trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
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
