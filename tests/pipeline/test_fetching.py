"""Passes over pages that are due: what becomes a version, what is only an outcome, and when the next look is."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clausetrail.errors import StoreError, UsageError
from clausetrail.model import Condition, News, Origin, Outcome, Told, VersionOrigin
from clausetrail.pipeline import fetching
from clausetrail.pipeline.health import health
from clausetrail.pipeline.tools import alone
from clausetrail.store import Store
from tests.net.site import Seen, Site, reply, serving
from tests.workspaces import KEEP, StepClock, policy, write_settings

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HTML = {"content_type": "text/html; charset=utf-8"}


class Bench:
    """A workspace, its site, and one pass after another."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder, self.site, self.clock = folder, site, StepClock()
        self.database = folder / "policies.db"

    def follow(self, *names: str, fetch: str = "", document: str = "") -> None:
        write_settings(self.folder, self.site.url, names, fetch=fetch, document=document)

    def serve(self, name: str, days: int = 30, **headers: str) -> None:
        self.site.pages[f"/{name}"] = reply(200, policy(name, KEEP.format(days=days)), **{**HTML, **headers})

    def validate(self, name: str, days: int = 30) -> None:
        """The page with an entity tag, and 304 to whoever has it."""
        tag, whole = f'"{days}"', policy(name, KEEP.format(days=days))

        def answer(seen: Seen) -> bytes:
            known = seen.headers.get("if-none-match") == tag
            return reply(304, etag=tag) if known else reply(200, whole, etag=tag, **HTML)

        self.site.pages[f"/{name}"] = answer

    def store(self) -> Store:
        return Store.open(self.database, write=True, create=True)

    def go(self, *documents: str, every: bool = False) -> dict[str, Told]:
        with self.store() as store:
            done = fetching.fetch(store, documents, every=every, clock=self.clock)
        assert not done.stopped
        return {one.document: one for one in done.told}

    def later(self, by: timedelta = DAY + HOUR) -> None:
        self.clock.go_on(by)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with serving() as site:
        yield Bench(tmp_path / "workspace", site)


def test_a_page_becomes_a_version_and_its_change_the_next(bench: Bench) -> None:
    bench.follow("rules", "terms")
    bench.serve("rules")
    bench.serve("terms")
    assert {told.news for told in bench.go().values()} == {News.FIRST}
    bench.later()
    bench.serve("rules", days=60)
    told = bench.go()
    assert told["lampion/rules"].news is News.VERSION
    assert told["lampion/rules"].weights == (("substantive", 1),)
    assert told["lampion/terms"].news is News.UNCHANGED
    with bench.store() as store:
        (first, second) = store.versions("lampion/rules")
        assert (second.before, second.first_seen) == (first.last_seen, bench.clock.now())
        assert list(store.verify()) == []
        (snapshot, _) = store.archived("lampion/rules")
        assert dict(snapshot.request)["User-Agent"].startswith("Clausetrail/")
        assert snapshot.row.origin is Origin.LIVE


def test_only_what_is_due_is_asked_for(bench: Bench) -> None:
    bench.follow("rules", document='interval = "6h"')
    bench.serve("rules")
    assert bench.go()
    assert bench.go() == {}
    bench.later(timedelta(hours=3))
    assert bench.go() == {}
    assert list(bench.go("lampion/rules")) == ["lampion/rules"]
    bench.later(timedelta(hours=6))
    assert list(bench.go()) == ["lampion/rules"]
    assert list(bench.go(every=True)) == ["lampion/rules"]


def test_a_304_is_an_observation_of_the_same_bytes(bench: Bench) -> None:
    bench.follow("rules")
    bench.validate("rules")
    bench.go()
    for _ in range(2):
        bench.later()
        assert bench.go()["lampion/rules"].news is News.UNCHANGED
    with bench.store() as store:
        rows = store.snapshots("lampion/rules")
        assert [row.status for row in rows] == [200, 304, 304]
        assert len({row.key.sha256 for row in rows}) == len({row.print for row in rows}) == 1
        assert {dict(row.provenance).get("validated") for row in rows[1:]} == {rows[0].key.fetched_at.isoformat()}
        (version,) = store.versions("lampion/rules")
        assert version.last_seen == bench.clock.now()
        assert version.confirmed_at is not None
        (first, second) = store.looks("lampion/rules", "main")
        assert (first.outcome, second.outcome, second.times) == (Outcome.OK, Outcome.NOT_MODIFIED, 2)
        assert list(store.verify()) == []
    bench.later()
    bench.validate("rules", days=90)
    assert bench.go()["lampion/rules"].news is News.VERSION


