"""WARC files byte by byte, good ones and others."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterable, Mapping
from itertools import count

HTML = "<html lang=en><title>Rules</title><main><h1>Rules</h1><p>You may not {} data.</p><p>{}</p></main>"
FILLER = " ".join(f"Rule {n} holds for everybody who comes here, by day and by night." for n in range(1, 20))
_NUMBERS = count(1)


def page(word: str) -> bytes:
    return HTML.format(word, FILLER).encode()


def digest(body: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def record(kind: str, url: str, date: str, block: bytes, fields: Mapping[str, str] | None = None) -> bytes:
    """One record; `fields` replace or add to what it says of itself."""
    said = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": date,
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-{next(_NUMBERS):012}>",
        "Content-Type": "application/http",
        "Content-Length": str(len(block)),
        **(fields or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items() if value)
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def answer(body: bytes, status: str = "200 OK", headers: str = "Content-Type: text/html; charset=utf-8\r\n") -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body


def response(url: str, date: str, body: bytes, fields: Mapping[str, str] | None = None) -> bytes:
    return record("response", url, date, answer(body), {"WARC-Payload-Digest": digest(body), **(fields or {})})


def revisit(url: str, date: str, of: bytes, status: str = "200 OK") -> bytes:
    return record("revisit", url, date, answer(b"", status), {"WARC-Payload-Digest": digest(of)})


def packed(records: Iterable[bytes]) -> bytes:
    """Each record a gzip member of its own, as the standard has it."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)
