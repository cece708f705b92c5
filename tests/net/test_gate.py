"""One request through the gate: what it brings, what it refuses, and what nobody can make it do."""

from __future__ import annotations

import gzip
import hashlib
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import brotli
import httpcore
import pytest
import trustme
import zstandard

from clausetrail.errors import NetError, UsageError
from clausetrail.net import Allowed, Gate, GateTransport, Limits, SystemClock, target, tls, user_agent
from clausetrail.net.addresses import Address
from clausetrail.net.backend import CheckedBackend
from clausetrail.net.resolve import system_resolver
from tests.net.site import FakeClock, Site, reply, serving

HERE = Allowed.of(["127.0.0.1"])
MB = 1 << 20
SMALL = Limits(connect=5, idle=0.2, total=5, body=2 * MB)
Open = Callable[..., Gate]


@pytest.fixture
def gate() -> Iterator[Open]:
    made: list[Gate] = []

    def make(limits: Limits = SMALL, clock: FakeClock | None = None, **options: object) -> Gate:
        transport = GateTransport(**{"allowed": HERE, **options})  # type: ignore[arg-type]
        made.append(Gate(user_agent("ops@tracker.example"), transport=transport, limits=limits, clock=clock))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_an_answer_is_told_whole(site: Site, gate: Open) -> None:
    site.pages["/terms?a=1"] = reply(200, "Lamps.", content_type="text/html", x_twice="1", etag='"é"')
    answer = gate(clock=FakeClock()).send(target(f"{site.url}/terms?a=1#top"), (("X-Asked", "yes"), ("Cookie", "s=1")))
    assert (answer.body, answer.encoded, answer.error, answer.hop.status) == (b"Lamps.", b"Lamps.", None, 200)
    assert answer.encoded is answer.body
    assert answer.hop.url == f"{site.url}/terms?a=1"
    assert answer.hop.address == "127.0.0.1"
    assert answer.hop.http_version == "HTTP/1.1"
    assert answer.header("content-type") == "text/html"
    sent = {name.lower(): value for name, value in answer.hop.request_headers}
    assert sent.pop("cookie") == "[withheld]"
    assert sent.items() <= site.seen[0].headers.items()
    assert sent["user-agent"].endswith("(+ops@tracker.example)")
    assert sent["host"] == f"127.0.0.1:{site.port}"
    assert site.seen[0].headers["cookie"] == "s=1"


@pytest.mark.parametrize("status", [204, 304, 404, 503])
def test_every_status_is_an_answer(site: Site, gate: Open, status: int) -> None:
    site.pages["/"] = reply(status, b"" if status in (204, 304) else b"sorry")
    assert gate().send(target(site.url)).hop.status == status


def test_a_connection_is_kept_for_the_next_request(site: Site, gate: Open) -> None:
    site.pages["/"] = reply()
    one = gate()
    assert [one.send(target(site.url)).hop.status for _ in range(3)] == [200, 200, 200]


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
    "br, gzip": lambda data: gzip.compress(brotli.compress(data)),
    "identity": bytes,
    "utf-8": bytes,
}


@pytest.mark.parametrize("coding", CODINGS)
def test_compression_is_undone_and_the_bytes_of_the_wire_are_kept(site: Site, gate: Open, coding: str) -> None:
    words = b"Lamps are lent for seven days. " * 9_000
    wire = CODINGS[coding](words)
    site.pages["/"] = reply(200, wire, content_encoding=coding)
    answer = gate().send(target(site.url))
    assert answer.error is None
    assert answer.body == words
    assert answer.encoded == wire


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("damage", ["cut", "other"])
def test_damaged_compression_is_an_error(site: Site, gate: Open, coding: str, damage: str) -> None:
    wire = CODINGS[coding](b"Lamps are lent." * 900)
    site.pages["/"] = reply(200, wire[:-6] if damage == "cut" else b"<html>no", content_encoding=coding)
    error = gate().send(target(site.url)).error
    assert error is not None
    assert error.cause == "encoding"
    assert error.transient == (damage == "cut")


def test_what_follows_the_end_of_gzip_is_left(site: Site, gate: Open) -> None:
    site.pages["/"] = reply(200, gzip.compress(b"one ") + gzip.compress(b"two") + b"rubbish", content_encoding="gzip")
    assert gate().send(target(site.url)).body == b"one two"


BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: gzip.compress(bytes(40 * MB)),
    "deflate": lambda: zlib.compress(bytes(40 * MB)),
    "br": lambda: brotli.compress(bytes(40 * MB), quality=3),
    "zstd": lambda: zstandard.compress(bytes(40 * MB)),
    "gzip, gzip": lambda: gzip.compress(gzip.compress(bytes(40 * MB))),
    "br, br": lambda: brotli.compress(brotli.compress(bytes(40 * MB), quality=3)),
}


