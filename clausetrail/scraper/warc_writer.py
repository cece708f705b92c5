"""Writing WARC files (ISO 28500, version 1.1) that other tools replay."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from clausetrail.errors import ScrapeError

_REASONS = {200: "OK", 203: "Non-Authoritative Information", 304: "Not Modified"}
_CODINGS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers that speak of the bytes on the wire; what is kept are the bytes that they carried."""
_UNMODIFIED = 304
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
"""ISO 28500:2017, 6.7.3."""
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Item:
    """A snapshot to be written."""

    document: str
    source: str
    url: str
    at: datetime
    media_type: str
    status: int | None
    """None where no HTTP answer was seen: it becomes a `resource` record."""
    headers: Sequence[tuple[str, str]]
    request: Sequence[tuple[str, str]]
    origin: str
    sha256: str
    link: str
    """Of its row in the chain; empty where it has none."""
    body: bytes = field(repr=False)


@contextmanager
def writing(path: Path, software: str) -> Iterator[Writer]:
    """A file that is there only once it is whole.  Raises ScrapeError where there is one already."""
    if path.exists():
        raise ScrapeError(f"{path}: is there already; name another file, or take it away")
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            writer = Writer(WARCWriter(file, gzip=path.suffix == ".gz", warc_version="1.1"))
            writer.begin(path.name, software)
            yield writer
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


class Writer:
    def __init__(self, writer: Any) -> None:
        self._writer = writer
        self._written: dict[tuple[str, str], tuple[str, str, str]] = {}
        """(document, SHA-256) -> (address, date, payload digest) of the record that holds the bytes."""

    def begin(self, name: str, software: str) -> None:
        info = {"software": software, "format": "WARC File Format 1.1"}
        self._write(self._writer.create_warcinfo_record(name, info))

    def add(self, item: Item) -> None:
        """Bytes that stand in the file already under the same document become a revisit, as far as HTTP was seen."""
        unnamed = f"urn:clausetrail:{quote(item.document)}:{quote(item.source)}"
        url = quote(item.url, safe="%/:=&?~#+!$,;'@()*[]") or unnamed
        date = item.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        fields = _fields(item, date)
        if item.status is None or (item.status == _UNMODIFIED and (item.document, item.sha256) not in self._written):
            self._add_resource(item, url, fields)
        else:
            self._add_response(item, url, date, fields)

    def _add_resource(self, item: Item, url: str, fields: dict[str, str]) -> None:
        record = self._writer.create_warc_record(
            url,
            "resource",
            payload=BytesIO(item.body),
            length=len(item.body),
            warc_content_type=_text(item.media_type),
            warc_headers_dict=fields,
        )
        self._write(record)

    def _add_response(self, item: Item, url: str, date: str, fields: dict[str, str]) -> None:
        http = StatusAndHeaders(
            f"{item.status} {_REASONS.get(item.status or 0, '')}".strip(), _http_headers(item), protocol="HTTP/1.1"
        )
        first = self._written.get((item.document, item.sha256))
        if first is not None:
            refers_to, at, digest = first
            record = self._writer.create_revisit_record(
                url, digest, refers_to, at, http_headers=http, warc_headers_dict=fields
            )
            if item.status == _UNMODIFIED:
                record.rec_headers.replace_header("WARC-Profile", _NOT_MODIFIED)
        else:
            record = self._writer.create_warc_record(
                url,
                "response",
                payload=BytesIO(item.body),
                length=len(item.body),
                http_headers=http,
                warc_headers_dict=fields,
            )
            self._written[item.document, item.sha256] = url, date, _digest(item.body)
        self._write(record)
        if item.request:
            self._add_request(item, url, date, record)

    def _add_request(self, item: Item, url: str, date: str, answer: Any) -> None:
        http = StatusAndHeaders(f"GET {url} HTTP/1.1", _safe(item.request), is_http_request=True)
        fields = {"WARC-Date": date, "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID")}
        record = self._writer.create_warc_record(url, "request", http_headers=http, warc_headers_dict=fields)
        self._write(record)

    def _write(self, record: Any) -> None:
        self._writer.write_record(record)


def _fields(item: Item, date: str) -> dict[str, str]:
    found = {
        "WARC-Date": date,
        "Clausetrail-Document": _text(item.document),
        "Clausetrail-Source": _text(item.source),
        "Clausetrail-Origin": item.origin,
        "Clausetrail-SHA256": item.sha256,
        "Clausetrail-Link": item.link,
    }
    return {name: value for name, value in found.items() if value}


def _http_headers(item: Item) -> list[tuple[str, str]]:
    """As served, but for those of the wire, which are kept under names that nobody acts on."""
    found = [(f"X-Archive-Orig-{n}" if n.lower() in _CODINGS else n, v) for n, v in _safe(item.headers)]
    if not any(name.lower() == "content-type" for name, _ in found):
        found.append(("Content-Type", _text(item.media_type)))
    return [*found, ("Content-Length", str(len(item.body)))]


def _safe(headers: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headers that begin no line of their own, whatever they hold."""
    return [(name, _text(value)) for name, value in headers if _TOKEN.fullmatch(name)]


def _text(value: str) -> str:
    return _CONTROL.sub(" ", value).encode("utf-8", "replace").decode("utf-8")


def _digest(body: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")
