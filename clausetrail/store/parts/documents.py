"""Documents, their names, and what is ruled and counted of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clausetrail.model import Correction, DocumentInfo, Stats, Withdrawal
from clausetrail.store import corrections, documents, permalinks, snapshots, statistics, trees, withdrawals
from clausetrail.store.corrections import Mirrored
from clausetrail.store.parts.session import Session
from clausetrail.store.permalinks import Resolved


class DocumentsPart(Session):
    """What is asked about documents."""

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All of them, by slug."""
        with self._database.reading() as db:
            return documents.infos(db)

    def document(self, slug: str) -> DocumentInfo:
        with self._on(slug) as (db, document):
            return documents.info(db, document)

    def addresses(self) -> dict[str, list[tuple[str, str]]]:
        """Address -> (slug, page) of whatever was ever seen there."""
        with self._database.reading() as db:
            return snapshots.addresses(db)

    def declare(
        self,
        slug: str,
        publisher: str,
        title: str,
        *,
        licence: str = "",
        attribution: str = "",
        url: str = "",
        jurisdiction: str = "",
    ) -> str:
        """Make the document or bring what is said of it up to date; the slug that it goes by.

        An alias stands for the document that absorbed it, which keeps its own names.
        """
        with self._database.transaction() as db:
            return documents.declare(db, slug, publisher, title, licence, attribution, url, jurisdiction)

    def merge(self, absorbed: str, into: str) -> None:
        """Give all snapshots of one document to another, and its slug as an alias.

        What was derived for `absorbed` is gone; `into` is to be derived again, in the same transaction.
        """
        with self._database.transaction() as db:
            documents.merge(db, absorbed, into)

    def remove(self, slug: str) -> None:
        """Take a document out, with all that was derived for it and the record of its snapshots.

        The bytes of its snapshots stay in the archive."""
        with self._changing(slug) as (db, document):
            documents.remove(db, document)
            trees.prune(db)

    def add_withdrawals(self, slug: str, found: Iterable[Withdrawal]) -> None:
        """Record when the document was taken away; when it returned is read off its snapshots."""
        with self._changing(slug) as (db, document):
            withdrawals.add(db, document, found)

    def withdrawals(self, slug: str) -> tuple[Withdrawal, ...]:
        """When the document was taken away, and came back, by time."""
        with self._on(slug) as (db, document):
            return withdrawals.of(db, document)

    def resolve_permalink(self, text: str) -> Resolved:
        """Where a permalink leads today.  Raises UsageError where it leads nowhere."""
        with self._database.reading() as db:
            return permalinks.resolve(db, text)

    def mirror(self, found: Iterable[Correction], problems: Mapping[int, str]) -> None:
        """Show the corrections to readers.  `problems` tells, by index, which were not applied, and why."""
        with self._database.transaction() as db:
            corrections.mirror(db, found, problems)

    def corrections(self) -> tuple[Mirrored, ...]:
        """What was mirrored last, in the order of the file."""
        with self._database.reading() as db:
            return corrections.mirrored(db)

    def stats(self) -> Stats:
        with self._database.reading() as db:
            return statistics.stats(db, self.archive.size() if self.archive_path.exists() else 0)
