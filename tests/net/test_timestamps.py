"""An authority is asked for time-stamps; what it answers is one of what was asked for, or an error."""

from __future__ import annotations

import gzip
import hashlib
import random
import ssl
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clausetrail.errors import NetError, UsageError
from clausetrail.net import Allowed, Gate, GateTransport, timestamps
from tests.net.authority import PATH, Authority
from tests.net.site import Seen, Site, reply

DATA = b"a link of the chain"
SHA256 = hashlib.sha256(DATA).hexdigest()
TEN_MB = 10_000_000
Twist = Callable[[Authority, Authority, Seen], bytes]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("other"))


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate("Test", transport=GateTransport(allowed=Allowed.of(["127.0.0.1"])))
    yield gate
    gate.close()


@pytest.fixture
def token(authority: Authority, site: Site, gate: Gate) -> bytes:
    return timestamps.request(gate, authority.serve(site), DATA)[0]


def query(data: bytes) -> bytes:
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    return TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build().as_bytes()


def test_what_was_asked_for_comes(authority: Authority, site: Site, gate: Gate) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    token, said = timestamps.request(gate, authority.serve(site), DATA, timestamps.trust(authority.root))
    assert before <= said.at <= datetime.now(UTC) + timedelta(seconds=1)
    assert said.signed
    assert timestamps.read(token, SHA256, timestamps.trust(authority.root)) == said
    assert not timestamps.read(token, SHA256).signed
    assert SHA256 in site.seen[0].body.hex()
    assert DATA not in site.seen[0].body


def test_certificates_come_in_any_order(authority: Authority, token: bytes) -> None:
    """OpenSSL puts the signer's first; DER goes by their bytes."""
    signer, issuer = (der_of(authority.folder / name) for name in ("own.pem", "issuer.pem"))
    assert signer + issuer in token
    turned = token.replace(signer + issuer, issuer + signer)
    said = [timestamps.read(each, SHA256, timestamps.trust(authority.root)) for each in (token, turned)]
    assert said[0] == said[1]


def der_of(certificate: Path) -> bytes:
    return ssl.PEM_cert_to_DER_cert(certificate.read_text())


HOSTILE: dict[str, tuple[Twist, str, str]] = {
    "other bytes": (lambda own, other, seen: reply(200, own.answer(query(b"else"))), "answer", "speaks of other bytes"),
    "played back": (
        lambda own, other, seen: reply(200, own.answer(query(DATA))),
        "answer",
        "the request's nonce",
    ),
    "a refusal": (
        lambda own, other, seen: reply(200, own.answer(seen.body, digests="sha512")),
        "answer",
        "is a refusal",
    ),
    "another signer": (lambda own, other, seen: reply(200, other.answer(seen.body)), "answer", "not signed by an auth"),
    "cut short": (lambda own, other, seen: reply(200, own.answer(seen.body)[:-9]), "answer", "is no time-stamp"),
    "more": (lambda own, other, seen: reply(200, own.answer(seen.body) + b"0"), "answer", "is no time-stamp"),
    "no DER": (lambda own, other, seen: reply(200, b"<html>Welcome</html>"), "answer", "is no time-stamp"),
    "nothing": (lambda own, other, seen: reply(200), "answer", "is no time-stamp"),
    "10 MB": (lambda own, other, seen: reply(200, b"0" * TEN_MB), "size", "is longer than"),
    "packed": (
        lambda own, other, seen: reply(200, gzip.compress(b"0" * TEN_MB), content_encoding="gzip"),
        *("size", "is longer than"),
    ),
    "not found": (lambda own, other, seen: reply(404), "answer", "answered 404"),
    "broken": (lambda own, other, seen: reply(503), "answer", "answered 503"),
    "led away": (
        lambda own, other, seen: reply(302, location="http://10.0.0.1/tsr"),
        "redirects",
        "to http://10.0.0.1",
    ),
    "led on": (lambda own, other, seen: reply(307, location="/another"), "redirects", "is not followed"),
}
"""What an authority may do -> its answer, and the cause and words of the error."""


@pytest.mark.parametrize("name", HOSTILE)
def test_anything_else_is_refused(authority: Authority, other: Authority, site: Site, gate: Gate, name: str) -> None:
    twist, cause, words = HOSTILE[name]
    site.pages[PATH] = lambda seen: twist(authority, other, seen)
    with pytest.raises(NetError) as caught:
        timestamps.request(gate, site.url + PATH, DATA, timestamps.trust(authority.root))
    assert (caught.value.cause, caught.value.transient) == (cause, name == "broken")
    assert words in str(caught.value)
    assert len(site.seen) == 1


def der(tag: int, content: bytes) -> bytes:
    return bytes((tag, len(content))) + content


def test_what_an_authority_says_is_made_safe(site: Site, gate: Gate) -> None:
    said = der(0x0C, "no \x1b[31m\u202esorry".encode())
    site.pages[PATH] = reply(200, der(0x30, der(0x30, der(0x02, b"\2") + der(0x30, said))))
    with pytest.raises(NetError, match="is a refusal") as caught:
        timestamps.request(gate, site.url + PATH, DATA)
    assert "sorry" in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/tsr", "http://10.0.0.1/tsr", "file:///tsr", "http://tsa/tsr"])
def test_an_authority_is_on_the_public_internet(url: str) -> None:
    gate = Gate("Test")
    with pytest.raises(NetError) as caught:
        timestamps.request(gate, url, DATA)
    assert caught.value.cause in ("address", "url")
    gate.close()


def test_damage_is_told_or_changes_nothing(authority: Authority, token: bytes) -> None:
    trusted, rng = timestamps.trust(authority.root), random.Random(1)
    said = timestamps.read(token, SHA256, trusted)
    errors = []
    for _ in range(2_000):
        damaged = bytearray(token)
        for _ in range(rng.choice((1, 1, 2, 4))):
            damaged[rng.randrange(len(damaged))] = rng.choice((0, 0x80, 0xFF, rng.randrange(256)))
        try:
            assert timestamps.read(bytes(damaged), SHA256, trusted) == said
        except NetError as error:
            errors.append(error)
    assert len(errors) > 1_000
    assert all(error.cause == "answer" and str(error).isprintable() for error in errors)


def test_certificates_have_a_root(authority: Authority, tmp_path: Path) -> None:
    for content in (b"", b"none", (authority.folder / "own.pem").read_bytes()):
        (tmp_path / "x.pem").write_bytes(content)
        with pytest.raises(UsageError, match=r"x\.pem: holds no (root )?certificate"):
            timestamps.trust(tmp_path / "x.pem")
    with pytest.raises(UsageError, match="holds no certificates"):
        timestamps.trust(tmp_path / "missing.pem")
    both = (authority.folder / "own.pem").read_bytes() + authority.root.read_bytes()
    (tmp_path / "x.pem").write_bytes(both)
    assert [len(part) for part in (timestamps.trust(tmp_path / "x.pem").roots,)] == [1]


def test_without_its_library_it_says_what_to_install(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    with pytest.raises(UsageError, match=r"pip install 'clausetrail\[timestamps\]'"):
        timestamps.request(gate, "https://tsa.example/tsr", DATA)
    with pytest.raises(UsageError, match=r"pip install 'clausetrail\[timestamps\]'"):
        timestamps.read(b"", SHA256)
