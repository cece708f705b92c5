"""Publishers, documents and their aliases."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Mapping

from clausetrail.errors import UsageError
from clausetrail.model import DocumentInfo, Junk, Withdrawal
from clausetrail.store import events, searches, snapshots, withdrawals
from clausetrail.store.codec import clean, moment_or_none

_NEAREST = 3

_INFO = """
    SELECT d.id, d.slug, p.title, d.policy, d.licence, d.attribution, d.url, d.confirmation,
        (SELECT s.language FROM snapshots s WHERE s.document_id = d.id AND s.language <> ''
            ORDER BY s.fetched_at DESC, s.source LIMIT 1),
        (SELECT count(*) FROM snapshots s WHERE s.document_id = d.id),
        count(v.id),
        (SELECT count(*) FROM changes c JOIN versions o ON o.id = c.version_id
            WHERE o.document_id = d.id AND o.origin <> 'technical'),
        coalesce(sum(v.standing = 'flap'), 0),
        min(v.first_seen), max(v.last_seen), max(v.first_seen)
    FROM documents d JOIN publishers p ON p.id = d.publisher_id LEFT JOIN versions v ON v.document_id = d.id
"""


def resolve(db: sqlite3.Connection, slug: str) -> int:
    """Row id of the document with this slug or alias, whatever the case of its letters.

    Raises UsageError, naming the nearest slugs, where there is none.
    """
    found = lookup(db, slug)
    if found is not None:
        return found
    known = _slugs(db)
    folded = {name.casefold(): document for name, document in known.items()}
    if slug.casefold() in folded:
        return folded[slug.casefold()]
    nearest = difflib.get_close_matches(slug.casefold(), folded, _NEAREST, 0.4)
    hint = f"did you mean {', '.join(nearest)}?" if nearest else "no document has a name like it;"
    raise UsageError(f"{slug}: unknown document; {hint} `clausetrail documents` lists all", document=slug)


def lookup(db: sqlite3.Connection, slug: str) -> int | None:
    """Row id of the document with exactly this slug or alias."""
    row = db.execute(
        "SELECT id FROM documents WHERE slug = :slug UNION ALL SELECT document_id FROM aliases WHERE slug = :slug",
        {"slug": clean(slug)},
    ).fetchone()
    return None if row is None else row[0]


def slug_of(db: sqlite3.Connection, document: int) -> str:
    return str(db.execute("SELECT slug FROM documents WHERE id = ?", (document,)).fetchone()[0])


def names(db: sqlite3.Connection, document: int) -> tuple[str, ...]:
    """Its slug, then its aliases."""
    aliases = db.execute("SELECT slug FROM aliases WHERE document_id = ? ORDER BY slug", (document,))
    return (slug_of(db, document), *(slug for (slug,) in aliases))


def _slugs(db: sqlite3.Connection) -> dict[str, int]:
    """Every slug and alias; a slug wins over an alias."""
    rows = db.execute("SELECT slug, document_id FROM aliases UNION ALL SELECT slug, id FROM documents")
    return dict(rows.fetchall())


def infos(db: sqlite3.Connection) -> tuple[DocumentInfo, ...]:
    aliases, away, junk = _aliases(db), withdrawals.by_document(db), snapshots.junk(db)
    rows = db.execute(f"{_INFO} GROUP BY d.id ORDER BY d.slug")
    return tuple(_info(row, aliases, away, junk) for row in rows)


def info(db: sqlite3.Connection, document: int) -> DocumentInfo:
    row = db.execute(f"{_INFO} WHERE d.id = ? GROUP BY d.id", (document,)).fetchone()
    return _info(row, _aliases(db), withdrawals.by_document(db, document), snapshots.junk(db, document))


def _aliases(db: sqlite3.Connection) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for document, slug in db.execute("SELECT document_id, slug FROM aliases ORDER BY slug"):
        found.setdefault(document, []).append(slug)
    return found


def _info(
    row: tuple[object, ...],
    aliases: dict[int, list[str]],
    away: Mapping[int, tuple[Withdrawal, ...]],
    junk: Mapping[int, tuple[Junk, ...]],
) -> DocumentInfo:
    document, slug, publisher, policy, licence, attribution, url, rule, language, *counts = row
    seen, versions, changes, flaps, *times = counts
    first, last, change = (moment_or_none(time) for time in times)  # type: ignore[arg-type]
    return DocumentInfo(
        *(slug, publisher, policy, licence, attribution, url, language or ""),  # type: ignore[arg-type]
        tuple(aliases.get(document, ())),  # type: ignore[call-overload]
        *(seen, versions, changes, flaps),  # type: ignore[arg-type]
        first,
        last,
        change,
        away[document],  # type: ignore[index]
        rule,  # type: ignore[arg-type]
        junk[document],  # type: ignore[index]
    )


def declare(
    db: sqlite3.Connection,
    slug: str,
    publisher: str,
    title: str,
    licence: str,
    attribution: str,
    url: str,
    jurisdiction: str,
) -> str:
    """Make the document, or bring what is said of it up to date; the slug that it goes by.

    An alias stands for the document that absorbed it, which keeps its own names.
    """
    slug, publisher, title = clean(slug), clean(publisher), clean(title)
    known = lookup(db, slug)
    if known is not None and slug_of(db, known) != slug:
        return slug_of(db, known)
    values = (f"{publisher} {title}", _publisher(db, slug, publisher), title, clean(licence), clean(attribution))
    db.execute(
        "INSERT INTO documents (slug, title, publisher_id, policy, licence, attribution, url, jurisdiction)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (slug) DO UPDATE SET title = excluded.title,"
        " publisher_id = excluded.publisher_id, policy = excluded.policy, licence = excluded.licence,"
        " attribution = excluded.attribution, url = excluded.url, jurisdiction = excluded.jurisdiction",
        (slug, *values, clean(url), clean(jurisdiction)),
    )
    return slug


def _publisher(db: sqlite3.Connection, slug: str, title: str) -> int:
    """Row id of the publisher, which goes by the first part of its documents' slugs."""
    db.execute(
        "INSERT INTO publishers (slug, title) VALUES (?, ?) ON CONFLICT (slug) DO UPDATE SET title = excluded.title",
        (slug.partition("/")[0], title),
    )
    row = db.execute("SELECT id FROM publishers WHERE slug = ?", (slug.partition("/")[0],)).fetchone()
    return int(row[0])


