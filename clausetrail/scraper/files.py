"""Local files as snapshots: one file, or a manifest of many."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from clausetrail.errors import ScrapeError, UsageError

MAX_BYTES = 50 * 1024 * 1024
"""Largest file that is read: no policy comes near it."""

_NEEDED = ("path", "document", "fetched_at")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a manifest."""

    path: Path
    named: str
    """The path as the manifest writes it."""
    document: str
    fetched_at: datetime
    url: str = ""
    media_type: str = ""
    """Empty: to be found from the name and the content."""
    source: str = "main"


def read(path: Path) -> bytes:
    """Content of a file.  Raises ScrapeError where there is none, or it is larger than `MAX_BYTES`."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise ScrapeError(f"{path}: is a folder; name a file")
        if size > MAX_BYTES:
            raise ScrapeError(f"{path}: {size / 1e6:.0f} MB is too large for a policy (limit {MAX_BYTES / 1e6:.0f} MB)")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise ScrapeError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error


def manifest(path: Path) -> Iterator[Entry]:
    """Entries of a JSON Lines manifest, paths taken from its own folder.

    Each line holds `path`, `document` and `fetched_at` (a date or a time, UTC where it names no zone), and may hold
    `url`, `media_type` and `source`.  Raises ScrapeError with the number of the first line that does not.
    """
    text = read(path).decode("utf-8", "replace")
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _entry(path, number, line)


def _entry(manifest: Path, number: int, line: str) -> Entry:
    where = f"{manifest}, line {number}"
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise ScrapeError(f"{where}: is no JSON ({error})") from error
    if not isinstance(fields, dict) or not all(isinstance(v, str) for v in fields.values()):
        raise ScrapeError(f"{where}: must be an object of strings")
    missing = [name for name in _NEEDED if not fields.get(name)]
    if missing:
        raise ScrapeError(f"{where}: lacks {', '.join(missing)}")
    return Entry(
        path=manifest.parent / fields["path"],
        named=fields["path"],
        document=fields["document"],
        fetched_at=moment(fields["fetched_at"], where),
        url=fields.get("url", ""),
        media_type=fields.get("media_type", "").partition(";")[0].strip().lower(),
        source=fields.get("source", "") or "main",
    )


def moment(text: str, where: str) -> datetime:
    """A date (its first moment) or time, in UTC."""
    try:
        if len(text) == len("2024-01-10"):
            return datetime.combine(date.fromisoformat(text), time.min, UTC)
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{where}: {text!r} is no date; write it as 2024-01-10 or 2024-01-10T12:00:00Z") from error
