"""Pages as a browser shows them, for those that are empty without their scripts.

The browser itself connects to nothing.  Whatever a page asks for is taken from it, sent through the same gate as every
other request, and its answer handed back.  The page itself is not asked for a second time: the browser is given
what the live fetch brought.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clausetrail.errors import NetError
from clausetrail.model import Fetched, Headers, Hop, Origin, Outcome
from clausetrail.net import REDIRECTS, Answer, Gate, Target, follow, target
from clausetrail.scraper.chromium import chromium, executable
from clausetrail.scraper.moves import moved_to
from clausetrail.scraper.outcomes import GOOD, judge_place
from clausetrail.scraper.robots import Robots

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page, Request, Route

HTML = ("", "text/html", "application/xhtml+xml")
_WANTED = frozenset({"document", "stylesheet", "script", "xhr", "fetch", "font", "image"})
"""Kinds of requests that are sent; a policy needs no films, beacons or manifests."""
_OWN = frozenset({"host", "user-agent", "accept-encoding", "connection", "content-length"})
_OF_TRANSFER = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "alt-svc"}
)
_NAVIGATIONS = 5
_DRAWING = 20.0
"""Seconds for the screenshot."""
_EACH = 20.0
"""Seconds for one request of the page."""
_CLOSING = 15.0
"""Seconds for the browser to go, when its time is over."""

_DOM = """() => {
    const roots = [], seek = node => {
        for (const each of node.querySelectorAll("*"))
            if (each.shadowRoot) { roots.push(each.shadowRoot); seek(each.shadowRoot) }
    };
    seek(document);
    const root = document.documentElement, inner = root.getHTML({shadowRoots: roots});
    const start = root.cloneNode(false).outerHTML.replace(/<\\/html>$/i, "");
    return "<!DOCTYPE html>" + start + inner + "</html>";
}"""
"""The page with the content of its open shadow roots (HTML Standard, 4.12.3), as `page.content()` does not give it."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """How much a page may take to be shown."""

    seconds: float = 60.0
    """Altogether, the start of the browser too."""
    quiet: float = 15.0
    """For the page's requests to come to an end; what has not come by then is done without."""
    requests: int = 300
    bytes: int = 100 * 1024 * 1024
    together: int = 6


