"""Connections: the address is checked, and the checked address is the one that is connected to."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from clausetrail.errors import NetError
from clausetrail.net.addresses import Address, Allowed, literal, refusal_of_address
from clausetrail.net.limits import bounded
from clausetrail.net.resolve import Resolver

TRIED = 4
"""Addresses of one host that are tried, one after the other."""

SocketOptions = Iterable[httpcore.SOCKET_OPTION] | None


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only.

    A name is resolved once for a connection, every address that it has is checked, and one of these very addresses is
    connected to, so that a name that resolves anew to a private address (DNS rebinding) gains nothing.  One private
    address among public ones refuses the name.  TLS and `Host` keep the name.
    """

    def __init__(
        self,
        allowed: Allowed,
        resolver: Resolver,
        inner: httpcore.NetworkBackend | None = None,
        proxy: tuple[str, int] | None = None,
    ) -> None:
        self._allowed, self._resolver, self._proxy = allowed, resolver, proxy
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.NetworkStream:
        if (host, port) == self._proxy:
            return _Bounded(self._inner.connect_tcp(host, port, _in_time(timeout), local_address, socket_options))
        failed: Exception | None = None
        for address in self.addresses(host, port, _in_time(timeout))[:TRIED]:
            try:
                stream = self._inner.connect_tcp(str(address), port, _in_time(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Bounded(stream)
        raise failed or httpcore.ConnectError("no address")

    def addresses(self, host: str, port: int, seconds: float) -> list[Address]:
        """Where a host may be connected to.  Raises NetError (`address`, `dns`)."""
        given = literal(host)
        found = [given] if given is not None else self._resolver(host, port, seconds)
        for address in found:
            if why := refusal_of_address(host, address, self._allowed):
                raise NetError(why, cause="address")
        return found


class _Bounded(httpcore.NetworkStream):
    """A stream whose every operation ends by the deadline of the request that it serves."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _in_time(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _in_time(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Bounded(self._inner.start_tls(ssl_context, server_hostname, _in_time(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _in_time(timeout: float | None) -> float:
    """Seconds, above 0.  Raises httpcore.ReadTimeout where none are left."""
    left = bounded(timeout)
    if left is not None and left <= 0:
        raise httpcore.ReadTimeout("the request took too long altogether")
    return 60.0 if left is None else left
