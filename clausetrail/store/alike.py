"""Clauses of other documents that say something like a clause of this one."""

from __future__ import annotations

import sqlite3
import unicodedata

from clausetrail.model import SearchHit
from clausetrail.store import bigrams, search
from clausetrail.store.queries import Phrase, fold, phrases

_SOUGHT = 20
"""Words that are looked for: the longest, which are seldom the commonest."""
_FOUND = 400
"""Wordings that are weighed."""
_LIKE = 0.2
"""Likeness below which two clauses are on different subjects more often than not."""
_SHORT = 4
"""Letters, fewer than which most words only join others."""

_SQL = """
    WITH
    hits AS (SELECT rowid AS wording_id FROM wordings_fts WHERE wordings_fts MATCH :query ORDER BY rank LIMIT :found),
    newest AS (SELECT document_id, max(number) AS number FROM versions GROUP BY document_id)
    SELECT l.document_id, l.number, s.first_version, s.last_version, s.last_version, w.words, 1
    FROM hits JOIN wordings w ON w.id = hits.wording_id JOIN spans s ON s.wording_id = hits.wording_id
        JOIN lineages l ON l.id = s.lineage_id
        JOIN newest ON newest.document_id = l.document_id AND newest.number = s.last_version
    WHERE l.document_id <> :document
    ORDER BY l.document_id, l.number
"""


def alike(db: sqlite3.Connection, words: str, *, document: int, limit: int) -> tuple[SearchHit, ...]:
    """The likest clause of each other document's latest version, likest first, as hits that mark the words in common.

    Likeness is the share of distinct words in common (Jaccard 1901), without case, accents and the shortest of them,
    each weighed by its length: long words are seldom common ones."""
    tokens = _tokens(words)
    sought = sorted(tokens, key=lambda token: (-len(token), token))[:_SOUGHT]
    if not sought:
        return ()
    query = " OR ".join(f'"{token}"' for token in sought)
    rows = db.execute(_SQL, {"query": query, "found": _FOUND, "document": document})
    best: dict[int, tuple[float, search.Row]] = {}
    for row in (search.Row(*values) for values in rows):
        likeness = _likeness(tokens, _tokens(row.words))
        if likeness >= _LIKE and likeness > best.get(row.document, (0.0, None))[0]:
            best[row.document] = likeness, row
    chosen = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].document))[:limit]
    return search.hits(db, [row for _, row in chosen], [Phrase((token,)) for token in sought])


def _tokens(words: str) -> frozenset[str]:
    """Words, and pairs of characters of scripts that put no space between words."""
    runs = (run for phrase in phrases(unicodedata.normalize("NFKC", words)) for run in phrase.runs)
    found = (token for run in runs for token in (bigrams.tokens(run) if bigrams.RUN.fullmatch(run) else [run]))
    return frozenset(fold(token) for token in found if len(token) >= _SHORT or bigrams.RUN.fullmatch(token))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return _letters(one & other) / max(_letters(one | other), 1)


def _letters(tokens: frozenset[str]) -> int:
    return sum(map(len, tokens))
