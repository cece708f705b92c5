"""What came of it, by status, fields and place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from clausetrail.model import Hop, PageRequest
from clausetrail.net import Answer, Trail
from clausetrail.scraper.media import content_type
from clausetrail.scraper.moves import moved_to, place, same_page
from clausetrail.scraper.outcomes import judge
from tests.conftest import table

CASES = Path(__file__).parent / "cases"
AT = datetime(2026, 1, 10, tzinfo=UTC)
URL = "https://a.example/terms"


def hop(status: int, url: str = URL, *headers: tuple[str, str]) -> Hop:
    return Hop(url, status, AT, response_headers=headers)


@pytest.mark.parametrize(("status", "fields", "outcome", "cause", "transient"), table(CASES / "statuses.txt"))
def test_outcome_of_a_status(status: str, fields: str, outcome: str, cause: str, transient: str) -> None:
    headers = [tuple(part.strip() for part in field.split(":")) for field in fields.split(";") if field]
    last = hop(int(status), URL, *((name, value) for name, value in headers))
    found = judge(PageRequest(URL), Trail((last,), Answer(last)))
    assert (found.outcome, found.cause, found.transient) == (outcome, cause, transient == "yes")
    assert bool(found.reason) == (outcome != "ok")


@pytest.mark.parametrize(("asked", "final", "settled", "expected"), table(CASES / "moves.txt"))
def test_where_a_redirect_led(asked: str, final: str, settled: str, expected: str) -> None:
    assert place(asked, final, settled) == expected
    assert same_page(asked, final) == same_page(final, asked)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((200,), ""),
        ((301, 200), "/1"),
        ((308, 301, 200), "/2"),
        ((301, 302, 200), "/1"),
        ((302, 301, 200), ""),
        ((302, 200), ""),
        ((301, 404), "/1"),
        ((301,), ""),
        ((301, 308), "/0"),
    ],
)
def test_what_the_new_address_is(statuses: tuple[int, ...], expected: str) -> None:
    hops = tuple(hop(status, f"https://a.example/{n}") for n, status in enumerate(statuses))
    assert moved_to(hops) == (f"https://a.example{expected}" if expected not in ("", "/0") else "")


def test_a_request_that_was_repeated_is_one_hop_of_the_way() -> None:
    assert moved_to((hop(301), hop(503, URL + "-new"), hop(200, URL + "-new"))) == URL + "-new"
    assert moved_to((hop(301), hop(200, "https://www.a.example/terms/"))) == ""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("text/html; charset=UTF-8", ("text/html", "utf-8")),
        ("Text/HTML;Charset='Shift_JIS'", ("text/html", "shift_jis")),
        ('application/xhtml+xml; profile=x; charset="iso-8859-1"', ("application/xhtml+xml", "iso-8859-1")),
        ("text/html;charset=", ("text/html", "")),
        ("nonsense", ("", "")),
        ("", ("", "")),
        ("text/html\x1b[31m; charset=\x1b]0;", ("", "")),
    ],
)
def test_content_type(given: str, expected: tuple[str, str]) -> None:
    assert content_type((("content-TYPE", given),)) == expected
