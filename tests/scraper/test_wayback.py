"""An archive on this machine is listed and played; what it says, what it does not, and how it is told apart."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.errors import ScrapeError
from clausetrail.net import Gate, GateTransport, HostState, Rates, user_agent
from clausetrail.scraper.wayback import (
    PACE,
    SPACING,
    ArchiveBusyError,
    Asker,
    Capture,
    Every,
    Index,
    Listing,
    NotPlayed,
    Played,
    Question,
    Replay,
    read_listing,
)
from tests.archives import FIELDS, HTML, URL, Archive, Kept, gate
from tests.conftest import blocks
from tests.net.site import START, FakeClock, Reply, Seen, Site, reply, serving
from tests.warcs import page

CASES = Path(__file__).parent / "cases"
ONE = Kept("20200101120000", page("sell"))


class Client:
    """All that asks one archive, with a clock that nobody waits for."""

    def __init__(self, archive: Archive, clock: FakeClock, limit: int = 3_000) -> None:
        self.clock, self.kept, self.told = clock, list[tuple[HostState, ...]](), list[str]()
        self.gate = gate(clock)
        rates = Rates(PACE, clock=clock, chance=lambda: 0.0)
        self.asker = Asker(self.gate, rates, keep=self.kept.append, tell=self.told.append)
        self.index = Index(self.asker, archive.service.cdx_url, lambda: clock.sleep(SPACING), limit=limit)
        self.replay = Replay(self.asker, archive.service.replay_url)

    def listed(self, question: Question | None = None) -> list[Listing]:
        found, mark = [], ""
        while not found or mark:
            listing, mark = self.index.page(question or Question(URL), mark)
            found.append(listing)
        return found


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def archive(site: Site, clock: FakeClock) -> Archive:
    return Archive(site, ONE, clock=clock)


@pytest.fixture
def make(archive: Archive, clock: FakeClock) -> Iterator[Callable[..., Client]]:
    clients: list[Client] = []

    def make(limit: int = 3_000) -> Client:
        clients.append(Client(archive, clock, limit))
        return clients[-1]

    yield make
    for client in clients:
        client.gate.close()


@pytest.fixture
def client(make: Callable[..., Client]) -> Client:
    return make()


def played(client: Client, kept: Kept, **said: str) -> Played:
    found = client.replay.play(captured(kept, **said))
    assert isinstance(found, Played), found
    return found


def refused(client: Client, kept: Kept, **said: str) -> NotPlayed:
    found = client.replay.play(captured(kept, **said))
    assert isinstance(found, NotPlayed), found
    return found


def captured(kept: Kept, **said: str) -> Capture:
    row = dict(zip(FIELDS, kept.row(), strict=True)) | said
    return Capture(row["timestamp"], row["original"], digest=row["digest"])


# The index


@pytest.mark.parametrize(("name", "given", "expected"), blocks(CASES / "cdx.txt"))
def test_rows(name: str, given: str, expected: str) -> None:
    found = read_listing(given.encode(), "https://lampion.example/rules")
    lines = [
        " ".join(map(str, (c.timestamp, c.original, c.media_type or "-", c.status, c.digest or "-")))
        for c in found.captures
    ]
    assert "\n".join([*lines, f"key {found.key or '-'}, {found.rows} rows, {found.malformed} malformed"]) == expected


@pytest.mark.parametrize("body", ["<html>Blocked</html>", "Sorry, not now", "{", "5", '{"error": "no"}', "[" * 100_000])
def test_what_is_no_index(body: str) -> None:
    with pytest.raises(ScrapeError, match="no index"):
        read_listing(body.encode(), URL)


WHOLE = json.dumps([FIELDS, ONE.row(), ONE.row(), [], ["key%21"]], indent=0)
LINES = "\n".join([" ".join(ONE.row()), " ".join(["k", *ONE.row()]), "", "key%21"])


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_damage_raises_no_other_error(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([WHOLE, LINES])).encode())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.sampled_from(b'\x00\r\n[]{}",:/ 9\xff'))
    try:
        found = read_listing(bytes(content), URL)
    except ScrapeError as error:
        assert str(error).isprintable()  # noqa: PT017
        return
    assert len(found.captures) <= found.rows


def test_pages_of_an_index_are_asked_for_by_their_key(archive: Archive, make: Callable[..., Client]) -> None:
    archive.kept = [Kept(f"2020010112{n:04}", page(f"n{n}")) for n in range(7)]
    found = make(limit=3).listed(Question(URL, every=Every.MONTH))
    assert [len(listing.captures) for listing in found] == [3, 3, 1]
    assert [asked.get("resumeKey") for asked in archive.questions] == [None, "3", "6"]
    first = archive.questions[0]
    assert (first["url"], first["output"], first["fl"]) == (URL, "json", ",".join(FIELDS))
    assert (first["showResumeKey"], first["limit"], first["collapse"]) == ("true", "3", "timestamp:8")


def test_an_index_without_keys_is_asked_on_by_time(archive: Archive, make: Callable[..., Client]) -> None:
    archive.kept = [Kept(f"2020010112{n:04}", page(f"n{n}")) for n in range(7)]

    def without_key(seen: Seen) -> Reply:
        rows = [one.row() for one in archive.kept]
        since = archive.questions[-1].get("from", "")
        return reply(200, json.dumps([FIELDS, *[row for row in rows if row[0] >= since][:3]]))

    archive.first = without_key
    found = make(limit=3).listed()
    assert sorted({c.timestamp for listing in found for c in listing.captures}) == [
        one.timestamp for one in archive.kept
    ]
    assert len(archive.questions) == 4


def test_an_index_that_goes_round_is_left(archive: Archive, client: Client) -> None:
    archive.first = lambda seen: reply(200, json.dumps([FIELDS, ONE.row(), [], ["again"]]))
    with pytest.raises(ScrapeError, match="round in a circle"):
        client.listed()


def test_a_key_that_is_no_longer_known_begins_anew(archive: Archive, client: Client) -> None:
    archive.first = lambda seen: reply(400, "bad key") if "resumeKey" in seen.path else None
    listing, mark = client.index.page(Question(URL), "=old")
    assert (len(listing.captures), mark) == (1, "")


def test_no_minute_has_more_than_24_questions(archive: Archive, make: Callable[..., Client]) -> None:
    archive.kept = [Kept(f"20200101{n:06}", page(f"n{n}")) for n in range(60)]
    make(limit=1).listed()
    assert len(archive.times) == 60
    assert max(sum(t <= other < t + 60 for other in archive.times) for t in archive.times) <= 24
    assert min(b - a for a, b in pairwise(archive.times)) >= SPACING


def test_what_is_asked_is_held_to(archive: Archive, client: Client, clock: FakeClock) -> None:
    archive.kept = [Kept(f"20{year}0101000000", page("x")) for year in range(18, 27)] + [
        Kept("20990101000000", page("y"))
    ]
    archive.first = lambda seen: reply(200, json.dumps([FIELDS, *[one.row() for one in archive.kept]]))
    since, until = datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 12, 31, tzinfo=UTC)
    (listing,) = client.listed(Question(URL, since, until))
    assert [c.timestamp[:4] for c in listing.captures] == ["2020", "2021"]
    assert (archive.questions[0]["from"], archive.questions[0]["to"]) == ("20200101000000", "20211231000000")
    (listing,) = client.listed()
    assert listing.captures[-1].timestamp[:4] == "2026"


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (403, "org.archive.util.AdministrativeAccessControlException: Blocked Site Error", "does not show it"),
        (400, "what\x1b[2J?", "answers with 400"),
        (301, "elsewhere", "answers with 301"),
    ],
)
def test_an_index_that_will_not_tell(archive: Archive, client: Client, status: int, body: str, message: str) -> None:
    archive.first = lambda seen: reply(status, body)
    with pytest.raises(ScrapeError, match=message) as error:
        client.listed()
    assert str(error.value).isprintable()
    archive.first = lambda seen: reply(404, "")
    assert client.listed() == [Listing()]


def test_a_row_of_fifty_megabytes_is_not_read(archive: Archive, client: Client) -> None:
    archive.first = lambda seen: reply(200, f'[["{"a" * 50_000_000}"]]')
    with pytest.raises(ScrapeError, match="longer than"):
        client.listed()


# Captures


def test_a_capture_is_played_as_it_was_archived(archive: Archive, client: Client) -> None:
    found = played(client, ONE)
    assert (found.at, found.url, found.status) == (datetime(2020, 1, 1, 12, tzinfo=UTC), URL, 200)
    assert (found.body, found.media_type) == (page("sell"), "text/html")
    assert found.headers == (("Server", "lampion"), ("Content-Type", HTML))
    said = dict(found.provenance)
    assert (said["capture"], said["checked"]) == (f"20200101120000 {URL}", "digest agrees")
    assert said["replay"] == f"{archive.service.replay_url}/20200101120000id_/{URL}"
    assert (said["file"], said["memento"]) == ("crawl-7.warc.gz", "Wed, 01 Jan 2020 12:00:00 GMT")
    assert dict(found.request)["User-Agent"].startswith("Clausetrail/")


@pytest.mark.parametrize(
    ("digest_of", "expected"),
    [("plain", "digest agrees"), ("wire", "digest agrees, as compressed"), ("", "digest differs")],
)
def test_a_digest_may_be_that_of_compressed_bytes(
    archive: Archive, client: Client, digest_of: str, expected: str
) -> None:
    from clausetrail.scraper.wayback.captures import sha1

    wire = gzip.compress(ONE.body, mtime=0)
    plain = ONE.played("").replace(b"Server: archive", b"Content-Encoding: gzip\r\nServer: archive")
    head = plain.partition(b"\r\n\r\n")[0].replace(f"Length: {len(ONE.body)}".encode(), f"Length: {len(wire)}".encode())
    archive.first = lambda seen: head + b"\r\n\r\n" + wire
    digest = {"plain": sha1(ONE.body), "wire": sha1(wire)}.get(digest_of, "A" * 32)
    found = played(client, ONE, digest=digest)
    assert found.body == ONE.body
    assert dict(found.provenance)["checked"].startswith(expected)


def test_a_redirect_of_the_site_is_followed_in_the_archive_and_told(archive: Archive, client: Client) -> None:
    moved = Kept("20200101120000", b"", 301, location="https://lampion.example/terms")
    archive.kept = [moved, Kept("20200101120007", page("rent"), url="https://lampion.example/terms")]
    found = played(client, moved)
    assert (found.url, found.body) == ("https://lampion.example/terms", page("rent"))
    assert found.at == datetime(2020, 1, 1, 12, 0, 7, tzinfo=UTC)
    (hop,) = found.hops
    assert (hop.url, hop.status, hop.at) == (URL, 301, datetime(2020, 1, 1, 12, tzinfo=UTC))
    assert ("Location", "https://lampion.example/terms") in hop.response_headers


def archived_redirect(location: str) -> Kept:
    return Kept("20200101120000", b"", 302, location=location)


def answering(location: str, **headers: str) -> Callable[[Seen], Reply]:
    return lambda seen: reply(302, location=location, **headers)


MEMENTO = {"memento_datetime": "Wed, 01 Jan 2020 12:00:00 GMT"}


@pytest.mark.parametrize(
    ("location", "headers", "reason", "lasting"),
    [
        ("/web/20200601120000id_/" + URL, {}, "plays another capture", True),
        ("/web/20200101120000id_/https://lampion.example/other", {}, "plays another page", True),
        ("https://web.other.example/web/20200101120000id_/" + URL, {}, "leads away from itself", False),
        ("http://169.254.169.254/latest/", {}, "leads away from itself", False),
        ("file:///etc/passwd", {}, "leads away from itself", False),
        ("file:///etc/passwd", MEMENTO, "no address", True),
        ("\\\\evil.example", MEMENTO, "no address", True),
        ("http://10.0.0.1/", MEMENTO, "does not have it", True),
        ("/web/20200101120000id_/" + URL, MEMENTO, "to itself", True),
        ("/web/20200701120000id_/https://lampion.example/terms", MEMENTO, "not archived that day", True),
        ("/web/99999999999999id_/" + URL, MEMENTO, "no address", True),
    ],
)
def test_redirects_that_are_not_followed(
    archive: Archive, client: Client, site: Site, location: str, headers: dict[str, str], reason: str, lasting: bool
) -> None:
    archive.first = lambda seen: reply(302, location=location, **headers) if seen.path.endswith("/rules") else None
    found = refused(client, ONE)
    assert reason in found.reason
    assert found.lasting is lasting
    assert all(seen.path.startswith("/web/") for seen in site.seen)


def test_where_a_redirect_led_decides(archive: Archive, client: Client) -> None:
    for goal, reason in (("/", "led to the front page"), ("/login", "led to a login"), ("/404.html", "missing pages")):
        url = f"https://lampion.example{goal}"
        moved = Kept("20200101120000", b"", 302, location=url)
        archive.kept = [moved, Kept("20200101120000", page("rent"), url=url)]
        assert reason in refused(client, moved).reason


def test_redirects_without_end(archive: Archive, client: Client) -> None:
    moved = Kept("20200101120000", b"", 302, location=URL + "0")
    archive.kept = [
        moved,
        *(Kept("20200101120000", b"", 302, f"{URL}{n}", location=f"{URL}{n + 1}") for n in range(30)),
    ]
    assert "without end" in refused(client, moved).reason
    assert len(archive.asked) < 10


def test_the_same_bytes_may_be_played_from_an_earlier_capture(archive: Archive, client: Client) -> None:
    archive.first = lambda seen: ONE.played("")
    later = Kept("20210101120000", page("sell"))
    assert played(client, later).at == datetime(2021, 1, 1, 12, tzinfo=UTC)
    assert refused(client, Kept("20210101120000", page("rent"))) == NotPlayed(
        "the archive plays another capture in its place"
    )


@pytest.mark.parametrize(
    ("status", "headers", "reason", "lasting", "asked"),
    [
        (404, MEMENTO, "the site answered with 404 that day", True, 1),
        (429, MEMENTO, "the site answered with 429 that day", True, 1),
        (503, MEMENTO | {"retry_after": "86400"}, "the site answered with 503 that day", True, 1),
        (500, {"x_archive_orig_server": "a"}, "the site answered with 500 that day", True, 1),
        (404, {}, "does not have it", True, 1),
        (403, {"x_archive_wayback_runtime_error": "AdministrativeAccessControlException"}, "excluded", True, 1),
        (502, {}, "could not play it", False, 3),
        (200, {}, "a page of its own", False, 1),
        (200, MEMENTO | {"content_type": "image/png"}, "is image/png", True, 1),
    ],
)
def test_what_is_the_sites_and_what_the_archives(
    archive: Archive, client: Client, status: int, headers: dict[str, str], reason: str, lasting: bool, asked: int
) -> None:
    archive.first = lambda seen: reply(status, "no", **headers)
    found = refused(client, ONE)
    assert reason in found.reason
    assert (found.lasting, len(archive.asked)) == (lasting, asked)
    assert client.clock.time < 60
    assert client.told == []


# Pauses


def test_a_refusal_is_waited_for(archive: Archive, client: Client, clock: FakeClock) -> None:
    archive.first = lambda seen: reply(429, "slow") if len(archive.asked) < 3 else None
    played(client, ONE)
    assert clock.time >= 60 + 120
    assert len(client.told) == 2
    assert "asked too often (429); waiting until 12:01 UTC" in client.told[0]
    assert client.kept[-1][0].host == "127.0.0.1"


def test_a_refusal_that_lasts_ends_the_run(archive: Archive, client: Client, clock: FakeClock) -> None:
    archive.first = lambda seen: reply(429, "slow", retry_after="7200")
    with pytest.raises(ArchiveBusyError, match=r"asked too often \(429\), until 2026-01-10 14:00 UTC"):
        client.listed()
    assert len(archive.questions) == 1
    with pytest.raises(ArchiveBusyError, match="until 2026-01-10 14:00"):
        client.replay.play(captured(ONE))
    assert archive.asked == []


def test_refused_connections_pause_and_then_end_the_run(clock: FakeClock) -> None:
    with serving() as gone:
        archive = Archive(gone, ONE)
    client = Client(archive, clock)
    with pytest.raises(ArchiveBusyError, match="cannot be reached"):
        client.listed()
    assert 7 * 60 <= clock.time <= 16 * 60
    assert client.kept[-1][0].not_before > START + timedelta(seconds=clock.time)
    client.gate.close()


def test_an_answer_that_breaks_off_is_no_refusal(archive: Archive, client: Client, clock: FakeClock) -> None:
    archive.first = lambda seen: [b"HTTP/1."]
    assert refused(client, ONE) == NotPlayed("the archive could not play it (protocol)", lasting=False)
    assert len(archive.asked) == 3
    assert clock.time < 60


def test_captures_that_fail_one_after_the_other_end_the_run(archive: Archive, client: Client) -> None:
    archive.first = lambda seen: reply(502)
    assert not refused(client, ONE).lasting
    assert not refused(client, ONE).lasting
    with pytest.raises(
        ArchiveBusyError, match=r"again and again \(127.0.0.1 answers with 502\); try from 2026-01-10 12:"
    ):
        client.replay.play(captured(ONE))
    assert len(archive.asked) == 9


def test_what_can_never_be_asked_says_so_at_once(clock: FakeClock) -> None:
    strict = Gate(user_agent(), transport=GateTransport(), clock=clock)
    asker = Asker(strict, Rates(PACE, clock=clock))
    with pytest.raises(ScrapeError, match="not on the public internet"):
        Replay(asker, "http://127.0.0.1:9/web").play(captured(ONE))
    assert clock.time < 5
    strict.close()
