"""Reading WARC files (ISO 28500): the pages in them, whatever else the files hold or wherever they break off.

Nothing of a file is trusted: no name in it becomes a path, bytes that unpack to far more than they take are refused,
and a record that is cut short or does not match its own digest is left out and named.
"""

from __future__ import annotations

import logging
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from clausetrail.errors import ScrapeError
from clausetrail.scraper.files import MAX_BYTES
from clausetrail.scraper.media import MEDIA_TYPES

_MAGIC = b"\x1f\x8b"
_BLOCK = 64 * 1024
_LONGEST_HEADERS = 1024 * 1024
_RATIO, _FREE = 200, 64 * 1024 * 1024
"""A file may unpack to so many times its size, and to so many bytes in any case: texts come to a tenth of that."""
_BROKEN = (
    *(ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, zlib.error),
    *(ValueError, KeyError, IndexError, AttributeError, TypeError),
)
"""What warcio raises on files that are damaged."""

# It quotes them in its warnings, and whatever is in them would go to the terminal.
logging.getLogger("warcio").addHandler(logging.NullHandler())


class _TooMuchError(Exception):
    """A file unpacks to more than can be honest."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a file says was served at an address at a time."""

    url: str
    at: datetime
    media_type: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    record: str
    """Its WARC-Record-ID."""
    kind: str
    """`response`, `revisit` or `resource`."""
    document: str = ""
    """What the file itself calls its document, where Clausetrail wrote it; not to be trusted."""
    source: str = ""
    request: tuple[tuple[str, str], ...] = ()
    body: bytes = field(default=b"", repr=False)
    """As a browser would hand it on: transfer and content encoding undone."""


@dataclass(slots=True)
class Problems:
    """What was left out, by reason."""

    counts: dict[str, int] = field(default_factory=dict)

    def note(self, reason: str) -> None:
        self.counts[reason] = self.counts.get(reason, 0) + 1


