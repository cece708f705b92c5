"""Pages that are looked at, and what must outlive a restart for that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from clausetrail.model import Agenda, Look, Shrunk, Source, Watched
from clausetrail.store import documents, state, watching
from clausetrail.store.parts.session import Session


class WatchingPart(Session):
    """What is asked about looking at pages."""

    def declare_sources(self, slug: str, sources: Iterable[Source], at: datetime) -> None:
        """Make the pages of a document those that are declared: one that is new, or stands elsewhere than before, is
        due at `at`; one that is declared no more has ended, and what came of it stays."""
        with self._changing(slug) as (db, document):
            watching.declare(db, document, sources, at)

    def watched(self, slug: str = "", due: datetime | None = None) -> tuple[Watched, ...]:
        """The pages that are declared today, that which is due first first: all, those of one document, those that
        are due by then."""
        with self._database.reading() as db:
            return watching.watched(db, documents.resolve(db, slug) if slug else None, due)

    def next_due(self) -> datetime | None:
        """When the next page is to be looked at; None where none is declared."""
        with self._database.reading() as db:
            return watching.next_due(db)

    def shrunk(self, share: float, since: datetime) -> tuple[Shrunk, ...]:
        """Documents whose last version, first seen since then, has less than this share of the clauses before it."""
        with self._database.reading() as db:
            return watching.shrunk(db, share, since)

    def looks(self, slug: str, source: str) -> tuple[Look, ...]:
        """All that came of looking at one page, oldest first."""
        with self._on(slug) as (db, document):
            return watching.looks(db, document, source)

    def add_look(self, slug: str, source: str, look: Look, agenda: Agenda) -> None:
        """Record what came of a look at a page, and when to look again.  The same as before is no new row."""
        with self._changing(slug) as (db, document):
            watching.add(db, document, source, look, agenda)

    def put_off(self, slug: str, source: str, until: datetime) -> None:
        """Look at a page no sooner than this."""
        with self._changing(slug) as (db, document):
            watching.put_off(db, document, source, until)

    def look_by(self, slug: str, source: str, at: datetime) -> None:
        """Look at a page no later than this."""
        with self._changing(slug) as (db, document):
            watching.look_by(db, document, source, at)

    def state(self, kind: str) -> dict[str, str]:
        """Name -> value of this kind, as `set_state` left them."""
        with self._database.reading() as db:
            return state.of(db, kind)

    def set_state(self, kind: str, values: Mapping[str, str | None]) -> None:
        """Set values by name; None takes one away.  Others of the kind stay."""
        with self._database.transaction() as db:
            state.put(db, kind, values)
