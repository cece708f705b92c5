"""Bytes → text, and what kind of text it is."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import NamedTuple

from clausetrail.errors import ParseError
from clausetrail.parser.mojibake import mended

MAX_BYTES = 50 * 1024 * 1024
"""The longest page that is read.  Reading one costs up to ten times its size in memory: under 500 MB."""

MARKDOWN, HTML, XHTML, PLAIN = "text/markdown", "text/html", "application/xhtml+xml", "text/plain"
PDF = "application/pdf"
TEXT_TYPES = (MARKDOWN, HTML, XHTML, PLAIN)
MEDIA_TYPES = (*TEXT_TYPES, PDF)
_SUFFIXES = {
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": XHTML,
    ".txt": PLAIN,
    ".pdf": PDF,
}

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
_LATEST = 65_536
"""Bytes within which a declaration is looked for: it may stand behind long scripts."""
_XML_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']?([a-z0-9_.:-]{2,40})", re.IGNORECASE)
_META = re.compile(rb"<(?i:meta)\b[^>]{0,300}?(?i:charset)\s*=\s*[\"']?\s*([a-zA-Z0-9_.:-]{2,40})")
_STATEFUL = ("iso2022", "hz", "utf-7", "utf_7")
"""Charsets that write everything in bytes of ASCII."""
_LOOKS_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml)\b", re.IGNORECASE | re.DOTALL
)


def media_type_of(name: str, body: bytes) -> str:
    """From the suffix of a file's name, else from how the body begins: HTML, or Markdown (of which plain text is the
    simplest).  What begins like a PDF is one, whatever its name."""
    if is_pdf(body):
        return PDF
    known = _SUFFIXES.get(PurePath(name).suffix.lower())
    if known:
        return known
    return HTML if _LOOKS_HTML.match(_without_bom(body[:_HEAD])) else MARKDOWN


def is_pdf(body: bytes) -> bool:
    """Whether the bytes begin like a PDF."""
    return body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-")


class Decoded(NamedTuple):
    """The text of a page."""

    text: str
    """Without a byte order mark."""
    flags: tuple[str, ...] = ()
    """What was wrong with the bytes: `charset-mismatch` (they are not in the charset that they declare),
    `broken-characters` (some could not be read, and are U+FFFD), `double-encoded` (and mended)."""


def decode(body: bytes, media_type: str, charset: str = "") -> Decoded:
    """The charset is that of the byte order mark, else UTF-8 where the bytes are valid in it, else `charset`, which the
    server named, else the one that HTML declares (HTML Standard, 13.2.3.2), else what Beautiful Soup's detector finds.

    UTF-8 goes before the declaration because no other text comes to be valid in it by chance, while servers and
    templates declare what they like.  Raises ParseError for what is no text and for more than `MAX_BYTES`.
    """
    _refuse_what_is_no_text(body)
    for bom, name in _BOMS:
        if body.startswith(bom):
            return _flagged(body.decode(name, "replace").removeprefix("\ufeff"))
    if wide := _wide(body):
        return _flagged(body.decode(wide, "replace"))
    declared = _codec(charset) or (_declared(body) if media_type in (HTML, XHTML) else "")
    if not declared.startswith(_STATEFUL):
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            mismatch = bool(declared) and declared != "utf-8" and not text.isascii()
            return _flagged(mended(text, body), text, mismatch=mismatch)
    if declared:
        try:
            return _flagged(body.decode(declared))
        except UnicodeDecodeError:
            pass
    return _flagged(_detected(body, declared), mismatch=bool(declared))


def _flagged(text: str, original: str | None = None, *, mismatch: bool = False) -> Decoded:
    flags = {
        "charset-mismatch": mismatch,
        "broken-characters": "\ufffd" in text,
        "double-encoded": original is not None and text != original,
    }
    return Decoded(text, tuple(flag for flag, raised in flags.items() if raised))


def _wide(body: bytes) -> str:
    """UTF-16 without a byte order mark: every second byte of text in Latin script is zero, and no other."""
    head = body[:_LOOKED_AT]
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if len(head) >= 4 and max(even, odd) > 0.4 * half and min(even, odd) < 0.02 * half:
        return "utf-16-be" if even > odd else "utf-16-le"
    return ""


def check_size(body: bytes) -> None:
    """Raises ParseError for more than `MAX_BYTES`."""
    if len(body) > MAX_BYTES:
        size, most = len(body) / 1e6, MAX_BYTES / 1e6
        raise ParseError(f"is {size:.1f} MB long, and pages over {most:.0f} MB are not read; give the policy alone")


def _refuse_what_is_no_text(body: bytes) -> None:
    check_size(body)
    for magic, what in _MAGIC.items():
        if body.startswith(magic):
            raise ParseError(f"is no text; it looks like {what}; give the page as Markdown, HTML or plain text")
    marked = body.startswith(tuple(bom for bom, _ in _BOMS))
    if b"\0" in body[:_LOOKED_AT] and not marked and not _wide(body):
        raise ParseError("is no text; it holds NUL bytes; give the page as Markdown, HTML or plain text")


def _without_bom(head: bytes) -> bytes:
    return head.removeprefix(codecs.BOM_UTF8)


def _declared(body: bytes) -> str:
    """Name of a codec for text; empty where none is declared or known."""
    match = _XML_DECLARATION.match(body) or _META.search(body, 0, _LATEST)
    return _codec(match[1].decode("ascii")) if match else ""


def _codec(name: str) -> str:
    """Name of the codec for a charset, as the web means it; empty for none, for one that is not known, for no text."""
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # HTML Standard, 13.2.3.2: a declaration that is readable as ASCII cannot be in UTF-16.
    if codec.name.startswith(("utf-16", "utf-32")) or not getattr(codec, "_is_text_encoding", True):
        return ""
    # Encoding Standard: pages that say Latin-1 mean Windows-1252; those that say GB2312 mean its superset.
    return {"iso8859-1": "windows-1252", "ascii": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(
        codec.name, codec.name
    )


def _detected(body: bytes, declared: str) -> str:
    replaced = body.decode("utf-8", "replace")
    damaged = replaced.count("\ufffd")
    # UTF-8 with a few broken bytes is still UTF-8: a run of several bytes that is valid hardly comes by chance.
    if len(replaced) - len(replaced.encode("ascii", "ignore")) > 2 * damaged:
        return replaced
    if declared and declared != "utf-8":
        return body.decode(declared, "replace")
    from bs4.dammit import UnicodeDammit

    found = UnicodeDammit(body[:_LATEST]).original_encoding
    return body.decode(found, "replace") if found else replaced