FAILURES = [
    (reply(404, "no such page"), Outcome.GONE),
    (reply(410, "gone"), Outcome.GONE),
    (reply(403, "no"), Outcome.BLOCKED),
    (reply(200, "checking", cf_mitigated="challenge"), Outcome.BLOCKED),
    (reply(302, location="/"), Outcome.REDIRECTED),
    (reply(500, "oh"), Outcome.ERROR),
    (reply(200, b"\x1f\x8b broken", content_encoding="gzip", **HTML), Outcome.ERROR),
]


@pytest.mark.parametrize(("answer", "outcome"), FAILURES)
def test_what_is_no_page_makes_no_version(bench: Bench, answer: bytes, outcome: Outcome) -> None:
    bench.follow("rules", document='interval = "2h"')
    bench.serve("rules")
    bench.site.pages["/"] = reply(200, "<h1>Welcome</h1>", **HTML)
    bench.go()
    bench.site.pages["/rules"] = answer
    alarms = []
    for _ in range(4):
        bench.later()
        told = bench.go()["lampion/rules"]
        assert (told.news, told.version) == (News.FAILED, 1)
        assert told.reason
        alarms.append(bool(told.alarms))
    assert alarms == [False, False, True, False]
    with bench.store() as store:
        look = store.looks("lampion/rules", "main")[-1]
        assert (look.outcome, look.times) == (outcome, 4)
        found = health(store, bench.clock.now())
        assert [page.condition for page in found.pages] == [Condition.FAILING]
        assert not found.good
        assert len(store.snapshots("lampion/rules")) == 1
    bench.serve("rules")
    bench.later()
    told = bench.go()["lampion/rules"]
    assert (told.news, told.alarms) == (News.UNCHANGED, (("main", ""),))
    with bench.store() as store:
        assert health(store, bench.clock.now()).good
        (away,) = store.withdrawals("lampion/rules") if outcome is Outcome.GONE else (None,)
        assert away is None or away.returned == bench.clock.now()


def test_an_ok_page_that_is_no_policy_is_kept_and_told_and_no_version(bench: Bench) -> None:
    bench.follow("rules")
    bench.serve("rules")
    bench.go()
    shell = (
        '<html><head><title>rules</title></head><body><div id="root"></div><script src="/a.js"></script></body></html>'
    )
    bench.site.pages["/rules"] = reply(200, shell, **HTML)
    bench.later()
    assert bench.go()["lampion/rules"].news is News.JUNK
    with bench.store() as store:
        assert len(store.versions("lampion/rules")) == 1
        assert store.snapshots("lampion/rules")[-1].junk
        assert store.looks("lampion/rules", "main")[-1].junk


def test_what_may_pass_is_tried_sooner_and_what_the_host_asks_for_is_kept(bench: Bench) -> None:
    bench.follow("rules")
    bench.site.pages["/rules"] = reply(503, "busy", retry_after="7200")
    bench.go()
    with bench.store() as store:
        (watched,) = store.watched()
        assert watched.agenda.next_at >= bench.clock.now() + 2 * HOUR
        assert watched.failures == 1
    asked = len(bench.site.paths())
    bench.later(timedelta(minutes=30))
    assert bench.go("lampion/rules")["lampion/rules"].news is News.WAITING
    assert len(bench.site.paths()) == asked
    bench.later(2 * HOUR)
    bench.serve("rules")
    assert bench.go()["lampion/rules"].news is News.FIRST


