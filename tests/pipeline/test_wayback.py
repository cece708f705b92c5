"""A backfill from an archive: what comes in, what is left out, and that it ends the same wherever it was stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clausetrail.cli import cli
from clausetrail.errors import ScrapeError, UsageError
from clausetrail.model import Origin
from clausetrail.net import HostState
from clausetrail.pipeline import wayback
from clausetrail.pipeline.keeping import book, keep_rates, rates_of
from clausetrail.pipeline.wayback import backfill
from clausetrail.pipeline.wayback_report import WaybackReport
from clausetrail.scraper.wayback import index
from clausetrail.store import Store, permalink
from tests.archives import URL, Archive, Kept, gate
from tests.histories import content
from tests.net.site import START, FakeClock, reply, serving
from tests.pipeline.test_warc import SLUG, enter, served
from tests.warcs import page

OLD = [
    Kept("20190105000000", page("lend")),
    Kept("20190301000000", page("lend")),
    Kept("20190601000000", page("lend")),
    Kept("20210101000000", page("give")),
    Kept("20210201000000", b"gone", 404),
    Kept("20210301000000", b"\x89PNG", media_type="image/png"),
    Kept("20210401000000", b"", 301, location="https://lampion.example/terms"),
    Kept("20210401000009", page("keep"), url="https://lampion.example/terms", listed={"original": "mailto:x"}),
    Kept("20211101000000", page("hand")),
]


@pytest.fixture
def archive() -> Iterator[Archive]:
    with serving() as site:
        yield Archive(site, *OLD)


class StoppingClock(FakeClock):
    """Somebody presses Ctrl-C when it is asked to sleep for the n-th time."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def sleep(self, seconds: float) -> None:
        self.after -= 1
        if self.after < 0:
            raise KeyboardInterrupt
        super().sleep(seconds)


def filled(folder: Path, archive: Archive) -> Path:
    """A workspace that has the document since 2024, and that archive."""
    folder.mkdir(exist_ok=True)
    (folder / "clausetrail.toml").write_text(archive.toml)
    enter(folder / "p.db", served(0, page("sell")), served(5, page("rent")))
    return folder / "p.db"


def done(database: Path, asked: str = SLUG, clock: FakeClock | None = None, **said: str) -> WaybackReport:
    own = gate(clock or FakeClock())
    try:
        with Store.open(database, write=True, create=True) as store:
            return backfill(store, asked, gate=own, **said)  # type: ignore[arg-type]
    finally:
        own.close()


def test_older_versions_are_put_before_newer_ones(tmp_path: Path, archive: Archive) -> None:
    database = filled(tmp_path, archive)
    with Store.open(database) as store:
        newest = store.versions(SLUG)[-1].snapshots[0]
    report = done(database)
    with Store.open(database) as store:
        versions = store.versions(SLUG)
        rows = store.snapshots(SLUG)
        assert list(store.verify()) == []
        assert store.archived(SLUG)[0].request
        assert store.resolve_permalink(permalink(SLUG, newest, 1)).version == 6
    assert [v.first_seen.year for v in versions] == [2019, 2021, 2021, 2021, 2024, 2024]
    assert versions[-1].snapshots[0] == newest
    assert versions[0].last_seen == datetime(2019, 6, 1, tzinfo=UTC)
    assert {row.origin for row in rows[:-2]} == {Origin.WAYBACK}
    assert [row.url for row in rows if row.url != URL] == ["https://lampion.example/terms"]
    assert (report.listed, report.taken, report.thinned, report.malformed) == (8, 5, 1, 1)
    assert report.skipped == {"the site answered with 404 that day": 1, "is image/png": 1}
    assert (report.before, report.after) == (2, 6)