def merge(db: sqlite3.Connection, absorbed: str, into: str) -> None:
    """Give the snapshots of one document to another, and its name as an alias.

    The derived rows of the absorbed document are gone; those of the other are to be derived again by the caller, in
    the same transaction.  Raises UsageError for unknown documents, and for one merged into itself.
    """
    gone, kept = resolve(db, absorbed), resolve(db, into)
    if gone == kept:
        raise UsageError(f"{absorbed}: is the same document as {into}; name two", document=absorbed)
    slug = slug_of(db, gone)
    searches.mark(db, gone)
    _unite_snapshots(db, gone, kept)
    withdrawals.unite(db, gone, kept)
    events.unite(db, gone, kept)
    db.execute("UPDATE aliases SET document_id = ? WHERE document_id = ?", (kept, gone))
    publisher = db.execute("SELECT publisher_id FROM documents WHERE id = ?", (gone,)).fetchone()[0]
    db.execute("DELETE FROM documents WHERE id = ?", (gone,))
    db.execute("INSERT INTO aliases (slug, document_id) VALUES (?, ?)", (slug, kept))
    _forget_publisher(db, publisher)


def _unite_snapshots(db: sqlite3.Connection, gone: int, kept: int) -> None:
    """A snapshot that both have stays once, with the later of the two times at which it was last seen."""
    both = {"gone": gone, "kept": kept}
    db.execute(
        """UPDATE snapshots SET seen_until =
                nullif(max(coalesce(snapshots.seen_until, ''), coalesce(twin.seen_until, '')), '')
            FROM snapshots AS twin WHERE snapshots.document_id = :kept AND twin.document_id = :gone
            AND twin.fetched_at = snapshots.fetched_at AND twin.source = snapshots.source
            AND twin.sha256 = snapshots.sha256""",
        both,
    )
    # The old versions go first: their variants point at snapshots.
    db.execute("DELETE FROM versions WHERE document_id = :gone", both)
    db.execute("UPDATE OR IGNORE snapshots SET document_id = :kept, version_id = NULL WHERE document_id = :gone", both)
    db.execute("DELETE FROM snapshots WHERE document_id = :gone", both)


def remove(db: sqlite3.Connection, document: int) -> None:
    """Take a document out: its versions, lineages and changes, its aliases, and the record of its snapshots.

    Bytes in the archive, and texts that only it held, are left for others to drop."""
    slug = slug_of(db, document)
    searches.mark(db, document)
    publisher = db.execute("SELECT publisher_id FROM documents WHERE id = ?", (document,)).fetchone()[0]
    # The versions go first: their variants point at snapshots.
    db.execute("DELETE FROM versions WHERE document_id = ?", (document,))
    db.execute("DELETE FROM documents WHERE id = ?", (document,))
    db.execute("DELETE FROM corrections WHERE document = ?", (slug,))
    _forget_publisher(db, publisher)


def _forget_publisher(db: sqlite3.Connection, publisher: int) -> None:
    db.execute(
        "DELETE FROM publishers WHERE id = :id AND NOT EXISTS (SELECT 1 FROM documents WHERE publisher_id = :id)",
        {"id": publisher},
    )


def set_confirmation(db: sqlite3.Connection, document: int, rule: str) -> None:
    db.execute("UPDATE documents SET confirmation = ? WHERE id = ? AND confirmation <> ?", (rule, document, rule))
