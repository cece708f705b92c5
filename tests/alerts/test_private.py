"""The private file: out of reach of everything but the commands that need it."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from clausetrail.cli import cli
from clausetrail.errors import PublishError, StoreError, UsageError
from clausetrail.model import Cadence, Channel, RelationKind, Significance, Wish
from clausetrail.store import Outbox, Store

AT = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
ADDRESS = "ann@reader.example"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "policies.db"
    Store.open(path, create=True).close()
    with Outbox.open(path, create=True) as outbox:
        outbox.subscribe(Channel.MAIL, ADDRESS, Wish(), Cadence.NOW, AT)
    return path


def private(database: Path) -> Path:
    return database.with_name("policies.private.db")


def test_only_the_owner_can_read_it(database: Path) -> None:
    file = private(database)
    with Outbox.open(database) as outbox:
        outbox.subscribe(Channel.MAIL, "ben@reader.example", Wish(), Cadence.NOW, AT)
        for each in file.parent.glob("policies.private.db*"):
            assert stat.S_IMODE(each.stat().st_mode) == 0o600, each.name
    file.chmod(0o644)
    Outbox.open(database).close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_datasette_refuses_it(database: Path) -> None:
    async def ask() -> None:
        await Datasette([str(private(database))]).invoke_startup()

    with pytest.raises(PublishError, match="addresses of subscribers"):
        asyncio.run(ask())
    command = [sys.executable, "-m", "datasette", str(private(database)), "--get", "/policies.private.json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert ADDRESS not in run.stdout


def test_the_database_beside_it_is_served_without_it(database: Path) -> None:
    async def ask() -> str:
        datasette = Datasette([str(database)])
        await datasette.invoke_startup()
        pages = [await datasette.client.get(page) for page in ("/policies", "/-/databases.json", "/policies.private")]
        return "".join(page.text for page in pages)

    assert "subscribers" not in asyncio.run(ask())


def test_a_backup_leaves_it_out_and_says_so(database: Path, tmp_path: Path) -> None:
    output = CliRunner().invoke(cli, ["--database", str(database), "backup", str(tmp_path / "b.zip")]).output
    assert "policies.private.db, with the addresses of subscribers, is left out." in output
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert not any("private" in name for name in archive.namelist())


def test_neither_is_taken_for_the_other(database: Path) -> None:
    with pytest.raises(StoreError, match="not a Clausetrail database"):
        Store.open(private(database))
    private(database).unlink()
    database.rename(private(database))
    with pytest.raises(StoreError, match="not a Clausetrail private file"):
        Outbox.open(database)


def test_addresses_stand_nowhere_else(database: Path) -> None:
    for file in database.parent.iterdir():
        assert (ADDRESS.encode() in file.read_bytes()) == file.name.startswith("policies.private."), file.name


def test_the_same_wish_twice_is_one_subscription_and_wishes_come_back_whole(database: Path) -> None:
    wish = Wish(
        document="lampion/rules",
        words=("oil", "lamp*"),
        kinds=(RelationKind.REMOVED, RelationKind.MOVED_EDITED),
        significances=(Significance.NOT_ASSESSED,),
        silent=True,
    )
    with Outbox.open(database) as outbox:
        first = outbox.subscribe(
            Channel.MAIL, ADDRESS.upper(), wish, Cadence.WEEKLY, AT, zone="Asia/Tokyo", quiet="22-7"
        )
        again = outbox.subscribe(Channel.MAIL, ADDRESS, wish, Cadence.WEEKLY, AT, zone="Asia/Tokyo", quiet="22-7")
        assert (first, first.wish) == (again, wish)
        assert outbox.by_token(first.token) == first
        assert len({each.subscriber for each in outbox.subscriptions(ADDRESS)}) == 1


def test_who_is_forgotten_leaves_a_hash_that_tells_nothing_without_the_salt(database: Path) -> None:
    with Outbox.open(database) as outbox:
        assert outbox.forget(ADDRESS, AT) == 1
        with pytest.raises(UsageError):
            outbox.subscribe(Channel.MAIL, ADDRESS, Wish(), Cadence.NOW, AT)
    with closing(sqlite3.connect(private(database))) as db:
        assert db.execute("SELECT count(*) FROM suppressions WHERE length(hash) = 64").fetchone() == (2,)
        assert db.execute("SELECT count(*) FROM subscribers").fetchone() == (0,)


def test_the_commands(database: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli, ["--database", str(database), *arguments])
        assert result.exit_code == 0, result.exception
        return result.output

    assert run("subscribe", "https://hooks.example/a", "--publisher", "lampion", "--word", "oil", "--every", "week")
    listed = run("subscriptions")
    assert "confirmed changes of lampion that say “oil”" in listed
    assert "whsec_" not in listed + run("subscriptions", "--format", "json")
    assert "Subscription 2 has ended" in run("unsubscribe", "2")
    assert "Messages: 0 queued, 0 dead, 0 sent." in run("alerts", "outbox")
    assert '"queued": 0' in run("deliver", "--format", "json")
    assert "Forgotten" in run("subscribers", "forget", ADDRESS)
    assert "Nobody has subscribed" in run("subscriptions")
    assert "may subscribe again" in run("subscribers", "allow", ADDRESS)