@pytest.mark.parametrize("coding", BOMBS)
@pytest.mark.parametrize("most", [2, 30])
def test_a_bomb_does_not_go_off(site: Site, gate: Open, coding: str, most: int) -> None:
    """Neither by its size, nor, where the size would be allowed, by how much it grows."""
    site.pages["/"] = reply(200, BOMBS[coding](), content_encoding=coding)
    answer = gate(Limits(body=most * MB)).send(target(site.url))
    assert answer.error is not None
    assert answer.error.cause == "size"
    assert len(answer.body) <= min(most, 11) * MB


def test_a_window_of_zstd_that_would_fill_the_memory_is_refused(site: Site, gate: Open) -> None:
    settings = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    wire = zstandard.ZstdCompressor(compression_params=settings).compressobj().compress(b"a" * (9 * MB))
    site.pages["/"] = reply(200, wire, content_encoding="zstd")
    answer = gate(Limits()).send(target(site.url))
    assert answer.error is not None
    assert answer.error.cause == "encoding"


def test_three_codings_are_one_too_many(site: Site, gate: Open) -> None:
    site.pages["/"] = reply(200, b"", content_encoding="gzip, br, gzip")
    error = gate().send(target(site.url)).error
    assert error is not None
    assert error.cause == "encoding"


def test_a_body_that_is_too_long_is_not_read_to_its_end(site: Site, gate: Open) -> None:
    def endless() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while True:
            yield b"x" * 65536

    site.pages["/"], site.pages["/declared"] = endless(), reply(200, b"", content_length=str(3 * MB))
    for path, got in (("/", 2 * MB), ("/declared", 0)):
        answer = gate().send(target(site.url + path))
        assert answer.error is not None
        assert (answer.error.cause, answer.error.transient, len(answer.body)) == ("size", False, got)
    site.pages["/"] = endless()
    cut = gate().send(target(site.url), limits=Limits(body=1000, truncate=True))
    assert (cut.body, cut.truncated, cut.error) == (b"x" * 1000, True, None)


def test_a_redirect_is_not_read_to_its_end(site: Site, gate: Open) -> None:
    head = b"HTTP/1.1 302 Go\r\nLocation: /b\r\nContent-Length: 99999999\r\n\r\n"
    site.pages["/"] = chain([head], (b"x" * 65536 for _ in range(99)))
    answer = gate().send(target(site.url))
    assert (len(answer.body), answer.error, answer.hop.status) == (64 * 1024, None, 302)


def test_something_can_be_sent(site: Site, gate: Open) -> None:
    site.pages["/hook"] = lambda seen: reply(200, f"{seen.method} {seen.headers['content-length']}")
    answer = gate().send(target(f"{site.url}/hook"), (("Content-Type", "text/plain"),), method="POST", content=b"four")
    assert answer.body == b"POST 4"


def test_a_content_length_that_lies(site: Site, gate: Open) -> None:
    site.pages["/short"] = [reply(200, b"half", content_length="9")]
    site.pages["/long"] = [reply(200, b"half and more", content_length="4")]
    answer = gate().send(target(f"{site.url}/short"))
    assert answer.body == b"half"
    assert answer.error is not None
    assert (answer.error.cause, answer.error.transient) == ("protocol", True)
    assert gate().send(target(f"{site.url}/long")).body == b"half"


def test_silence_and_drops_are_ended(site: Site, gate: Open) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"
    site.pages["/silent"] = chain([head], site.drip(b"", 5))
    site.pages["/headless"] = site.drip(b"", 5)
    answer = gate().send(target(f"{site.url}/silent"))
    assert answer.error is not None
    assert (answer.error.cause, answer.error.transient) == ("timeout", True)
    with pytest.raises(NetError, match="in time"):
        gate().send(target(f"{site.url}/headless"))


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 100 Wait\r\n\r\n"])
def test_bytes_that_keep_coming_slowly_are_ended_too(site: Site, gate: Open, start: bytes) -> None:
    """In the head, in the body, or as answers that are none; each look at the clock takes a second here."""

    def dripping() -> Iterator[bytes]:
        yield start
        yield from site.drip(start if b" 100 " in start else b"x", 0.001)

    site.pages["/"] = dripping()
    one = gate(Limits(idle=5, total=40), FakeClock(tick=1.0))
    try:
        error = one.send(target(site.url)).error
    except NetError as raised:
        error = raised
    assert error is not None
    assert error.cause == "timeout"


