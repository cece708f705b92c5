"""A recorded removal says what `diff` says: it was looked for in the rest of the page and in the publisher's other
documents, in whatever order all that came."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from clausetrail.differ import looked_for
from clausetrail.model import Comparison, RelationKind
from clausetrail.pipeline import ingest, redact
from clausetrail.pipeline.compare import diff
from clausetrail.pipeline.elsewhere import around
from clausetrail.pipeline.from_files import import_entries
from clausetrail.pipeline.rebuild import merge, rebuild
from clausetrail.pipeline.removal import remove_document
from clausetrail.scraper.files import Entry, moment
from clausetrail.store import Store
from tests.histories import content, revisions

CASE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cases" / "elsewhere.toml").read_text("utf-8"))
MOVED = "Keepers who sell lamp oil"

Claims = list[tuple[str, str, str]]


@pytest.fixture
def pages(tmp_path: Path) -> list[Entry]:
    """Those of the case, as files."""
    found = []
    for number, page in enumerate(CASE["pages"]):
        html = "<main>" in page["text"]
        path = tmp_path / f"{number}.{'html' if html else 'md'}"
        whole = f"<html><head><title>Rules</title></head><body>{page['text']}</body></html>"
        path.write_text(whole if html else page["text"], "utf-8")
        found.append(Entry(path, path.name, page["document"], moment(page["at"], "at"), "", "", "main"))
    return found


def filled(database: Path, *parts: Sequence[Entry]) -> Path:
    for part in parts:
        with Store.open(database, write=True, create=True) as store:
            import_entries(store, list(part))
    return database


def removals(database: Path) -> Claims:
    """(document, beginning of the words, evidence) of every removal; empty evidence where it is firm."""
    found = []
    with Store.open(database) as store:
        for document in store.documents():
            for dated in store.dated_changes(document.slug):
                if dated.comparison is None:
                    continue
                words = [clause.words for clause in dated.comparison.old.walk()]
                for change in dated.comparison.changes:
                    if change.kind is RelationKind.REMOVED:
                        assert (change.certainty == "firm") == (change.evidence == "")
                        found.append((document.slug, " ".join(words[change.old[0]].split()[:5]), change.evidence))
    return sorted(found)


EXPECTED: Claims = sorted((one["document"], one["words"], one["evidence"]) for one in CASE["removals"])
UNMOVED: Claims = [(slug, words, "" if words == MOVED else why) for slug, words, why in EXPECTED]
"""What is to be said where no other document of the publisher has the paragraph that was moved."""


def derived(database: Path) -> list[object]:
    return [part[1:5] for part in content(database).values()]  # type: ignore[index]


def test_whatever_comes_first(tmp_path: Path, pages: list[Entry]) -> None:
    found = []
    for trial in range(10):
        order = list(pages)
        if trial:
            Random(trial).shuffle(order)
        size = (len(order), 4, 1)[trial % 3]
        parts = [order[at : at + size] for at in range(0, len(order), size)]
        database = filled(tmp_path / f"{trial}.db", *parts)
        assert removals(database) == EXPECTED
        found.append(derived(database))
    assert all(each == found[0] for each in found)


def test_a_rebuild_changes_nothing(tmp_path: Path, pages: list[Entry]) -> None:
    database = filled(tmp_path / "p.db", pages)
    before = content(database)
    for document in (None, "pier/fees", "pier/lamps"):
        with Store.open(database, write=True) as store:
            rebuild(store, document)
        assert content(database) == before


def test_what_is_taken_out_holds_nothing(tmp_path: Path, pages: list[Entry]) -> None:
    database = filled(tmp_path / "p.db", pages)
    before = content(database)
    with Store.open(database, write=True) as store:
        remove_document(store, "pier/fees")
    assert removals(database) == [claim for claim in UNMOVED if claim[0] != "pier/fees"]
    filled(database, [page for page in pages if page.document == "pier/fees"])
    assert content(database) == before


def test_what_is_given_to_another_publisher_holds_nothing(tmp_path: Path, pages: list[Entry]) -> None:
    database = filled(tmp_path / "p.db", pages)
    with Store.open(database, write=True) as store:
        merge(store, "pier/fees", "quay/fees")
    assert ("pier/lamps", MOVED, "") in removals(database)


def test_a_redacted_page_holds_nothing(tmp_path: Path, pages: list[Entry]) -> None:
    database = filled(tmp_path / "p.db", pages)
    with Store.open(database, write=True) as store:
        holder = store.versions("pier/fees")[1].snapshots[0].sha256
        redact.redact(store, redact.meant(store, [holder]), "a test")
    assert ("pier/lamps", MOVED, "") in removals(database)


def test_the_next_run_heals_what_a_crash_left(
    tmp_path: Path, pages: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = filled(tmp_path / "whole.db", pages)

    def crash(store: Store) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("clausetrail.pipeline.from_files.search", crash)
        with pytest.raises(KeyboardInterrupt):
            filled(tmp_path / "p.db", pages)
    assert removals(tmp_path / "p.db") == [(slug, words, "") for slug, words, _ in EXPECTED]
    assert content(filled(tmp_path / "p.db", pages[:1])) == content(whole)


def test_a_single_writing_looks_by_itself(tmp_path: Path, pages: list[Entry]) -> None:
    database = filled(tmp_path / "p.db", pages)
    with Store.open(database, write=True) as store:
        ingest.rederive(store, "pier/lamps", anew=True)
        assert store.unsearched() == ()
    assert removals(database) == EXPECTED


def history(folder: Path, document: str, seed: int) -> list[Entry]:
    random, found = Random(seed), []
    for number, text in enumerate(revisions(random, 10)):
        path = folder / f"{document.replace('/', '-')}-{number}.md"
        path.write_text(text, "utf-8")
        at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=3 * number, hours=random.randrange(48))
        found.append(Entry(path, path.name, document, at, "", "", "main"))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_a_record_says_what_diff_says(tmp_path: Path, pages: list[Entry], seed: int) -> None:
    """And both say what the differ says of the document alone, once it has looked at all there is around it."""
    own = {slug: history(tmp_path, slug, 10 * seed + n) for n, slug in enumerate(("acme/a", "acme/b", "acme/c"))}
    for page in pages:
        own.setdefault(page.document, []).append(page)
    everything = [page for each in own.values() for page in each]
    Random(seed).shuffle(everything)
    database = filled(tmp_path / "all.db", everything[::2], everything[1::2])
    searched = 0
    for slug, each in own.items():
        apart = filled(tmp_path / f"{slug.replace('/', '-')}.db", each)
        with Store.open(database) as store, Store.open(apart) as alone:
            for number in range(2, len(store.versions(slug)) + 1):
                recorded, by_itself = store.comparison(slug, number), alone.comparison(slug, number)
                assert recorded is not None
                assert by_itself is not None
                assert diff(store, slug, str(number - 1), str(number)).comparison == recorded
                searched += looked(store, slug, number, by_itself) != by_itself
                assert looked(store, slug, number, by_itself) == recorded
    assert searched


def looked(store: Store, slug: str, number: int, comparison: Comparison) -> Comparison:
    return looked_for(comparison, lambda: around(store, slug, store.end(slug, number)))
