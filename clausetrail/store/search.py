"""Full-text search over every wording there ever was."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from clausetrail.model import Place, SearchHit, Version
from clausetrail.store import documents, queries, readers, versions
from clausetrail.store.codec import stamp
from clausetrail.store.permalinks import permalink
from clausetrail.store.queries import Phrase

_SQL = """
    WITH
    hits AS (SELECT rowid AS wording_id, rank FROM wordings_fts WHERE wordings_fts MATCH :query),
    newest AS (SELECT document_id, max(number) AS number FROM versions GROUP BY document_id),
    then_ AS (SELECT document_id, max(number) AS number FROM versions
        WHERE first_seen <= :on OR number = :number GROUP BY document_id)
    SELECT l.document_id, l.number, s.first_version, max(s.last_version), coalesce(then_.number, s.last_version),
        w.words, s.last_version = newest.number
    FROM hits JOIN wordings w ON w.id = hits.wording_id JOIN spans s ON s.wording_id = hits.wording_id
        JOIN lineages l ON l.id = s.lineage_id JOIN newest ON newest.document_id = l.document_id
        LEFT JOIN then_ ON then_.document_id = l.document_id
    WHERE (:document IS NULL OR l.document_id = :document)
        AND (:publisher IS NULL OR l.document_id IN (SELECT d.id FROM documents d
            JOIN publishers p ON p.id = d.publisher_id WHERE p.slug = :publisher))
        AND CASE WHEN :on IS NULL AND :number IS NULL THEN :removed OR s.last_version = newest.number
            ELSE s.first_version <= then_.number AND s.last_version >= then_.number END
        AND NOT (:removed AND EXISTS (
            SELECT 1 FROM spans t JOIN lineages m ON m.id = t.lineage_id
            WHERE t.wording_id = s.wording_id AND m.document_id = l.document_id AND t.last_version = newest.number))
    GROUP BY l.id, s.wording_id
    ORDER BY s.last_version = newest.number DESC, hits.rank, l.document_id, l.number
    LIMIT :limit
"""


class Row(NamedTuple):
    """A wording that was found."""

    document: int
    lineage: int
    first: int
    last: int
    at: int
    """The version in which it is shown: the one asked for, or the last."""
    words: str
    current: int


def search(
    db: sqlite3.Connection,
    text: str,
    *,
    document: int | None = None,
    publisher: str | None = None,
    on: date | datetime | int | None = None,
    removed: bool = False,
    limit: int = 50,
) -> tuple[SearchHit, ...]:
    """Wordings that hold all the words, best first, those that stand today before others.

    Those that stand in the latest version; with `on`, those that stood at that moment, by the end of that day, or in
    the version of that number; with `removed`, only those that no longer stand anywhere in their document.
    """
    wanted = queries.phrases(text)
    if not wanted:
        return ()
    values = {
        "query": " ".join(phrase.expression() for phrase in wanted),
        "document": document,
        "publisher": publisher,
        "on": None if on is None or isinstance(on, int) else stamp(_moment(on)),
        "number": on if isinstance(on, int) else None,
        "removed": removed,
        "limit": limit,
    }
    return hits(db, [Row(*row) for row in db.execute(_SQL, values)], wanted)


def _moment(on: date | datetime) -> datetime:
    return on if isinstance(on, datetime) else datetime.combine(on, time.max, UTC)


def hits(db: sqlite3.Connection, rows: Sequence[Row], wanted: Sequence[Phrase]) -> tuple[SearchHit, ...]:
    """The same as hits, in the order given, with what the phrases match in their words."""
    shelf = _Shelf(db, rows)
    return tuple(shelf.hit(row, wanted) for row in rows)


class _Shelf:
    """What the hits of several documents need, each thing read once."""

    def __init__(self, db: sqlite3.Connection, rows: Sequence[Row]) -> None:
        self._db = db
        numbers: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            numbers[row.document] |= {row.first, row.last, row.at}
        self._slugs = {document: documents.slug_of(db, document) for document in numbers}
        self._walks = {document: readers.Walks(db, document) for document in numbers}
        self._versions: dict[tuple[int, int], Version] = {
            (document, version.number): version
            for document, own in numbers.items()
            for version in versions.of(db, document, own)
        }
        self._standing: dict[tuple[int, int], dict[int, Place]] = {}

    def hit(self, row: Row, wanted: Sequence[Phrase]) -> SearchHit:
        shown = self._versions[row.document, row.at]
        place = self._places(row.document, row.at)[row.lineage]
        return SearchHit(
            document=self._slugs[row.document],
            lineage=row.lineage,
            path=place.path,
            words=row.words,
            marks=queries.marks(row.words, wanted),
            first=self._versions[row.document, row.first],
            last=self._versions[row.document, row.last],
            current=bool(row.current),
            permalink=permalink(self._slugs[row.document], shown.snapshots[0], place.position, row.words),
        )

    def _places(self, document: int, number: int) -> dict[int, Place]:
        """The clauses of a version by their lineage."""
        key = document, number
        if key not in self._standing:
            places = self._walks[document].places(number)
            numbers = versions.lineages(self._db, document, number)
            self._standing[key] = dict(zip(numbers, places, strict=True))
        return self._standing[key]
