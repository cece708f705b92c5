"""Bytes come out of the archive as they went in, and damage does not go unseen."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.errors import StoreError
from clausetrail.store import Store
from clausetrail.store.packing import Head, base_of, bases_from, compress, decompress, pack_page
from tests.store.histories import enter, histories, put_bodies

MAX_DEPTH = 4


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
    for ordinal in range(300):
        depth, step = 0, base_of(ordinal)
        while step is not None:
            depth, step = depth + 1, base_of(step)
        assert depth <= MAX_DEPTH
        later = {base_of(i) for i in range(ordinal, ordinal + 300)}
        assert set(bases_from(ordinal)) == {b for b in later if b is not None and b < ordinal}


def test_a_page_is_packed_against_itself(store: Store) -> None:
    bodies = revisions(100)
    put_bodies(store, "page", bodies)
    assert [store.body(sha(body)) for body in bodies] == bodies
    assert store.stats().archive_bytes < sum(map(len, bodies)) / 10
    assert list(store.verify()) == []


@pytest.mark.parametrize("step", [1, 7, 50])
def test_pages_grow_as_if_packed_at_once(store: Store, step: int) -> None:
    bodies = revisions(100)
    for start in range(0, len(bodies), step):
        store.put_packed("page", pack_page(bodies[start : start + step], store.head("page")))
    assert pack_page(bodies)[60:] == pack_page(bodies[60:], Head(60, {i: bodies[i] for i in bases_from(60)}))
    rows = store.archive._db.connection.execute("SELECT ordinal, sha256 FROM blobs ORDER BY id").fetchall()
    assert rows == [(i, sha(body)) for i, body in enumerate(bodies)]
    assert [store.body(sha(body)) for body in reversed(bodies)] == list(reversed(bodies))


def test_bytes_that_are_there_are_not_kept_twice(store: Store) -> None:
    bodies = revisions(5)
    put_bodies(store, "page", [*bodies, bodies[0]])
    put_bodies(store, "other page", bodies)
    store.put_packed("other page", pack_page(bodies))
    assert store.archive._db.connection.execute("SELECT count(*) FROM blobs").fetchone() == (5,)


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
        db.execute(statement)
    db.close()
    return list(store.verify())


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE blobs SET data = substr(data, 1, length(data) - 4) WHERE id = 1", "damaged"),
        ("UPDATE blobs SET data = (SELECT data FROM blobs WHERE id = 2) WHERE id = 3", ""),
        ("UPDATE blobs SET size = size + 1 WHERE id = 2", "damaged"),
        ("UPDATE blobs SET base_id = 2 WHERE id = 1", "damaged"),
        ("DELETE FROM blobs WHERE id = 4", "missing from the archive"),
    ],
)
def test_verify_finds_damage(store: Store, statement: str, said: str) -> None:
    enter(store, "lampion/rules", next(h for h in histories() if h.name == "edits"))
    found = damaged(store, statement)
    assert found
    assert all(line.startswith("lampion/rules") for line in found)
    assert any(said in line for line in found)


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
