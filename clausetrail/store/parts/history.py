"""The history of a document, as readers ask for it."""

from __future__ import annotations

from datetime import date, datetime

from clausetrail.model import (
    BlameLine,
    Comparison,
    DatedChanges,
    DeclaredDate,
    End,
    Glance,
    LifeEvent,
    Lineage,
    LogEntry,
    SearchHit,
    Version,
)
from clausetrail.store import alike, announced, documents, lives, overview, past, readers, search, versions
from clausetrail.store.parts.session import Session


class HistoryPart(Session):
    """What is asked about versions, clauses and words."""

    def glances(self) -> tuple[Glance, ...]:
        """Every document among the others, by the names of its publisher and of itself."""
        with self._database.reading() as db:
            return overview.glances(db)

    def latest(self, limit: int) -> tuple[tuple[str, LogEntry], ...]:
        """(slug, version) of the newest changes of all documents, newest first; neither flaps nor first versions."""
        with self._database.reading() as db:
            return overview.latest(db, limit)

    def versions(self, slug: str) -> tuple[Version, ...]:
        """Oldest first."""
        with self._on(slug) as (db, document):
            return versions.of(db, document)

    def declared_dates(self, slug: str) -> tuple[tuple[DeclaredDate, ...], ...]:
        """The dates that each version declares, in the order of `versions`."""
        with self._on(slug) as (db, document):
            said = announced.by_version(db, document)
            return tuple(said[number].dates for number in range(1, versions.latest(db, document) + 1))

    def lineages(self, slug: str) -> tuple[Lineage, ...]:
        """All lineages of a document, by number."""
        with self._on(slug) as (db, document):
            return past.lineages(db, document)

    def comparison(self, slug: str, number: int) -> Comparison | None:
        """The version before with this one, from what was recorded; None for the first version."""
        with self._on(slug) as (db, document):
            return readers.comparison(db, document, number)

    def end(self, slug: str, number: int, asked: str = "latest") -> End:
        with self._on(slug) as (db, document):
            return readers.end(db, document, number, asked)

    def log(self, slug: str) -> tuple[LogEntry, ...]:
        """Every version, oldest first."""
        with self._on(slug) as (db, document):
            return readers.log(db, document)

    def dated_changes(self, slug: str, since: datetime | None = None) -> tuple[DatedChanges, ...]:
        """Every version first seen since then, with its changes in full, newest first."""
        with self._on(slug) as (db, document):
            return readers.dated_changes(db, document, since)

    def blame(self, slug: str, number: int) -> tuple[BlameLine, ...]:
        """Each clause of a version with the versions that introduced it and that last changed its words.  A flap
        changes nothing, and neither does a new revision of our own parser: blame looks through both."""
        with self._on(slug) as (db, document):
            return lives.blame(db, document, number)

    def life(self, slug: str, lineage: int) -> tuple[LifeEvent, ...]:
        """What happened to one clause, oldest first; in a flap too, which its version's standing tells."""
        with self._on(slug) as (db, document):
            return lives.life(db, document, lineage)

    def search(
        self,
        words: str,
        *,
        document: str | None = None,
        publisher: str | None = None,
        on: date | datetime | int | None = None,
        removed: bool = False,
        limit: int = 50,
    ) -> tuple[SearchHit, ...]:
        """Wordings that hold all the words, and those in quotes side by side; best first, those that stand today
        before others.  No query is an error; one with nothing to look for finds nothing.

        Those that stand in the latest version; with `on`, those that stood at that moment, by the end of that day in
        UTC, or in the version of that number; with `removed`, those that no longer stand anywhere in their document.
        `document` and `publisher` are slugs to keep to; of a publisher that is not known there is nothing.
        """
        with self._database.reading() as db:
            within = None if document is None else documents.resolve(db, document)
            return search.search(db, words, document=within, publisher=publisher, on=on, removed=removed, limit=limit)

    def alike(self, words: str, *, document: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """Of each document but this one, the clause of the latest version that is likest to these words, if any is
        like them; likest first."""
        with self._on(document) as (db, known):
            return alike.alike(db, words, document=known, limit=limit)
