"""Which addresses are asked for, in which spelling, and which never are."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.errors import NetError, UsageError
from clausetrail.net.addresses import Allowed, literal, refusal_of_address, refusal_of_target, special
from clausetrail.net.urls import MAX_LENGTH, follow, target
from tests.conftest import table

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(("written", "expected"), table(CASES / "urls.txt"))
def test_an_address_has_one_spelling_or_is_refused(written: str, expected: str) -> None:
    if expected.startswith("!"):
        with pytest.raises(NetError, match=expected[2:]) as caught:
            target(written)
        assert caught.value.cause == "url"
        assert not caught.value.transient
        assert str(caught.value).isprintable()
    else:
        found = target(written)
        assert found.url == expected
        assert target(found.url) == found


@pytest.mark.parametrize(("base", "location", "expected"), table(CASES / "redirects.txt"))
def test_a_redirect_leads_to_one_place_or_is_refused(base: str, location: str, expected: str) -> None:
    if expected.startswith("!"):
        with pytest.raises(NetError, match=expected[2:]):
            follow(base, location)
    else:
        assert follow(base, location).url == expected


def test_an_endless_address_is_refused() -> None:
    with pytest.raises(NetError, match="longer"):
        target("https://example.org/" + "a" * MAX_LENGTH)


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="ahtps:/\\@#?.%[]0127x \t\n\u3002\uff0f\u202eé", max_size=40))
def test_no_spelling_gets_past(text: str) -> None:
    """What passes is ASCII, stays as it is when read again, and names the host that every other reader sees."""
    from urllib.parse import urlsplit

    import httpx

    for url in (text, "http://" + text):
        try:
            found = target(url)
        except NetError:
            continue
        assert found.url.isascii()
        assert target(found.url) == found
        assert urlsplit(found.url).hostname == found.host == httpx.URL(found.url).raw_host.decode()
        assert "@" not in found.url.split("/")[2]


@pytest.mark.parametrize(("address", "expected"), table(CASES / "addresses.txt"))
def test_what_an_address_is(address: str, expected: str) -> None:
    found = special(ipaddress.ip_address(address))
    assert (expected in found) if expected != "public" else not found


@settings(deadline=None, max_examples=300)
@given(st.ip_addresses())
def test_no_stricter_library_would_call_an_allowed_address_private(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if not special(address) and not str(address).startswith("64:ff9b::"):
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize(("url", "allowed", "expected"), table(CASES / "targets.txt"))
def test_what_is_refused_by_its_address_alone(url: str, allowed: str, expected: str) -> None:
    why = refusal_of_target(target(url), Allowed.of(allowed.split()))
    assert (expected in why) if expected != "open" else not why


def test_a_name_that_is_allowed_may_be_anywhere_and_an_address_that_is_allowed_may_have_any_name() -> None:
    private = ipaddress.ip_address("10.0.0.7")
    assert refusal_of_address("a.example", private)
    assert not refusal_of_address("a.example", private, Allowed.of(["a.example"]))
    assert refusal_of_address("b.example", private, Allowed.of(["a.example"]))
    assert not refusal_of_address("b.example", private, Allowed.of(["10.0.0.0/24"]))
    assert literal("a.example") is None


@pytest.mark.parametrize("entry", ["", "10.0.0.0/33", "http://a.example", "a.example:80", "10.0.0.1/8", "127.1"])
def test_what_cannot_be_allowed(entry: str) -> None:
    with pytest.raises(UsageError, match="no host name"):
        Allowed.of([entry])
