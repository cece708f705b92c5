"""Writing a derivation: a document's versions, lineages, spans and changes, in one transaction of the caller."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from clausetrail.errors import StoreError
from clausetrail.model import DeclaredDate, Derivation, Place, Traced, Variant, Version
from clausetrail.store import lineages, operations, searches, signals, snapshots, trees, versions
from clausetrail.store.announced import Facts, settle_silence, write_facts
from clausetrail.store.codec import clean, pack, stamp, stamp_or_none
from clausetrail.store.titles import change_title
from clausetrail.store.trees import TreeReader


class Revisions(NamedTuple):
    """Of the code that makes a history."""

    parser: int
    differ: int
    rules: int


def revisions(db: sqlite3.Connection, document: int) -> set[Revisions]:
    """Of the code that made the recorded versions of a document."""
    rows = db.execute(
        "SELECT DISTINCT parser_revision, differ_revision, rules_revision FROM versions WHERE document_id = ?",
        (document,),
    )
    return {Revisions(*row) for row in rows}


Dates = Mapping[int, Sequence[DeclaredDate]]
"""Dates by number of version, where a person has corrected what the page was read to declare."""


def record(
    db: sqlite3.Connection, document: int, derivation: Derivation, revisions: Revisions, dates: Dates | None = None
) -> None:
    """Make the recorded history equal to the derivation.

    Versions up to `keep` stay the rows they are; later ones are replaced.  Every print must have its tree already.
    Doing so twice is doing so once.  Raises StoreError for snapshots or trees that are not recorded, and for
    operations that do not replay.
    """
    past = versions.of(db, document)
    if len(past) < derivation.keep:
        raise StoreError(f"only {len(past)} versions are recorded, not {derivation.keep}; run `clausetrail rebuild`")
    db.execute("DELETE FROM versions WHERE document_id = ? AND number > ?", (document, derivation.keep))
    writer = _Writer(db, document, revisions, dates or {})
    writer.kept(past[: derivation.keep], derivation.versions[: derivation.keep])
    if derivation.traced or len(past) > derivation.keep:
        writer.traced(derivation)
    snapshots.set_aside(db, document, derivation.aside)
    settle_silence(db, document)
    searches.mark(db, document)


class _Text(NamedTuple):
    """A version's clauses, with their lineages."""

    places: Sequence[Place]
    words: Sequence[str]
    lineages: Sequence[int]


_NOTHING = _Text((), (), ())


