"""A database of the real schema with a small history in it, and Datasette on it."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

HISTORY = Path(__file__).parent / "cases" / "history" / "manifest.jsonl"
HOSTILE = """
    INSERT INTO publishers (id, slug, title) VALUES (2, 'evil', '<script>alert("publisher")</script>');
    INSERT INTO documents (id, slug, title, publisher_id, policy, licence, attribution, url) VALUES
        (2, 'evil/terms', '<img src=x onerror=alert(2)>', 2,
        'good' || char(8238) || 'bye', '', '', 'javascript:alert(3)');
    UPDATE documents SET licence = 'Apache-2.0', attribution = 'Clausetrail contributors' WHERE id = 1;
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
def get(database: Path) -> Callable[..., Any]:
    """`get("/policies/versions")`: the response of a Datasette that serves the database."""
    return asker(database)


def asker(path: Path, **options: Any) -> Callable[..., Any]:
    """A function that asks a Datasette on the file, in this process, for pages."""
    from datasette.app import Datasette

    datasette = Datasette([str(path)], **options)

    def ask(page: str, **query: str) -> Any:
        async def request() -> Any:
            await datasette.invoke_startup()
            return await datasette.client.get(page, params=query or None, follow_redirects=True)

        return asyncio.run(request())

    return ask
