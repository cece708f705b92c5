"""Bytes, charsets, refusals, and pages made to hurt."""

from __future__ import annotations

import time

import pytest
from markdown_it import helpers

from clausetrail.errors import ParseError
from clausetrail.model import Reading, Verdict
from clausetrail.parser import MAX_BYTES, PARSER_REVISION, media_type_of, read
from clausetrail.parser.markdown import _Helpers
from clausetrail.parser.normal import normal

HTML, MARKDOWN, PLAIN = "text/html", "text/markdown", "text/plain"


def words(reading: Reading) -> str:
    return " ".join(clause.words for clause in reading.tree.walk())


def test_revision_is_a_number() -> None:
    assert PARSER_REVISION >= 1


@pytest.mark.parametrize(
    ("body", "media_type", "expected"),
    [
        (b"\xef\xbb\xbf# Caf\xc3\xa9", MARKDOWN, "Café"),
        ("# Café".encode("utf-16"), MARKDOWN, "Café"),
        (b"Smart \x93quotes\x94", MARKDOWN, 'Smart "quotes"'),
        ("Łódź i żółć są całe ".encode() + b"\xc5", PLAIN, "Łódź i żółć są całe \ufffd"),
        (b'<meta charset="iso-8859-2"><p>\xa3\xf3d\xbc</p>', HTML, "Łódź"),
        (b'<meta charset="latin1"><p>\x80 5</p>', HTML, "€ 5"),
        (b'<meta charset="utf-16"><p>caf\xc3\xa9</p>', HTML, "café"),
        (b'<meta charset="no-such"><p>caf\xc3\xa9</p>', HTML, "café"),
        (b'<meta charset="gb2312"><p>\xb5\xc6\xc1\xfd</p>', HTML, "灯笼"),
        (b'<?xml version="1.0" encoding="utf-8"?><html><body><p>a</p></body></html>', "application/xhtml+xml", "a"),
        (b"one\r\ntwo\rthree", MARKDOWN, "one two three"),
    ],
)
def test_charsets(body: bytes, media_type: str, expected: str) -> None:
    assert words(read(body, media_type)) == expected


@pytest.mark.parametrize("body", [b"", b" \n\t\n", b"* * *\n", b"\xef\xbb\xbf", "—\n\n…".encode()])
@pytest.mark.parametrize("media_type", [MARKDOWN, HTML, PLAIN])
def test_pages_without_words_are_empty(body: bytes, media_type: str) -> None:
    reading = read(body, media_type)
    assert reading.verdict == Verdict(False, "empty")
    assert not reading.tree.root.children


def test_comments_and_scripts_are_no_words() -> None:
    assert not read(b"<script>var a</script><!-- b --><style>c</style>", HTML).verdict.policy


@pytest.mark.parametrize(
    ("body", "media_type", "message"),
    [
        (b"%PDF-1.7 ...", MARKDOWN, "is no text; it looks like a PDF"),
        (b"PK\x03\x04...", HTML, "is no text; it looks like a zip"),
        (b"a\0b", PLAIN, "is no text; it holds NUL bytes"),
        (b"a" * (MAX_BYTES + 1), MARKDOWN, "is 52.4 MB long"),
        (b"a", "image/png", "has the media type 'image/png'"),
        (b"a", "", "has the media type 'unknown'"),
    ],
)
def test_refusals_say_what_and_what_to_do(body: bytes, media_type: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        read(body, media_type)
    assert str(caught.value).startswith(message)
    assert ";" in str(caught.value) or "use one of" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        ("policy.MD", b"", MARKDOWN),
        ("policy.markdown", b"", MARKDOWN),
        ("a/b.htm", b"", HTML),
        ("page.xhtml", b"", "application/xhtml+xml"),
        ("notes.txt", b"<html>", PLAIN),
        ("page", b"\xef\xbb\xbf <!-- x --><!DOCTYPE html><p>", HTML),
        ("page.php", b"<HTML>", HTML),
        ("README", b"# Terms", MARKDOWN),
    ],
)
def test_media_types(name: str, body: bytes, expected: str) -> None:
    assert media_type_of(name, body) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a \n b\u00a0c ", "a b c"),
        ("“a” ‘b’ `c`", "\"a\" 'b' 'c'"),
        ("a – b—c‑d−e", "a - b-c-d-e"),
        ("a\u200bb\u00ad\u2060\ufeff\u202ec", "abc"),
        ("ﬁ ｆｕｌｌ １２：３０ …", "fi full 12:30 ..."),
        ("10² ½ ① ™ ´", "10² ½ ① ™ '"),
        ("第一行 第二行 and 文", "第一行第二行 and 文"),
        ("灯： 笼", "灯:笼"),
        ("e\u200b\u0301", "é"),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    assert normal(text) == expected


@pytest.mark.parametrize(
    "target",
    ["https://a.example/b?c=d#e", "/a(b)c", "<a b>", "a\\)b", "a b", "", "a&amp;b", "a\nb", "javascript:alert(1)"],
)
def test_short_way_through_targets_is_the_long_one(target: str) -> None:
    text = f"{target}) and more"
    ours, theirs = (h.parseLinkDestination(text, 0, len(text)) for h in (_Helpers, helpers))
    assert (ours.ok, ours.str) == (theirs.ok, theirs.str)
    assert not ours.ok or ours.pos == theirs.pos


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"[" * 100_000, MARKDOWN),
        (b"[a](" * 10_000, MARKDOWN),
        (b">" * 100_000 + b" deep", MARKDOWN),
        (b"\n".join(b" " * (2 * i) + b"- a" for i in range(300)), MARKDOWN),
        (b"word and " * 200_000, MARKDOWN),
        (b"(i) a\n\n" * 5_000, MARKDOWN),
        (b"**a " * 10_000, MARKDOWN),
        (b"<div>" * 100_000 + b"deep", HTML),
        (b"<ul><li>a" * 10_000, HTML),
        (b"<b><p>a" * 3_000, HTML),
        (b"Short\nAnother longer line\n" * 5_000, PLAIN),
    ],
    ids=lambda value: value[:8].decode() if isinstance(value, bytes) else "",
)
def test_hostile_pages_are_read_in_seconds(body: bytes, media_type: str) -> None:
    began = time.process_time()
    assert read(body, media_type) is not None
    assert time.process_time() - began < 20


def test_nothing_is_lost_where_nesting_is_too_deep() -> None:
    assert words(read(b"<div>" * 100_000 + b"deep", HTML)) == "deep"
