"""The one gate: every request of Clausetrail goes out through `Gate.send`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

import httpx

from clausetrail.errors import NetError
from clausetrail.model import Headers, Hop
from clausetrail.net.clock import Clock, SystemClock
from clausetrail.net.coding import ACCEPTED, decoded
from clausetrail.net.limits import OF_REDIRECT, RATIO_FROM, Deadline, Limits, until
from clausetrail.net.transport import VIA_PROXY, GateTransport
from clausetrail.net.urls import Target

WITHHELD = "[withheld]"
"""Stands in a hop for what was sent to prove who we are: a record that is published must not give it away."""
_SECRET = re.compile(r"auth|cookie|token|secret|password|session|api-?key", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one request."""

    hop: Hop
    body: bytes = field(default=b"", repr=False)
    """With its Content-Encoding undone."""
    encoded: bytes = field(default=b"", repr=False)
    """As it came; `body` itself where the two are the same."""
    error: NetError | None = None
    """Why the body is not whole."""
    truncated: bool = False
    """Whether it was cut off at the limit, as `Limits.truncate` asks."""

    def header(self, name: str) -> str:
        """The field's value, the values of several joined by commas; empty where it was not sent."""
        return ", ".join(value for sent, value in self.hop.response_headers if sent.lower() == name)


class Gate:
    """Sends requests to the public internet and to nowhere else, within limits.

    A request is one hop: redirects, robots.txt and rates are the business of `follow` and of those who call it.
    """

    def __init__(
        self,
        agent: str,
        *,
        transport: httpx.BaseTransport | None = None,
        limits: Limits | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`agent` is the `User-Agent`; see `user_agent`."""
        self.agent, self.limits, self.clock = agent, limits or Limits(), clock or SystemClock()
        self._transport = transport or GateTransport()

    def close(self) -> None:
        """Closes the connections that are kept open."""
        self._transport.close()

    def send(
        self,
        goal: Target,
        headers: Headers = (),
        *,
        method: str = "GET",
        content: bytes = b"",
        cookies: httpx.Cookies | None = None,
        limits: Limits | None = None,
    ) -> Answer:
        """One request and its answer.  `cookies` are sent, and filled with those that the answer sets.

        Raises NetError where no answer came, or the gate refused.  An answer whose body fails carries the error.
        """
        limits = limits or self.limits
        request = self._request(goal, headers, method, content, cookies, limits)
        with until(Deadline(self.clock, limits.total)), closing(self._transport.handle_request(request)) as response:
            hop = self._hop(request, response)
            if cookies is not None:
                cookies.extract_cookies(response)
            try:
                _check_head(hop.response_headers, goal.host, _enough(response, limits))
                return _read(hop, response, _enough(response, limits))
            except NetError as error:
                return Answer(hop, error=error)

    def _request(
        self, goal: Target, headers: Headers, method: str, content: bytes, cookies: httpx.Cookies | None, limits: Limits
    ) -> httpx.Request:
        waits = {"connect": limits.connect, "read": limits.idle, "write": limits.idle, "pool": limits.total}
        named = {name.lower() for name, _ in headers}
        own = [("User-Agent", self.agent), ("Accept", "*/*"), ("Accept-Encoding", ACCEPTED)]
        sent = [*(field for field in own if field[0].lower() not in named), *headers]
        request = httpx.Request(method, goal.url, headers=sent, content=content, extensions={"timeout": waits})
        if cookies is not None:
            cookies.set_cookie_header(request)
        return request

    def _hop(self, request: httpx.Request, response: httpx.Response) -> Hop:
        stream = response.extensions.get("network_stream")
        return Hop(
            url=str(request.url),
            status=response.status_code,
            at=self.clock.now(),
            request_headers=_without_secrets(_texts(request.headers.raw)),
            response_headers=_texts(response.headers.raw),
            http_version=response.extensions.get("http_version", b"").decode("ascii", "replace"),
            address="" if response.extensions.get(VIA_PROXY) else _peer(stream),
            certificate=_certificate(stream),
        )


def _texts(raw: list[tuple[bytes, bytes]]) -> Headers:
    """Values are UTF-8 where they can be, else Latin-1, which is a byte a character and loses nothing."""
    return tuple((name.decode("latin-1"), _text(value)) for name, value in raw)


def _without_secrets(headers: Headers) -> Headers:
    return tuple((name, WITHHELD if _SECRET.search(name) else value) for name, value in headers)


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _peer(stream: Any) -> str:
    try:
        return str(stream.get_extra_info("server_addr")[0])
    except (AttributeError, OSError, TypeError):
        return ""  # The connection is closed already, or is none.


def _certificate(stream: Any) -> str:
    try:
        given = stream.get_extra_info("ssl_object").getpeercert(True)
    except (AttributeError, ValueError):
        return ""  # No TLS.
    return hashlib.sha256(given).hexdigest() if given else ""


def _check_head(headers: Headers, host: str, limits: Limits) -> None:
    size = sum(len(name) + len(value) for name, value in headers)
    if len(headers) > limits.headers or size > limits.header_bytes:
        raise NetError(f"{host} sent {len(headers)} header fields of {size} characters", cause="headers")
    length = next((value for name, value in headers if name.lower() == "content-length"), "")
    if length.isdigit() and int(length[:18]) > limits.body and not limits.truncate:
        raise _too_large(limits)


def _enough(response: httpx.Response, limits: Limits) -> Limits:
    return replace(limits, body=OF_REDIRECT, truncate=True) if response.has_redirect_location else limits


def _read(hop: Hop, response: httpx.Response, limits: Limits) -> Answer:
    """The body, read no further than the limits reach."""
    wire: list[bytes] = []
    body: list[bytes] = []
    codings = response.headers.get("content-encoding", "")
    error: NetError | None = None
    truncated = False
    try:
        body.extend(_within(decoded(_counted(response.iter_raw(), wire, limits), codings), wire, limits))
    except _EnoughError:
        truncated = True
    except NetError as caught:
        error = caught
    plain = b"".join(body)[: limits.body]
    encoded = b"".join(wire)
    return Answer(hop, plain, plain if plain == encoded else encoded, error, truncated)


class _EnoughError(Exception):
    """The limit is reached, and what came until then is wanted."""


def _counted(chunks: Iterator[bytes], wire: list[bytes], limits: Limits) -> Iterator[bytes]:
    """The chunks as they come, each kept in `wire`."""
    size = 0
    for chunk in chunks:
        wire.append(chunk)
        size += len(chunk)
        yield chunk
        if size > limits.body:
            raise _EnoughError if limits.truncate else _too_large(limits)


def _within(pieces: Iterator[bytes], wire: list[bytes], limits: Limits) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        yield piece
        if size > limits.body:
            raise _EnoughError if limits.truncate else _too_large(limits)
        if size > RATIO_FROM and size > limits.ratio * sum(map(len, wire)):
            raise NetError(f"the answer grows more than {limits.ratio} times in being decompressed", cause="size")


def _too_large(limits: Limits) -> NetError:
    return NetError(f"the answer is longer than {limits.body / 1e6:.0f} MB", cause="size")
