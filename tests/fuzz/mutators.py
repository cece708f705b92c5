"""Ways of damaging a page.  Each takes the bytes and a source of chance, and gives back other bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

MAX_SIZE = 5_000_000
_TAG = re.compile(rb"<[^<>]{0,500}>")
_TEXT = re.compile(rb">[^<>]{2,}<")
_TOKENS = (
    *(b"</body>", b"</html>", b"<body>", b"<p>", b"<li>", b"<ul>", b"</ul>", b"<table>", b"<tr><td>", b"<dl><dt>"),
    *(b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?xml version='1.0'?>", b"<script>", b"</script>", b"<style>", b"<svg>"),
    *(
        b"<iframe/>",
        b"<noscript>",
        b"<template>",
        b"<template shadowrootmode=open>",
        b"<base href='http://['>",
        b"<h7>",
    ),
    *(
        b"<details><summary>",
        b"<button>",
        b"<select><option>",
        b"<plaintext>",
        b"<frameset>",
        b"<math>",
        b"<a href=//[",
    ),
    *(b"&#0;", b"&#x110000;", b"&#xD800;", b"&amp;amp;", b"&notanentity;", b"&nbsp;", b"\0", b"\r", b"\x0c", b"\x85"),
    *(
        b"\xff",
        b"\xc3",
        b"\xed\xa0\x80",
        b"\xe2\x80\x8b",
        b"\xc2\xad",
        b"\xef\xbb\xbf",
        b"\xe2\x80\xae",
        b"\xcc\x81" * 9,
    ),
    *(b"# ", b"* ", b"1. ", b"| - |", b"```", b"[a]: b", b"](", b"> ", b"(a) ", b"99999999999. ", b"\xe2\x85\xa3. "),
    *(b"2024-02-30", b"31 June 2023", b"Last updated: ", b"00.00.0000", b"Changelog"),
)
_ATTRIBUTES = (
    *(
        b"hidden",
        b"style='display:none'",
        b"aria-hidden=true",
        b"class=''",
        b"start=-9999999999",
        b"value=x",
        b"lang=zz",
    ),
    *(
        b"id=a",
        b"colspan=99999999",
        b"role=navigation",
        b"style='counter-increment:a 999999999'",
        b"href='http://[::1'",
    ),
    *(
        b"datetime=9999-99-99",
        b"type=I start=99999",
        b"reversed",
        b"data-cfemail=zz",
        b"x='\0'",
        b"style='" + b"(" * 99,
    ),
)
_CHARSETS = ("utf-16", "utf-16-be", "utf-32", "cp1252", "shift_jis", "gb18030", "utf-7", "cp037")

Mutator = Callable[[bytes, Random], bytes]


def delete_tag(body: bytes, chance: Random) -> bytes:
    start, end = _some_tag(body, chance)
    return body[:start] + body[end:]


def double_tag(body: bytes, chance: Random) -> bytes:
    start, end = _some_tag(body, chance)
    return body[:end] + body[start:end] * chance.choice((1, 2, 50)) + body[end:]


def move_tag(body: bytes, chance: Random) -> bytes:
    start, end = _some_tag(body, chance)
    at = chance.randrange(len(body) + 1)
    return body[:at] + body[start:end] + body[at:]


def damage_attribute(body: bytes, chance: Random) -> bytes:
    start, end = _some_tag(body, chance)
    if end - start < 3:
        return body
    return body[: end - 1] + b" " + chance.choice(_ATTRIBUTES) + body[end - 1 :]


def huge_attribute(body: bytes, chance: Random) -> bytes:
    start, end = _some_tag(body, chance)
    size = chance.choice((1_000, 100_000, 1_000_000))
    return body[: max(start, end - 1)] + b" class='" + b"a " * (size // 2) + b"'" + body[max(start, end - 1) :]


def many_attributes(body: bytes, chance: Random) -> bytes:
    start, end = _some_tag(body, chance)
    more = b"".join(b" a%d=b" % i for i in range(chance.choice((10, 3_000))))
    return body[: max(start, end - 1)] + more + body[max(start, end - 1) :]


def flip_bytes(body: bytes, chance: Random) -> bytes:
    damaged = bytearray(body)
    for _ in range(chance.choice((1, 8, 200)) if damaged else 0):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def truncate(body: bytes, chance: Random) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def behead(body: bytes, chance: Random) -> bytes:
    return body[chance.randrange(len(body) + 1) :]


def insert_token(body: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + chance.choice(_TOKENS) * chance.choice((1, 1, 1, 40)) + body[at:]


def nest(body: bytes, chance: Random) -> bytes:
    """Deep nesting, closed or not."""
    name = chance.choice((b"div", b"ul><li", b"b", b"span", b"table><tr><td", b"blockquote", b"a href=x", b"dl><dd"))
    depth = chance.choice((10, 300, 100_000))
    at = chance.randrange(len(body) + 1)
    return body[:at] + b"<%s>" % name * depth + body[at:]


def quote_deeply(body: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + b"\n" + chance.choice((b"> ", b"- ", b"    ", b"[", b"**")) * 5_000 + body[at:]


def entity_bomb(body: bytes, chance: Random) -> bytes:
    lines = b"".join(b'<!ENTITY e%d "%s">' % (i, b"&e%d;" % (i - 1) * 10) for i in range(1, 12))
    return b'<!DOCTYPE html [<!ENTITY e0 "lamp">' + lines + b"]>" + body + b"<p>&e11;</p>"


def unclose_lists(body: bytes, chance: Random) -> bytes:
    return re.sub(rb"</(?:li|ul|ol|p)>", lambda m: b"" if chance.random() < 0.7 else m.group(), body)


def nul_bytes(body: bytes, chance: Random) -> bytes:
    at = max(8_001, chance.randrange(len(body) + 1))
    return body[:at] + b"\0" * chance.choice((1, 1_000)) + body[at:]


def mix_encodings(body: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    end = min(len(body), at + chance.choice((50, 5_000)))
    return body[:at] + body[at:end].decode("utf-8", "replace").encode(chance.choice(_CHARSETS), "replace") + body[end:]


def encode_twice(body: bytes, chance: Random) -> bytes:
    return body.decode("cp1252", "replace").encode("utf-8")


def repeat_part(body: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    end = min(len(body), at + chance.choice((100, 2_000, 20_000)))
    return body[:end] + body[at:end] * chance.choice((1, 5, 100)) + body[end:]


def swap_texts(body: bytes, chance: Random) -> bytes:
    found = [m.span() for m in _TEXT.finditer(body)]
    if len(found) < 2:
        return body
    (a, b), (c, d) = sorted(chance.sample(found, 2))
    return body[:a] + body[c:d] + body[b:c] + body[a:b] + body[d:]


def long_text(body: bytes, chance: Random) -> bytes:
    found = chance.choice((b"lamp ", b"a", "灯".encode(), b"1.", b"(i) ", b"May 3, 2024 ", b"\xc2\xa0", b"-", b"\n"))
    at = chance.randrange(len(body) + 1)
    return body[:at] + found * chance.choice((200, 50_000)) + body[at:]


MUTATORS: tuple[Mutator, ...] = (
    *(delete_tag, double_tag, move_tag, damage_attribute, huge_attribute, many_attributes, flip_bytes, truncate),
    *(behead, insert_token, nest, quote_deeply, entity_bomb, unclose_lists, nul_bytes, mix_encodings, encode_twice),
    *(repeat_part, swap_texts, long_text),
)


def mutated(body: bytes, chance: Random) -> bytes:
    """The page, damaged one to six times over, and no longer than `MAX_SIZE`."""
    for _ in range(chance.randint(1, 6)):
        body = chance.choice(MUTATORS)(body, chance)[:MAX_SIZE]
    return body


def _some_tag(body: bytes, chance: Random) -> tuple[int, int]:
    """Where a tag stands, beginning to look at a place left to chance."""
    at = chance.randrange(len(body) + 1)
    match = _TAG.search(body, at) or _TAG.search(body)
    return match.span() if match else (at, at)
