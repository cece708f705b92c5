"""A history of raw pages: as the history of their texts, however it arrives."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausetrail.errors import ScrapeError, UsageError
from clausetrail.model import Origin, SnapshotKey
from clausetrail.pipeline import from_ota
from clausetrail.pipeline.from_ota import import_ota, look
from clausetrail.pipeline.ingest import catch_up, kept
from clausetrail.store import Store
from tests.histories import content, repository


def imported(folder: Path, source: Path, name: str = "p.db") -> Path:
    database = folder / name
    with Store.open(database, create=True) as store:
        import_ota(store, source, look(source, snapshots=True))
        assert list(store.verify()) == []
    return database


def test_noise_makes_no_version(tmp_path: Path) -> None:
    texts = repository(tmp_path / "texts", documents=2)
    database = imported(tmp_path, repository(tmp_path / "pages", documents=2, raw=True))
    with Store.open(database) as store, Store.open(tmp_path / "t.db", create=True) as plain:
        import_ota(plain, texts)
        for info in store.documents():
            assert {row.origin for row in store.snapshots(info.slug)} == {Origin.OTA_HTML}
            states = {row.state for row in plain.snapshots(info.slug)}
            assert info.versions == len(plain.versions(info.slug)) >= len(states)
            assert len({row.key.sha256 for row in store.snapshots(info.slug)}) == 10


def test_parts_are_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = repository(tmp_path / "source", documents=3, raw=True)
    whole = content(imported(tmp_path, source))
    monkeypatch.setattr(from_ota, "_ROUND", 3)
    assert content(imported(tmp_path, source, "parts.db")) == whole


def test_what_the_archive_has_and_the_database_has_not_is_caught_up(tmp_path: Path) -> None:
    source = repository(tmp_path / "source", documents=2, raw=True)
    whole = content(imported(tmp_path, source))
    found = look(source, snapshots=True)
    with Store.open(tmp_path / "parts.db", create=True) as store:
        cut = {name: from_ota.ota.OtaDocument(one.records[:4], ()) for name, one in found.items()}
        import_ota(store, source, cut)
        before = {d.slug: set(store.keys(d.slug)) for d in store.documents()}
        for (service, kind), one in found.items():
            slug = from_ota.document_slug(service, kind)
            rest = from_ota._Wanted(from_ota.Identity(slug, service, kind), True, one.records[4:])
            rows = kept(store, from_ota._snapshots(source, rest))
            assert {row.key for row in store.unread(slug)} == {row.key for row in rows} - before[slug]
        assert catch_up(store) == 12
        assert catch_up(store) == 0
        assert all(isinstance(key, SnapshotKey) for d in store.documents() for key in store.keys(d.slug))
    with Store.open(tmp_path / "parts.db", write=True) as store:
        import_ota(store, source, found)
    assert content(tmp_path / "parts.db") == whole


def test_texts_and_raw_pages_do_not_mix(tmp_path: Path) -> None:
    pages, texts = repository(tmp_path / "pages", documents=1, raw=True), repository(tmp_path / "texts", documents=1)
    database = imported(tmp_path, pages)
    with Store.open(database, write=True) as store, pytest.raises(UsageError, match="databases of their own"):
        import_ota(store, texts)
    with pytest.raises(ScrapeError, match="--snapshots"):
        look(pages)
    with pytest.raises(ScrapeError, match="Without --snapshots"):
        look(texts, snapshots=True)
