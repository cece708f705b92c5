"""Permalinks: a snapshot and a clause's place in what it showed, `SLUG@20230224T101500Z-0a1b2c3d4e5f:12~9f3a1c`.

Versions are renumbered by backfills, lineages by rebuilds; what was served, and where a clause stood in it, never
changes.  So a link goes through the snapshot to whatever today's history makes of it.  The last part is a digest of
the clause's words: should a later parser count the clauses otherwise, the clause is found again by its words.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC
from typing import NamedTuple

from clausetrail.errors import UsageError
from clausetrail.model import SnapshotKey
from clausetrail.store import documents, versions
from clausetrail.store.codec import clean
from clausetrail.store.trees import TreeReader

_SHA = 12
_MARK = 6
_LINK = re.compile(
    r"(?P<slug>[^@]+)@(?:(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)Z-)?"
    r"(?P<sha>[0-9a-f]{6,64})(?::(?P<position>\d{1,9})(?:~(?P<mark>[0-9a-f]{6}))?)?"
)


class Resolved(NamedTuple):
    """Where a permalink leads today."""

    document: str
    version: int
    lineage: int | None
    """None for a link to a whole version."""
    position: int | None
    """In the version's tree."""


def permalink(slug: str, key: SnapshotKey, position: int | None = None, words: str = "") -> str:
    """Link to a clause of what a snapshot showed, or to all of it.

    The time is in it because the same bytes may have been served twice, with something else between.
    """
    place = "" if position is None else f":{position}"
    mark = f"~{_mark(words)}" if place and words else ""
    return f"{slug}@{key.fetched_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{key.sha256[:_SHA]}{place}{mark}"


def _mark(words: str) -> str:
    return hashlib.sha256(clean(words).encode()).hexdigest()[:_MARK]


def resolve(db: sqlite3.Connection, text: str) -> Resolved:
    """Where a link leads.  One without a time means the earliest snapshot with these bytes.

    Raises UsageError for what is no link, for a snapshot that is not known or shows no version, and for a clause that
    is not there.
    """
    link = _LINK.fullmatch(text)
    if link is None:
        raise UsageError(f"{text}: is not a permalink; one looks like SLUG@20230224T101500Z-0a1b2c3d4e5f:12")
    document = documents.resolve(db, link["slug"])
    number, name = _shown(db, document, link)
    slug = documents.slug_of(db, document)
    if link["position"] is None:
        return Resolved(slug, number, None, None)
    words = [clause.words for clause in TreeReader(db).tree(name).walk()]
    position = _position(words, int(link["position"]), link["mark"])
    if position is None:
        raise UsageError(f"{text}: version {number} of {slug} has no such clause; `clausetrail show {slug}` lists them")
    return Resolved(slug, number, versions.lineages(db, document, number)[position], position)


_SHOWN = """
    SELECT v.number, t.print FROM snapshots s LEFT JOIN versions v ON v.id = s.version_id
        LEFT JOIN variants a ON a.version_id = v.id AND a.rank = 0 LEFT JOIN _trees t ON t.id = a.tree_id
    WHERE s.document_id = ? AND s.fetched_at >= ? AND s.fetched_at < ? AND s.sha256 >= ? AND s.sha256 < ?
    ORDER BY s.fetched_at, s.source, s.sha256
"""


def _shown(db: sqlite3.Connection, document: int, link: re.Match[str]) -> tuple[int, str]:
    """The version that the snapshot shows, and the print that its tree is read from."""
    at = "{year}-{month}-{day}T{hour}:{minute}:{second}".format_map(link.groupdict()) if link["year"] else ""
    # Fractions of a second, and the offset, sort between the plain second and a slash.
    span = (at, f"{at}/" if at else "a", link["sha"], f"{link['sha']}g")
    row = db.execute(_SHOWN, (document, *span)).fetchone()
    if row is None:
        raise UsageError(f"{link[0]}: no such snapshot is known", document=link["slug"])
    number, name = row
    if number is None:
        raise UsageError(f"{link[0]}: this snapshot shows no version of the document", document=link["slug"])
    return number, name


def _position(words: Sequence[str], position: int, mark: str | None) -> int | None:
    """The place of the clause: where the link says, if its words are those; else the nearest with such words."""
    if mark is None:
        return position if position < len(words) else None
    fitting = (i for i, own in enumerate(words) if _mark(own) == mark)
    return min(fitting, key=lambda i: abs(i - position), default=None)
