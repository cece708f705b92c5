"""The rows of an archive's index (CDX): pure, and patient with what is no row.

The format is that of the Wayback Machine's CDX server (github.com/internetarchive/wayback, `wayback-cdx-server`): JSON,
an array of rows after one that names the fields, or text, a row a line with spaces between.  Where there is more to
list, an empty row and one with the key to go on with stand at the end.  An object a line, as pywb writes, is read too.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from clausetrail.errors import NetError, ScrapeError
from clausetrail.net import REDIRECTS, target
from clausetrail.scraper.media import MEDIA_TYPES
from clausetrail.scraper.moves import same_page

FIELDS = ("timestamp", "original", "mimetype", "statuscode", "digest", "length")
"""What is asked for, in this order."""
_URLKEY = ("urlkey", *FIELDS)
"""The order in which a server writes that does as it likes."""
_OTHER_NAMES = {"url": "original", "mime": "mimetype", "status": "statuscode"}
"""pywb's, in its words for the same."""
_LONGEST = 20_000
"""Characters of a row."""
_EARLIEST = 1994
_TIMESTAMP = re.compile(r"[0-9]{14}")
_STATUS = re.compile(r"[1-5][0-9]{2}")
_SHA1 = re.compile(r"(?:sha1:)?([A-Za-z2-7]{32})", re.IGNORECASE)
_KEY = re.compile(r"[\x21-\x7e]{1,4000}")

_Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Capture:
    """What an archive says that it has of an address at a time."""

    timestamp: str
    """Fourteen digits, UTC: `20240110093000`."""
    original: str
    """The address, in the spelling of `net.target`."""
    media_type: str = ""
    """Empty where the index does not say."""
    status: int | None = None
    """None where the index does not say, as for a page that was archived before with the same bytes."""
    digest: str = ""
    """SHA-1 of what was archived, in base 32, or whatever else the archive goes by; empty without one."""

    @property
    def at(self) -> datetime:
        return moment_of(self.timestamp)

    @property
    def key(self) -> str:
        """Names it within its archive."""
        return f"{self.timestamp} {self.original}"

    @property
    def redirects(self) -> bool:
        return self.status in REDIRECTS

    @property
    def useless(self) -> str:
        """Why it can be no page of a policy, by what the index says; empty where it can."""
        if self.status is not None and self.status not in (200, 203, 226) and not self.redirects:
            return f"the site answered with {self.status} that day"
        if self.media_type and self.media_type not in MEDIA_TYPES and not self.redirects:
            return f"is {self.media_type}"
        return ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of an index."""

    captures: tuple[Capture, ...] = ()
    """By time; each time and digest once."""
    key: str = ""
    """To go on with; empty where the server gave none."""
    rows: int = 0
    """Rows that came, whatever they were."""
    malformed: int = 0
    """Rows among them that are none, or speak of another address."""


def moment_of(timestamp: str) -> datetime:
    """Raises ValueError for what is no time."""
    return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def timestamp_of(moment: datetime) -> str:
    """`20240110093000`."""
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S}"


def sha1(body: bytes) -> str:
    """As indexes write it: base 32, without a prefix."""
    return base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")


def read_listing(body: bytes, url: str) -> Listing:
    """The captures of `url` that a server's answer lists; rows that cannot be used are counted.

    Captures of the same page under another scheme, `www.` or spelling belong to it.  Raises ScrapeError where the
    answer is no index at all."""
    text = body.decode("utf-8", "replace").strip()
    rows, key = _json(text) if text.startswith(("[", "{")) else _text(text)
    found: dict[tuple[str, str, str], Capture] = {}
    good = 0
    for row in rows:
        capture = _capture(row, url) if row else None
        if capture is not None:
            good += 1
            found.setdefault((capture.timestamp, capture.digest, "" if capture.digest else capture.original), capture)
    if rows and not any("timestamp" in row for row in rows) and '"timestamp"' not in text[:_LONGEST]:
        raise ScrapeError(f"what came is no index of captures: {text[:60]!r}; is cdx_url right?")
    captures = tuple(sorted(found.values(), key=lambda one: (one.timestamp, one.original, one.digest)))
    return Listing(captures, key if _KEY.fullmatch(key) else "", len(rows), len(rows) - good)


def _capture(row: _Row, url: str) -> Capture | None:
    timestamp, digest = row.get("timestamp", ""), row.get("digest", "")
    try:
        if not _TIMESTAMP.fullmatch(timestamp) or moment_of(timestamp).year < _EARLIEST:
            return None
        original = target(row.get("original") or url).url
    except (ValueError, NetError):
        return None
    if not same_page(original.casefold(), url.casefold()):
        return None
    media_type, status = row.get("mimetype", "").partition(";")[0].strip().lower(), row.get("statuscode", "")
    known = _SHA1.fullmatch(digest)
    return Capture(
        timestamp,
        original,
        media_type if re.fullmatch(r"[\w.+-]+/[\w.+-]+", media_type) and media_type != "warc/revisit" else "",
        int(status) if _STATUS.fullmatch(status) else None,
        known[1].upper() if known else "" if digest == "-" else "".join(c for c in digest if c.isalnum())[:100],
    )


def _json(text: str) -> tuple[list[_Row], str]:
    """Rows, an empty one for each that is none, and the key."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = list(_line_by_line(text))
    values = found if isinstance(found, list) else [found]
    key = ""
    if len(values) > 1 and values[-2] == [] and _strings(values[-1], 1):
        key = values[-1][0]
        values = values[:-2]
    head: tuple[str, ...] = FIELDS
    if values and isinstance(values[0], list) and "timestamp" in values[0]:
        head, values = tuple(map(str, values[0])), values[1:]
    return [_named(value, head) for value in values], key


def _line_by_line(text: str) -> Iterator[Any]:
    """Values of an array that was cut short, or holds one that is none; objects a line."""
    for line in text.splitlines():
        bare = line.strip().removesuffix(",")
        bare = bare[1:] if bare.startswith("[[") else bare
        bare = bare[:-1] if bare.endswith("]]") else bare
        try:
            yield json.loads(bare) if len(bare) <= _LONGEST else None
        except (ValueError, RecursionError):
            yield None


def _named(value: Any, head: tuple[str, ...]) -> _Row:
    if isinstance(value, dict):
        return {_OTHER_NAMES.get(str(name), str(name)): one for name, one in value.items() if isinstance(one, str)}
    if not _strings(value, len(head)) or sum(map(len, value)) > _LONGEST:
        return {}
    return dict(zip(head, value, strict=True))


def _strings(value: Any, length: int) -> bool:
    return isinstance(value, list) and len(value) == length and all(isinstance(one, str) for one in value)


def _text(text: str) -> tuple[list[_Row], str]:
    lines = [line.strip() for line in text.splitlines()]
    key = ""
    if len(lines) > 1 and not lines[-2]:
        key = lines[-1]
        lines = lines[:-2]
    rows: list[_Row] = []
    for line in filter(None, lines):
        values = line.split(" ") if len(line) <= _LONGEST else []
        head: tuple[str, ...] = _URLKEY if len(values) == len(_URLKEY) else FIELDS
        rows.append(dict(zip(head, values, strict=True)) if len(values) == len(head) else {})
    return rows, key
