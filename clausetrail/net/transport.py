"""The transport under every request: what it refuses cannot be asked for."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import certifi
import httpcore
import httpx

from clausetrail.errors import NetError, UsageError
from clausetrail.net.addresses import NOTHING, Allowed, refusal_of_target
from clausetrail.net.backend import CheckedBackend
from clausetrail.net.resolve import Resolver, system_resolver
from clausetrail.net.urls import DEFAULT_PORTS, printable, target

VIA_PROXY = "clausetrail.via_proxy"
"""The extension of a response that came by way of a proxy."""
KEPT_OPEN = 15.0
"""Seconds for which an idle connection is kept."""


def tls(ca_file: Path | None = None) -> ssl.SSLContext:
    """Verification against Mozilla's authorities, and those of `ca_file` (PEM) besides; TLS 1.2 and above.

    Raises UsageError for a file that holds none.
    """
    context = ssl.create_default_context(cafile=certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError as error:  # ssl.SSLError is one.
            raise UsageError(f"{ca_file}: holds no certificates that can be read ({error})") from error
    return context


class GateTransport(httpx.BaseTransport):
    """An httpx transport that asks the public internet, and what is `allowed`, for http and https.

    HTTP/2 where the server offers it.  Nothing is read from the environment.  With a `proxy` (http or https), names are
    checked here as far as they can be resolved here, and then it is the proxy that connects.
    Raises NetError with its cause, httpx's own errors never.
    """

    def __init__(
        self,
        *,
        allowed: Allowed = NOTHING,
        resolver: Resolver = system_resolver,
        context: ssl.SSLContext | None = None,
        backend: httpcore.NetworkBackend | None = None,
        proxy: str = "",
    ) -> None:
        self._allowed = allowed
        via = _proxy(proxy) if proxy else None
        known = (
            (via.url.host.decode("ascii"), via.url.port or DEFAULT_PORTS.get(via.url.scheme.decode(), 80))
            if via
            else None
        )
        self._backend = CheckedBackend(allowed, resolver, backend, known)
        self._through_proxy = via is not None
        self._pool = _pool(context or tls(), self._backend, via)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        goal = target(str(request.url))
        if why := refusal_of_target(goal, self._allowed):
            raise NetError(why, cause="address")
        if self._through_proxy:
            self._check_name(goal.host, goal.port)
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _plain_errors(goal.host):
            answer = self._pool.handle_request(asked)
        if not isinstance(answer.stream, Iterable):
            raise TypeError("an asynchronous body")
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer.stream, answer, goal.host),
            extensions={**answer.extensions, VIA_PROXY: self._through_proxy},
            request=request,
        )

    def _check_name(self, host: str, port: int) -> None:
        try:
            self._backend.addresses(host, port, KEPT_OPEN)
        except NetError as error:
            if error.cause != "dns":
                raise

    def close(self) -> None:
        self._pool.close()


def _proxy(url: str) -> httpcore.Proxy:
    try:
        via = httpx.Proxy(url)
    except (ValueError, httpx.InvalidURL) as error:
        raise UsageError(f"{url!r} is no proxy; write http://host:port") from error
    if via.url.scheme not in DEFAULT_PORTS or not via.url.host:
        raise UsageError(f"{url!r} is no proxy of HTTP; write http://host:port")
    return httpcore.Proxy(url=str(via.url), auth=via.raw_auth)


def _pool(context: ssl.SSLContext, backend: CheckedBackend, proxy: httpcore.Proxy | None) -> httpcore.ConnectionPool:
    return httpcore.ConnectionPool(
        ssl_context=context,
        proxy=proxy,
        max_connections=64,
        max_keepalive_connections=16,
        keepalive_expiry=KEPT_OPEN,
        http1=True,
        http2=True,
        network_backend=backend,
    )


class _Body(httpx.SyncByteStream):
    """The bytes of an answer as they come, with errors in our own words."""

    def __init__(self, stream: Iterable[bytes], answer: httpcore.Response, host: str) -> None:
        self._stream, self._answer, self._host = stream, answer, host

    def __iter__(self) -> Iterator[bytes]:
        with _plain_errors(self._host):
            yield from self._stream

    def close(self) -> None:
        with suppress(NetError), _plain_errors(self._host):
            self._answer.close()


@contextmanager
def _plain_errors(host: str) -> Iterator[None]:
    """Errors of the connection, as NetError."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise NetError(f"{host} did not answer in time", cause="timeout", transient=True) from error
    except (httpcore.NetworkError, httpcore.ProxyError) as error:
        raise _of_connection(host, error) from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, UnicodeError) as error:
        raise NetError(
            f"{host} did not speak HTTP as it should ({printable(str(error))})", cause="protocol", transient=True
        ) from error


def _of_connection(host: str, error: Exception) -> NetError:
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, ssl.SSLError):
            return _of_tls(host, inner)
        inner = inner.__cause__ or inner.__context__
    return NetError(f"the connection with {host} failed ({error or 'closed'})", cause="connection", transient=True)


def _of_tls(host: str, error: ssl.SSLError) -> NetError:
    """A certificate that is wrong stays wrong until somebody mends it; other failures of TLS may pass."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return NetError(f"the certificate of {host} does not hold: {printable(error.verify_message)}", cause="tls")
    return NetError(f"no TLS with {host} ({error.reason or error})", cause="tls", transient=True)
