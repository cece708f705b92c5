"""A database of the real schema with a small history in it, and Datasette on it."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases"
HISTORY = CASES / "history" / "manifest.jsonl"
LONG = "a word of the longest line " * 40_000
"""A line of a megabyte."""
HOSTILE = """
    INSERT INTO publishers (id, slug, title) VALUES (2, 'evil', '<script>alert("publisher")</script>');
    INSERT INTO documents (id, slug, title, publisher_id, policy, licence, attribution, url) VALUES
        (2, 'evil/terms', '<img src=x onerror=alert(2)>', 2,
        'good' || char(8238) || 'bye', '', '', 'javascript:alert(3)');
    UPDATE documents SET licence = 'Apache-2.0', attribution = 'Clausetrail contributors' WHERE id = 1;
"""
NAMES = """
    UPDATE publishers SET title = '<script>alert("publisher")</script>' WHERE slug = 'evil';
    UPDATE documents SET policy = '<img src=x onerror=alert(2)> good' || char(8238) || 'bye',
        url = 'javascript:alert(3)', licence = '<b>licence</b>',
        attribution = '"><script>alert("credit")</script>' WHERE slug = 'evil/terms';
    UPDATE documents SET licence = 'Apache-2.0', attribution = 'Clausetrail contributors' WHERE slug <> 'evil/terms';
"""


@pytest.fixture(scope="package")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history with a silent change, a flap, Chinese words and text that would like to be markup."""
    path = tmp_path_factory.mktemp("web") / "policies.db"
    command = [sys.executable, "-m", "clausetrail", "--database", str(path), "import", "files", str(HISTORY)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(HOSTILE)
    return path


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents: the history above, and a page that would like to be anything but text, of two versions."""
    folder = tmp_path_factory.mktemp("site")
    hostile = folder / "hostile"
    shutil.copytree(CASES / "hostile", hostile)
    for page in hostile.glob("*.html"):
        page.write_text(page.read_text("utf-8").replace("LONG", LONG), "utf-8")
    for manifest in (HISTORY, hostile / "manifest.jsonl"):
        command = [sys.executable, "-m", "clausetrail", "--database", str(folder / "policies.db")]
        subprocess.run([*command, "import", "files", str(manifest)], check=True, stdout=subprocess.DEVNULL)
    with closing(sqlite3.connect(folder / "policies.db")) as connection:
        connection.executescript(NAMES)
    return folder / "policies.db"


@pytest.fixture(scope="package")
def visit(site: Path) -> Callable[..., Any]:
    """`visit("/-/policy")`: the response of a Datasette that serves the site, redirects not followed."""
    return asker(site, follow=False)


@pytest.fixture(scope="package")
def get(database: Path) -> Callable[..., Any]:
    """`get("/policies/versions")`: the response of a Datasette that serves the database."""
    return asker(database)


def asker(path: Path, *, follow: bool = True, **options: Any) -> Callable[..., Any]:
    """A function that asks a Datasette on the file, in this process, for pages."""
    from datasette.app import Datasette

    datasette = Datasette([str(path)], **options)

    def ask(page: str, method: str = "GET", **query: str) -> Any:
        async def request() -> Any:
            await datasette.invoke_startup()
            return await datasette.client.request(method, page, params=query or None, follow_redirects=follow)

        return asyncio.run(request())

    return ask
