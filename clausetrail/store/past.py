"""What is known of a document, as the history wants it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from clausetrail.model import Descent, Lineage, Past, Span
from clausetrail.store import versions
from clausetrail.store.codec import unpack


def past(db: sqlite3.Connection, document: int) -> Past:
    """What was derived from a document's snapshots the last time."""
    rows = db.execute("SELECT lineages FROM versions WHERE document_id = ? ORDER BY number", (document,))
    return Past(
        versions=versions.of(db, document),
        lineages_by_version=tuple(unpack(row[0], 1)[0] for row in rows),
        lineages=lineages(db, document),
        spans=spans(db, document),
    )


def lineages(db: sqlite3.Connection, document: int) -> tuple[Lineage, ...]:
    """All of a document, by number."""
    parents: dict[int, list[tuple[int, Descent, int]]] = defaultdict(list)
    rows = db.execute(
        "SELECT k.child_id, p.number, k.descent, k.version FROM lineage_links k JOIN lineages p ON p.id = k.parent_id"
        " WHERE p.document_id = ? ORDER BY k.child_id, k.rank",
        (document,),
    )
    for child, parent, descent, at in rows:
        parents[child].append((parent, Descent(descent), at))
    found = db.execute(
        "SELECT id, number, introduced, position, ended FROM lineages WHERE document_id = ? ORDER BY number",
        (document,),
    )
    return tuple(
        Lineage(number, version, position, tuple(parents[row]), ended)
        for row, number, version, position, ended in found
    )


def spans(db: sqlite3.Connection, document: int) -> tuple[Span, ...]:
    """All of a document, by (lineage, first)."""
    rows = db.execute(
        "SELECT l.number, w.words, s.first_version, s.last_version FROM lineages l JOIN spans s ON s.lineage_id = l.id"
        " JOIN wordings w ON w.id = s.wording_id WHERE l.document_id = ? ORDER BY l.number, s.first_version",
        (document,),
    )
    return tuple(Span(*row) for row in rows)
