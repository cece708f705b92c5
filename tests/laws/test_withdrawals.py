"""A document that is taken away, or comes back, is told; and it is told the same however the import went."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausetrail.pipeline.from_ota import import_ota, look
from clausetrail.pipeline.rebuild import merge, rebuild
from clausetrail.store import Store
from tests.histories import content, git
from tests.scraper.test_ota import moment, repository

HISTORY = """\
at 2024-01-01T00 First record of Acme Terms
put Acme/Terms.md # Terms of the lamp works\\n
at 2024-01-01T00 First record of Other Terms
put Other/Terms.md # Terms of the harbour\\n
at 2024-01-08T00 Record new changes of Other Terms
put Other/Terms.md # Terms of the old harbour\\n
at 2024-01-09T00 Adapt to what we track
drop Acme/Terms.md
drop Other/Terms.md
at 2024-03-01T00 First record of Acme Terms
put Acme/Terms.md # Terms of the new lamp works\\n
"""
TERMS = "acme/terms"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return repository(tmp_path / "source", HISTORY)


def times(store: Store, slug: str) -> list[tuple[str, str | None]]:
    return [
        (f"{w.at:%Y-%m-%d}", None if w.returned is None else f"{w.returned:%Y-%m-%d}") for w in store.withdrawals(slug)
    ]


def test_withdrawals_and_returns_are_kept(tmp_path: Path, source: Path) -> None:
    with Store.open(tmp_path / "p.db", write=True, create=True) as store:
        report = import_ota(store, source)
        assert times(store, TERMS) == [("2024-01-09", "2024-03-01")]
        assert times(store, "other/terms") == [("2024-01-09", None)]
        assert report.withdrawn == 1
        assert "No longer in the archive (not tracked any more, or withdrawn): 1." in report.summary()
        assert store.document(TERMS).withdrawals == store.withdrawals(TERMS)
        first = store.versions(TERMS)[0]
        assert (first.last_seen, first.confirmed_at) == (moment("2024-01-08T00"), moment("2024-01-03T00"))
        assert dict(store.withdrawals(TERMS)[0].provenance)["message"] == "Adapt to what we track"
        rebuild(store)
        assert times(store, TERMS) == [("2024-01-09", "2024-03-01")]
        again = import_ota(store, source)
        assert (again.withdrawn, again.summary()) == (0, "Nothing new.")


def test_commit_by_commit_ends_the_same(tmp_path: Path, source: Path) -> None:
    with Store.open(tmp_path / "whole.db", write=True, create=True) as store:
        import_ota(store, source)
    for commit in git(source, "rev-list", "--reverse", "main").split():
        git(source, "update-ref", "refs/heads/main", commit)
        with Store.open(tmp_path / "parts.db", write=True, create=True) as store:
            import_ota(store, source, look(source))
    assert content(tmp_path / "parts.db") == content(tmp_path / "whole.db")


def test_what_goes_on_under_another_name_of_the_document_was_not_withdrawn(tmp_path: Path) -> None:
    source = repository(
        tmp_path / "source",
        "at 2024-01-01T00 First record of Acme Terms\nput Acme/Terms.md # Terms of the lamp works\n"
        "at 2024-01-05T00 Rename Acme\ndrop Acme/Terms.md\nput Acme Cloud/Terms.md # Terms of the lamp works\n",
    )
    with Store.open(tmp_path / "p.db", write=True, create=True) as store:
        import_ota(store, source)
        (away,) = store.withdrawals(TERMS)
        assert dict(away.provenance)["renamed"] == "Acme Cloud Terms"
        merge(store, TERMS, "acme-cloud/terms")
        assert store.withdrawals("acme-cloud/terms") == ()
        assert import_ota(store, source).withdrawn == 0
