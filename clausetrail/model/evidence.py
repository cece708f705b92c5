"""Snapshots: what was served, and by whose hand it was recorded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Origin(StrEnum):
    """Where the bytes of a snapshot came from: the grade of the evidence."""

    LIVE = "live"
    BROWSER = "browser"
    WAYBACK = "wayback"
    WARC = "warc"
    OTA_HTML = "ota-html"
    OTA_MARKDOWN = "ota-markdown"
    FILE = "file"


class RecordKind(StrEnum):
    """Why a snapshot was recorded by whoever recorded it."""

    OBSERVED = "observed"
    """Somebody looked at the page."""
    UPGRADE = "upgrade"
    """The archive's own parser or declaration changed; the publisher may have changed the page too."""


Headers = tuple[tuple[str, str], ...]
"""Fields in the order in which they were sent; a name may stand more than once."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and its answer."""

    url: str
    status: int
    at: datetime
    """When the answer's head had come, UTC."""
    request_headers: Headers = ()
    """As they were handed to the connection (HTTP/2 writes `Host` as `:authority`); what proves who we are, a cookie or
    a key, is `[withheld]`."""
    response_headers: Headers = ()
    """As served."""
    http_version: str = ""
    """`HTTP/1.1` or `HTTP/2`; empty where unknown."""
    address: str = ""
    """The address that was checked and connected to; empty where a proxy was asked, or unknown."""
    certificate: str = ""
    """Hexadecimal SHA-256 of the server's certificate; empty without TLS."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes of one page at one time, exactly as served.  Never edited."""

    document: str
    """Slug of the document, `publisher/policy`."""
    source: str
    """Name of the page within the document; `main` where there is one only."""
    fetched_at: datetime
    origin: Origin
    media_type: str
    """Without parameters: `text/markdown`, `text/html`, `text/plain`."""
    body: bytes = field(repr=False)
    url: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    record: RecordKind = RecordKind.OBSERVED
    provenance: tuple[tuple[str, str], ...] = ()
    """What the origin said of it, as (name, value) pairs: `commit`, `engine`, `snapshot` (one per source page)."""
    seen_until: datetime | None = None
    """The last time at which the same bytes were observed again without a snapshot of their own (a 304, or no
    commit in an archive's history).  None: never."""
    request: tuple[tuple[str, str], ...] = ()
    """Headers that were sent."""
    hops: tuple[Hop, ...] = ()
    """Redirects that led to `url`, in order."""
    screenshot: bytes = field(default=b"", repr=False)
    """PNG of the page as a browser showed it; empty where none was taken."""

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of `body`."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """What an authority answered when it was asked to sign that a link of the evidence chain existed (RFC 3161)."""

    number: int
    """Of the row that the link belongs to."""
    link: str
    """Hexadecimal; the SHA-256 that the answer speaks of."""
    requested_at: datetime
    """By our own clock, UTC."""
    authority: str
    """Address that was asked."""
    token: bytes = field(repr=False)
    """The TimeStampResp in DER, as it came."""
