"""Asking for a page, and what came of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from clausetrail.model.evidence import Headers, Hop, Origin


class Outcome(StrEnum):
    """What came of asking for a page.  What an *ok* page is, is the parser's verdict."""

    OK = "ok"
    NOT_MODIFIED = "not-modified"
    """The server says that the page is what it was (304 to a validator of ours)."""
    DISALLOWED = "disallowed"
    """robots.txt forbids it, or could not be read, which counts as forbidding (RFC 9309, 2.3.1.4)."""
    BLOCKED = "blocked"
    """The server will not give it to us: a challenge, a login, a limit, the law."""
    GONE = "gone"
    """The server says that there is no such page (404, 410)."""
    REDIRECTED = "redirected"
    """It leads to another page than the one that was asked for."""
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with a page, to ask later whether it changed (RFC 9110, 8.8)."""

    url: str
    """The final address, which alone they hold for."""
    etag: str = ""
    last_modified: str = ""
    """Both exactly as they were sent."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page to ask for."""

    url: str
    language: str = ""
    """The language asked for, as a tag of BCP 47; empty: any."""
    headers: Headers = ()
    """More fields, sent to the site of `url` and to no other."""
    validators: Validators | None = None
    """Those of the last good answer to the same request: the same language, the same headers."""
    settled: str = ""
    """Where the last good answer came from, so that a redirect known of old is no news."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of a request for a page."""

    request: PageRequest
    outcome: Outcome
    at: datetime
    """When it was known, UTC."""
    reason: str = ""
    """In plain words; empty for an *ok* page."""
    cause: str = ""
    """One word for the reason, for those who count: `dns`, `tls`, `timeout`, `robots`, `status-503`, ..."""
    hops: tuple[Hop, ...] = ()
    """Requests for the page, redirects first; those that were repeated after a passing failure are there too."""
    body: bytes = field(default=b"", repr=False)
    """The page, with the compression of the transfer (Content-Encoding) undone and nothing else; empty where none
    came.  It comes with *blocked*, *gone*, *redirected* and *error* too, where the server sent one."""
    encoded: bytes = field(default=b"", repr=False)
    """The same bytes as they came over the wire; `body` itself where they were not compressed."""
    origin: Origin = Origin.LIVE
    transient: bool = False
    """Whether the same request may do better later, without anybody changing anything."""
    retry_at: datetime | None = None
    """Before when the server asked not to come back."""
    moved_to: str = ""
    """The new address, where the server says that the page moved for good."""
    media_type: str = ""
    """Of the answer, lower case, without parameters; empty where it does not say."""
    charset: str = ""
    """As the answer's header declares it; only a hint."""
    screenshot: bytes = field(default=b"", repr=False)
    """PNG of the page as a browser showed it; empty without one."""

    @property
    def url(self) -> str:
        """The final address: that of the last request, or the one asked for where none was made."""
        return self.hops[-1].url if self.hops else self.request.url

    @property
    def status(self) -> int | None:
        """Of the last answer; None where there was none."""
        return self.hops[-1].status if self.hops else None

    @property
    def headers(self) -> Headers:
        """Of the last answer."""
        return self.hops[-1].response_headers if self.hops else ()

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of `body`."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def validators(self) -> Validators | None:
        """What to ask with next time: of an *ok* page its own; of one that was not modified what the server sent
        anew, else what it was asked with (RFC 9111, 4.3.4).  None where there is nothing."""
        if self.outcome not in (Outcome.OK, Outcome.NOT_MODIFIED):
            return None
        sent = {name.lower(): value for name, value in self.headers}
        old = self.request.validators if self.outcome is Outcome.NOT_MODIFIED else None
        etag = sent.get("etag", old.etag if old else "")
        modified = sent.get("last-modified", old.last_modified if old else "")
        return Validators(self.url, etag, modified) if etag or modified else None
