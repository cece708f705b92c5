"""Removals that stand nowhere in their own document, and in what else they were looked for."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from clausetrail.model import Certainty
from clausetrail.store import exhibits
from clausetrail.store.codec import clean, ids, unpack
from clausetrail.store.exhibits import Shown


class Standing(NamedTuple):
    """A version, and while it stood."""

    first_seen: str
    last_seen: str
    tree: int
    state: str


class Gone(NamedTuple):
    """A removal that is firm by its own document."""

    change: int
    searched: int | None
    """What it was looked for in when it was last looked for; None where it never was."""


class Scene(NamedTuple):
    """A document, as far as removals, its own and those of the publisher's other documents, are concerned."""

    slug: str
    versions: tuple[Standing, ...]
    """By number, from 1."""
    removals: Mapping[int, tuple[Gone, ...]]
    """By number of version."""
    pages: Mapping[int, tuple[Shown, ...]]
    """Of each version with removals, by name of the page."""


class Finding(NamedTuple):
    """What came of looking for a removal."""

    change: int
    searched: int
    evidence: str
    """Where the clause stands still; empty where nowhere."""


def mark(db: sqlite3.Connection, document: int) -> None:
    """Have removals of all documents of a document's publisher looked for again."""
    db.execute(
        "INSERT OR IGNORE INTO _unsearched (publisher) SELECT p.slug FROM documents d"
        " JOIN publishers p ON p.id = d.publisher_id WHERE d.id = ?",
        (document,),
    )


def unsearched(db: sqlite3.Connection) -> tuple[str, ...]:
    """Publishers of whom something was written since their removals were looked for."""
    return tuple(slug for (slug,) in db.execute("SELECT publisher FROM _unsearched ORDER BY publisher"))


def write(db: sqlite3.Connection, publisher: str, found: Iterable[Finding]) -> None:
    """Write what was found of a publisher's removals: what stands elsewhere is likely, all else firm."""
    found = tuple(found)
    db.executemany(
        "UPDATE changes SET certainty = ?, evidence = ? WHERE id = ?",
        ((_certainty(one).value, clean(one.evidence), one.change) for one in found),
    )
    db.executemany("INSERT OR REPLACE INTO _removals (change_id, searched) VALUES (?, ?)", (one[:2] for one in found))
    db.execute("DELETE FROM _unsearched WHERE publisher = ?", (publisher,))


def _certainty(found: Finding) -> Certainty:
    return Certainty.LIKELY if found.evidence else Certainty.FIRM


_DOCUMENTS = """
    SELECT d.id, d.slug FROM publishers p JOIN documents d ON d.publisher_id = p.id WHERE p.slug = ? ORDER BY d.slug
"""
_VERSIONS = """
    SELECT v.first_seen, v.last_seen, a.tree_id, v.state
    FROM versions v JOIN variants a ON a.version_id = v.id AND a.rank = 0 WHERE v.document_id = ? ORDER BY v.number
"""
_GONE = """
    SELECT v.number, c.id, r.searched FROM versions v CROSS JOIN changes c ON c.version_id = v.id
        LEFT JOIN _removals r ON r.change_id = c.id
    WHERE v.document_id = ? AND v.removed > 0 AND c.kind = 'removed' AND (c.certainty = ? OR r.change_id IS NOT NULL)
    ORDER BY v.number, c.rank
"""


def scenes(db: sqlite3.Connection, publisher: str) -> tuple[Scene, ...]:
    """Every document of a publisher, by slug."""
    return tuple(_scene(db, *row) for row in db.execute(_DOCUMENTS, (publisher,)).fetchall())


def _scene(db: sqlite3.Connection, document: int, slug: str) -> Scene:
    versions = tuple(Standing(*row) for row in db.execute(_VERSIONS, (document,)))
    removals: dict[int, tuple[Gone, ...]] = defaultdict(tuple)
    for number, *values in db.execute(_GONE, (document, Certainty.FIRM.value)):
        removals[number] += (Gone(*values),)
    return Scene(slug, versions, dict(removals), exhibits.shown(db, document, removals.keys()) if removals else {})


_WORDS = """
    SELECT c.id, w.words FROM json_each(?) k CROSS JOIN changes c ON c.id = k.value
        CROSS JOIN versions v ON v.id = c.version_id
        CROSS JOIN change_clauses o ON o.change_id = c.id AND o.side = 'old'
        CROSS JOIN spans s ON s.lineage_id = o.lineage_id AND s.first_version < v.number
            AND s.last_version >= v.number - 1
        CROSS JOIN wordings w ON w.id = s.wording_id
"""


def words_gone(db: sqlite3.Connection, changes: Iterable[int]) -> dict[int, str]:
    """The words that were removed, by change."""
    return dict(db.execute(_WORDS, (ids(changes),)).fetchall())


def wordings(db: sqlite3.Connection, trees: Iterable[int]) -> tuple[dict[int, tuple[int, ...]], dict[int, str]]:
    """(wordings of each tree, in reading order; the words of each wording)."""
    rows = db.execute("SELECT t.id, t.forms FROM json_each(?) k CROSS JOIN _trees t ON t.id = k.value", (ids(trees),))
    forms: dict[int, Sequence[int]] = {tree: unpack(packed, 1)[0] for tree, packed in rows}
    wording_of: dict[int, int] = {}
    words: dict[int, str] = {}
    for form, wording, text in db.execute(
        "SELECT f.id, w.id, w.words FROM json_each(?) k CROSS JOIN _forms f ON f.id = k.value"
        " CROSS JOIN wordings w ON w.id = f.wording_id",
        (ids({form for own in forms.values() for form in own}),),
    ):
        wording_of[form], words[wording] = wording, text
    return {tree: tuple(wording_of[form] for form in own) for tree, own in forms.items()}, words