def test_what_is_told(tmp_path: Path, archive: Archive) -> None:
    assert list(done(filled(tmp_path, archive)).lines()) == [
        "lampion/rules: the archive lists 8 captures; 5 taken, 1 not needed, 2 left out.",
        "  left out: 1 × the site answered with 404 that day",
        "  left out: 1 × is image/png",
        "  1 row of its index could not be used",
        "Versions: 2 before, 6 now.",
        "Nothing is known between 2019-06-01 and 2021-01-01.",
        "Nothing is known between 2021-11-01 and 2024-01-01.",
        (
            "It redirected to https://lampion.example/terms; for the history there:"
            " clausetrail import wayback https://lampion.example/terms --document lampion/rules"
        ),
    ]


def test_a_second_run_asks_for_no_capture(tmp_path: Path, archive: Archive) -> None:
    database = filled(tmp_path, archive)
    archive.kept.append(Kept("20211201000000", b"", 301, location="https://lampion.example/"))
    done(database, URL)
    asked, before = list(archive.asked), content(database)
    report = done(database, URL)
    assert archive.asked == asked
    assert (report.taken, report.known, report.before, report.after) == (0, 6, 6, 6)
    assert content(database) == before
    archive.kept.append(Kept("20220101000000", page("show")))
    assert done(database, URL).taken == 1
    assert len(archive.asked) == len(asked) + 1


def test_every_address_of_a_document_is_asked_for(tmp_path: Path, archive: Archive) -> None:
    database = filled(tmp_path, archive)
    other = "https://lampion.example/old-rules"
    enter_more = served(-900, page("pawn"), url=other)
    from clausetrail.pipeline.ingest import job_for, kept, write
    from clausetrail.pipeline.jobs import weigh

    with Store.open(database, write=True) as store:
        job = job_for(
            store, SLUG, kept(store, [enter_more, served(-890, page("pawn"), url=f"{other}/".replace("s:", ":"))])
        )
        write(store, weigh(job, store), job)
    done(database)
    assert {asked["url"] for asked in archive.questions} == {"http://lampion.example/old-rules/", URL}


def test_a_span_and_a_period(tmp_path: Path, archive: Archive) -> None:
    database = filled(tmp_path, archive)
    archive.kept = [
        Kept(f"2020{month:02}{day:02}000000", page(f"{month}{day}")) for month in (1, 2, 3) for day in (3, 9)
    ]
    report = done(database, since="2020-02", until="2020-03-05", every="month")
    assert [asked.split()[0] for asked in archive.asked] == ["20200203000000", "20200303000000"]
    assert (report.taken, report.thinned) == (2, 1)


def test_what_could_not_be_played_is_asked_for_again(tmp_path: Path, archive: Archive) -> None:
    database = filled(tmp_path, archive)
    archive.first = lambda seen: reply(502) if "/20190105" in seen.path else None
    report = done(database)
    assert "  1 capture may be had another day: give the same command again" in list(report.lines())
    assert report.taken == 4
    archive.first = lambda seen: None
    assert done(database).taken == 1


# Whose page it is


def test_an_address_that_nobody_has_needs_a_document(tmp_path: Path, archive: Archive) -> None:
    database = tmp_path / "p.db"
    (tmp_path / "clausetrail.toml").write_text(archive.toml)
    with pytest.raises(UsageError, match=r"say whose it is: --document lampion/rules$"):
        done(database, "https://www.lampion.example/legal/rules.html")
    report = done(database, URL, document="Lampion/Rules")
    assert (report.document, report.before, report.after) == ("lampion/rules", 0, 4)
    with Store.open(database) as store:
        assert store.document(SLUG).versions == 4


