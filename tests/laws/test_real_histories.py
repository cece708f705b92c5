"""Real histories from the corpus: everything in them is imported, read and compared.  None of their text is here."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from clausetrail.cli import cli
from clausetrail.differ import replay
from clausetrail.model import ClauseKind, DateKind, Origin, RelationKind, VersionOrigin
from clausetrail.parser import read
from clausetrail.pipeline.compare import diff
from clausetrail.pipeline.from_ota import import_ota, look
from clausetrail.store import Store
from tests.histories import content, git

pytestmark = pytest.mark.corpus


def imported(bundle: Path, folder: Path) -> Path:
    source = folder / "source.git"
    git(folder, "clone", "-q", "--bare", str(bundle), str(source))
    with Store.open(folder / "policies.db", write=True, create=True) as store:
        import_ota(store, source)
    return folder / "policies.db"


@pytest.fixture(scope="module")
def demo(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(corpus / "demo-versions.bundle", tmp_path_factory.mktemp("demo"))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "megabytes"), [("genai-contrib", 60), ("genai-eu", 30), ("pga", 90)])
def test_a_whole_history_is_imported_and_every_document_read(
    corpus: Path, tmp_path: Path, name: str, megabytes: int
) -> None:
    """`megabytes` is what the published database and the evidence may take together."""
    path = imported(corpus / f"{name}-versions.bundle", tmp_path)
    with Store.open(path) as store:
        for info in store.documents():
            assert info.versions >= 1, f"{info.slug} has no version"
            unread = [r.verdict.reason for r in store.snapshots(info.slug) if r.verdict.reason.startswith("unread")]
            assert unread == [], info.slug
        assert list(store.verify()) == []
        taken = sum(p.stat().st_size for p in (path, store.archive_path))
    assert taken <= megabytes * 1_000_000


def test_every_change_replays_and_covers(demo: Path) -> None:
    with Store.open(demo) as store:
        for info in store.documents():
            versions = store.versions(info.slug)
            trees = [tuple(store.end(info.slug, v.number).tree.walk()) for v in versions]
            for number, (old, new) in enumerate(itertools.pairwise(trees), 2):
                comparison = store.comparison(info.slug, number)
                assert comparison is not None
                relations = comparison.alignment.relations
                assert sorted(i for r in relations for i in r.old) == list(range(len(old)))
                assert sorted(i for r in relations for i in r.new) == list(range(len(new)))
                for change in comparison.changes:
                    if change.operations:
                        words = [
                            "\n".join(side[i].words for i in at) for side, at in ((old, change.old), (new, change.new))
                        ]
                        assert list(replay(change.operations)) == words


def test_documents_one_by_one_are_the_same_as_all_at_once(demo: Path, tmp_path: Path) -> None:
    source = demo.with_name("source.git")
    with Store.open(tmp_path / "p.db", write=True, create=True) as store:
        for service, terms_type in sorted(look(source), reverse=True):
            import_ota(store, source, look(source, [service], [terms_type]))
    assert content(tmp_path / "p.db") == content(demo)


def test_far_ends_never_remove_and_add_one_lineage(demo: Path) -> None:
    with Store.open(demo) as store:
        for info in store.documents():
            found = diff(store, info.slug, "first", "latest")
            lineages = {"old": found.old.lineages, "new": found.new.lineages}
            gone = {
                lineages["old"][i]
                for r in found.comparison.alignment.relations
                if r.kind is RelationKind.REMOVED
                for i in r.old
            }
            come = {
                lineages["new"][i]
                for r in found.comparison.alignment.relations
                if r.kind is RelationKind.ADDED
                for i in r.new
            }
            assert not gone & set(lineages["new"])
            assert not come & set(lineages["old"])


def test_upgrades_at_the_archive_are_kept_apart(demo: Path) -> None:
    with Store.open(demo) as store:
        origins = {v.origin for d in store.documents() for v in store.versions(d.slug)}
        assert origins == {VersionOrigin.FIRST, VersionOrigin.CHANGE, VersionOrigin.UNATTRIBUTED}
        assert {r.origin for d in store.documents() for r in store.snapshots(d.slug)} == {Origin.OTA_MARKDOWN}


def test_four_pages_with_a_changelog(corpus: Path) -> None:
    found = read((corpus / "seeds.md").read_bytes(), "text/markdown")
    top = [c.heading for c in found.tree.root.children if c.kind is ClauseKind.SECTION]
    assert len(top) == 4
    assert (DateKind.EFFECTIVE, date(2025, 10, 29)) in [(d.kind, d.on) for d in found.declared]
    assert len(found.declared) == 4
    assert len(found.announcements) == 13
    deepest = max(c.depth for c in found.tree.walk() if c.kind is ClauseKind.ITEM)
    assert deepest == 3


def test_a_page_whose_markup_was_lost(corpus: Path) -> None:
    (page,) = corpus.glob("openai-usage-policies-*.md")
    found = read(page.read_bytes(), "text/markdown")
    kinds = [c.kind for c in found.tree.walk()]
    assert kinds.count(ClauseKind.SECTION) >= 3
    assert kinds.count(ClauseKind.ITEM) >= 10
    assert [d.on for d in found.declared] == [date(2023, 2, 15)]
    assert len(found.announcements) == 10


def test_two_names_of_one_document_are_joined(demo: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "p.db", write=True, create=True) as store:
        import_ota(store, demo.with_name("source.git"))
        slugs = [d.slug for d in store.documents() if d.versions > 1][:2]
        keys = sorted(key for slug in slugs for key in store.keys(slug))
    command = ["--database", str(tmp_path / "p.db")]
    merged = CliRunner().invoke(cli, [*command, "documents", "merge", *slugs], catch_exceptions=False)
    assert merged.exit_code == 0
    logs = [
        json.loads(CliRunner().invoke(cli, [*command, "log", slug, "--format", "json"], catch_exceptions=False).output)
        for slug in slugs
    ]
    assert logs[0] == logs[1]  # the old name goes on working
    with Store.open(tmp_path / "p.db") as store:
        assert list(store.keys(slugs[1])) == keys
        firsts = [v.first_seen for v in store.versions(slugs[1])]
        assert firsts == sorted(firsts)
        assert len(firsts) > 1