@dataclass(slots=True)
class _Visit:
    """One page, on its way."""

    page: Fetched
    hops: list[Hop]
    slots: asyncio.Semaphore
    tab: Page | None = None
    requests: int = 0
    bytes: int = 0
    served: bool = False
    """Whether the browser has been given the page itself."""
    navigations: int = 0
    landed: str = ""
    """Where redirects took the last page that this one led to; the browser does not know."""
    failure: NetError | None = None
    """Why a page that this one led to could not be had."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """Shows pages in an installed Chromium."""

    gate: Gate
    robots: Robots
    browser: str = ""
    """The program; empty: one on the PATH, else Playwright's own."""
    limits: Rendering = field(default_factory=Rendering)

    def render(self, page: Fetched) -> Fetched:
        """What the browser made of a page that the live fetch brought: its document, in UTF-8, as `body`, with a
        screenshot and the origin `browser`.

        Only an *ok* page of HTML is shown; any other is handed back as it is, for a browser is no way past a refusal.
        Failures are outcomes.  Raises UsageError where there is no browser, or no Playwright.
        """
        if page.outcome is not Outcome.OK or page.media_type not in HTML:
            return page
        return asyncio.run(self._in_time(page, executable(self.browser)))

    async def _in_time(self, page: Fetched, path: str) -> Fetched:
        from playwright.async_api import Error

        task = asyncio.create_task(self._shown(page, path))
        done, _ = await asyncio.wait([task], timeout=self.limits.seconds)
        if not done:
            task.cancel()
            await asyncio.wait([task], timeout=_CLOSING)
            return _failed(page, f"the page was not shown within {self.limits.seconds:.0f} s", "timeout")
        try:
            return task.result()
        except Error as error:
            return _failed(page, f"the browser failed ({error.message.splitlines()[0][:200]})", "browser")

    async def _shown(self, page: Fetched, path: str) -> Fetched:
        visit = _Visit(page, list(page.hops), asyncio.Semaphore(self.limits.together))
        async with chromium(path, self.gate.agent, page.request.language) as context:
            await _seal(context, lambda route: self._serve(visit, route))
            tab = visit.tab = await context.new_page()
            context.on("page", _close)
            await tab.goto(page.url, wait_until="domcontentloaded", timeout=self.limits.seconds * 1000)
            await self._settle(tab)
            text = await _document(tab)
            picture = await _picture(tab)
            final = visit.landed or tab.url
            await context.unroute_all(behavior="ignoreErrors")
        if visit.failure is not None:
            return _failed(page, f"the page leads on, and there: {visit.failure}", visit.failure.cause)
        return self._record(visit, final, text.encode("utf-8", "replace"), picture)

    async def _settle(self, tab: Page) -> None:
        from playwright.async_api import TimeoutError as TooLongError

        try:
            await tab.wait_for_load_state("networkidle", timeout=self.limits.quiet * 1000)
        except TooLongError:
            return  # Some pages never stop asking; what stands there by now is the page.

    def _record(self, visit: _Visit, final: str, body: bytes, picture: bytes) -> Fetched:
        page = visit.page
        if len(body) > self.gate.limits.body:
            return _failed(page, f"the document is longer than {self.gate.limits.body / 1e6:.0f} MB", "size")
        hops = tuple(visit.hops)
        judged = judge_place(page.request, final.partition("#")[0])
        return replace(
            page,
            outcome=judged.outcome,
            reason=judged.reason,
            cause=judged.cause,
            at=self.gate.clock.now(),
            hops=hops,
            body=body,
            encoded=body,
            origin=Origin.BROWSER,
            moved_to=moved_to(hops) if judged.outcome is Outcome.OK else "",
            media_type="text/html",
            charset="utf-8",
            screenshot=picture,
        )

    async def _serve(self, visit: _Visit, route: Route) -> None:
        """Answers one request of the page, or ends it."""
        from playwright.async_api import Error

        try:
            answer = await self._answer(visit, route.request)
            if answer is None:
                await route.abort("blockedbyclient")
            else:
                status, headers, body = answer
                await route.fulfill(status=status, headers=headers, body=body)
        except Error:
            # A window that is not yet there, a page that went on, a browser that is closing: nothing is sent.
            with suppress(Error):
                await route.abort("blockedbyclient")

    async def _answer(self, visit: _Visit, request: Request) -> tuple[int, dict[str, str], bytes] | None:
        tab = visit.tab
        if tab is None or request.frame.page is not tab:
            return None  # A window that this page opened.
        leads = request.is_navigation_request() and request.frame is tab.main_frame
        if leads and not visit.served and request.url.partition("#")[0] == visit.page.url:
            visit.served = True
            return 200, _answered(visit.page.headers), visit.page.body
        visit.requests += 1
        visit.navigations += leads
        if request.resource_type not in _WANTED or visit.requests > self.limits.requests:
            return None
        if visit.navigations > _NAVIGATIONS or visit.bytes > self.limits.bytes:
            return None
        try:
            async with visit.slots:
                headers = _asked(await request.all_headers())
                body = request.post_data_buffer or b""
                answers = await asyncio.to_thread(self._sent, visit, request, headers, body, leads)
        except NetError as error:
            visit.failure = error if leads else visit.failure
            return None
        answer = answers[-1]
        visit.bytes += len(answer.encoded)
        if leads:
            visit.hops += [each.hop for each in answers]
            visit.landed = answer.hop.url if len(answers) > 1 else ""
            if answer.hop.status not in GOOD:
                visit.failure = NetError(f"status {answer.hop.status}", cause=f"status-{answer.hop.status}")
        return answer.hop.status, _answered(answer.hop.response_headers), answer.body

    def _sent(self, visit: _Visit, request: Request, headers: Headers, body: bytes, leads: bool) -> list[Answer]:
        """Through the gate, redirects followed here: the browser is not asked about what a redirect leads to."""
        goal = target(request.url)
        own = target(visit.page.url).host
        method, answers = request.method, list[Answer]()
        limits = replace(self.gate.limits, total=min(_EACH, self.gate.limits.total))
        for _ in range(self.gate.limits.redirects + 1):
            self._permit(goal, own, leads)
            answer = self.gate.send(goal, headers, method=method, content=body, limits=limits)
            answers.append(answer)
            location = answer.header("location")
            if answer.error is not None:
                raise answer.error
            if answer.hop.status not in REDIRECTS or not location:
                return answers
            goal = follow(goal.url, location)
            headers = tuple(each for each in headers if each[0].lower() not in ("cookie", "authorization"))
            if answer.hop.status in (301, 302, 303) and method != "HEAD":
                method, body = "GET", b""
        raise NetError("it redirects too often", cause="redirects")

    def _permit(self, goal: Target, own: str, leads: bool) -> None:
        """robots.txt rules over pages, and over everything on the page's own host; what other hosts lend to it is not
        crawled."""
        if leads or goal.host == own:
            self.robots.permit(goal)


async def _seal(context: BrowserContext, serve: Callable[[Route], Awaitable[None]]) -> None:
    """Every request is taken, and what is no request is shut."""
    await context.route("**/*", serve)
    await context.route_web_socket("**/*", lambda socket: socket.close())
    await context.add_init_script("delete window.RTCPeerConnection; delete window.webkitRTCPeerConnection;")


async def _close(window: Page) -> None:
    """A window that the page opened."""
    from playwright.async_api import Error

    with suppress(Error):
        await window.close()


async def _picture(tab: Page) -> bytes:
    """PNG of the whole page; empty where it is too large to be drawn."""
    from playwright.async_api import Error

    try:
        return await tab.screenshot(full_page=True, animations="disabled", timeout=_DRAWING * 1000)
    except Error:
        return b""


async def _document(tab: Page) -> str:
    from playwright.async_api import Error

    try:
        text = await tab.evaluate(_DOM)
    except Error:
        text = ""  # An old browser, or a page that took the function away.
    return text if isinstance(text, str) and text else await tab.content()


def _asked(headers: dict[str, str]) -> Headers:
    return tuple((n, v) for n, v in headers.items() if n.lower() not in _OWN and not n.startswith(":"))


def _answered(headers: Headers) -> dict[str, str]:
    """Fields for the browser: the transfer is over, and the body is plain."""
    found: dict[str, str] = {}
    for name, value in headers:
        name = name.lower()
        if name not in _OF_TRANSFER:
            glue = "\n" if name == "set-cookie" else ", "
            found[name] = found[name] + glue + value if name in found else value
    return found


def _failed(page: Fetched, reason: str, cause: str) -> Fetched:
    """The page as it came, and why the browser could not show it."""
    return replace(
        page, outcome=Outcome.ERROR, reason=reason, cause=cause, transient=True, moved_to="", body=b"", encoded=b"",
        origin=Origin.BROWSER,
    )  # fmt: skip
