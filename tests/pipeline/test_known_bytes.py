"""Bytes that were read before are not read again, and that makes no difference."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from clausetrail import parser
from clausetrail.model import Origin, Snapshot
from clausetrail.pipeline.ingest import job_for, kept, rederive, write
from clausetrail.pipeline.jobs import weigh
from clausetrail.store import Store

START = datetime(2026, 1, 1, tzinfo=UTC)
PAGES = {
    days: f"# Rules\n\nWe keep data for {days} days and then we delete all of it from our servers.\n\n"
    "You may not sell lamps to minors under any circumstances at all.\n"
    for days in (30, 60)
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "policies.db", write=True, create=True) as opened:
        opened.declare("guild/rules", "Guild", "Rules")
        yield opened


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What the parser was given."""
    found: list[bytes] = []
    read = parser.read

    def counted(body: bytes, *arguments: Any, **named: Any) -> Any:
        found.append(body)
        return read(body, *arguments, **named)

    monkeypatch.setattr(parser, "read", counted)
    return found


def look(store: Store, day: int, days: int, url: str = "https://guild.example/rules") -> None:
    at = START + timedelta(days=day)
    body = PAGES[days].encode()
    rows = kept(store, [Snapshot("guild/rules", "main", at, Origin.LIVE, "text/markdown", body, url=url)])
    job = job_for(store, "guild/rules", rows)
    write(store, weigh(job, store), job)


def test_each_page_is_read_once(store: Store, reads: list[bytes]) -> None:
    for day, days in enumerate((30, 30, 60, 60, 30, 30)):
        look(store, day, days)
    assert reads == [PAGES[30].encode(), PAGES[60].encode()]


def test_a_history_made_look_by_look_is_that_of_a_rebuild(store: Store) -> None:
    for day, days in enumerate((30, 30, 60, 60, 30, 30)):
        look(store, day, days)
    before = store.versions("guild/rules"), store.past("guild/rules"), store.snapshots("guild/rules")
    rederive(store, "guild/rules", anew=True)
    assert (store.versions("guild/rules"), store.past("guild/rules"), store.snapshots("guild/rules")) == before
    assert [version.last_seen for version in before[0]] == [START + timedelta(days=n) for n in (1, 3, 5)]


def test_the_same_bytes_from_elsewhere_are_read_anew(store: Store, reads: list[bytes]) -> None:
    look(store, 0, 30)
    look(store, 1, 30, "https://guild.example/terms/")
    assert len(reads) == 2


def test_another_revision_of_the_parser_reads_all_anew(
    store: Store, reads: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    look(store, 0, 30)
    for module in ("clausetrail.parser", "clausetrail.pipeline.ingest"):
        monkeypatch.setattr(f"{module}.PARSER_REVISION", parser.PARSER_REVISION + 1)
    look(store, 1, 30)
    assert len(reads) == 2
