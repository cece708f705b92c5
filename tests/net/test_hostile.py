"""Whatever a server sends, it is an answer or a NetError: nothing else comes through, and nothing takes long."""

from __future__ import annotations

import gzip
import ipaddress
import random
import zlib
from collections.abc import Callable

import brotli
import httpcore
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.errors import NetError
from clausetrail.net import Follower, Gate, GateTransport, Limits, Pace, Patience, Rates, target
from clausetrail.net.addresses import Address
from clausetrail.net.coding import PIECE, decoded
from tests.net.site import FakeClock

MAKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}
WORDS = st.sampled_from(
    (
        b"HTTP/1.1 200 OK\r\n|HTTP/1.1 302 \r\n|HTTP/1.1 304 x\r\n|HTTP/2 200\r\n|Location: |\r\n|Content-Length: |"
        b"Transfer-Encoding: chunked\r\n|Content-Encoding: |gzip|br|zstd|deflate|Set-Cookie: a=b\r\n|Retry-After: |"
        b"http://b.example/|//|\\|7|-1|\r\n\r\n|:|\0"
    ).split(b"|")
)


def public(host: str, port: int, seconds: float) -> list[Address]:
    return [ipaddress.ip_address("93.184.215.14")]


class Hostile(httpcore.MockBackend):
    def connect_tcp(self, *args: object, **options: object) -> httpcore.NetworkStream:
        return httpcore.MockStream(list(self._buffer))


@pytest.mark.slow
@settings(deadline=None, max_examples=400)
@given(st.lists(st.one_of(WORDS, st.binary(max_size=20)), max_size=30), st.booleans())
def test_a_server_may_send_anything(parts: list[bytes], begins_well: bool) -> None:
    sent = [b"HTTP/1.1 200 OK\r\n"] * begins_well + parts
    transport = GateTransport(resolver=public, backend=Hostile(sent))
    clock = FakeClock()
    gate = Gate("Test", transport=transport, clock=clock, limits=Limits(body=10_000))
    follower = Follower(gate, Rates(Pace(), clock=clock), patience=Patience(2, 1e6))
    trail = follower.follow("http://a.example/")
    gate.close()
    assert (trail.error is None) <= (trail.answer is not None)
    assert trail.error is None or str(trail.error).isprintable()
    assert len(trail.hops) <= 2 * 12


@pytest.mark.parametrize("coding", MAKERS)
@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=3_000), st.integers(1, 400), st.integers(0, 2**32), st.integers(0, 3))
def test_damage_anywhere_in_a_compressed_body(coding: str, data: bytes, step: int, seed: int, hits: int) -> None:
    """Whole, it comes back as it was, however it is cut up; damaged, it gives bytes or a NetError."""
    wire = bytearray(MAKERS[coding](data))
    chance = random.Random(seed)
    for _ in range(hits):
        wire[chance.randrange(len(wire))] ^= 1 << chance.randrange(8)
    try:
        pieces = list(decoded((bytes(wire[i : i + step]) for i in range(0, len(wire), step)), coding))
    except NetError as error:
        assert (bool(hits), error.cause) == (True, "encoding")  # noqa: PT017
    else:
        assert hits or b"".join(pieces) == data
        assert all(0 < len(piece) <= PIECE for piece in pieces)


@pytest.mark.parametrize("coding", [*MAKERS, "gzip, br", "none", ""])
def test_nothing_at_all_is_nothing_in_every_coding(coding: str) -> None:
    assert list(decoded([], coding)) == []
    assert target("http://a.example/").url == "http://a.example/"
