"""Taking bytes out for good, and leaving their hash.

Bodies that were packed against the redacted one hold references into it, so they are packed anew against what it was
itself packed against.  Freed space is overwritten, the files are written anew and their logs emptied: SQLite keeps
what was deleted until then.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from clausetrail.errors import StoreError
from clausetrail.store import entries, packing
from clausetrail.store.archive import Archive
from clausetrail.store.chain import Entry, EntryKind
from clausetrail.store.codec import clean, stamp
from clausetrail.store.connection import Database, translated


def blank(archive: Archive, sha256: str, reason: str, at: datetime) -> int:
    """Take these bytes out of the archive, and the screenshots that were taken with them, and record it in the chain;
    how many were taken out now (0: it had been done before).  What is left on the disk is for `scrub`."""
    with archive.database.transaction() as db:
        db.execute("PRAGMA secure_delete = ON")
        shots = [
            one.about["screenshot"]
            for (number,) in db.execute(
                "SELECT e.id FROM entries e JOIN blobs b ON b.id = e.blob_id WHERE b.sha256 = ?", (sha256,)
            ).fetchall()
            for one, _ in [next(entries.all_from(db, number))]
            if one.about.get("screenshot")
        ]
        done = sum(_blank(archive, db, each, reason, stamp(at)) for each in dict.fromkeys([sha256, *shots]))
    archive.forget_recent()
    return done


def _blank(archive: Archive, db: sqlite3.Connection, sha256: str, reason: str, at: str) -> bool:
    row = db.execute("SELECT id, size, page, base_id, data = x'' FROM blobs WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise StoreError(f"{archive.path}: the bytes of snapshot {sha256[:12]} are missing; restore the archive")
    blob, size, page, base, gone = row
    if gone:
        return False
    _free(archive, db, blob, base)
    db.execute("UPDATE blobs SET data = x'', base_id = NULL WHERE id = ?", (blob,))
    document, _, source = page.partition(" ")
    number, _ = entries.last(db)
    about = {"reason": clean(reason)}
    entry = Entry(number + 1, EntryKind.REDACTION, document, source, "", at, sha256, size, about)
    entries.add(db, entry, entries.page_id(db, document, source), blob)
    return True


def _free(archive: Archive, db: sqlite3.Connection, blob: int, base: int | None) -> None:
    """Pack what stands on a body against the one below it."""
    below = None if base is None else archive.unpacked(base)
    for child, ordinal in db.execute("SELECT id, ordinal FROM blobs WHERE base_id = ?", (blob,)).fetchall():
        anew = packing.compress(archive.unpacked(child), below, ordinal=ordinal)
        db.execute("UPDATE blobs SET data = ?, base_id = ? WHERE id = ?", (anew.data, base, child))


def scrub(database: Database) -> None:
    """Write a file anew and empty its log, so that nothing deleted is left in it.

    Raises StoreError, transient, where another process has the file open and keeps what it reads."""
    with translated(database.path):
        database.connection.execute("PRAGMA secure_delete = ON")
        database.connection.execute("VACUUM")
        busy = database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise StoreError(
            f"{database.path}: the redaction is recorded, but another process has the file open, so traces may be"
            " left in it; close that and give the command again",
            transient=True,
        )