@pytest.mark.parametrize(
    ("asked", "said", "message"),
    [
        ("nobody/nothing", {}, "nobody/nothing"),
        (SLUG, {"document": SLUG}, "--document goes with an address"),
        ("ftp://lampion.example/", {}, "must begin with https://"),
        ("https://a@b.example/", {"document": "a/b"}, "user name"),
        (URL, {"since": "soon"}, "no date"),
    ],
)
def test_what_cannot_be_meant(tmp_path: Path, archive: Archive, asked: str, said: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        done(filled(tmp_path, archive), asked, **said)
    assert archive.questions == []


def test_nothing_is_made_where_the_archive_has_nothing(tmp_path: Path, archive: Archive) -> None:
    archive.kept = []
    (tmp_path / "clausetrail.toml").write_text(archive.toml)
    report = done(tmp_path / "p.db", URL, document=SLUG)
    assert list(report.lines()) == [f"{SLUG}: the archive lists 0 captures; 0 taken.", "Versions: 0 before, 0 now."]
    with Store.open(tmp_path / "p.db") as store:
        assert store.documents() == ()


# Stopped and run again


@pytest.mark.slow
@pytest.mark.parametrize("limit", [2, 3_000])
def test_stopped_anywhere_and_run_again_it_ends_the_same(
    tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(index.Index.__init__, "__kwdefaults__", {"limit": limit})
    archive.kept.append(Kept("20211201000000", b"", 301, location="https://lampion.example/"))
    whole = filled(tmp_path / "whole", archive)
    done(whole)
    expected, asked = content(whole), list(archive.asked)
    for stop in range(5, 2 * len(asked) + len(archive.questions), 3):
        database = filled(tmp_path / f"stopped-{stop}", archive)
        archive.asked.clear()
        stopped, clock = False, StoppingClock(0)
        for _ in range(40):
            clock.time, clock.after = clock.time + 10, stop
            try:
                report = done(database, clock=clock)
                break
            except KeyboardInterrupt:
                stopped = True
        assert content(database) == expected
        repeated = {one for one in archive.asked if archive.asked.count(one) > asked.count(one)}
        assert set(archive.asked) == set(asked)
        # What a redirect leads to belongs to it; it is settled when all of it has come.
        assert {one[:8] for one in repeated} <= {one.timestamp[:8] for one in archive.kept if one.location}
        assert not stopped or report.known + report.taken + report.skipped.total() + report.thinned == report.listed


def test_a_crash_between_archive_and_database_loses_nothing(
    tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = filled(tmp_path / "whole", archive)
    done(whole)
    database = filled(tmp_path / "crashed", archive)
    with monkeypatch.context() as patch:
        patch.setattr(wayback._Run, "_derive", lambda run: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            done(database)
    archive.asked.clear()
    assert done(database).after == 6
    assert archive.asked == []
    assert content(database) == content(whole)


def test_an_archive_that_refuses_says_when_to_come_back(tmp_path: Path, archive: Archive) -> None:
    database, clock = filled(tmp_path, archive), FakeClock()
    archive.first = lambda seen: reply(429, "slow", retry_after="7200") if len(archive.asked) > 2 else None
    with pytest.raises(ScrapeError) as error:
        done(database, clock=clock)
    assert str(error.value) == (
        "127.0.0.1 says that it is asked too often (429), until 2026-01-10 14:00 UTC; what came so far is kept"
        " (2 captures), and the same command goes on from there"
    )
    with Store.open(database) as store:
        assert len(store.versions(SLUG)) == 3
    asked = len(archive.questions) + len(archive.asked)
    with pytest.raises(ScrapeError, match="asks to be left alone, until 2026-01-10 14:00"):
        done(database, clock=FakeClock())
    assert len(archive.questions) + len(archive.asked) == asked
    archive.first = lambda seen: None
    later = FakeClock()
    later.time = 2 * 3600 + 60
    assert done(database, clock=later).after == 6
    assert len(archive.asked) == len(set(archive.asked)) + 1  # the one that was refused


def test_questions_keep_their_distance_over_a_restart(tmp_path: Path, archive: Archive) -> None:
    database, clock = filled(tmp_path, archive), FakeClock()
    archive.clock = clock
    for _ in range(30):
        own = gate(clock)
        with Store.open(database, write=True) as store:
            backfill(store, SLUG, gate=own, since="2030")
        own.close()
    assert len(archive.times) == 30
    assert max(sum(t <= other < t + 60 for other in archive.times) for t in archive.times) <= 24


# What hosts asked for


def test_places_are_booked_one_after_the_other(tmp_path: Path) -> None:
    with Store.open(tmp_path / "p.db", create=True) as store, Store.open(tmp_path / "p.db", write=True) as other:
        times = [book(one, "a.example index", 2.5, START) for one in (store, other, store)]
        assert times == [START + timedelta(seconds=s) for s in (0, 2.5, 5)]
        assert book(store, "a.example index", 2.5, START - timedelta(days=400)) == START - timedelta(days=400)


def test_what_hosts_asked_for_is_kept(tmp_path: Path) -> None:
    with Store.open(tmp_path / "p.db", create=True) as store:
        states = (HostState("a.example", START, 3, 7.5), HostState("b.example", START, 1))
        keep_rates(store, states, START)
        assert set(rates_of(store)) == set(states)
        store.set_state("hosts", {"c.example": "{", "d.example": '{"not_before": "soon", "failures": 1, "delay": 2}'})
        keep_rates(store, (HostState("e.example", START + timedelta(days=3)),), START + timedelta(days=2))
        assert {each.host for each in rates_of(store)} == {"a.example", "e.example"}


# The command


def run(database: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--database", str(database), "import", "wayback", *arguments])


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, archive: Archive) -> Callable[..., Result]:
    monkeypatch.setattr(wayback, "gate_of", lambda fetching: gate(FakeClock()))
    return run


def test_the_command(tmp_path: Path, archive: Archive, command: Callable[..., Result]) -> None:
    database = filled(tmp_path, archive)
    result = command(database, URL, "--from", "2019-02", "--to", "2021-01", "--every", "all")
    assert result.exit_code == 0, result.output
    assert "the archive lists 3 captures; 3 taken." in result.output
    assert "Versions: 2 before, 4 now." in result.output
    archive.first = lambda seen: reply(429) if len(archive.questions) < 3 else None
    result = command(database, SLUG)
    assert "asked too often (429); waiting until 12:01 UTC" in result.stderr
    assert "3 known from before" not in result.stderr
    assert "2 known from before" in result.stdout


def test_pages_that_are_no_policy_are_told(tmp_path: Path, archive: Archive, command: Callable[..., Result]) -> None:
    archive.kept.append(Kept("20211202000000", b"<title>Just a moment...</title><p>Checking your browser</p>"))
    result = command(filled(tmp_path, archive), SLUG)
    assert "no policy, and no version: 1 page" in result.output


def test_the_archive_is_a_setting(tmp_path: Path, archive: Archive) -> None:
    from clausetrail.settings import read

    file = tmp_path / "clausetrail.toml"
    file.write_text(archive.toml)
    assert read(file).wayback == archive.service
    for wrong in ('cdx_url = "ftp://a"', "cdx_url = 5", 'cdx = "https://a"', 'replay_url = "https://a b"'):
        file.write_text(f"[wayback]\n{wrong}\n")
        with pytest.raises(UsageError, match="wayback"):
            read(file)
    file.write_text("wayback = 5")
    with pytest.raises(UsageError, match="must be a table"):
        read(file)


def test_a_site_is_never_asked(tmp_path: Path, archive: Archive) -> None:
    with serving() as own:
        url = f"{own.url}/rules"
        archive.kept = [
            Kept("20200101000000", page("sell"), url=url),
            Kept("20200201000000", b"", 302, url=url, location=f"{own.url}/terms"),
            Kept("20200201000001", page("rent"), url=f"{own.url}/terms"),
        ]
        archive[f"/web/20200201000000id_/{url}"] = archive.kept[1].played("").replace(b"Location: /web", b"Location: ")
        (tmp_path / "clausetrail.toml").write_text(archive.toml)
        report = done(tmp_path / "p.db", url, document=SLUG)
        assert own.seen == []
    assert report.taken >= 1
