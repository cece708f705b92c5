"""Bytes → text, and what kind of text it is."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath

from clausetrail.errors import ParseError

MAX_BYTES = 20_000_000
"""The longest page that is read."""

MARKDOWN, HTML, XHTML, PLAIN = "text/markdown", "text/html", "application/xhtml+xml", "text/plain"
MEDIA_TYPES = (MARKDOWN, HTML, XHTML, PLAIN)
_SUFFIXES = {".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML, ".xhtml": XHTML, ".txt": PLAIN}

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive or office document",
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "compressed with gzip",
    b"\x28\xb5\x2f\xfd": "compressed with Zstandard",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
_LOOKED_AT = 8_000
_HEAD = 4_096
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([a-zA-Z0-9_.:-]{2,40})", re.IGNORECASE)
_LOOKS_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml)\b", re.IGNORECASE | re.DOTALL
)


def media_type_of(name: str, body: bytes) -> str:
    """From the suffix of a file's name, else from how the body begins: HTML, or Markdown (of which plain text is the
    simplest)."""
    known = _SUFFIXES.get(PurePath(name).suffix.lower())
    if known:
        return known
    return HTML if _LOOKS_HTML.match(_without_bom(body[:_HEAD])) else MARKDOWN


def decode(body: bytes, media_type: str) -> str:
    """The text, without a byte order mark.  Bytes that no charset explains become U+FFFD.

    The charset is that of the byte order mark, else the one that HTML declares, else UTF-8, else what Beautiful
    Soup's detector finds.
    """
    _refuse_what_is_no_text(body)
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, "replace").removeprefix("\ufeff")
    declared = _declared(body) if media_type in (HTML, XHTML) else ""
    for name in filter(None, (declared, "utf-8")):
        try:
            return body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return _detected(body)


def _refuse_what_is_no_text(body: bytes) -> None:
    if len(body) > MAX_BYTES:
        size, most = len(body) / 1e6, MAX_BYTES / 1e6
        raise ParseError(f"is {size:.1f} MB long, and pages over {most:.0f} MB are not read; give the policy alone")
    for magic, what in _MAGIC.items():
        if body.startswith(magic):
            raise ParseError(f"is no text; it looks like {what}; give the page as Markdown, HTML or plain text")
    if b"\0" in body[:_LOOKED_AT] and not body.startswith(tuple(bom for bom, _ in _BOMS)):
        raise ParseError("is no text; it holds NUL bytes; give the page as Markdown, HTML or plain text")


def _without_bom(head: bytes) -> bytes:
    return head.removeprefix(codecs.BOM_UTF8)


def _declared(body: bytes) -> str:
    """Name of a codec for text; empty where none is declared or known."""
    match = _DECLARED.search(body[:_HEAD])
    if match is None:
        return ""
    try:
        codec = codecs.lookup(match[1].decode("ascii"))
    except LookupError:
        return ""
    # HTML Standard, 13.2.3.2: a declaration that is readable as ASCII cannot be in UTF-16.
    if codec.name.startswith(("utf-16", "utf-32")) or not getattr(codec, "_is_text_encoding", True):
        return ""
    # Encoding Standard: pages that say Latin-1 mean Windows-1252; those that say GB2312 mean its superset.
    return {"iso8859-1": "windows-1252", "ascii": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(
        codec.name, codec.name
    )


def _detected(body: bytes) -> str:
    replaced = body.decode("utf-8", "replace")
    damaged = replaced.count("\ufffd")
    # UTF-8 with a few broken bytes is still UTF-8: a run of several bytes that is valid hardly comes by chance.
    if sum(c > "\x7f" for c in replaced) > 2 * damaged:
        return replaced
    from bs4.dammit import UnicodeDammit

    return UnicodeDammit(body).unicode_markup or replaced