class _Unpacked:
    """A file's bytes, unpacked if it is gzip, as long as they stay in proportion."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._packed = file.read(2) == _MAGIC
        file.seek(0)
        self._inflate: Any = None
        self._rest = b""
        self._given = 0
        self.cut = False

    def read(self, size: int = -1) -> bytes:
        size = _BLOCK if size < 0 else size
        if not self._packed:
            return self._file.read(size)
        while True:
            found = self._more(size)
            if found is not None:
                return found

    def _more(self, size: int) -> bytes | None:
        """Bytes; none at the end; None where there is to be asked again."""
        data = self._rest or self._file.read(_BLOCK)
        if not data:
            self.cut = self._inflate is not None
            return b""
        if self._inflate is None:
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        found: bytes = self._inflate.decompress(data, size)
        self._rest = self._inflate.unconsumed_tail or self._inflate.unused_data
        if self._inflate.eof:
            self._inflate = None
        self._given += len(found)
        if self._given > max(_FREE, _RATIO * self._file.tell()):
            raise _TooMuchError
        return found or None

    def tell(self) -> int:
        return self._given

    def close(self) -> None:
        """The file belongs to whoever opened it."""


class _Lines(DecompressingBufferedReader):  # type: ignore[misc]
    """Holds no header that goes on for ever."""

    _headers = 0

    def readline(self, length: int | None = None) -> Any:
        line = super().readline(min(length or _LONGEST_HEADERS, _LONGEST_HEADERS))
        self._headers += len(line)
        if self._headers > _LONGEST_HEADERS:
            raise ValueError("headers without end")
        return line

    def read(self, length: int | None = None) -> Any:
        self._headers = 0
        return super().read(length)


class _Records(ArchiveIterator):  # type: ignore[misc]
    INC_RECORD = ""
    """What it prints, the bytes included, where a record is longer than it says."""


def pages(path: Path, problems: Problems, wanted: Mapping[str, object] | None = None) -> Iterator[Page]:
    """The pages of a file in its order, bodies and all; with `wanted`, those of these addresses.

    An identical revisit is given the body of the record that it refers to, if that came before.  What is left out is
    told to `problems`.  Raises ScrapeError where the file cannot be opened, is no WARC, or unpacks to more than can
    be honest."""
    requests = _requests(path)
    with tempfile.TemporaryDirectory(prefix="clausetrail-warc-") as folder:
        earlier = _Earlier(Path(folder))
        for record in _records(path, problems):
            page = _page(record, problems, requests)
            if page is not None and (wanted is None or page.url in wanted):
                whole = _whole(record, page, earlier, problems)
                if whole is not None:
                    yield whole


def addresses(path: Path) -> dict[str, Page]:
    """Address -> its first page, without its body."""
    found: dict[str, Page] = {}
    for record in _records(path, Problems()):
        page = _page(record, Problems(), {})
        if page is not None:
            found.setdefault(page.url, page)
    return found


def _records(path: Path, problems: Problems) -> Iterator[Any]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise ScrapeError(f"{path}: cannot be read ({error.strerror or error})") from error
    with file:
        stream, read = _Unpacked(file), 0
        try:
            for record in _iterator(stream):
                read += 1
                yield record
        except _TooMuchError as error:
            raise ScrapeError(
                f"{path}: unpacks to more than {_RATIO} times its size, as no honest file does; nothing more was read"
            ) from error
        except _BROKEN as error:
            if not read:
                raise ScrapeError(f"{path}: is no WARC file that can be read ({error})") from error
            problems.note("the file breaks off or is damaged; what came before is in")
            return
        if stream.cut:
            problems.note("the file breaks off or is damaged; what came before is in")
        if not read:
            raise ScrapeError(f"{path}: holds no WARC record")


def _iterator(stream: _Unpacked) -> Iterator[Any]:
    found = _Records(stream, check_digests=True)
    found.reader = _Lines(stream, block_size=_BLOCK, decomp_type=None)
    yield from found


def _requests(path: Path) -> dict[str, tuple[tuple[str, str], ...]]:
    """WARC-Record-ID of an answer -> headers that were sent for it."""
    found = {}
    for record in _records(path, Problems()):
        if record.rec_type == "request" and record.http_headers:
            answer = record.rec_headers.get_header("WARC-Concurrent-To") or ""
            found[answer] = _pairs(record)
    return found


def _page(record: Any, problems: Problems, requests: Mapping[str, tuple[tuple[str, str], ...]]) -> Page | None:
    """What a record shows; None where that can be no page of a policy."""
    if record.rec_type not in ("response", "revisit", "resource"):
        return None
    said = record.rec_headers.get_header
    url, at, name = said("WARC-Target-URI") or "", _moment(said("WARC-Date") or ""), said("WARC-Record-ID") or ""
    url = url.strip("<> ")
    if not _is_web(url) and not said("Clausetrail-Document"):
        return None
    if at is None:
        problems.note("no date that can be read")
        return None
    http = record.http_headers
    media_type = (http.get_header("Content-Type") if http else said("Content-Type")) or ""
    page = Page(
        url=url if _is_web(url) else "",
        at=at,
        media_type=media_type.partition(";")[0].strip().lower(),
        status=_status(http),
        headers=_pairs(record) if record.rec_type != "resource" else (),
        record=name,
        kind=record.rec_type,
        document=said("Clausetrail-Document") or "",
        source=said("Clausetrail-Source") or "",
        request=requests.get(name, ()),
    )
    return page if _may_be_policy(page, problems) else None


def _may_be_policy(page: Page, problems: Problems) -> bool:
    if page.kind == "revisit" and (page.status in (None, 200, 304)):
        return True
    if page.status is not None and not 200 <= page.status < 300:
        problems.note(f"answered with {page.status}")
        return False
    return page.media_type in MEDIA_TYPES


def _whole(record: Any, page: Page, earlier: _Earlier, problems: Problems) -> Page | None:
    try:
        return _with_body(record, page, earlier, problems)
    except _BROKEN:
        problems.note("cannot be read")
        return None


def _with_body(record: Any, page: Page, earlier: _Earlier, problems: Problems) -> Page | None:
    """The page with its bytes; None, and why, where they cannot be had whole."""
    if page.kind == "revisit":
        found = earlier.find(record, page)
        if found is None:
            problems.note("revisits what is not in the file before it")
        return found
    body = _body(record)
    if body is None:
        problems.note(f"larger than {MAX_BYTES / 1e6:.0f} MB")
    elif getattr(record.raw_stream, "limit", 1) > 0 or record.rec_headers.get_header("WARC-Truncated"):
        problems.note("cut short")
    elif record.digest_checker is not None and record.digest_checker.passed is False:
        problems.note("does not match its own digest")
    else:
        return earlier.note(record, replace(page, body=body))
    return None


def _body(record: Any) -> bytes | None:
    """None for one that is too large, before it is held."""
    stream, parts, size = record.content_stream(), [], 0
    while block := stream.read(_BLOCK):
        size += len(block)
        if size > MAX_BYTES:
            return None
        parts.append(block)
    while record.raw_stream.read(_BLOCK):  # what a wrong Content-Encoding left over belongs to the digest
        pass
    return b"".join(parts)


class _Earlier:
    """Bodies that a revisit may refer to, in a folder of their own under numbers of ours."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._by_digest: dict[tuple[str, str], tuple[int, Page]] = {}
        self._by_url: dict[str, tuple[int, Page]] = {}

    def note(self, record: Any, page: Page) -> Page:
        self._count += 1
        (self._folder / str(self._count)).write_bytes(page.body)
        entry = self._count, replace(page, body=b"")
        self._by_url[page.url] = entry
        self._by_digest["digest", record.rec_headers.get_header("WARC-Payload-Digest") or ""] = entry
        self._by_digest["record", page.record] = entry
        return page

    def find(self, record: Any, page: Page) -> Page | None:
        """The page with the body that the revisit stands for, by record, digest, or (not modified) address."""
        said = record.rec_headers.get_header
        keys = ("record", said("WARC-Refers-To") or ""), ("digest", said("WARC-Payload-Digest") or "")
        entry = next((self._by_digest[key] for key in keys if key[1] and key in self._by_digest), None)
        if entry is None and page.status == 304:
            entry = self._by_url.get(page.url)
        if entry is None:
            return None
        number, first = entry
        media_type = page.media_type if page.media_type in MEDIA_TYPES else first.media_type
        return replace(page, media_type=media_type, body=(self._folder / str(number)).read_bytes())


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _status(http: Any) -> int | None:
    code = (http.get_statuscode() or "") if http else ""
    return int(code) if len(code) == 3 and code.isascii() and code.isdigit() else None


def _pairs(record: Any) -> tuple[tuple[str, str], ...]:
    http = record.http_headers
    return tuple((str(name), str(value)) for name, value in http.headers) if http else ()
