"""Proving the whole archive: every link of the chain, every body, and that what the database claims is there."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from clausetrail.errors import StoreError
from clausetrail.store import chain, entries, stamps
from clausetrail.store.archive import Archive
from clausetrail.store.chain import BEGINNING, Entry, EntryKind
from clausetrail.store.exhibits import Claim

Progress = Callable[[int, int, str], None]
"""Called with (done, total, what is being done)."""


@dataclass(slots=True)
class _Found:
    """What the chain says, as far as it can be read."""

    problems: list[str] = field(default_factory=list)
    snapshots: dict[tuple[str, str, str, str], tuple[str, str]] = field(default_factory=dict)
    """(document, source, time, SHA-256) -> (origin, url)."""
    adopted: set[str] = field(default_factory=set)
    redacted: set[str] = field(default_factory=set)
    spoken: set[str] = field(default_factory=set)
    """SHA-256 of all bytes that a row speaks of, screenshots too."""

    def note(self, entry: Entry) -> None:
        self.spoken.add(entry.sha256)
        if entry.kind is EntryKind.REDACTION:
            self.redacted.add(entry.sha256)
        elif entry.kind is EntryKind.ADOPTED:
            self.adopted.add(entry.sha256)
        else:
            key = entry.document, entry.source, entry.fetched_at, entry.sha256
            self.snapshots[key] = entry.about.get("origin", ""), entry.about.get("url", "")
            self.spoken.add(entry.about.get("screenshot") or entry.sha256)


def problems(archive: Archive, claims: Iterable[Claim], progress: Progress | None = None) -> Iterator[str]:
    """One line for every row of the chain that does not follow from the one before, for every body that is damaged,
    missing or unaccounted for, for every claim that the chain does not bear out, and for every time-stamp of a link
    that it has no more.

    Rows cut off at the end show only where the database, or a head that was exported, speaks of them.
    """
    with archive.database.reading() as db:
        found = _chain(db)
        found.problems += stamps.problems(db)
        rows = db.execute("SELECT id, sha256, page, data = x'' FROM blobs ORDER BY page, ordinal, id").fetchall()
    yield from found.problems
    for done, (blob, sha256, page, empty) in enumerate(rows):
        if progress:
            progress(done, len(rows), page)
        problem = _redaction_problem(found, sha256, empty=bool(empty))
        if not problem and not empty:
            problem = _body(archive, blob, sha256)
        if problem:
            yield f"{page}: snapshot {sha256[:12]}: {problem}"
    present = {row[1] for row in rows}
    for sha256 in sorted(found.spoken - present):
        yield f"the chain: {sha256[:12]}: its bytes are missing from the archive"
    for claim in claims:
        problem = _unproved(claim, found, present)
        if problem:
            yield f"{claim.names[0]}: snapshot {claim.sha256[:12]}: {problem}"


def _chain(db: sqlite3.Connection) -> _Found:
    found = _Found()
    expected, previous = 1, BEGINNING
    for (number,) in db.execute("SELECT id FROM entries ORDER BY id").fetchall():
        if number != expected:
            found.problems.append(f"the chain: row {expected} is missing; row {number} stands in its place")
        try:
            entry, link = next(entries.all_from(db, number))
        except (StoreError, StopIteration, ValueError, TypeError, KeyError) as error:
            found.problems.append(f"the chain: row {number} cannot be read ({error})")
            entry, link = None, entries.link(db, number)
        if entry is not None:
            found.note(entry)
            if chain.link(previous, entry.payload) != link:
                what = f"row {number} ({entry.document} {entry.source} {entry.fetched_at})"
                found.problems.append(f"the chain: {what} was altered, or a row before it dropped or put in")
        expected, previous = number + 1, link
    return found


def _redaction_problem(found: _Found, sha256: str, *, empty: bool) -> str:
    if empty and sha256 not in found.redacted:
        return "its bytes were taken out, and no redaction says so"
    if not empty and sha256 in found.redacted:
        return "was redacted, and its bytes are still there: redact it again"
    return "" if sha256 in found.spoken else "no row of the chain speaks of it"


def _body(archive: Archive, blob: int, sha256: str) -> str:
    try:
        with archive.database.reading():
            body = archive.unpacked(blob)
    except StoreError as error:
        return str(error)
    return "" if hashlib.sha256(body).hexdigest() == sha256 else "its bytes hash to something else"


def _unproved(claim: Claim, found: _Found, present: set[str]) -> str:
    """Why the chain does not bear a claim out; empty where it does."""
    if claim.sha256 not in present:
        return "its bytes are missing from the archive"
    keys = ((name, claim.source, claim.fetched_at, claim.sha256) for name in claim.names)
    said = [found.snapshots[key] for key in keys if key in found.snapshots]
    if said:
        same = any((claim.origin, claim.url) == each for each in said)
        return "" if same else "the database names another origin or address than the archive"
    return "" if claim.sha256 in found.adopted else f"no row of the chain records it at {claim.fetched_at}"


def head_problem(archive: Archive, count: int, link: str) -> str:
    """Why the archive does not begin with a chain of so many rows that ends in this link; empty where it does."""
    with archive.database.reading() as db:
        now, _ = entries.last(db)
        if now < count:
            return f"the head counts {count:,} rows, and the archive has {now:,}: rows were cut off"
        if count and entries.link(db, count) != link:
            return f"row {count:,} is not the one that the head was taken of: the archive was altered or replaced"
    return ""
