"""Snapshots as evidence: which of them a version rests on, and what a person has ruled about them."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from clausetrail.model import Correction, CorrectionKind, Exhibit
from clausetrail.store import corrections, documents, snapshots
from clausetrail.store.codec import stamp


class Claim(NamedTuple):
    """A snapshot that the database speaks of."""

    names: tuple[str, ...]
    """The document's slug, then its aliases."""
    source: str
    fetched_at: str
    sha256: str
    origin: str
    url: str


class Shown(NamedTuple):
    """A snapshot of a page, as the tree of a version was read from it."""

    fetched_at: str
    source: str
    sha256: str
    media_type: str


_OF_SNAPSHOTS = frozenset({CorrectionKind.JUNK, CorrectionKind.POLICY, CorrectionKind.DATE})


def of_document(db: sqlite3.Connection, document: int) -> tuple[Exhibit, ...]:
    """All snapshots of a document in the order of history, those that make no version too."""
    return _exhibits(snapshots.found_of(db, document), rulings(db, document))


def with_prefix(db: sqlite3.Connection, prefix: str) -> tuple[Exhibit, ...]:
    """Every snapshot whose SHA-256 begins so, by document and time.  Raises UsageError for what can be no SHA-256."""
    found = snapshots.find(db, prefix)
    told = {slug: rulings(db, documents.resolve(db, slug)) for slug in {one.document for one in found}}
    return tuple(one for each in found for one in _exhibits([each], told[each.document]))


def _exhibits(found: Iterable[Exhibit], told: Sequence[Correction]) -> tuple[Exhibit, ...]:
    """The same with the rulings that speak of them."""
    return tuple(replace(one, rulings=tuple(c for c in told if one.key.sha256.startswith(c.snapshot))) for one in found)


def claims(db: sqlite3.Connection) -> list[Claim]:
    """What the archive must bear out: every snapshot of every document, by slug and time."""
    rows = db.execute(
        "SELECT s.document_id, s.source, s.fetched_at, s.sha256, s.origin, s.url FROM snapshots s"
        " JOIN documents d ON d.id = s.document_id ORDER BY d.slug, s.fetched_at, s.source, s.sha256"
    ).fetchall()
    named = {document: documents.names(db, document) for document in {row[0] for row in rows}}
    return [Claim(named[document], *said) for document, *said in rows]


_PAGES = """
    SELECT v.number, s.fetched_at, s.source, s.sha256, s.media_type
    FROM versions v JOIN snapshots s ON s.version_id = v.id
    WHERE v.document_id = :document AND v.number <= :last AND s.fetched_at <=
        (SELECT first_seen FROM versions WHERE document_id = :document AND number = :last)
    ORDER BY s.fetched_at, s.source, s.sha256
"""


def pages(db: sqlite3.Connection, document: int, number: int) -> tuple[Exhibit, ...]:
    """The snapshots that the tree of a version was read from: of each page the one that brought the version, or else
    the last good one before it; by name of the page."""
    chosen = shown(db, document, (number,))[number]
    told = rulings(db, document)
    found = [e for page in chosen for e in _exhibits(snapshots.found_of(db, document, page.sha256), told)]
    return tuple(
        next(e for e in found if (stamp(e.key.fetched_at), e.key.source, e.key.sha256) == page[:3]) for page in chosen
    )


def shown(db: sqlite3.Connection, document: int, numbers: Collection[int]) -> dict[int, tuple[Shown, ...]]:
    """By number of version, the snapshots that `pages` tells of."""
    last = max(numbers, default=0)
    starts = [at for (at,) in db.execute(_STARTS, (document,))]
    own: dict[int, dict[str, Shown]] = defaultdict(dict)
    arriving: dict[int, list[Shown]] = defaultdict(list)
    for number, *values in db.execute(_PAGES, {"document": document, "last": last}):
        page = Shown(*values)
        first = max(number, bisect_left(starts, page.fetched_at) + 1)
        arriving[first].append(page)
        if first == number:
            own[number].setdefault(page.source, page)
    latest: dict[str, Shown] = {}
    found: dict[int, tuple[Shown, ...]] = {}
    for number in range(1, last + 1):
        for page in arriving[number]:
            latest[page.source] = max(page, latest.get(page.source, page))
        if number in numbers:
            found[number] = tuple(page for _, page in sorted((latest | own[number]).items()))
    return found


_STARTS = "SELECT first_seen FROM versions WHERE document_id = ? ORDER BY number"


def rulings(db: sqlite3.Connection, document: int) -> tuple[Correction, ...]:
    """Corrections of snapshots that the last derivation of a document applied, in the order of the file."""
    slug = documents.slug_of(db, document)
    return tuple(
        c
        for c, problem in corrections.mirrored(db)
        if c.document == slug and not problem and c.kind in _OF_SNAPSHOTS and c.snapshot
    )


_BEARING = """
    SELECT coalesce(v.number, (SELECT max(number) FROM versions w
            WHERE w.document_id = s.document_id AND w.first_seen <= s.fetched_at), 1)
    FROM snapshots s LEFT JOIN versions v ON v.id = s.version_id
    WHERE s.document_id = ? AND s.sha256 >= ? AND s.sha256 < ?
"""


def rulings_by_version(db: sqlite3.Connection, document: int) -> Mapping[int, tuple[Correction, ...]]:
    """The rulings that bear on each version, by its number: on snapshots that show it, and on those taken out while
    it stood (before the first version: on that one).  A later ruling replaces an earlier one of the same snapshot."""
    found: defaultdict[int, dict[tuple[str, bool], Correction]] = defaultdict(dict)
    for ruling in rulings(db, document):
        span = (ruling.snapshot, f"{ruling.snapshot}g")
        for (number,) in db.execute(_BEARING, (document, *span)):
            found[number][ruling.snapshot, ruling.kind is CorrectionKind.DATE] = ruling
    return {number: tuple(own.values()) for number, own in found.items()}
