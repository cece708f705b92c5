"""Every distinct wording once, and its place in the full-text index."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

from clausetrail.store.bigrams import bigrams
from clausetrail.store.codec import clean, ids


def key(words: str) -> int:
    """48 bits to look a wording up by; the words themselves decide, so a collision does no harm."""
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=6).digest(), "big")


def known(db: sqlite3.Connection, wordings: Iterable[str]) -> dict[str, int]:
    """Row ids of those wordings that are kept."""
    wanted = {clean(words) for words in wordings}
    rows = db.execute(
        "SELECT w.words, w.id FROM json_each(?) k CROSS JOIN wordings w ON w.hash = k.value", (ids(map(key, wanted)),)
    )
    return {words: wording for words, wording in rows if words in wanted}


def intern(db: sqlite3.Connection, wordings: Sequence[str]) -> list[int]:
    """Row ids of the wordings, in order; those that are new are kept and indexed."""
    found = known(db, wordings)
    new = [words for words in dict.fromkeys(map(clean, wordings)) if words not in found]
    first = db.execute("SELECT coalesce(max(id), 0) + 1 FROM wordings").fetchone()[0]
    rows = [(i, key(words), words, bigrams(words)) for i, words in enumerate(new, first)]
    db.executemany("INSERT INTO wordings (id, hash, words, bigrams) VALUES (?, ?, ?, ?)", rows)
    db.executemany(
        "INSERT INTO wordings_fts (rowid, words, bigrams) VALUES (?, ?, ?)", ((i, w, b) for i, _, w, b in rows)
    )
    found.update((words, i) for i, _, words, _ in rows)
    return [found[clean(words)] for words in wordings]


def optimise(db: sqlite3.Connection) -> None:
    """Merge the full-text index, and tell the planner how large the tables are."""
    db.execute("INSERT INTO wordings_fts (wordings_fts) VALUES ('optimize')")
    db.execute("ANALYZE")


def reindex(db: sqlite3.Connection) -> None:
    """Make the full-text index anew from the wordings that are kept: it holds what was deleted until it merges."""
    db.execute("INSERT INTO wordings_fts (wordings_fts) VALUES ('rebuild')")


def forget(db: sqlite3.Connection) -> int:
    """Drop wordings that no clause and no span holds; how many they were."""
    rows = db.execute(
        "SELECT id, words, bigrams FROM wordings w"
        " WHERE NOT EXISTS (SELECT 1 FROM _forms WHERE wording_id = w.id)"
        " AND NOT EXISTS (SELECT 1 FROM spans WHERE wording_id = w.id)"
    ).fetchall()
    # An external-content index must be told the very words that it is to forget.
    db.executemany("INSERT INTO wordings_fts (wordings_fts, rowid, words, bigrams) VALUES ('delete', ?, ?, ?)", rows)
    db.executemany("DELETE FROM wordings WHERE id = ?", ((row[0],) for row in rows))
    return len(rows)
