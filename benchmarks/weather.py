"""A site in bad weather: pages that change, and all that goes wrong between a server and us, by a schedule.

It writes down what it sent of which edition, and when: the truth that a run is judged by.
"""

from __future__ import annotations

import asyncio
import gzip
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

from benchmarks.pages import Page, html

PAGES = 200
OWN_HOST = 16
"""The first pages stand on hosts of their own: what goes wrong there makes us leave the host alone."""
HOSTS = 20
HOST_FAULTS = ("500", "503", "429", "reset", "cut", "gzip", "stall")
PAGE_FAULTS = ("404", "410", "forbidden", "challenge", "login", "home", "empty", "shell")
ODDITIES = ("slow", "hop", "moved", "new-tag", "one-tag", "wrong-304")
"""What is no fault: the page is there, in an odd way."""
_TAG = re.compile(rb"\r\nif-none-match: ([^\r]+)", re.IGNORECASE)
_EDITION = re.compile(rb'"\d+-(\d+)')
_CHALLENGE = (
    "<!doctype html><html><head><title>Just a moment...</title></head><body><h1>Just a moment...</h1>"
    '<p>Checking your browser before accessing the site.</p><div id="cf-wrapper" class="cf-browser-verification">'
    "<noscript>Please enable JavaScript and cookies to continue</noscript></div></body></html>"
)
_SHELL = '<!doctype html><html><head><title>App</title></head><body><div id="root"></div><script src="/a.js"></script>'


@dataclass(frozen=True, slots=True)
class Spell:
    """Something that goes on for a while."""

    begin: float
    end: float
    what: str


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer that went out whole."""

    at: float
    page: int
    edition: int | None
    """That which it showed, or said to be unchanged; None where it showed none."""
    what: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What each page does, in seconds from the beginning."""

    editions: tuple[tuple[Spell, ...], ...]
    """Of each page, one after the other; `what` is the number."""
    spells: tuple[tuple[Spell, ...], ...]
    broken: frozenset[int]
    """Pages that are in a fault when it ends, and have been for long."""

    def edition(self, page: int, at: float) -> int:
        return next(int(s.what) for s in reversed(self.editions[page]) if s.begin <= at)

    def spell(self, page: int, at: float) -> str:
        return next((s.what for s in self.spells[page] if s.begin <= at < s.end), "")


def planned(seconds: float, seed: int = 3) -> Plan:
    """Every page changes now and then, and goes through faults and oddities; most are well again at the end."""
    chance = Random(seed)
    broken = frozenset((*range(4), *range(OWN_HOST, OWN_HOST + 8)))
    editions = tuple(tuple(_editions(chance, seconds)) for _ in range(PAGES))
    spells = tuple(tuple(_spells(chance, page, seconds, page in broken)) for page in range(PAGES))
    return Plan(editions, spells, broken)


def _editions(chance: Random, seconds: float) -> Iterator[Spell]:
    at, number, last = 0.0, 0, 0
    while at < seconds:
        end = at + chance.uniform(20, 300)
        yield Spell(at, min(end, seconds), str(number))
        back = number > 0 and chance.random() < 0.15
        at, last = end, max(last, number)
        number = number - 1 if back else last + 1


def _spells(chance: Random, page: int, seconds: float, broken: bool) -> Iterator[Spell]:
    own = page < OWN_HOST
    faults = HOST_FAULTS if own else PAGE_FAULTS
    final = 0.4 * seconds if broken else seconds - (300 if own else 150)
    at = chance.uniform(40, 200)
    while True:
        what = chance.choice(faults if own or chance.random() < 0.6 else ODDITIES)
        end = at + chance.uniform(20, 90)
        if end > final:
            break
        yield Spell(at, end, what)
        at = end + chance.uniform(60, 300)
    if broken:
        yield Spell(final, float("inf"), faults[page % len(faults)])


@lru_cache(maxsize=2048)
def _body(page: int, edition: int) -> bytes:
    return html(Page(page, edition)).encode()


