"""What Clausetrail exports, another tool replays byte for byte; and what that replays, Clausetrail imports."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from clausetrail.pipeline.ingest import job_for, kept, write
from clausetrail.pipeline.jobs import weigh
from clausetrail.pipeline.wayback import backfill
from clausetrail.store import Store
from tests import replay
from tests.archives import gate
from tests.net.site import FakeClock
from tests.pipeline.test_warc import SLUG, URL, done, filled, served
from tests.warcs import answer, packed, page, record, response, revisit

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def programs() -> Path:
    """pywb's; without them the test is skipped, and in CI it fails."""
    found = replay.find()
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no pywb: run python tests/replay.py")
    return found


def test_pywb_replays_an_export(tmp_path: Path, programs: Path) -> None:
    warc = tmp_path / "x.warc.gz"
    database = filled(tmp_path)
    with Store.open(database, write=True) as store:
        job = job_for(store, SLUG, kept(store, [served(12, page("rent"), status=304)]))
        write(store, weigh(job, store), job)
    done(database, "export", "warc", SLUG, "-o", str(warc))
    expected = {"20240101": "sell", "20240106": "sell", "20240108": "rent", "20240110": "keep"}
    with replay.replaying(programs, tmp_path, warc) as port:
        for day, word in expected.items():
            media_type, body = replay.get(port, f"/case/{day}000000id_/{URL}")
            assert body == page(word)
            assert media_type.startswith("text/html")
        _, listing = replay.get(port, f"/case/cdx?url={URL}")
    # A 304 is played as what it was: an answer without a page.
    days = [*expected, "20240113"]
    assert [line.split()[1] for line in listing.decode().splitlines()] == [f"{day}000000" for day in days]


SQUEEZED = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
CRAWL = [
    response(URL, "2020-01-01T00:00:00Z", page("lend")),
    revisit(URL, "2020-06-01T00:00:00Z", page("lend")),
    record("response", URL, "2021-01-01T00:00:00Z", answer(b"", "301 Moved", f"Location: {URL}/new\r\n")),
    response(f"{URL}/new", "2021-01-01T00:00:05Z", page("give")),
    record("response", URL, "2022-01-01T00:00:00Z", answer(b"gone", "404 Not Found")),
    record("response", URL, "2023-01-01T00:00:00Z", answer(gzip.compress(page("hand")), headers=SQUEEZED)),
    record("response", URL, "2023-06-01T00:00:00Z", answer(b"later", "503 No", "Retry-After: 9\r\n")),
]


def test_a_backfill_from_pywb(tmp_path: Path, programs: Path) -> None:
    """Its index is of another form, pays no heed to keys, and a revisit is played from the capture before."""
    warc, database = tmp_path / "crawl.warc.gz", filled(tmp_path)
    warc.write_bytes(packed(CRAWL))
    with replay.replaying(programs, tmp_path, warc) as port:
        base = f"http://127.0.0.1:{port}/case"
        (tmp_path / "clausetrail.toml").write_text(f'[wayback]\ncdx_url = "{base}/cdx"\nreplay_url = "{base}"\n')
        own = gate(FakeClock())
        with Store.open(database, write=True) as store:
            reports = [backfill(store, SLUG, gate=own, every="all") for _ in range(2)]
            rows = {row.key.fetched_at.strftime("%Y-%m-%d"): row for row in store.snapshots(SLUG)}
            bodies = {day: store.body(row.key.sha256) for day, row in rows.items()}
            hops = [one.hops for one in store.archived(SLUG) if one.hops]
        own.close()
    assert [bodies[day] for day in ("2020-01-01", "2020-06-01")] == [page("lend")] * 2
    assert (bodies["2021-01-01"], bodies["2023-01-01"]) == (page("give"), page("hand"))
    assert rows["2021-01-01"].url == f"{URL}/new"
    ((hop,),) = hops
    assert (hop.url, hop.status) == (URL, 301)
    assert dict(rows["2020-06-01"].provenance)["checked"] == "digest agrees"
    assert reports[0].taken == 4
    assert reports[0].skipped == {"the site answered with 404 that day": 1, "the site answered with 503 that day": 1}
    assert (reports[1].taken, reports[1].known) == (0, 6)
