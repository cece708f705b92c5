"""Same snapshots in any order of arrival, in one go or in parts: same versions, lineages and changes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from clausetrail.pipeline.from_files import entries_of, import_entries
from clausetrail.pipeline.from_ota import import_ota, look
from clausetrail.pipeline.rebuild import rebuild
from clausetrail.store import Store
from tests.histories import content, git, repository, revisions


def manifest(folder: Path, lines: list[dict[str, str]], name: str = "manifest.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def pages(folder: Path, seed: int = 3) -> list[dict[str, str]]:
    random, lines = Random(seed), []
    for n, text in enumerate(revisions(random, 14)):
        (folder / f"{n}.md").write_text(text, "utf-8")
        at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=18 * n)
        lines.append({"path": f"{n}.md", "document": "acme/usage-rules", "fetched_at": at.isoformat()})
    return lines


def derived(database: Path) -> list[object]:
    return [part[1:5] for part in content(database).values()]  # type: ignore[index]


def test_order_and_parts_of_arrival_do_not_matter(tmp_path: Path) -> None:
    lines = pages(tmp_path)
    found = []
    for trial in range(4):
        database = tmp_path / f"{trial}.db"
        order = list(lines)
        if trial:
            Random(trial).shuffle(order)
        parts = [order] if trial < 2 else [order[::3], order[1::3], order[2::3]]
        for n, part in enumerate(parts):
            with Store.open(database, write=True, create=True) as store:
                import_entries(store, entries_of(manifest(tmp_path, part, f"{trial}-{n}.jsonl")))
        found.append(derived(database))
    assert all(each == found[0] for each in found)


@pytest.mark.slow
def test_a_rebuild_and_workers_change_nothing(tmp_path: Path) -> None:
    source = repository(tmp_path / "source", documents=5, commits=8)
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    with Store.open(one, write=True, create=True) as store:
        import_ota(store, source, workers=1)
    with Store.open(two, write=True, create=True) as store:
        import_ota(store, source, workers=2)
    assert content(one) == content(two)
    before = content(one)
    with Store.open(one, write=True) as store:
        rebuild(store)
    assert content(one) == before


def test_a_second_import_adds_only_what_is_new(tmp_path: Path) -> None:
    source = repository(tmp_path / "source", documents=3, commits=6)
    parts, whole = tmp_path / "parts.db", tmp_path / "whole.db"
    with Store.open(parts, write=True, create=True) as store:
        import_ota(store, source, look(source, ["Service 1"]))
        import_ota(store, source)
        again = import_ota(store, source)
    with Store.open(whole, write=True, create=True) as store:
        import_ota(store, source)
    assert (again.documents, again.snapshots) == (0, 0)
    assert content(parts) == content(whole)


def test_a_repository_that_grows_is_imported_as_if_at_once(tmp_path: Path) -> None:
    """Commits of earlier times that come later, and several documents in one commit, included."""
    source = repository(tmp_path / "source", documents=3, commits=6)
    both = b"".join(
        b"M 100644 inline %s/Terms of Service.md\ndata 34\n# Terms\n\nYou may not resell them.\n\n" % name
        for name in (b"Service 0", b"Service 1")
    )
    message = b"First record of both"
    head = git(source, "rev-parse", "main").strip().encode()
    people = b"author A <a@example.org> 1672704000 +0000\ncommitter A <a@example.org> 1700000000 +0000"
    git(
        source,
        *("fast-import", "--quiet", "--force"),
        feed=b"commit refs/heads/main\n%s\ndata %d\n%s\nfrom %s\n" % (people, len(message), message, head) + both,
    )
    commits = git(source, "rev-list", "--reverse", "main").split()
    whole, parts = tmp_path / "whole.db", tmp_path / "parts.db"
    with Store.open(whole, write=True, create=True) as store:
        import_ota(store, source)
    for commit_name in (*commits[4::5], commits[-1]):
        git(source, "update-ref", "refs/heads/main", commit_name)
        with Store.open(parts, write=True, create=True) as store:
            import_ota(store, source, look(source, ["Service 0"]))
            import_ota(store, source)
            assert import_ota(store, source).snapshots == 0
    assert content(parts) == content(whole)