@dataclass(slots=True)
class Weather:
    """The site at work."""

    plan: Plan
    port: int = 0
    began: float = field(default_factory=time.time)
    sent: list[Sent] = field(default_factory=list)

    def url(self, page: int) -> str:
        host = f"127.0.2.{page}" if page < OWN_HOST else f"127.0.1.{1 + page % HOSTS}"
        return f"http://{host}:{self.port}/page/{page}"

    @property
    def now(self) -> float:
        return time.time() - self.began

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                await self._answer(await reader.readuntil(b"\r\n\r\n"), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        path = head.split(b" ", 2)[1].decode("latin-1")
        found = re.fullmatch(r"(/else)?/page/(\d+)", path)
        if not found:
            status = 404 if path == "/robots.txt" else 200
            return await _send(writer, _reply(status, b"<html><body><h1>Welcome to the Guild</h1></body></html>"))
        page = int(found[2])
        now = self.now
        what = "" if found[1] else self.plan.spell(page, now)
        edition = self.plan.edition(page, now)
        if what in _BREAKS:
            return await _BREAKS[what](writer, _body(page, edition))
        answer, shown = _answered(what, page, edition, head, now)
        if what == "slow":
            for start in range(0, len(answer), 20_000):
                await _send(writer, answer[start : start + 20_000])
                await asyncio.sleep(1)
        else:
            await _send(writer, answer)
        self.sent.append(Sent(now, page, shown, what))
        return None


def _answered(what: str, page: int, edition: int, head: bytes, now: float) -> tuple[bytes, int | None]:
    """The answer, and the edition that it shows."""
    if what in _PLAIN:
        return _PLAIN[what](page), None
    if what in ("hop", "moved"):
        return _reply(302 if what == "hop" else 301, b"", location=f"/else/page/{page}"), None
    tag = {"new-tag": f'"{page}-{edition}-{now}"', "one-tag": '"always"'}.get(what, f'"{page}-{edition}"')
    given = _TAG.search(head)
    if given and what == "wrong-304" and (known := _EDITION.match(given[1])):
        return _reply(304, b"", etag=given[1].decode()), int(known[1])
    if given and given[1] == tag.encode() and what != "one-tag":
        return _reply(304, b"", etag=tag), edition
    return _reply(200, _body(page, edition), etag=tag), edition


def _reply(status: int, body: bytes, **fields: str) -> bytes:
    said = {"Content-Type": "text/html; charset=utf-8", **{k.replace("_", "-").title(): v for k, v in fields.items()}}
    if status != 304:
        said["Content-Length"] = str(len(body))
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode("latin-1") + body


_PLAIN: dict[str, Callable[[int], bytes]] = {
    "500": lambda _: _reply(500, b"oh"),
    "503": lambda _: _reply(503, b"later", retry_after="5"),
    "429": lambda _: _reply(429, b"slow down", retry_after="7"),
    "404": lambda _: _reply(404, b"no such page"),
    "410": lambda _: _reply(410, b"gone"),
    "forbidden": lambda _: _reply(403, b"no"),
    "challenge": lambda _: _reply(200, _CHALLENGE.encode()),
    "login": lambda page: _reply(302, b"", location=f"/login?next=/page/{page}"),
    "home": lambda _: _reply(302, b"", location="/"),
    "empty": lambda _: _reply(200, b""),
    "shell": lambda _: _reply(200, _SHELL.encode()),
}


async def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    await writer.drain()


async def _reset(writer: asyncio.StreamWriter, _: bytes) -> None:
    writer.transport.abort()
    raise ConnectionResetError


async def _cut(writer: asyncio.StreamWriter, body: bytes) -> None:
    await _send(writer, _reply(200, body)[:-20_000])
    raise ConnectionResetError


async def _gzip(writer: asyncio.StreamWriter, body: bytes) -> None:
    await _send(writer, _reply(200, gzip.compress(body)[:-3_000], content_encoding="gzip"))


async def _stall(writer: asyncio.StreamWriter, body: bytes) -> None:
    await _send(writer, _reply(200, body)[:9_000])
    await asyncio.sleep(60)
    raise ConnectionResetError


_BREAKS = {"reset": _reset, "cut": _cut, "gzip": _gzip, "stall": _stall}


@contextmanager
def serving(plan: Plan) -> Iterator[Weather]:
    """The site, in a thread of its own."""
    loop = asyncio.new_event_loop()
    weather = Weather(plan)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def begin() -> int:
        server = await asyncio.start_server(weather.handle, "0.0.0.0", 0)  # noqa: S104
        return int(server.sockets[0].getsockname()[1])

    weather.port = asyncio.run_coroutine_threadsafe(begin(), loop).result()
    weather.began = time.time()
    try:
        yield weather
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