def test_robots_txt_is_obeyed_and_kept_over_a_restart(bench: Bench) -> None:
    bench.follow("rules", "private", document='interval = "2h"')
    bench.serve("rules")
    bench.serve("private")
    bench.site.pages["/robots.txt"] = reply(200, "User-agent: *\nDisallow: /private\n")
    told = bench.go()
    assert "forbids" in told["lampion/private"].reason
    bench.later(3 * HOUR)
    bench.go()
    assert bench.site.paths(robots=True).count("/robots.txt") == 1
    assert "/private" not in bench.site.paths()


def test_pages_of_one_document_make_one_version(bench: Bench) -> None:
    bench.folder.mkdir()
    pages = "".join(f'[[document.page]]\nname = "{n}"\nurl = "{bench.site.url}/{n}"\n' for n in ("one", "two"))
    text = '[fetch]\nallow = ["127.0.0.1"]\ndelay = "0s"\n[[document]]\nslug = "lampion/rules"\n'
    (bench.folder / "clausetrail.toml").write_text(f'{text}publisher = "Lampion"\ntitle = "Rules"\n{pages}', "utf-8")
    bench.serve("one")
    bench.serve("two", days=7)
    told = bench.go()["lampion/rules"]
    assert (told.news, told.pages, told.version) == (News.FIRST, 2, 1)
    bench.later()
    bench.serve("one", days=31)
    bench.serve("two", days=8)
    told = bench.go()["lampion/rules"]
    assert (told.news, told.version, sum(count for _, count in told.weights)) == (News.VERSION, 2, 2)


def test_a_page_that_moved_for_good_keeps_its_history(bench: Bench) -> None:
    bench.follow("rules")
    bench.serve("rules")
    bench.go()
    bench.site.pages["/rules"] = reply(301, location="/legal/rules")
    bench.serve("legal/rules", days=60)
    bench.later()
    told = bench.go()["lampion/rules"]
    assert (told.news, told.moved) == (News.VERSION, (("main", f"{bench.site.url}/legal/rules"),))
    bench.later()
    assert bench.go()["lampion/rules"].moved == ()
    settings = bench.folder / "clausetrail.toml"
    settings.write_text(
        settings.read_text("utf-8")
        .replace('/rules"\n', '/legal/rules"\n', 2)
        .replace('slug = "lampion/legal/rules"', 'slug = "lampion/rules"'),
        "utf-8",
    )
    assert bench.go()["lampion/rules"].version == 2


def test_a_page_that_is_declared_no_more_is_asked_for_no_more(bench: Bench) -> None:
    bench.follow("rules", "terms")
    bench.serve("rules")
    bench.serve("terms")
    bench.go()
    bench.follow("terms")
    bench.later()
    assert list(bench.go()) == ["lampion/terms"]
    with bench.store() as store:
        assert [one.document for one in store.watched()] == ["lampion/terms"]
        assert len(store.versions("lampion/rules")) == 1


def test_a_page_that_is_taken_out_of_its_document_makes_a_technical_version(bench: Bench) -> None:
    def declare(*names: str) -> None:
        pages = "".join(f'[[document.page]]\nname = "{n}"\nurl = "{bench.site.url}/{n}"\n' for n in names)
        head = '[fetch]\nallow = ["127.0.0.1"]\ndelay = "0s"\n[[document]]\nslug = "lampion/rules"\n'
        told = f'{head}publisher = "Lampion"\ntitle = "Rules"\n{pages}'
        (bench.folder / "clausetrail.toml").write_text(told, "utf-8")

    bench.folder.mkdir()
    declare("two", "one")
    bench.serve("one")
    bench.serve("two", days=7)
    bench.go()
    with bench.store() as store:
        assert [c.heading for c in store.end("lampion/rules", 1).tree.root.children] == ["two", "one"]
    declare("one")
    bench.later()
    bench.go()
    bench.later(3 * DAY)
    bench.serve("one", days=31)
    bench.go()
    with bench.store() as store:
        versions = store.versions("lampion/rules")
        assert [(v.origin, v.number) for v in versions[1:]] == [(VersionOrigin.TECHNICAL, 2), (VersionOrigin.CHANGE, 3)]
        assert [c.heading for c in store.end("lampion/rules", 3).tree.root.children] == ["one"]