@pytest.mark.parametrize(
    "head",
    [
        b"X: " + b"y" * 70_000,
        b"X: y\r\n" * 300 + b"Z: 1",
        b"Content-Length: 4\r\nContent-Length: 9",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_heads_that_no_server_should_send(site: Site, gate: Open, head: bytes) -> None:
    site.pages["/"] = [b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\nbody"]
    try:
        error = gate().send(target(site.url)).error
    except NetError as raised:
        error = raised
    assert error is not None
    assert error.cause in ("headers", "protocol")


def test_nobody_there(gate: Open) -> None:
    with serving() as site:
        url = site.url
    with pytest.raises(NetError) as caught:
        gate().send(target(url))
    assert (caught.value.cause, caught.value.transient) == ("connection", True)


# Addresses


def test_private_addresses_are_refused_before_anything_is_sent(site: Site, gate: Open) -> None:
    with pytest.raises(NetError, match="this machine") as caught:
        gate(allowed=Allowed()).send(target(site.url))
    assert (caught.value.cause, caught.value.transient, site.seen) == ("address", False, [])


def answers_in_turn(*answers: list[str]) -> Callable[[str, int, float], list[Address]]:
    """A resolver that says something else each time."""
    left = iter(answers)
    return lambda host, port, seconds: [ipaddress.ip_address(a) for a in next(left)]


class Wire(httpcore.MockBackend):
    """Notes whom it was asked to connect to."""

    def __init__(self, refuses: tuple[str, ...] = ()) -> None:
        super().__init__([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"])
        self.to: list[str] = []
        self.refuses = refuses

    def connect_tcp(self, host: str, *args: object, **options: object) -> httpcore.NetworkStream:
        self.to.append(host)
        if host in self.refuses:
            raise httpcore.ConnectError("refused")
        return super().connect_tcp(host, *args, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "addresses", [["10.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["::1"], ["2606:4700::1111", "fe80::1%1"]]
)
def test_one_private_address_refuses_the_name(gate: Open, addresses: list[str]) -> None:
    wire = Wire()
    with pytest.raises(NetError, match=r"a\.example is at .* not on the public internet"):
        gate(resolver=answers_in_turn(addresses), backend=wire).send(target("http://a.example/"))
    assert wire.to == []


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(gate: Open) -> None:
    """A name that resolves to a private address the second time (DNS rebinding) is never asked a second time."""
    wire = Wire(refuses=("2606:4700::1111",))
    resolver = answers_in_turn(["2606:4700::1111", "93.184.215.14"], ["127.0.0.1"])
    answer = gate(resolver=resolver, backend=wire).send(target("http://a.example/"))
    assert answer.body == b"ok"
    assert wire.to == ["2606:4700::1111", "93.184.215.14"]
    assert dict(answer.hop.request_headers)["Host"] == "a.example"


def test_a_new_connection_is_checked_anew(gate: Open) -> None:
    resolver = answers_in_turn(["93.184.215.14"], ["127.0.0.1"])
    one = gate(resolver=resolver, backend=Wire(), allowed=Allowed())
    one.send(target("http://a.example/"))
    with pytest.raises(NetError, match="this machine"):
        one.send(target("http://a.example:8080/"))


def test_no_proxy_is_taken_from_the_environment(
    site: Site, gate: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    site.pages["/"] = reply(200, "direct")
    assert gate().send(target(site.url)).body == b"direct"


def test_a_proxy_is_used_where_it_is_asked_for_and_private_addresses_stay_closed(site: Site, gate: Open) -> None:
    site.pages["http://a.example/x"] = reply(200, "by proxy")

    def nowhere(host: str, port: int, seconds: float) -> list[Address]:
        if host == "b.example":
            return [ipaddress.ip_address("10.1.1.1")]
        raise NetError("no", cause="dns")

    one = gate(allowed=Allowed(), proxy=site.url.replace("//", "//me:word@"), resolver=nowhere)
    answer = one.send(target("http://a.example/x"))
    assert (answer.body, answer.hop.address) == (b"by proxy", "")
    assert site.seen[0].headers["proxy-authorization"] == "Basic bWU6d29yZA=="
    for url in ("http://127.0.0.1:99/", "http://b.example/"):
        with pytest.raises(NetError, match="public internet"):
            one.send(target(url))


def test_https_goes_through_the_proxy_in_a_tunnel(
    authority: trustme.CA, site: Site, gate: Open, tmp_path: Path
) -> None:
    """This proxy will not open one, and says so."""
    site.pages["a.example:443"] = reply(403)
    resolver = answers_in_turn(["93.184.215.14"])
    with pytest.raises(NetError) as caught:
        gate(proxy=site.url, resolver=resolver).send(target("https://a.example/"))
    assert (caught.value.cause, site.seen[0].method) == ("connection", "CONNECT")


@pytest.mark.parametrize("proxy", ["nonsense", "ftp://a.example", "http://", "socks5://127.0.0.1:1"])
def test_what_is_no_proxy(proxy: str) -> None:
    with pytest.raises(UsageError, match="no proxy"):
        GateTransport(proxy=proxy)


def test_the_system_resolver_gives_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ipaddress.ip_address("127.0.0.1") in system_resolver("localhost", 80, 10)
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: [][: over.wait(10)])
    with pytest.raises(NetError, match="not found within") as caught:
        system_resolver("a.example", 80, 0.01)
    over.set()
    assert (caught.value.cause, caught.value.transient) == ("dns", True)


@pytest.mark.parametrize(("code", "said"), [(socket.EAI_NONAME, "no host named"), (socket.EAI_AGAIN, "looked up")])
def test_names_that_are_not_found(monkeypatch: pytest.MonkeyPatch, code: int, said: str) -> None:
    def ask(*args: object, **options: object) -> None:
        raise socket.gaierror(code, "so it is")

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    with pytest.raises(NetError, match=said) as caught:
        system_resolver("a.example", 80, 10)
    assert caught.value.cause == "dns"


def test_a_socket_of_the_file_system_is_no_address() -> None:
    with pytest.raises(NotImplementedError):
        CheckedBackend(Allowed(), system_resolver).connect_unix_socket("x")


# TLS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def served_by(authority: trustme.CA, *names: str, alpn: tuple[str, ...] = ()) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    if alpn:
        context.set_alpn_protocols(list(alpn))
    return context


def trusting(authority: trustme.CA, folder: Path) -> ssl.SSLContext:
    authority.cert_pem.write_to_path(folder / "ca.pem")
    return tls(folder / "ca.pem")


def test_a_certificate_is_verified_and_noted(authority: trustme.CA, gate: Open, tmp_path: Path) -> None:
    with serving(served_by(authority, "127.0.0.1")) as site:
        site.pages["/"] = reply(200, "sealed")
        hop = gate(context=trusting(authority, tmp_path)).send(target(site.url)).hop
        shown = ssl.get_server_certificate(("127.0.0.1", site.port))
    assert hop.certificate == hashlib.sha256(ssl.PEM_cert_to_DER_cert(shown)).hexdigest()


def test_the_name_and_not_the_address_is_in_the_handshake(authority: trustme.CA, gate: Open, tmp_path: Path) -> None:
    with serving(served_by(authority, "a.example")) as site:
        site.pages["/"] = reply(200, "sealed")
        resolver = answers_in_turn(["127.0.0.1"])
        one = gate(context=trusting(authority, tmp_path), resolver=resolver)
        assert one.send(target(f"https://a.example:{site.port}/")).body == b"sealed"
        assert site.seen[0].headers["host"] == f"a.example:{site.port}"


@pytest.mark.parametrize(("name", "trusted"), [("127.0.0.1", False), ("a.example", True)])
def test_a_certificate_that_does_not_hold(
    authority: trustme.CA, gate: Open, tmp_path: Path, name: str, trusted: bool
) -> None:
    context = trusting(authority, tmp_path) if trusted else tls()
    with serving(served_by(authority, name)) as site:
        with pytest.raises(NetError, match="does not hold") as caught:
            gate(context=context).send(target(site.url))
        assert (caught.value.cause, caught.value.transient, site.seen) == ("tls", False, [])


def test_a_server_without_tls(site: Site, gate: Open) -> None:
    with pytest.raises(NetError, match="TLS") as caught:
        gate().send(target(site.url.replace("http:", "https:")))
    assert caught.value.cause == "tls"


def test_old_tls_is_refused(authority: trustme.CA, gate: Open, tmp_path: Path) -> None:
    assert trusting(authority, tmp_path).minimum_version >= ssl.TLSVersion.TLSv1_2


def test_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing", "utf-8")
    for name in ("ca.pem", "none.pem"):
        with pytest.raises(UsageError, match="holds no certificates"):
            tls(tmp_path / name)


# Who we are


@pytest.mark.parametrize("contact", ["", "https://tracker.example/about", "ops@tracker.example", "mailto:a@b.example"])
def test_who_we_are(contact: str) -> None:
    assert user_agent(contact).startswith("Clausetrail/")
    assert contact in user_agent(contact)


@pytest.mark.parametrize("contact", ["me", "x\r\nHost: b", "https://a\n", "a@b", "https://a.example/)", "ö@ä.example"])
def test_what_is_no_contact(contact: str) -> None:
    with pytest.raises(UsageError, match="no contact"):
        user_agent(contact)


def test_the_system_clock() -> None:
    clock = SystemClock()
    clock.sleep(0)
    assert clock.now().tzinfo is not None
    assert clock.monotonic() <= clock.monotonic()
