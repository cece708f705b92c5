"""Pages from a real server on this machine, fetched politely; the clock is ours, so nobody waits."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from clausetrail.errors import UsageError
from clausetrail.model import Fetched, Headers, Origin, Outcome, PageRequest, Validators
from clausetrail.net import Allowed, Gate, GateTransport, Limits, Pace, Patience, Rates, user_agent
from clausetrail.scraper.live import Fetcher
from clausetrail.scraper.robots import Robots, RobotsRecord
from tests.conftest import table
from tests.net.site import START, FakeClock, Reply, Seen, Site, reply, serving

CASES = Path(__file__).parent / "cases"
HOST = "127.0.0.1"
Make = Callable[..., Fetcher]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fetcher(clock: FakeClock) -> Iterator[Make]:
    gates: list[Gate] = []

    def make(
        records: tuple[RobotsRecord, ...] = (),
        patience: Patience | None = None,
        allowed: tuple[str, ...] = (HOST,),
        **limits: int,
    ) -> Fetcher:
        transport = GateTransport(allowed=Allowed.of(allowed))
        gates.append(Gate(user_agent(), transport=transport, clock=clock, limits=Limits(idle=5, total=60, **limits)))
        rates = Rates(Pace(delay=1, jitter=0, first_backoff=8), clock=clock, chance=lambda: 1.0)
        return Fetcher(gates[-1], rates, Robots(gates[-1], rates, state=records), patience or Patience())

    yield make
    for gate in gates:
        gate.close()


@pytest.fixture
def fetch(fetcher: Make, site: Site) -> Callable[..., Fetched]:
    one = fetcher()
    return lambda path, **options: one.fetch(PageRequest(site.url + path, **options))


def sequence(*replies: Reply) -> Callable[[Seen], Reply]:
    """Another reply each time; the last one for good."""
    left = list(replies)
    return lambda seen: left.pop(0) if len(left) > 1 else left[0]


def test_a_page_is_fetched_with_all_that_is_known_of_it(site: Site, fetch: Callable[..., Fetched]) -> None:
    wire = gzip.compress(b"<h1>Terms</h1>")
    site.pages["/terms"] = reply(
        200, wire, content_encoding="gzip", content_type="text/HTML; charset=Windows-1252", etag='W/"1"'
    )
    page = fetch("/terms", language="pt-BR", headers=(("X-Country", "BR"),))
    assert (page.outcome, page.reason, page.cause, page.transient) == (Outcome.OK, "", "", False)
    assert (page.body, page.encoded, page.origin) == (b"<h1>Terms</h1>", wire, Origin.LIVE)
    assert (page.media_type, page.charset, page.status) == ("text/html", "windows-1252", 200)
    assert page.url == site.url + "/terms"
    assert page.at == page.hops[0].at
    assert START <= page.at <= START + timedelta(seconds=5)
    assert page.validators == Validators(page.url, 'W/"1"')
    sent = site.seen[-1].headers
    assert sent["accept-language"] == "pt-BR,pt;q=0.9,*;q=0.1"
    assert sent["x-country"] == "BR"
    assert sent["user-agent"].startswith("Clausetrail/")
    assert dict(page.headers)["Etag"] == 'W/"1"'


# Conditional requests


def conditional(seen: Seen) -> Reply:
    if seen.headers.get("if-none-match") == '"1"' and seen.headers.get("if-modified-since") == "yesterday":
        return b'HTTP/1.1 304 Same\r\nETag: "2"\r\n\r\n'
    return reply(200, "words", etag='"1"', last_modified="yesterday")


def test_a_page_that_is_what_it_was(site: Site, fetch: Callable[..., Fetched]) -> None:
    site.pages["/terms"] = conditional
    first = fetch("/terms")
    again = fetch("/terms", validators=first.validators)
    assert (again.outcome, again.status, again.body) == (Outcome.NOT_MODIFIED, 304, b"")
    assert again.validators == Validators(again.url, '"2"', "yesterday")


def test_validators_go_to_their_own_address_alone(site: Site, fetch: Callable[..., Fetched]) -> None:
    site.pages["/old"], site.pages["/terms"] = reply(301, location="/terms"), conditional
    first = fetch("/old")
    again = fetch("/old", validators=first.validators, settled=first.url)
    assert again.outcome is Outcome.NOT_MODIFIED
    assert ["if-none-match" in seen.headers for seen in site.seen[-2:]] == [False, True]
    site.pages["/old"] = reply(302, location="/new")
    site.pages["/new"] = reply(200, "other words")
    assert fetch("/old", validators=first.validators).body == b"other words"
    assert "if-none-match" not in site.seen[-1].headers


def test_a_304_that_nobody_asked_for_is_an_error(site: Site, fetch: Callable[..., Fetched]) -> None:
    site.pages["/terms"] = reply(304)
    assert (fetch("/terms").outcome, fetch("/terms").validators) == (Outcome.ERROR, None)


# Redirects


def test_redirects_are_recorded_hop_by_hop(site: Site, fetch: Callable[..., Fetched]) -> None:
    site.pages["/a"] = reply(301, "go", location="/b?x=é#y")
    site.pages["/b?x=%C3%A9"] = reply(302, location=f"{site.url}/c")
    site.pages["/c"] = reply(200, "words")
    page = fetch("/a")
    assert [(hop.url.removeprefix(site.url), hop.status) for hop in page.hops] == [
        ("/a", 301),
        ("/b?x=%C3%A9", 302),
        ("/c", 200),
    ]
    assert (page.outcome, page.url, page.body) == (Outcome.OK, f"{site.url}/c", b"words")
    assert page.moved_to == f"{site.url}/b?x=%C3%A9"
    assert dict(page.hops[0].response_headers)["Location"] == "/b?x=é#y"


def test_a_cookie_of_one_visit_is_sent_back_and_then_forgotten(site: Site, fetch: Callable[..., Fetched]) -> None:
    def guarded(seen: Seen) -> Reply:
        asked = seen.headers.get("cookie") == "seen=1"
        return reply(200, "words") if asked else reply(302, location="/terms", set_cookie="seen=1")

    site.pages["/terms"] = guarded
    assert fetch("/terms").body == b"words"
    assert fetch("/terms").body == b"words"
    assert [seen.headers.get("cookie") for seen in site.seen[1:]] == [None, "seen=1", None, "seen=1"]


@pytest.mark.parametrize(
    ("location", "cause"),
    [
        ("/a", "redirects"),
        ("http://10.0.0.1/", "address"),
        ("http://169.254.169.254/latest/meta-data/", "address"),
        ("http://[::1]/", "address"),
        ("http://0x7f.1/", "url"),
        ("http://2130706433/", "url"),
        ("http://localhost/", "address"),
        ("file:///etc/passwd", "url"),
        ("javascript:alert(1)", "url"),
        ("\\\\b.example", "url"),
        ("http://a@127.0.0.1/", "url"),
    ],
)
def test_redirects_that_are_not_followed(fetcher: Make, site: Site, location: str, cause: str) -> None:
    site.pages["/a"] = reply(302, location=location)
    page = fetcher().fetch(PageRequest(f"{site.url}/a"))
    assert (page.outcome, page.cause, page.transient) == (Outcome.ERROR, cause, False)
    assert page.reason.isprintable()
    assert page.hops[0].status == 302
    assert len(page.hops) <= 3
    assert site.paths() == ["/a"] * len(page.hops)


def test_too_many_redirects(site: Site, fetch: Callable[..., Fetched]) -> None:
    for n in range(20):
        site.pages[f"/{n}"] = reply(302, location=f"/{n + 1}")
    page = fetch("/0")
    assert (page.outcome, page.cause, len(page.hops)) == (Outcome.ERROR, "redirects", 11)


def test_what_is_private_stays_on_its_host(fetcher: Make, site: Site) -> None:
    with serving() as other:
        site.pages["/a"] = reply(302, location=f"{other.url.replace('127.0.0.1', 'localhost')}/b")
        other.pages["/b"] = reply(200, "words")
        page = fetcher(allowed=("127.0.0.1", "localhost")).fetch(
            PageRequest(f"{site.url}/a", headers=(("Authorization", "Bearer x"),))
        )
    assert page.body == b"words"
    assert [seen.headers.get("authorization") for seen in (site.seen[-1], other.seen[-1])] == ["Bearer x", None]
    assert "Bearer" not in repr(page.hops)


@pytest.mark.parametrize(
    ("to", "settled", "outcome", "cause"),
    [
        ("/", "", "redirected", "redirect-home"),
        ("/login", "", "blocked", "redirect-login"),
        ("/404.html", "", "redirected", "redirect-missing"),
        ("/legal/terms", "", "ok", ""),
        ("/legal/terms", "/terms", "ok", ""),
        ("/terms/", "/terms", "ok", ""),
    ],
)
def test_where_it_leads_decides(
    site: Site, fetch: Callable[..., Fetched], to: str, settled: str, outcome: str, cause: str
) -> None:
    site.pages["/terms"], site.pages[to] = reply(301, location=to), reply(200, "words")
    page = fetch("/terms", settled=settled and site.url + settled)
    assert (page.outcome, page.cause, page.body) == (outcome, cause, b"words")
    assert page.moved_to == (f"{site.url}{to}" if to == "/legal/terms" else "")


# Failures that pass, and those that do not


def test_a_limit_is_waited_for_and_the_page_is_had(site: Site, fetch: Callable[..., Fetched], clock: FakeClock) -> None:
    site.pages["/terms"] = sequence(reply(429, "slow", retry_after="7"), reply(200, "words"))
    page = fetch("/terms")
    assert (page.outcome, page.body) == (Outcome.OK, b"words")
    assert [hop.status for hop in page.hops] == [429, 200]
    assert clock.slept == [1, 7]


def test_a_limit_that_is_too_long_is_left_to_another_day(fetcher: Make, site: Site, clock: FakeClock) -> None:
    when = "Sat, 10 Jan 2026 13:00:00 GMT"
    site.pages["/terms"] = reply(503, "later", retry_after=when, date="Sat, 10 Jan 2026 12:00:00 GMT")
    one = fetcher()
    page = one.fetch(PageRequest(f"{site.url}/terms"))
    assert (page.outcome, page.cause, page.transient, page.body) == (Outcome.ERROR, "status-503", True, b"later")
    assert page.retry_at is not None
    assert timedelta(minutes=59) < page.retry_at - START < timedelta(minutes=61)
    asked = len(site.seen)
    other = one.fetch(PageRequest(f"{site.url}/privacy"))
    assert (other.outcome, other.cause, other.retry_at, other.hops) == (Outcome.ERROR, "wait", page.retry_at, ())
    assert len(site.seen) == asked
    clock.time += 3700
    site.pages["/terms"] = reply(200, "words")
    assert one.fetch(PageRequest(f"{site.url}/terms")).body == b"words"


def test_a_server_that_fails_is_asked_thrice_and_then_left(
    site: Site, fetch: Callable[..., Fetched], clock: FakeClock
) -> None:
    site.pages["/terms"] = reply(502)
    page = fetch("/terms")
    assert (page.outcome, page.cause, len(page.hops)) == (Outcome.ERROR, "status-502", 3)
    assert clock.slept == [1, 8, 16]


def test_a_connection_that_drops_is_tried_again(site: Site, fetch: Callable[..., Fetched]) -> None:
    site.pages["/terms"] = sequence([b"HTTP/1."], [reply(200, "half", content_length="9")], reply(200, "words"))
    page = fetch("/terms")
    assert (page.outcome, page.body, [hop.status for hop in page.hops]) == (Outcome.OK, b"words", [200, 200])


@pytest.mark.parametrize("status", [403, 404, 410, 451, 400])
def test_what_is_final_is_asked_once(site: Site, fetch: Callable[..., Fetched], status: int) -> None:
    site.pages["/terms"] = reply(status, "no")
    page = fetch("/terms")
    assert (len(page.hops), page.transient, page.retry_at, page.body) == (1, False, None, b"no")


def test_a_bomb_is_an_error_with_a_reason(fetcher: Make, site: Site) -> None:
    site.pages["/terms"] = reply(200, gzip.compress(bytes(20 << 20)), content_encoding="gzip")
    page = fetcher(body=1 << 20).fetch(PageRequest(f"{site.url}/terms"))
    assert (page.outcome, page.cause, page.status, len(page.hops)) == (Outcome.ERROR, "size", 200, 1)


@pytest.mark.parametrize(
    ("url", "cause"),
    [("http://10.0.0.1/", "address"), ("ftp://a.example/", "url"), ("http://a\\@b/", "url"), ("", "url")],
)
def test_addresses_that_are_never_asked(fetcher: Make, url: str, cause: str) -> None:
    page = fetcher().fetch(PageRequest(url))
    assert (page.outcome, page.cause, page.hops, page.url) == (Outcome.ERROR, cause, (), url)
    assert (page.status, page.headers, page.validators) == (None, (), None)


def test_nobody_there_says_so_and_not_that_robots_forbid_it(fetcher: Make) -> None:
    with serving() as gone:
        url = gone.url
    page = fetcher().fetch(PageRequest(f"{url}/terms"))
    assert (page.outcome, page.cause, page.transient) == (Outcome.ERROR, "connection", True)
    assert page.retry_at is not None


@pytest.mark.parametrize(
    "headers",
    [
        (("User-Agent", "Mozilla"),),
        (("Host", "b.example"),),
        (("If-None-Match", "x"),),
        (("X", "a\r\nHost: b"),),
        (("X y", "a"),),
        (("", "a"),),
    ],
)
def test_fields_that_a_source_cannot_set(fetcher: Make, headers: Headers) -> None:
    with pytest.raises(UsageError, match="header field"):
        fetcher().fetch(PageRequest("https://a.example/", headers=headers))


def test_a_language_is_a_tag(fetcher: Make) -> None:
    with pytest.raises(UsageError, match="language tag"):
        fetcher().fetch(PageRequest("https://a.example/", language="en\r\nX: y"))


# robots.txt


@pytest.mark.parametrize(("status", "content", "path", "expected"), table(CASES / "robots.txt"))
def test_robots(fetcher: Make, site: Site, status: str, content: str, path: str, expected: str) -> None:
    lines = "\n".join(line.strip() for line in content.split(";"))
    site.pages["/robots.txt"], site.pages[path] = reply(int(status), lines), reply(200, "words")
    page = fetcher(patience=Patience(1, 60)).fetch(PageRequest(site.url + path))
    assert page.outcome == (Outcome.OK if expected == "yes" else Outcome.DISALLOWED)
    assert page.transient == (expected == "unread")
    assert site.paths() == ([path] if expected == "yes" else [])
    if expected != "yes":
        assert page.cause == "robots"
        assert "robots.txt" in page.reason


def test_robots_are_read_once_a_day(fetcher: Make, site: Site, clock: FakeClock) -> None:
    site.pages["/robots.txt"], site.pages["/terms"] = reply(200, "User-agent: *\nDisallow: /x"), reply(200, "words")
    one = fetcher()
    for _ in range(3):
        assert one.fetch(PageRequest(f"{site.url}/terms")).outcome is Outcome.OK
    assert site.paths(robots=True).count("/robots.txt") == 1
    again = fetcher(one.robots.state())
    assert again.fetch(PageRequest(f"{site.url}/x")).outcome is Outcome.DISALLOWED
    assert site.paths(robots=True).count("/robots.txt") == 1
    clock.time += 24 * 3600
    again.fetch(PageRequest(f"{site.url}/terms"))
    assert site.paths(robots=True).count("/robots.txt") == 2


def test_rules_that_cannot_be_read_anew_hold_for_a_month(fetcher: Make, site: Site, clock: FakeClock) -> None:
    site.pages["/robots.txt"], site.pages["/terms"] = reply(200, "User-agent: *\nDisallow: /x"), reply(200, "words")
    one = fetcher(patience=Patience(1, 1e9))
    one.fetch(PageRequest(f"{site.url}/terms"))
    site.pages["/robots.txt"] = reply(500)
    clock.time += 25 * 3600
    assert one.fetch(PageRequest(f"{site.url}/terms")).outcome is Outcome.OK
    assert one.fetch(PageRequest(f"{site.url}/x")).outcome is Outcome.DISALLOWED
    clock.time += 30 * 24 * 3600
    late = one.fetch(PageRequest(f"{site.url}/terms"))
    assert (late.outcome, late.transient) == (Outcome.DISALLOWED, True)
    assert "status 500" in late.reason


def test_robots_that_were_unreadable_are_asked_for_again_in_an_hour(
    fetcher: Make, site: Site, clock: FakeClock
) -> None:
    site.pages["/robots.txt"], site.pages["/terms"] = reply(500), reply(200, "words")
    one = fetcher(patience=Patience(1, 1e9))
    assert one.fetch(PageRequest(f"{site.url}/terms")).outcome is Outcome.DISALLOWED
    site.pages["/robots.txt"] = reply(404)
    assert one.fetch(PageRequest(f"{site.url}/terms")).outcome is Outcome.DISALLOWED
    clock.time += 3600
    assert one.fetch(PageRequest(f"{site.url}/terms")).outcome is Outcome.OK


def test_robots_may_be_elsewhere_and_are_read_to_their_limit(fetcher: Make, site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /x\n" + b"# words\n" * 64_000 + b"Disallow: /late\n"
    assert len(rules) > 500 * 1024
    site.pages["/robots.txt"], site.pages["/rules"] = reply(301, location="/rules"), reply(200, rules)
    site.pages["/late"] = reply(200, "words")
    one = fetcher()
    assert one.fetch(PageRequest(f"{site.url}/x")).outcome is Outcome.DISALLOWED
    assert one.fetch(PageRequest(f"{site.url}/late")).outcome is Outcome.OK


def test_robots_behind_too_many_redirects_forbid_nothing(fetcher: Make, site: Site) -> None:
    site.pages["/robots.txt"] = reply(302, location="/r0")
    for n in range(9):
        site.pages[f"/r{n}"] = reply(302, location=f"/r{n + 1}")
    site.pages["/terms"] = reply(200, "words")
    assert fetcher().fetch(PageRequest(f"{site.url}/terms")).outcome is Outcome.OK
    assert len(site.seen) == 7


def test_robots_that_lead_to_a_private_address_forbid_everything(fetcher: Make, site: Site) -> None:
    site.pages["/robots.txt"], site.pages["/terms"] = reply(302, location="http://10.0.0.1/"), reply(200, "words")
    page = fetcher().fetch(PageRequest(f"{site.url}/terms"))
    assert (page.outcome, site.paths()) == (Outcome.DISALLOWED, [])


def test_a_redirect_needs_the_leave_of_where_it_leads(fetcher: Make, site: Site) -> None:
    site.pages["/robots.txt"] = reply(200, "User-agent: *\nDisallow: /closed")
    site.pages["/terms"] = reply(302, location="/closed/terms")
    page = fetcher().fetch(PageRequest(f"{site.url}/terms"))
    assert (page.outcome, site.paths()) == (Outcome.DISALLOWED, ["/terms"])


@pytest.mark.parametrize(
    ("rule", "delay"), [("Crawl-delay: 30", 30), ("Request-rate: 1/20", 20), ("Crawl-delay: 86400", 120)]
)
def test_a_crawl_delay_is_kept(fetcher: Make, site: Site, clock: FakeClock, rule: str, delay: float) -> None:
    site.pages["/robots.txt"], site.pages["/terms"] = reply(200, f"User-agent: *\n{rule}"), reply(200, "words")
    one = fetcher(patience=Patience(1, 500))
    for _ in range(3):
        one.fetch(PageRequest(f"{site.url}/terms"))
    assert clock.slept[1:] == [delay, delay]
    assert one.rates.state()[0].delay == delay


def test_many_threads_are_as_polite_as_one(fetcher: Make, site: Site, clock: FakeClock) -> None:
    for n in range(8):
        site.pages[f"/{n}"] = reply(200, "words")
    one = fetcher(patience=Patience(1, 1e6))
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda n: one.fetch(PageRequest(f"{site.url}/{n}")), range(8)))
    assert [page.outcome for page in pages] == [Outcome.OK] * 8
    assert site.paths(robots=True).count("/robots.txt") == 1
    moments = sorted(page.at for page in pages)
    assert all(later - earlier >= timedelta(seconds=1) for earlier, later in pairwise(moments))
