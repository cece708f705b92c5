"""Pages that need their scripts, in a real browser that nothing gets out of."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clausetrail.errors import UsageError
from clausetrail.model import Fetched, Origin, Outcome, PageRequest
from clausetrail.net import Allowed, Gate, GateTransport, Limits, Pace, Rates, user_agent
from clausetrail.scraper.browser import Renderer, Rendering
from clausetrail.scraper.chromium import executable
from clausetrail.scraper.live import Fetcher
from clausetrail.scraper.robots import Robots
from tests.net.site import Site, reply
from tests.web.browser import find

pytestmark = pytest.mark.slow

BROWSER = find()
Show = Callable[..., Fetched]


@pytest.fixture
def show(site: Site) -> Iterator[Show]:
    """Fetches a page of the site live, and renders it."""
    if BROWSER is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium: set CLAUSETRAIL_BROWSER")
    transport = GateTransport(allowed=Allowed.of(["127.0.0.1"]))
    gate = Gate(user_agent(), transport=transport, limits=Limits(idle=5, total=20))
    rates = Rates(Pace(delay=0))
    robots = Robots(gate, rates)

    def shown(body: str, path: str = "/terms", **limits: float) -> Fetched:
        site.pages[path] = reply(200, body, content_type="text/html; charset=utf-8")
        page = Fetcher(gate, rates, robots).fetch(PageRequest(site.url + path, language="de"))
        settings = Rendering(**{"quiet": 3.0, **limits})  # type: ignore[arg-type]
        return Renderer(gate, robots, BROWSER or "", settings).render(page)

    yield shown
    gate.close()


@pytest.mark.browser
def test_what_scripts_write_is_there(site: Site, show: Show) -> None:
    site.pages["/app.js"] = reply(200, "write()", content_type="text/javascript")
    site.pages["/text"] = reply(302, location="/text.json")
    site.pages["/text.json"] = reply(200, '{"words": "Lamps are lent for 7 days. é"}', content_type="application/json")
    page = show(
        """<!doctype html><html lang=en><title>Terms</title><div id=app></div><my-part></my-part><script>
        async function write() {
            app.textContent = (await (await fetch("/text")).json()).words + " " + navigator.language;
            document.querySelector("my-part").attachShadow({mode: "open"}).innerHTML = "<p>In the shadow.</p>";
        }</script><script src=/app.js></script>"""
    )
    text = page.body.decode()
    assert (page.outcome, page.origin, page.status, page.media_type, page.charset) == (
        Outcome.OK,
        Origin.BROWSER,
        200,
        "text/html",
        "utf-8",
    )
    assert "Lamps are lent for 7 days. é de" in text
    assert '<template shadowrootmode="open"><p>In the shadow.</p></template>' in text
    assert text.startswith('<!DOCTYPE html><html lang="en">')
    assert page.screenshot.startswith(b"\x89PNG")
    assert page.url == f"{site.url}/terms"
    assert site.paths() == ["/terms", "/app.js", "/text", "/text.json"]
    assert all(seen.headers["user-agent"].startswith("Clausetrail/") for seen in site.seen)


class Trap:
    """A machine on the private network: whoever knocks is noted, by TCP and by UDP."""

    def __init__(self) -> None:
        self.knocks: list[str] = []
        self.tcp = socket.create_server(("127.0.0.2", 0))
        self.port = self.tcp.getsockname()[1]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.2", self.port))
        self._threads = [threading.Thread(target=self._hear, args=(each,)) for each in (self.tcp, self.udp)]
        for thread in self._threads:
            thread.start()

    def _hear(self, ear: socket.socket) -> None:
        ear.settimeout(0.1)
        while self.port:
            try:
                self.knocks.append(str(ear.recv(99) if ear is self.udp else ear.accept()[0].close()))
            except TimeoutError:
                continue

    def close(self) -> None:
        self.port = 0
        for thread in self._threads:
            thread.join()
        self.tcp.close()
        self.udp.close()


@pytest.fixture
def trap() -> Iterator[Trap]:
    found = Trap()
    try:
        yield found
    finally:
        found.close()


@pytest.mark.browser
def test_nothing_gets_out_but_through_the_gate(site: Site, show: Show, trap: Trap) -> None:
    at = f"127.0.0.2:{trap.port}"
    site.pages["/go"] = reply(302, location=f"http://{at}/redirected")
    site.pages["/w.js"] = reply(200, f"fetch('http://{at}/worker').catch(() => 0)", content_type="text/javascript")
    site.pages["/sw.js"] = reply(200, f"fetch('http://{at}/service')", content_type="text/javascript")
    page = show(
        f"""<title>Terms</title><link rel=preconnect href=http://{at}><link rel=dns-prefetch href=//{at}>
        <link rel=prefetch href=http://{at}/p><link rel=stylesheet href=http://{at}/s.css>
        <img src=http://{at}/i.png><img src=/go><iframe src=http://{at}/f></iframe><iframe src=file:///etc/hostname>
        </iframe><video src=http://{at}/v autoplay></video><object data=http://{at}/o></object>
        <a id=a ping=http://{at}/ping href=http://{at}/link target=_blank></a><p id=done>Lamps.</p><script>
        const calls = [
            () => fetch("http://{at}/fetch"), () => fetch("http://{at}/post", {{method: "POST", body: "x"}}),
            () => fetch("/go"), () => new WebSocket("ws://{at}/"), () => new EventSource("http://{at}/"),
            () => navigator.sendBeacon("http://{at}/", "x"), () => new Worker("/w.js"), () => new SharedWorker("/w.js"),
            () => navigator.serviceWorker.register("/sw.js"), () => open("http://{at}/popup"),
            () => document.getElementById("a").click(), () => new WebTransport("https://{at}/"),
            () => {{
                const frame = document.body.appendChild(document.createElement("iframe"));
                for (const realm of [window, frame.contentWindow]) {{
                    if (!realm.RTCPeerConnection) continue;
                    const line = new realm.RTCPeerConnection({{iceServers: [{{urls: "stun:{at}"}}]}});
                    line.createDataChannel("x"); line.createOffer().then(o => line.setLocalDescription(o));
                }}
            }},
        ];
        for (const call of calls) try {{ Promise.resolve(call()).catch(() => 0) }} catch {{}}
        setTimeout(() => document.body.append("Waited."), 1500);
        setTimeout(() => fetch("/last").catch(() => 0), 1600);
        </script>""",
        quiet=4.0,
    )
    assert page.outcome is Outcome.OK, page.reason
    assert b"Lamps." in page.body
    assert trap.knocks == []
    assert not {"/sw.js"} & set(site.paths())


@pytest.mark.browser
def test_what_robots_forbid_is_not_asked_for(site: Site, show: Show) -> None:
    site.pages["/robots.txt"] = reply(200, "User-agent: *\nDisallow: /closed")
    page = show("<p>Lamps.<script>fetch('/closed/text').catch(() => 0)</script>")
    assert page.outcome is Outcome.OK
    assert site.paths() == ["/terms"]


@pytest.mark.browser
def test_a_page_that_leads_on_is_followed_and_recorded(site: Site, show: Show) -> None:
    site.pages["/moved"] = reply(302, location="/legal/terms")
    site.pages["/legal/terms"] = reply(200, "<p>Lamps, there.", content_type="text/html")
    page = show("<script>location.replace('/moved')</script>")
    assert (page.outcome, page.url) == (Outcome.OK, f"{site.url}/legal/terms")
    assert b"Lamps, there." in page.body
    assert [hop.status for hop in page.hops] == [200, 302, 200]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("to", "cause"), [("/nowhere", "status-404"), ("http://10.0.0.1/", "address"), ("/login", "redirect-login")]
)
def test_a_page_that_leads_to_nothing_good(site: Site, show: Show, to: str, cause: str) -> None:
    site.pages["/login"] = reply(200, "<form>", content_type="text/html")
    page = show(f"<p>Wait...<script>setTimeout(() => location = '{to}', 100)</script>", quiet=4.0)
    assert (page.outcome, page.cause) == (Outcome.BLOCKED if to == "/login" else Outcome.ERROR, cause)


@pytest.mark.browser
def test_a_page_that_never_ends_is_ended(show: Show) -> None:
    page = show("<p>Lamps.<script>while (true);</script>", seconds=6.0)
    assert (page.outcome, page.cause, page.transient, page.body) == (Outcome.ERROR, "timeout", True, b"")


@pytest.mark.browser
def test_a_page_that_asks_without_end_is_shown_as_it_stands(site: Site, show: Show) -> None:
    site.pages["/x"] = reply(200, "x")
    page = show("<p>Lamps.<script>const f = () => fetch('/x').finally(f); f()</script>", requests=20, quiet=1.0)
    assert page.outcome is Outcome.OK
    assert site.paths().count("/x") <= 20


@pytest.mark.parametrize(
    ("outcome", "media_type"), [(Outcome.BLOCKED, "text/html"), (Outcome.OK, "application/pdf"), (Outcome.GONE, "")]
)
def test_what_is_no_page_is_handed_back(outcome: Outcome, media_type: str) -> None:
    at = datetime(2026, 1, 10, tzinfo=UTC)
    page = Fetched(PageRequest("https://a.example/"), outcome, at, media_type=media_type)
    gate = Gate("Test")
    assert Renderer(gate, Robots(gate, Rates())).render(page) is page


def test_a_browser_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such browser"):
        executable(str(tmp_path / "none"))