@dataclass(slots=True)
class _Writer:
    db: sqlite3.Connection
    document: int
    revisions: Revisions
    dates: Dates
    reader: TreeReader = field(init=False)
    texts: dict[str, tuple[Sequence[Place], Sequence[str]]] = field(default_factory=dict)
    """By print; a page that flaps shows the same again and again."""
    lineage_ids: dict[int, int] = field(default_factory=dict)
    changes: list[tuple[Any, ...]] = field(default_factory=list)
    clauses: list[tuple[int, str, int, int]] = field(default_factory=list)
    next_change: int = 0

    def __post_init__(self) -> None:
        self.reader = TreeReader(self.db)
        self.next_change = self.db.execute("SELECT coalesce(max(id), 0) + 1 FROM changes").fetchone()[0]

    def kept(self, past: Sequence[Version], now: Sequence[Version]) -> None:
        """Bring versions that stay up to date: when and by what they were seen, and what came of them."""
        rows = self._rows(len(now))
        different = [(rows[v.number], v) for known, v in zip(past, now, strict=True) if known != v]
        self.db.executemany(
            "UPDATE versions SET origin = ?, first_seen = ?, last_seen = ?, seen_before = ?, standing = ?,"
            " confirmed_at = ?, reverts_to = ? WHERE id = ?",
            ((*_standing(v), row) for row, v in different),
        )
        self.db.executemany(
            "UPDATE snapshots SET version_id = NULL WHERE version_id = ?", ((row,) for row, _ in different)
        )
        self.db.executemany("DELETE FROM variants WHERE version_id = ?", ((row,) for row, _ in different))
        self._show(different)
        for number in sorted(n for n in self.dates if n <= len(now)):
            before = self._facts(now[number - 2], number - 1) if number > 1 else None
            write_facts(self.db, rows[number], self._facts(now[number - 1], number), before)

    def traced(self, derivation: Derivation) -> None:
        """Write new versions, and all lineages and spans."""
        starts, rows = lineages.Starts(derivation.spans), self._insert(derivation.traced)
        self.lineage_ids = lineages.write(self.db, self.document, derivation.lineages, derivation.spans)
        before, facts = self._standing_at(derivation)
        for row, traced in zip(rows, derivation.traced, strict=True):
            text = self._text(traced.version, traced.lineages)
            now = self._facts(traced.version, traced.version.number)
            write_facts(self.db, row, now, facts)
            self._changes(row, traced, before, text)
            starts.enter(traced.version.number, text.places, text.lineages)
            before, facts = text, now
        self._flush()
        lineages.write_spans(self.db, self.lineage_ids, derivation.spans, starts.paths)

    def _standing_at(self, derivation: Derivation) -> tuple[_Text, Facts | None]:
        """The last version that is kept."""
        if not derivation.keep or not derivation.traced:
            return _NOTHING, None
        version = derivation.versions[derivation.keep - 1]
        numbers = versions.lineages(self.db, self.document, version.number)
        return self._text(version, numbers), self._facts(version, version.number)

    def _text(self, version: Version, numbers: Sequence[int]) -> _Text:
        name = version.variants[0].print
        if name not in self.texts:
            found = self.reader.tree(name).places()
            self.texts[name] = found, [place.clause.words for place in found]
        places, words = self.texts[name]
        if len(places) != len(numbers):
            raise StoreError(f"version {version.number} has {len(places)} clauses but {len(numbers)} lineages")
        return _Text(places, words, numbers)

    def _facts(self, version: Version, number: int) -> Facts:
        reading = self.reader.facts(version.variants[0].print)
        corrected = self.dates.get(number)
        if corrected is None:
            return Facts(reading.declared, reading.announcements)
        return Facts(tuple(corrected), reading.announcements, reading.declared)

    def _rows(self, keep: int) -> dict[int, int]:
        rows = self.db.execute(
            "SELECT number, id FROM versions WHERE document_id = ? AND number <= ?", (self.document, keep)
        )
        return dict(rows.fetchall())

    def _insert(self, traced: Sequence[Traced]) -> list[int]:
        """Rows of new versions, with their snapshots and variants; the ids."""
        first = self.db.execute("SELECT coalesce(max(id), 0) + 1 FROM versions").fetchone()[0]
        self.db.executemany(
            "INSERT INTO versions (id, document_id, origin, first_seen, last_seen, seen_before, standing, confirmed_at,"
            " reverts_to, number, state, clauses, lineages, parser_revision, differ_revision, rules_revision,"
            " significance, relabelled, edited, moved, moved_edited, split, merged, rewritten, added, removed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (row, self.document, *_standing(one.version), *_content(one), *self.revisions, *_weight(one))
                for row, one in enumerate(traced, first)
            ),
        )
        self._show([(row, one.version) for row, one in enumerate(traced, first)])
        return list(range(first, first + len(traced)))

    def _show(self, rows: Sequence[tuple[int, Version]]) -> None:
        """Tie versions to the snapshots that show them, and write their variants."""
        shown = [(row, self.document, *snapshots.key_row(key)) for row, version in rows for key in version.snapshots]
        done = self.db.executemany(
            "UPDATE snapshots SET version_id = ?"
            " WHERE document_id = ? AND fetched_at = ? AND source = ? AND sha256 = ?",
            shown,
        )
        if shown and done.rowcount != len(shown):
            raise StoreError("a version is to be recorded of which a snapshot was never added")
        tree_ids = trees.tree_ids(self.db, (variant.print for _, v in rows for variant in v.variants))
        self.db.executemany(
            "INSERT INTO variants (version_id, rank, first_seen, last_seen, tree_id, snapshot_id) SELECT ?, ?, ?, ?, ?,"
            " id FROM snapshots WHERE document_id = ? AND fetched_at = ? AND source = ? AND sha256 = ?",
            (
                (row, rank, *self._variant(variant, tree_ids))
                for row, version in rows
                for rank, variant in enumerate(version.variants)
            ),
        )

    def _variant(self, variant: Variant, tree_ids: Mapping[str, int]) -> tuple[Any, ...]:
        key = snapshots.key_row(variant.snapshot)
        return stamp(variant.first_seen), stamp(variant.last_seen), tree_ids[variant.print], self.document, *key

    def _changes(self, row: int, traced: Traced, old: _Text, new: _Text) -> None:
        for rank, change in enumerate(traced.changes):
            sides = operations.joined(old.words, change.old), operations.joined(new.words, change.new)
            self.changes.append(
                (
                    *(self.next_change, clean(change_title(change, old.places, new.places)), row, rank),
                    *(change.kind.value, change.certainty.value, change.significance.value),
                    signals.encode(change.signals, *sides),
                    *(operations.encode(change.operations, *sides), change.importance, clean(change.evidence)),
                )
            )
            for side, positions, text in (("old", change.old, old), ("new", change.new, new)):
                self.clauses += [(self.next_change, side, at, self.lineage_ids[text.lineages[at]]) for at in positions]
            self.next_change += 1

    def _flush(self) -> None:
        self.db.executemany(
            "INSERT INTO changes (id, title, version_id, rank, kind, certainty, significance, signals, operations,"
            " importance, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self.changes,
        )
        self.db.executemany(
            "INSERT INTO change_clauses (change_id, side, position, lineage_id) VALUES (?, ?, ?, ?)", self.clauses
        )


def _standing(version: Version) -> tuple[Any, ...]:
    return (
        version.origin.value,
        stamp(version.first_seen),
        stamp(version.last_seen),
        stamp_or_none(version.before),
        version.standing.value,
        stamp_or_none(version.confirmed_at),
        version.reverts_to,
    )


def _content(traced: Traced) -> tuple[Any, ...]:
    return traced.version.number, traced.version.state, len(traced.lineages), pack(traced.lineages)


def _weight(traced: Traced) -> tuple[Any, ...]:
    """Significance of the weightiest change, and how many changes there are of each kind."""
    kinds = [change.kind for change in traced.changes]
    weightiest = traced.changes[0].significance.value if traced.changes else None
    return weightiest, *(kinds.count(kind) for kind in versions.COUNTED)
