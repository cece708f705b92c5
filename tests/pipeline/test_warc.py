"""WARC in and out again: what was imported is exported, and imported again it is the same history."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from warcio.archiveiterator import ArchiveIterator

from clausetrail.cli import cli
from clausetrail.errors import ScrapeError, UsageError
from clausetrail.model import Origin, Snapshot
from clausetrail.pipeline.ingest import job_for, kept, write
from clausetrail.pipeline.jobs import Identity, weigh
from clausetrail.store import Store
from tests.warcs import packed, page, response, revisit

URL = "https://lampion.example/rules"
SLUG = "lampion/rules"
START = datetime(2024, 1, 1, tzinfo=UTC)


def run(database: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--database", str(database), *arguments])


def done(database: Path, *arguments: str) -> str:
    result = run(database, *arguments)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def served(day: int, body: bytes, origin: Origin = Origin.LIVE, **fields: object) -> Snapshot:
    said: dict[str, object] = {
        "url": URL,
        "status": 200,
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "br"), ("X-A", "b\r\nEvil: c")),
        "request": (("User-Agent", "clausetrail"),),
        **fields,
    }
    return Snapshot(SLUG, "main", START + timedelta(days=day), origin, "text/html", body, **said)  # type: ignore[arg-type]


def enter(database: Path, *snapshots: Snapshot) -> None:
    with Store.open(database, create=True) as store:
        job = job_for(store, SLUG, kept(store, snapshots), known=False)
        write(store, weigh(job, store), job, Identity(SLUG, "Lampion", "Rules"))


def filled(folder: Path) -> Path:
    database = folder / "p.db"
    plain = served(9, page("keep"), Origin.OTA_HTML, status=None, headers=(), request=())
    enter(database, served(0, page("sell")), served(5, page("sell")), served(7, page("rent")), plain)
    return database


def test_an_export_says_what_was_seen(tmp_path: Path) -> None:
    database = filled(tmp_path)
    assert "4 snapshots of 1 document." in done(database, "export", "warc", SLUG, "-o", str(tmp_path / "x.warc.gz"))
    kinds = []
    with (tmp_path / "x.warc.gz").open("rb") as file:
        for record in ArchiveIterator(file, check_digests=True):
            kinds.append(record.rec_type)
            body = record.content_stream().read()
            if record.rec_type in ("response", "resource"):
                assert record.digest_checker.passed
                assert body in {page("sell"), page("rent"), page("keep")}
                assert record.rec_headers.get_header("WARC-Target-URI") == URL
            if record.rec_type == "response":
                assert record.http_headers.get_header("X-Archive-Orig-Content-Encoding") == "br"
                assert record.http_headers.get_header("Evil") is None
                assert record.http_headers.get_header("X-A") == "b Evil: c"
    assert kinds == ["warcinfo", "response", "request", "revisit", "request", "response", "request", "resource"]


def test_what_was_exported_comes_in_again(tmp_path: Path) -> None:
    database, other = filled(tmp_path), tmp_path / "other.db"
    warc = str(tmp_path / "x.warc.gz")
    done(database, "export", "warc", "--all", "-o", warc)
    assert "4 snapshots of 1 document: 3 versions" in done(other, "import", "warc", warc)
    assert done(other, "import", "warc", warc) == "Nothing new.\n"
    assert "the chain holds" in done(other, "verify")
    with Store.open(database) as one, Store.open(other) as two:
        assert [(k.fetched_at, k.sha256) for k in one.keys(SLUG)] == [(k.fetched_at, k.sha256) for k in two.keys(SLUG)]
        assert {row.origin for row in two.snapshots(SLUG)} == {Origin.WARC}
        assert two.archived(SLUG)[0].request == (("User-Agent", "clausetrail"),)
        assert [v.state for v in one.versions(SLUG)] == [v.state for v in two.versions(SLUG)]


def test_a_page_that_was_not_modified_is_a_revisit_that_says_so(tmp_path: Path) -> None:
    database, other, warc = tmp_path / "p.db", tmp_path / "other.db", tmp_path / "x.warc.gz"
    enter(database, served(0, page("sell")), served(5, page("sell"), status=304), served(7, page("rent")))
    done(database, "export", "warc", SLUG, "-o", str(warc))
    with warc.open("rb") as file:
        (found,) = [record for record in ArchiveIterator(file) if record.rec_type == "revisit"]
    assert found.rec_headers.get_header("WARC-Profile").endswith("/server-not-modified")
    assert found.http_headers.get_statuscode() == "304"
    done(other, "import", "warc", str(warc))
    with Store.open(database) as one, Store.open(other) as two:
        assert one.keys(SLUG) == two.keys(SLUG)
        assert [row.print for row in one.snapshots(SLUG)] == [row.print for row in two.snapshots(SLUG)]
        assert [v.last_seen for v in one.versions(SLUG)] == [v.last_seen for v in two.versions(SLUG)]


def crawl(folder: Path, *urls: str) -> str:
    records = [response(url, f"2024-02-0{n}T00:00:00Z", page(f"lend{n}")) for n, url in enumerate(urls, 1)]
    path = folder / "crawl.warc.gz"
    path.write_bytes(packed([*records, revisit(urls[0], "2024-02-09T00:00:00Z", page("lend1"))]))
    return str(path)


def test_pages_of_documents_here_are_known_by_their_address(tmp_path: Path) -> None:
    database = filled(tmp_path)
    path = crawl(tmp_path, URL, "https://lampion.example/blog")
    assert "2 snapshots of 1 document: 5 versions" not in (said := done(database, "import", "warc", path))
    assert "Imported 2 snapshots of 1 document: 4 versions" in said
    with Store.open(database) as store:
        last = store.snapshots(SLUG)[-1]
        assert dict(last.provenance)["warc"] == "crawl.warc.gz"


def test_the_document_may_be_named(tmp_path: Path) -> None:
    old = "https://lampion.example/old"
    path = crawl(tmp_path, URL, old, "https://lampion.example/blog")
    named = ("import", "warc", path, "--document", SLUG)
    assert "3 addresses are in the files; name one" in str(run(tmp_path / "p.db", *named).exception)
    assert "is not in the files" in str(run(tmp_path / "p.db", *named, "--url", "https://a.example/").exception)
    assert "name it with --document" in str(run(tmp_path / "p.db", "import", "warc", path).exception)
    assert "3 snapshots" in done(tmp_path / "p.db", *named, "--url", URL, "--url", old)
    assert run(tmp_path / "p.db", "import", "warc", path, "--url", URL).exit_code == 2


@pytest.mark.parametrize("name", ["../../escape/rules", "/etc/passwd", "..", "a/\x00b", "%2e%2e/x"])
def test_names_in_a_file_are_only_names(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in" / "here"
    folder.mkdir(parents=True)
    fields = {"Clausetrail-Document": name, "Clausetrail-Source": "../x"}
    (folder / "x.warc").write_bytes(response(URL, "2024-01-01T00:00:00Z", page("sell"), fields))
    result = run(folder / "p.db", "import", "warc", str(folder / "x.warc"))
    assert result.exit_code == 0 or isinstance(result.exception, UsageError)
    assert {path.name for path in tmp_path.rglob("*")} <= {"in", "here", "x.warc", "p.db", "p.evidence.db"}
    for found in json.loads(done(folder / "p.db", "documents", "--format", "json")):
        assert ".." not in found["document"]


def test_a_redacted_snapshot_is_not_exported(tmp_path: Path) -> None:
    database = filled(tmp_path)
    with Store.open(database) as store:
        sha256 = store.keys(SLUG)[0].sha256
    done(database, "redact", sha256, "--reason", "private", "--yes")
    said = done(database, "export", "warc", SLUG, "-o", str(tmp_path / "x.warc"))
    assert "2 snapshots of 1 document. 2 snapshots left out, redacted." in said
    assert page("sell") not in (tmp_path / "x.warc").read_bytes()


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    database = filled(tmp_path)
    (tmp_path / "x.warc").write_text("mine")
    assert isinstance(run(database, "export", "warc", SLUG, "-o", str(tmp_path / "x.warc")).exception, ScrapeError)
    assert (tmp_path / "x.warc").read_text() == "mine"
    assert run(database, "export", "warc", "-o", str(tmp_path / "y.warc")).exit_code == 2
    assert not (tmp_path / "y.warc").exists()
