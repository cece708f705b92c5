"""What an import or a rebuild writes, and what it must know for that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from clausetrail.model import ClauseTree, Confirmation, Derivation, Past, Reading, SnapshotKey, SnapshotRow
from clausetrail.store import documents, past, record, searches, snapshots, trees, wordings
from clausetrail.store.bundles import TreeBundle
from clausetrail.store.parts.session import Session
from clausetrail.store.record import Revisions
from clausetrail.store.searches import Finding, Scene


class RecordingPart(Session):
    """What is recorded, and the past that it goes on from."""

    def add_snapshots(self, slug: str, rows: Iterable[SnapshotRow]) -> None:
        """Record snapshots, whose bodies are in the archive already.  One that is known keeps its evidence as it was
        and takes the new reading; `seen_until` only moves forward."""
        with self._changing(slug) as (db, document):
            snapshots.add(db, document, rows)

    def set_seen(self, slug: str, key: SnapshotKey, seen_until: datetime | None) -> None:
        """Until when the same bytes were seen, as is known now."""
        with self._changing(slug) as (db, document):
            snapshots.set_seen(db, document, key, seen_until)

    def keys(self, slug: str) -> tuple[SnapshotKey, ...]:
        """Of all snapshots, in the order of history."""
        with self._on(slug) as (db, document):
            return snapshots.keys(db, document)

    def snapshots(self, slug: str, sha256: str = "") -> tuple[SnapshotRow, ...]:
        """In the order of history; of the bytes with one hash, or of all."""
        with self._on(slug) as (db, document):
            return snapshots.all_of(db, document, sha256)

    def add_trees(self, bundle: TreeBundle) -> None:
        """Keep the readings of a bundle; those whose print is known are passed over."""
        with self._database.transaction() as db:
            trees.add(db, bundle)

    def tree(self, name: str) -> ClauseTree:
        """By print.  Raises StoreError where it is not kept."""
        with self._database.reading() as db:
            return trees.TreeReader(db).tree(name)

    def reading_of(self, name: str) -> Reading:
        """By print.  Raises StoreError where it is not kept."""
        with self._database.reading() as db:
            return trees.TreeReader(db).reading(name)

    def prune(self) -> int:
        """Drop trees that nothing refers to any more, and what only they held (after a rebuild); how many rows."""
        with self._database.transaction() as db:
            return trees.prune(db)

    def optimise(self) -> None:
        """Merge the full-text index, refresh the planner's statistics, give back free space (after an import)."""
        with self._database.transaction() as db:
            wordings.optimise(db)
        self._database.shrink()

    def past(self, slug: str) -> Past:
        with self._on(slug) as (db, document):
            return past.past(db, document)

    def record(
        self,
        slug: str,
        derivation: Derivation,
        *,
        revisions: Revisions,
        confirmation: Confirmation | None = None,
        dates: record.Dates | None = None,
    ) -> None:
        """Make the recorded history of a document equal to the derivation, which went by `confirmation`.

        The tree of every variant is in the store already.  `dates` holds, by number of version, the dates that a
        person has put in the place of those that the page was read to declare."""
        with self._changing(slug) as (db, document):
            record.record(db, document, derivation, revisions, dates)
            documents.set_confirmation(db, document, str(confirmation or Confirmation()))

    def revisions(self, slug: str) -> set[Revisions]:
        """Of the code that made the recorded versions of a document."""
        with self._on(slug) as (db, document):
            return record.revisions(db, document)

    def unsearched(self) -> tuple[str, ...]:
        """Publishers of whom something was written since their removals were looked for, by slug."""
        with self._database.reading() as db:
            return searches.unsearched(db)

    def scenes(self, publisher: str) -> tuple[Scene, ...]:
        """Where the removals of a publisher's documents stand, and what stands beside them; by slug of the document."""
        with self._database.reading() as db:
            return searches.scenes(db, publisher)

    def words_gone(self, changes: Iterable[int]) -> dict[int, str]:
        """The words that were removed, by change of a scene."""
        with self._database.reading() as db:
            return searches.words_gone(db, changes)

    def wordings(self, trees: Iterable[int]) -> tuple[dict[int, tuple[int, ...]], dict[int, str]]:
        """(wordings of each tree of a scene, in reading order; the words of each wording)."""
        with self._database.reading() as db:
            return searches.wordings(db, trees)

    def searched(self, publisher: str, found: Iterable[Finding]) -> None:
        """Write what came of looking for a publisher's removals, and that they were looked for."""
        with self._database.transaction() as db:
            searches.write(db, publisher, found)
