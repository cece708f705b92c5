"""A server on 127.0.0.1 that answers as it is told, and clocks that nobody waits for."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


class FakeClock:
    """Time goes on when somebody sleeps, and by `tick` seconds whenever somebody looks at the stop watch."""

    def __init__(self, tick: float = 0.0) -> None:
        self.time, self.tick, self.slept = 0.0, tick, list[float]()
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return START + timedelta(seconds=self.time)

    def monotonic(self) -> float:
        with self._lock:
            self.time += self.tick
            return self.time

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.time += seconds


@dataclass
class Seen:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    """Names in lower case."""
    version: str = ""
    body: bytes = b""


Reply = bytes | Iterable[bytes] | Callable[[Seen], "Reply"]


def reply(status: int = 200, body: bytes | str = b"", **headers: str) -> bytes:
    """A whole answer; `content_type` is `Content-Type`."""
    body = body.encode() if isinstance(body, str) else body
    fields = {name.replace("_", "-").title(): value for name, value in headers.items()}
    fields.setdefault("Content-Length", str(len(body)))
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode("latin-1") + body


class Site:
    """Serves `pages`, by path; what is not there is 404.  A reply of several parts closes the connection."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Any] = {}
        self.seen: list[Seen] = []
        self.over = threading.Event()
        """Set when the test is done: what drips waits on it."""
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.site, self._server.context = self, context
        self.port: int = self._server.server_address[1]
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def paths(self, *, robots: bool = False) -> list[str]:
        return [seen.path for seen in self.seen if robots or seen.path != "/robots.txt"]

    def drip(self, piece: bytes, seconds: float = 0.01) -> Iterator[bytes]:
        """The same bytes over and over, until the test is done or the client goes."""
        while not self.over.wait(seconds):
            yield piece

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    site: Site
    context: ssl.SSLContext | None

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are what is tested."""


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.request.settimeout(10)
        if self.server.context:
            self.request = self.server.context.wrap_socket(self.request, server_side=True)
        try:
            while (seen := self._head()) and self._answer(seen):
                pass
        finally:
            self.request.close()

    def _head(self) -> Seen | None:
        data = b""
        while b"\r\n\r\n" not in data:
            more = self.request.recv(65536)
            if not more:
                return None
            data += more
            if data.startswith(b"\x16"):  # Someone speaks TLS to a server that does not.
                self.request.sendall(b"HTTP/1.1 400 What\r\n\r\n")
                return None
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, version = first.split(" ", 2)
        pairs = (line.partition(":") for line in lines)
        seen = Seen(method, path, {name.lower(): value.strip() for name, _, value in pairs}, version)
        while len(body) < int(seen.headers.get("content-length", "0")) and (more := self.request.recv(65536)):
            body += more
        seen.body = body
        self.server.site.seen.append(seen)
        return seen

    def _answer(self, seen: Seen) -> bool:
        found: Any = self.server.site.pages.get(seen.path, reply(404))
        while callable(found):
            found = found(seen)
        if isinstance(found, bytes):
            self.request.sendall(found)
            return True
        for part in found:
            self.request.sendall(part)
        return False


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    site = Site(context)
    try:
        yield site
    finally:
        site.close()
