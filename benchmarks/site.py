"""A web server on loopback addresses, in a process of its own: HTTP/1.1, connections kept open, entity tags.

`/page/N` is a page; `/-/edition/E/N` makes the first N pages those of edition E; `/-/answered` tells how many
pages were sent whole, and how many were answered with 304.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.pages import Page, html

PAGES = 200
HOSTS = 20


class Site:
    """What is served now."""

    def __init__(self) -> None:
        self.pages = {f"/page/{n}": self._page(n, 0) for n in range(PAGES)}
        self.whole = self.unmodified = 0

    def _page(self, number: int, edition: int) -> tuple[bytes, bytes]:
        return f'"{number}-{edition}"'.encode(), html(Page(number, edition)).encode()

    def answer(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1].decode("latin-1")
        if path in self.pages:
            return self._one(path, head)
        if path.startswith("/-/"):
            return _reply(200, json.dumps(self._told(path.split("/")[2:])).encode(), b"application/json")
        return _reply(404, b"no such page")

    def _one(self, path: str, head: bytes) -> bytes:
        tag, body = self.pages[path]
        if b"\r\nif-none-match: " + tag + b"\r\n" in head.lower() + b"\r\n":
            self.unmodified += 1
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n"
        self.whole += 1
        return _reply(200, body, b"text/html; charset=utf-8", tag)

    def _told(self, asked: list[str]) -> dict[str, int]:
        if asked[0] == "edition":
            for number in range(int(asked[2])):
                self.pages[f"/page/{number}"] = self._page(number, int(asked[1]))
        found = {"whole": self.whole, "unmodified": self.unmodified}
        self.whole = self.unmodified = 0
        return found


def _reply(status: int, body: bytes, kind: bytes = b"text/plain", tag: bytes = b"") -> bytes:
    fields = b"Content-Type: " + kind + b"\r\nContent-Length: " + str(len(body)).encode() + b"\r\n"
    fields += b"ETag: " + tag + b"\r\n" if tag else b""
    return b"HTTP/1.1 " + str(status).encode() + b" Said\r\n" + fields + b"\r\n" + body


class _Connection(asyncio.Protocol):
    def __init__(self, site: Site) -> None:
        self._site, self._read = site, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *heads, self._read = (self._read + data).split(b"\r\n\r\n")
        for head in heads:
            self._transport.write(self._site.answer(head))


async def _serve() -> None:
    site = Site()
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(site), "0.0.0.0", 0)  # noqa: S104
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server in a new process."""
    with subprocess.Popen([sys.executable, "-m", __name__], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def url(port: int, number: int) -> str:
    """Of a page; they stand on as many hosts as 127.0.0.0/8 gives addresses for."""
    return f"http://127.0.0.{1 + number % HOSTS}:{port}/page/{number}"


def tell(port: int, what: str) -> dict[str, int]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/-/{what}", timeout=60) as answer:
        return dict(json.load(answer))


if __name__ == "__main__":
    asyncio.run(_serve())
