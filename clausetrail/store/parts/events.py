"""What is told to those who asked, by id; it names nobody."""

from __future__ import annotations

from collections.abc import Iterable

from clausetrail.model import Event, Heard, SnapshotKey
from clausetrail.store import documents, events
from clausetrail.store.parts.session import Session


class EventsPart(Session):
    """What is asked about events."""

    def add_event(self, event: Event) -> str:
        """Keep an event; its id, which never changes and is never given twice."""
        with self._changing(event.document) as (db, document):
            return events.add(db, document, documents.slug_of(db, document), event)

    def supersede(self, event: str, by: str) -> None:
        """Mark an event, by its id, as one that does not hold any more: the event `by` says so."""
        with self._database.transaction() as db:
            events.supersede(db, event, by)

    def events(
        self, *, after: int = 0, document: str | None = None, ids: Iterable[str] | None = None
    ) -> tuple[Event, ...]:
        """In the order in which they were kept: those after a number, those of one document, those of these ids."""
        with self._database.reading() as db:
            within = None if document is None else documents.resolve(db, document)
            return events.of(db, after=after, document=within, uids=ids)

    def heard(self, slug: str) -> Heard:
        """Up to where the events of a document were raised."""
        with self._on(slug) as (db, document):
            return events.heard(db, document)

    def hear(self, slug: str, now: Heard) -> None:
        with self._changing(slug) as (db, document):
            events.hear(db, document, now)

    def live_keys(self, slug: str) -> frozenset[SnapshotKey]:
        """Of the snapshots that were fetched live."""
        with self._on(slug) as (db, document):
            return events.live_keys(db, document)
