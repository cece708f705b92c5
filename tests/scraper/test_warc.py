"""WARC files as crawlers write them, and as somebody who means harm would."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.errors import ScrapeError
from clausetrail.scraper.warc import Page, Problems, addresses, pages
from tests.warcs import answer, digest, packed, page, record, response, revisit

URL = "https://lampion.example/rules"
ONE, TWO = page("sell"), page("rent")
FIRST = "2024-01-01T00:00:00Z"


def read(folder: Path, content: bytes) -> tuple[list[Page], dict[str, int]]:
    path = folder / "crawl.warc.gz"
    path.write_bytes(content)
    problems = Problems()
    return list(pages(path, problems)), problems.counts


def bodies(found: list[Page]) -> list[tuple[str, bytes]]:
    return [(one.at.strftime("%d"), one.body) for one in found]


def crawl() -> list[bytes]:
    return [
        record("warcinfo", "", FIRST, b"software: test\r\n", {"Content-Type": "application/warc-fields"}),
        response(URL, FIRST, ONE),
        response(URL, "2024-01-02T00:00:00Z", TWO),
        revisit(URL, "2024-01-03T00:00:00Z", ONE),
        revisit(URL, "2024-01-04T00:00:00Z", b"", "304 Not Modified"),
    ]


@pytest.mark.parametrize("form", ["members", "one member", "plain"])
def test_answers_and_revisits(tmp_path: Path, form: str) -> None:
    content = {
        "members": packed(crawl()),
        "one member": gzip.compress(b"".join(crawl())),
        "plain": b"".join(crawl()),
    }[form]
    found, problems = read(tmp_path, content)
    assert bodies(found) == [("01", ONE), ("02", TWO), ("03", ONE), ("04", TWO)]
    assert problems == {}
    assert {one.url for one in found} == {URL}
    assert found[0].headers == (("Content-Type", "text/html; charset=utf-8"),)
    assert [one.media_type for one in found] == ["text/html"] * 4


def test_encodings_are_undone(tmp_path: Path) -> None:
    squeezed = gzip.compress(ONE)
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(squeezed), squeezed)
    headers = "Content-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    found, _ = read(tmp_path, packed([record("response", URL, FIRST, answer(chunks, headers=headers))]))
    assert bodies(found) == [("01", ONE)]
    assert ("Content-Encoding", "gzip") in found[0].headers


@pytest.mark.parametrize("first", ["request", "response"])
def test_what_was_asked_is_told(tmp_path: Path, first: str) -> None:
    name = "<urn:uuid:00000000-0000-0000-0000-0000000000aa>"
    asked = b"GET /rules HTTP/1.1\r\nUser-Agent: crawler\r\n\r\n"
    both = {
        "response": response(URL, FIRST, ONE, {"WARC-Record-ID": name}),
        "request": record("request", URL, FIRST, asked, {"WARC-Concurrent-To": name}),
    }
    found, _ = read(tmp_path, packed([both.pop(first), *both.values()]))
    assert found[0].request == (("User-Agent", "crawler"),)


def test_resources_have_no_answer(tmp_path: Path) -> None:
    record_ = record("resource", URL, "2024-01-01T00:00:00.25Z", ONE, {"Content-Type": "text/html"})
    found, _ = read(tmp_path, packed([record_]))
    assert bodies(found) == [("01", ONE)]
    assert (found[0].status, found[0].headers, found[0].at.microsecond) == (None, (), 250_000)


SQUEEZED = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
LEFT_OUT = {
    "answered with 404": record("response", URL, FIRST, answer(ONE, "404 Not Found")),
    "does not match its own digest": response(URL, FIRST, ONE, {"WARC-Payload-Digest": digest(TWO)}),
    "cut short": response(URL, FIRST, ONE, {"WARC-Truncated": "length"}),
    "revisits what is not in the file before it": revisit(URL, FIRST, TWO),
    "no date that can be read": response(URL, "yesterday", ONE),
    "larger than 52 MB": record("response", URL, FIRST, answer(gzip.compress(bytes(60_000_000)), headers=SQUEEZED)),
}


@pytest.mark.parametrize("reason", LEFT_OUT)
def test_what_is_left_out_is_named(tmp_path: Path, reason: str) -> None:
    found, problems = read(tmp_path, packed([LEFT_OUT[reason], response(URL, "2024-01-09T00:00:00Z", TWO)]))
    assert bodies(found) == [("09", TWO)]
    assert problems == {reason: 1}


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    records = [
        record("response", URL, FIRST, answer(b"GIF89a", headers="Content-Type: image/gif\r\n")),
        response("file:///etc/passwd", FIRST, ONE),
        response("https://[bad/", FIRST, ONE),
        record("metadata", URL, FIRST, b"via: x"),
        response(URL, "2024-01-09T00:00:00Z", TWO),
    ]
    found, problems = read(tmp_path, packed(records))
    assert (bodies(found), problems) == ([("09", TWO)], {})


@pytest.mark.parametrize("packing", ["gzip", "plain"])
def test_a_file_that_breaks_off_gives_what_is_whole(tmp_path: Path, packing: str) -> None:
    records = [response(URL, FIRST, ONE), response(URL, "2024-01-02T00:00:00Z", TWO)]
    content = packed(records) if packing == "gzip" else b"".join(records)
    for end in (len(content) - 200, len(content) - 60):
        found, problems = read(tmp_path, content[:end])
        assert bodies(found) == [("01", ONE)]
        assert problems


@pytest.mark.slow
def test_a_bomb_is_refused(tmp_path: Path) -> None:
    huge = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    head = "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: 300000000\r\n\r\n"
    block = huge.compress(head.encode())
    block += b"".join(huge.compress(bytes(1_000_000)) for _ in range(300))
    with pytest.raises(ScrapeError, match="as no honest file does"):
        read(tmp_path, block + huge.flush())


@pytest.mark.slow
def test_a_line_without_end_is_not_held(tmp_path: Path) -> None:
    tracemalloc.start()
    for line in (b"a", b"a: b\r\n"):
        with pytest.raises(ScrapeError, match="headers without end"):
            read(tmp_path, gzip.compress(b"WARC/1.0\r\nX: " + line * (50_000_000 // len(line))))
    assert tracemalloc.get_traced_memory()[1] < 120_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", b"PK\x03\x04", b"notes\n" * 50, gzip.compress(b"notes\n" * 50)])
def test_what_is_no_warc(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ScrapeError):
        read(tmp_path, content)
    with pytest.raises(ScrapeError, match="cannot be read"):
        addresses(tmp_path / "none.warc")


@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_damage_raises_no_other_error(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    content = bytearray(b"".join(crawl()))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.sampled_from(b"\x00\r\n:/ W9\xff"))
    try:
        found, _ = read(tmp_path_factory.getbasetemp(), bytes(content))
    except ScrapeError:
        return
    assert len(found) <= 4
