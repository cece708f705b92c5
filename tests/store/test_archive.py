"""Bytes come out of the archive as they went in, and damage does not go unseen."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.errors import StoreError
from clausetrail.model import Hop, Origin, Snapshot
from clausetrail.store import Store
from clausetrail.store.packing import Head, base_of, bases_from, compress, decompress, nearest, pack_page
from tests.conftest import blocks
from tests.store.histories import enter, histories, put_bodies

MAX_DEPTH = 8
CASES = Path(__file__).parent / "cases" / "tampering.txt"


def sha(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def revisions(count: int, seed: int = 1) -> list[bytes]:
    """A page that changes a little each time."""
    random = Random(seed)
    lines = [f"Line {i}: {random.random()}" for i in range(200)]
    found = []
    for _ in range(count):
        lines[random.randrange(len(lines))] = f"A new line: {random.random()}"
        found.append("\n".join(lines).encode())
    return found


@settings(deadline=None, max_examples=60)
@given(body=st.binary(max_size=2000), base=st.none() | st.binary(max_size=2000))
def test_what_is_packed_is_unpacked(body: bytes, base: bytes | None) -> None:
    packed = compress(body, base)
    assert (packed.sha256, packed.size) == (sha(body), len(body))
    assert packed.base == ("" if base is None else sha(base))
    assert decompress(packed.data, packed.size, base) == body


def test_bases_are_few_steps_away_and_known_beforehand() -> None:
    group = 3**MAX_DEPTH
    bases = [base_of(ordinal) for ordinal in range(2 * group)]
    for ordinal in range(2 * group):
        depth, step = 0, bases[ordinal]
        while step is not None:
            depth, step = depth + 1, bases[step]
        assert depth <= MAX_DEPTH
    for ordinal in (*range(300), *range(group - 50, group + 50)):
        later = set(bases[ordinal : ordinal + group])
        assert set(bases_from(ordinal)) == {b for b in later if b is not None and b < ordinal}


def test_where_a_base_is_gone_the_one_above_serves() -> None:
    assert nearest(5, {0: b"zero", 3: b"three"}) == b"three"
    assert nearest(5, {0: b"zero"}) == b"zero"
    assert nearest(5, {}) is None


def test_a_page_is_packed_against_itself(store: Store) -> None:
    bodies = revisions(100)
    put_bodies(store, "page", bodies)
    assert [store.body(sha(body)) for body in bodies] == bodies
    packed = store.archive.database.connection.execute("SELECT sum(length(data)) FROM blobs").fetchone()[0]
    assert packed < sum(map(len, bodies)) / 20
    assert list(store.verify()) == []


@pytest.mark.parametrize("step", [1, 7, 50])
def test_pages_grow_as_if_packed_at_once(store: Store, step: int) -> None:
    bodies = revisions(100)
    for stop in range(step, len(bodies) + step, step):
        put_bodies(store, "page", bodies[:stop])
    assert pack_page(bodies)[60:] == pack_page(bodies[60:], Head(60, {i: bodies[i] for i in bases_from(60)}))
    rows = store.archive.database.connection.execute("SELECT ordinal, sha256, data FROM blobs ORDER BY id").fetchall()
    assert rows == [(one.ordinal, one.sha256, one.data) for one in pack_page(bodies)]
    assert [store.body(sha(body)) for body in reversed(bodies)] == list(reversed(bodies))


def test_bytes_that_are_there_are_not_kept_twice(store: Store) -> None:
    bodies = revisions(5)
    put_bodies(store, "page", [*bodies, bodies[0]])
    put_bodies(store, "page", bodies)
    put_bodies(store, "other", bodies)
    db = store.archive.database.connection
    assert db.execute("SELECT count(*) FROM blobs").fetchone() == (5,)
    assert db.execute("SELECT count(*) FROM entries").fetchone() == (11,)


def test_what_was_said_of_a_snapshot_is_told_again(store: Store) -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    hop = Hop("https://lampion.example/old", 301, at, response_headers=(("Location", "/rules"),))
    snapshot = Snapshot(
        *("lampion/rules", "main", at, Origin.LIVE, "text/html", b"<p>Rules.", "https://lampion.example/rules", 200),
        headers=(("ETag", '"a"'), ("X-Odd", "\udcff")),
        request=(("User-Agent", "clausetrail"),),
        hops=(hop,),
        screenshot=b"PNG",
    )
    assert store.keep([snapshot]) == 1
    assert store.keep([replace(snapshot, url="https://lampion.example/altered")]) == 0
    store.declare("lampion/rules", "Lampion", "Rules")
    (found,) = store.archived("lampion/rules")
    assert (found.row.url, found.row.status, found.row.origin) == (snapshot.url, 200, Origin.LIVE)
    assert (found.row.headers, found.request, found.hops) == (snapshot.headers, snapshot.request, (hop,))
    assert store.body(found.screenshot) == b"PNG"
    assert store.unread("lampion/rules") == (found.row,)
    assert list(store.verify()) == []


def test_each_batch_is_on_the_disk_before_the_next_is_asked_for(store: Store) -> None:
    def served() -> Iterator[Snapshot]:
        for hour, body in enumerate([bytes(30_000_000), b"second"]):
            if hour:
                with Store.open(store.path) as other:
                    assert other.body(sha(bytes(30_000_000)))
            at = datetime(2024, 1, 1, hour, tzinfo=UTC)
            yield Snapshot("lampion/rules", "main", at, Origin.FILE, "text/plain", body)

    assert store.keep(served()) == 2


def test_bodies_stay_though_the_transaction_fails(store: Store) -> None:
    def fail() -> None:
        with store.transaction():
            put_bodies(store, "page", [b"evidence"])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.body(sha(b"evidence")) == b"evidence"


def damaged(store: Store, statement: str) -> list[str]:
    store.archive.close()
    store._archive = None
    with sqlite3.connect(store.archive_path) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.executescript(statement)
    db.close()
    return list(store.verify())


@pytest.mark.parametrize(("name", "statement", "said"), blocks(CASES), ids=[name for name, _, _ in blocks(CASES)])
def test_verify_finds(store: Store, name: str, statement: str, said: str) -> None:
    enter(store, "lampion/rules", next(h for h in histories() if h.name == "edits"))
    put_bodies(store, "other", revisions(2))
    found = damaged(store, statement)
    assert found
    for line in said.splitlines():
        assert any(line in each for each in found), found


def test_a_head_tells_what_verify_alone_cannot(store: Store) -> None:
    put_bodies(store, "page", revisions(5))
    count, link = store.chain_head()
    assert (count, store.head_problem(count, link)) == (5, "")
    assert damaged(store, "DELETE FROM entries WHERE id = 5; DELETE FROM blobs WHERE id = 5;") == []
    assert "rows were cut off" in store.head_problem(count, link)
    put_bodies(store, "page", revisions(6))
    assert "altered or replaced" in store.head_problem(count, link)


def test_a_stranger_can_follow_the_chain(store: Store) -> None:
    """By what the documentation says, and the standard library alone."""
    put_bodies(store, "page", revisions(3))
    link = "0" * 64
    for number in range(1, 4):
        found = store.first_row(sha(revisions(3)[number - 1]))
        payload = json.dumps(json.loads(found[1]), sort_keys=True, separators=(",", ":"))
        assert found == (number, payload)
        assert link == store.link_before(number)
        link = sha((link + sha(payload.encode())).encode())
    assert [pair[1] for pair in store.links(1)][-1] == link == store.chain_head()[1]


def test_damaged_bytes_are_never_given_out(store: Store) -> None:
    put_bodies(store, "page", [b"one", b"two"])
    damaged(store, f"UPDATE blobs SET sha256 = '{'0' * 64}' WHERE id = 1")  # noqa: S608
    with pytest.raises(StoreError, match="hash to something else"):
        store.body("0" * 64)


def test_missing_bytes_and_a_missing_archive_say_so(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="missing"):
        store.body("0" * 64)
    store.close()
    (tmp_path / "policies.evidence.db").unlink()
    with Store.open(tmp_path / "policies.db") as reader:
        with pytest.raises(StoreError, match=r"policies\.evidence\.db: there is no evidence archive"):
            reader.body("0" * 64)
        assert reader.stats().archive_bytes == 0
