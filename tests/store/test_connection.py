"""Opening: what is wrong with a file is said in one line; readers and a writer do not disturb one another."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from clausetrail.errors import StoreError, UsageError
from clausetrail.store import Store, connection, migrations
from clausetrail.store.connection import EVIDENCE
from tests.store.dump import dump
from tests.store.histories import enter, histories, put_bodies

SCHEMAS = Path(__file__).parent / "cases" / "schemas"
EDITS = next(history for history in histories() if history.name == "edits")


def refused(path: Path, **options: bool) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(path, **options)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message


def test_a_missing_database(tmp_path: Path) -> None:
    assert "clausetrail demo" in refused(tmp_path / "none.db")
    assert "clausetrail demo" in refused(tmp_path / "none.db", write=True)
    assert "does not exist" in refused(tmp_path / "no folder" / "p.db", create=True)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_database(tmp_path: Path) -> None:
    text = tmp_path / "notes.db"
    text.write_text("These are notes, and no database at all. " * 40)
    assert "not a SQLite database" in refused(text)
    assert "not a SQLite database" in refused(text, create=True)
    assert "folder" in refused(tmp_path)
    empty = tmp_path / "empty.db"
    empty.touch()
    assert "holds nothing yet" in refused(empty)
    Store.open(empty, create=True).close()


def test_somebody_elses_database(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE t (a)")
    db.close()
    before = path.read_bytes()
    assert "not a Clausetrail database" in refused(path, create=True)
    assert path.read_bytes() == before


def test_an_archive_is_no_database(store: Store, tmp_path: Path) -> None:
    put_bodies(store, "page", [b"x"])
    store.close()
    assert "not a Clausetrail database" in refused(tmp_path / "policies.evidence.db")


def test_a_newer_schema(store: Store, tmp_path: Path) -> None:
    store.connection.execute("PRAGMA user_version = 999")
    store.close()
    for options in ({}, {"write": True}, {"create": True}):
        assert "newer Clausetrail (schema 999" in refused(tmp_path / "policies.db", **options)


def test_a_damaged_database(store: Store, tmp_path: Path) -> None:
    enter(store, "lampion/rules", EDITS)
    store.close()
    path = tmp_path / "policies.db"
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\xa5" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"), Store.open(path) as broken:
        broken.documents()


def test_a_locked_database_says_so_and_may_be_tried_again(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path / "policies.db", write=True, timeout=0) as other, store.transaction():
        with pytest.raises(StoreError, match=r"policies\.db: is locked") as caught:
            other.declare("a/b", "A", "B")
        assert caught.value.transient
        assert other.documents() == ()


def test_readers_beside_a_writer(store: Store, tmp_path: Path) -> None:
    enter(store, "lampion/rules", EDITS, upto=2)
    path = tmp_path / "policies.db"
    with Store.open(path) as early, Store.open(path) as late, early.reading():
        assert len(early.versions("lampion/rules")) == 2
        with store.transaction():
            enter(store, "lampion/rules", EDITS, upto=3, keep=2)
            assert len(late.versions("lampion/rules")) == 2
        assert len(late.versions("lampion/rules")) == 3
        assert len(early.versions("lampion/rules")) == 2
        assert early.comparison("lampion/rules", 2) is not None
    with Store.open(path) as reader, pytest.raises(StoreError, match="for reading only"):
        reader.declare("a/b", "A", "B")


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    enter(store, "lampion/rules", EDITS, upto=2)
    before = dump(store)

    def fail() -> None:
        with store.transaction():
            enter(store, "lampion/rules", EDITS)
            store.declare("other/rules", "Other", "Rules")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert dump(store) == before


def test_an_inner_transaction_fails_alone(store: Store) -> None:
    def fail() -> None:
        with store.transaction():
            store.declare("c/d", "C", "D")
            store.merge("nothing/here", "a/b")

    with store.transaction():
        store.declare("a/b", "A", "B")
        with pytest.raises(UsageError):
            fail()
        store.declare("e/f", "E", "F")
    assert [document.slug for document in store.documents()] == ["a/b", "e/f"]


def test_every_migration_is_counted() -> None:
    for form in (connection.PUBLISHED, connection.EVIDENCE):
        names = [migration.name for migration in migrations.SETS[form.application_id].pending(_Nothing())]
        assert len(names) == form.version
        assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, form.version + 1)]


class _Nothing:
    """A database that no migration has been applied to."""

    def __getitem__(self, name: str) -> _Nothing:
        return self

    def exists(self) -> bool:
        return False


@pytest.mark.parametrize("script", sorted(SCHEMAS.glob("published-*.sql")), ids=lambda path: path.stem)
def test_databases_of_every_schema_open(tmp_path: Path, script: Path) -> None:
    """What a release wrote, later ones read: never edit these files, add one with each migration."""
    path = tmp_path / "old.db"
    old = sqlite3.connect(path)
    old.executescript(script.read_text("utf-8"))
    old.close()
    with Store.open(path) as store:
        assert store.connection.execute("PRAGMA user_version").fetchone() == (connection.PUBLISHED.version,)
        assert store.versions("lampion/rules") == store.past("lampion/rules").versions
        assert [hit.words for hit in store.search("twice")] == ["Lanterns that were lost are replaced twice."]
        upgraded = dump(store), schema(store)
    with Store.open(tmp_path / "new.db", create=True) as store:
        enter(store, "lampion/rules", EDITS)
        assert upgraded == (dump(store), schema(store))


@pytest.mark.parametrize("script", sorted(SCHEMAS.glob("evidence-*.sql")), ids=lambda path: path.stem)
def test_archives_of_every_schema_open(tmp_path: Path, script: Path) -> None:
    """Bodies that came before the chain are adopted by it, and vouch for the snapshots of their database."""
    with Store.open(tmp_path / "old.db", create=True) as store:
        enter(store, "lampion/rules", EDITS)
    (tmp_path / "old.evidence.db").unlink()
    old = sqlite3.connect(tmp_path / "old.evidence.db")
    old.executescript(script.read_text("utf-8"))
    old.close()
    with Store.open(tmp_path / "old.db") as store:
        assert list(store.verify()) == []
        for row in store.snapshots("lampion/rules"):
            assert store.body(row.key.sha256)
        assert store.archive.database.connection.execute("PRAGMA user_version").fetchone() == (EVIDENCE.version,)
    with Store.open(tmp_path / "old.db", write=True) as store:
        count, head = store.chain_head()
        assert count == len(EDITS.states)
        put_bodies(store, "another", [b"new"])
        assert store.head_problem(count, head) == ""
        assert list(store.verify()) == []


def schema(store: Store) -> list[tuple[str, ...]]:
    rows = store.connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return sorted((kind, name, table, " ".join(sql.split())) for kind, name, table, sql in rows)


def test_every_schema_has_its_case() -> None:
    written = [path.stem for path in SCHEMAS.glob("*.sql")]
    forms = {"published": connection.PUBLISHED.version, "evidence": EVIDENCE.version}
    assert sorted(written) == sorted(f"{name}-{n:03}" for name, last in forms.items() for n in range(1, last + 1))


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    with Store.open(tmp_path / "p.db", create=True) as store:
        put_bodies(store, "page", [b"one", b"two"])
        assert list(store.verify(lambda *done: told.append(done))) == []
    assert told == [(0, 2, "page main"), (1, 2, "page main")]
