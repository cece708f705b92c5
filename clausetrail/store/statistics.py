"""Counts over the whole database."""

from __future__ import annotations

import sqlite3

from clausetrail.model import Stats
from clausetrail.store.codec import moment_or_none

_TOTALS = """
    SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM snapshots), (SELECT count(*) FROM versions),
        (SELECT count(*) FROM changes c JOIN versions v ON v.id = c.version_id WHERE v.origin <> 'technical'),
        (SELECT count(*) FROM lineages), (SELECT count(DISTINCT wording_id) FROM spans),
        (SELECT count(*) FROM versions WHERE standing = 'flap'),
        (SELECT min(first_seen) FROM versions), (SELECT max(last_seen) FROM versions),
        (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)
"""
_BY = """
    SELECT c.{column}, count(*) FROM changes c JOIN versions v ON v.id = c.version_id
    WHERE v.origin <> 'technical' GROUP BY c.{column} ORDER BY count(*) DESC, c.{column}
"""
_BY_KIND, _BY_SIGNIFICANCE = (_BY.format(column=column) for column in ("kind", "significance"))
_BY_ORIGIN = "SELECT origin, count(*) FROM snapshots GROUP BY origin ORDER BY count(*) DESC, origin"


def stats(db: sqlite3.Connection, archive_bytes: int) -> Stats:
    """Changes that only our own parser made are not counted."""
    row = db.execute(_TOTALS).fetchone()
    documents, snapshots, versions, changes, lineages, wordings, flaps, first, last, database_bytes = row
    return Stats(
        documents=documents,
        snapshots=snapshots,
        versions=versions,
        changes=changes,
        lineages=lineages,
        wordings=wordings,
        flaps=flaps,
        first_seen=moment_or_none(first),
        last_seen=moment_or_none(last),
        database_bytes=database_bytes,
        archive_bytes=archive_bytes,
        by_kind=_pairs(db, _BY_KIND),
        by_significance=_pairs(db, _BY_SIGNIFICANCE),
        by_origin=_pairs(db, _BY_ORIGIN),
    )


def _pairs(db: sqlite3.Connection, sql: str) -> tuple[tuple[str, int], ...]:
    return tuple((name, count) for name, count in db.execute(sql))