def test_compressed_pages_are_kept_as_the_page_that_they_carry(bench: Bench) -> None:
    bench.follow("rules")
    whole = policy("rules").encode()
    bench.site.pages["/rules"] = reply(200, gzip.compress(whole), content_encoding="gzip", **HTML)
    bench.go()
    with bench.store() as store:
        assert store.body(store.snapshots("lampion/rules")[0].key.sha256) == whole


def test_two_never_fetch_at_once(bench: Bench) -> None:
    bench.follow("rules")
    bench.serve("rules")
    with bench.store() as store, alone(store), pytest.raises(StoreError, match="another"):
        fetching.fetch(store, clock=bench.clock)


def test_a_document_that_is_not_declared_is_an_error(bench: Bench) -> None:
    bench.follow("rules")
    with bench.store() as store, pytest.raises(UsageError, match="unknown document"):
        fetching.fetch(store, ["lampion/other"], clock=bench.clock)


def planned(text: str) -> None:
    """Nothing is said but what there is to do."""
    assert text.startswith("Following")


def test_watch_looks_when_it_is_time_and_forgets_nothing(bench: Bench) -> None:
    bench.follow("rules", "terms", document='interval = "1h"')
    bench.validate("rules")
    bench.validate("terms")
    heard: list[Told] = []
    for end in (timedelta(hours=5), timedelta(hours=10)):
        bench.clock = StepClock(bench.clock.time)
        bench.clock.until = StepClock().time + end
        with bench.store() as store:
            fetching.watch(store, clock=bench.clock, telling=heard.append, saying=planned)
    looks = [told for told in heard if told.document == "lampion/rules"]
    assert 9 <= len(looks) <= 12
    assert [told.news for told in looks[:2]] == [News.FIRST, News.UNCHANGED]
    with bench.store() as store:
        assert health(store, bench.clock.now()).good
        assert not health(store, bench.clock.now() + DAY).good


def test_watch_takes_up_settings_that_change(bench: Bench) -> None:
    bench.follow("rules", document='interval = "1h"')
    bench.validate("rules")
    bench.validate("terms")
    heard: list[str] = []

    def tell(told: Told) -> None:
        heard.append(told.document)
        bench.follow("rules", "terms", document='interval = "1h"')

    bench.clock.until = bench.clock.time + 2 * HOUR
    with bench.store() as store:
        fetching.watch(store, clock=bench.clock, telling=tell, saying=planned)
    assert "lampion/terms" in heard


def test_a_shorter_interval_holds_from_the_last_look(bench: Bench) -> None:
    bench.follow("rules", document='interval = "7d"')
    bench.validate("rules")
    bench.go()
    bench.follow("rules", document='interval = "2h"')
    bench.later(timedelta(hours=1))
    assert bench.go() == {}
    bench.later(timedelta(hours=1))
    assert list(bench.go()) == ["lampion/rules"]


def test_a_page_that_is_gone_for_an_afternoon_is_not_withdrawn(bench: Bench) -> None:
    bench.follow("rules", document='interval = "1h"')
    bench.serve("rules")
    bench.go()
    bench.site.pages["/rules"] = reply(404, "no")
    for looks in range(60):
        bench.later(timedelta(hours=1))
        bench.go()
        with bench.store() as store:
            assert bool(store.withdrawals("lampion/rules")) == (looks >= 48)


def test_watch_goes_on_after_an_error_and_tells_of_it_once(bench: Bench) -> None:
    bench.follow("rules", document='interval = "1h"')
    bench.validate("rules")
    (bench.folder / "corrections.toml").write_text("nonsense =", "utf-8")
    said: list[str] = []
    bench.clock.until = bench.clock.time + HOUR
    with bench.store() as store:
        fetching.watch(store, clock=bench.clock, telling=lambda told: None, saying=said.append)
    problems = [text for text in said if not text.startswith("Following")]
    assert len(problems) == 1
    assert "corrections.toml" in problems[0]
