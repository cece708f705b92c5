"""What was recorded, as readers want it: changes, comparisons, ends, the log."""

from __future__ import annotations

import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from clausetrail.errors import StoreError
from clausetrail.model import (
    Alignment,
    Announced,
    Certainty,
    Change,
    ClauseTree,
    Comparison,
    Correction,
    DatedChanges,
    End,
    LogEntry,
    OperationKind,
    Place,
    Relation,
    RelationKind,
    Significance,
    Version,
)
from clausetrail.store import announced, documents, exhibits, operations, signals, versions
from clausetrail.store.codec import ids, stamp
from clausetrail.store.permalinks import permalink
from clausetrail.store.trees import TreeReader


class Walks:
    """Trees and clauses of a document's versions, read as they are asked for."""

    def __init__(self, db: sqlite3.Connection, document: int) -> None:
        self._reader = TreeReader(db)
        rows = db.execute(
            "SELECT v.number, a.tree_id FROM versions v JOIN variants a ON a.version_id = v.id AND a.rank = 0"
            " WHERE v.document_id = ?",
            (document,),
        )
        self._trees = dict(rows.fetchall())
        self._db, self._document = db, document
        self._read: dict[int, ClauseTree] = {}
        self._places: dict[int, tuple[Place, ...]] = {}
        self._words: dict[int, list[str]] = {}

    def check(self, number: int) -> None:
        """Raises UsageError where there is no such version."""
        if number not in self._trees:
            raise versions.unknown(self._db, self._document, number)

    def tree(self, number: int) -> ClauseTree:
        """Raises UsageError where there is no such version."""
        self.check(number)
        tree = self._trees[number]
        if tree not in self._read:
            self._read[tree] = self._reader.by_id(tree)
        return self._read[tree]

    def places(self, number: int) -> tuple[Place, ...]:
        """Raises UsageError where there is no such version."""
        self.check(number)
        tree = self._trees[number]
        if tree not in self._places:
            self._places[tree] = self.tree(number).places()
        return self._places[tree]

    def words(self, number: int) -> list[str]:
        """By position."""
        tree = self._trees[number]
        if tree not in self._words:
            self._words[tree] = [clause.words for clause in self.tree(number).walk()]
        return self._words[tree]


# CROSS JOIN is SQLite's way of saying: in this order.
_RECORDED = """
    SELECT v.number, c.id, c.kind, c.certainty, c.significance, c.signals, c.operations, c.importance, c.evidence
    FROM json_each(?) k CROSS JOIN versions v ON v.document_id = ? AND v.number = k.value
        CROSS JOIN changes c ON c.version_id = v.id
    ORDER BY v.number, c.rank
"""
_CHOSEN = """
    SELECT v.number, c.id, c.kind, c.certainty, c.significance, c.signals, c.operations, c.importance, c.evidence
    FROM json_each(?) k CROSS JOIN changes c ON c.id = k.value JOIN versions v ON v.id = c.version_id
    ORDER BY v.number, c.rank
"""


def recorded(
    db: sqlite3.Connection, document: int, numbers: Iterable[int], walks: Walks
) -> dict[int, tuple[Change, ...]]:
    """Changes of several versions, by number; versions without any are left out."""
    found: dict[int, list[Change]] = defaultdict(list)
    for number, change in _restored(db, db.execute(_RECORDED, (ids(numbers), document)), walks):
        found[number].append(change)
    return {number: tuple(own) for number, own in found.items()}


def chosen(db: sqlite3.Connection, change_ids: Iterable[int], walks: Walks) -> dict[int, Change]:
    """Single changes of one document, by number of version."""
    return dict(_restored(db, db.execute(_CHOSEN, (ids(change_ids),)), walks))


def _restored(db: sqlite3.Connection, cursor: sqlite3.Cursor, walks: Walks) -> Iterator[tuple[int, Change]]:
    rows = cursor.fetchall()
    sides = _sides(db, [row[1] for row in rows])
    for number, change, *values in rows:
        yield number, _change(values, sides[change], walks.words(number - 1), walks.words(number))


def _sides(db: sqlite3.Connection, change_ids: Sequence[int]) -> dict[int, dict[str, tuple[int, ...]]]:
    """Old and new positions of changes."""
    gathered: dict[int, dict[str, list[int]]] = defaultdict(lambda: {"old": [], "new": []})
    for change, side, position in db.execute(
        "SELECT c.change_id, c.side, c.position FROM json_each(?) k"
        " CROSS JOIN change_clauses c ON c.change_id = k.value ORDER BY c.change_id, c.side, c.position",
        (ids(change_ids),),
    ):
        gathered[change][side].append(position)
    return {change: {side: tuple(at) for side, at in gathered[change].items()} for change in change_ids}


def _change(values: Sequence[Any], sides: dict[str, tuple[int, ...]], old: Sequence[str], new: Sequence[str]) -> Change:
    kind, certainty, significance, reasons, runs, importance, evidence = values
    before, after = operations.joined(old, sides["old"]), operations.joined(new, sides["new"])
    return Change(
        kind=RelationKind(kind),
        old=sides["old"],
        new=sides["new"],
        certainty=Certainty(certainty),
        significance=Significance(significance),
        signals=signals.decode(reasons, before, after),
        operations=operations.decode(runs, before, after),
        importance=importance,
        evidence=evidence,
    )


def comparison(db: sqlite3.Connection, document: int, number: int, walks: Walks | None = None) -> Comparison | None:
    """The version before this one with this one, from what was recorded; None for the first version."""
    walks = walks or Walks(db, document)
    new = walks.tree(number)
    if number == 1:
        return None
    own = recorded(db, document, (number,), walks).get(number, ())
    unchanged = _unchanged(own, walks.words(number - 1), walks.words(number))
    relations = [*map(_relation, own), *unchanged]
    return Comparison(walks.tree(number - 1), new, Alignment(_ordered(relations)), own)


def _relation(change: Change) -> Relation:
    """The relation that a change was derived from; its score is the share of words kept."""
    kept = 2 * sum(len(o.text) for o in change.operations if o.kind is OperationKind.EQUAL)
    turned = sum(len(o.text) for o in change.operations if o.kind is not OperationKind.EQUAL)
    one_sided = change.kind in (RelationKind.ADDED, RelationKind.REMOVED)
    score = 0.0 if one_sided else kept / (kept + turned) if kept + turned else 1.0
    return Relation(change.kind, change.old, change.new, change.certainty, score, change.evidence)


def _unchanged(own: Sequence[Change], old: Sequence[str], new: Sequence[str]) -> Iterator[Relation]:
    """The clauses of which no change tells: the same words in the same order, give or take a few."""
    gone, come = ({at for c in own for at in c.old}, {at for c in own for at in c.new})
    left, right = ([i for i in range(len(words)) if i not in named] for words, named in ((old, gone), (new, come)))
    if len(left) != len(right):
        raise StoreError("a version's changes do not account for all of its clauses; run `clausetrail rebuild`")
    if any(old[a] != new[b] for a, b in zip(left, right, strict=True)):
        left = _by_words(left, right, old, new)
    for a, b in zip(left, right, strict=True):
        yield Relation(RelationKind.SAME, (a,), (b,), evidence="same words")


def _by_words(left: Sequence[int], right: Sequence[int], old: Sequence[str], new: Sequence[str]) -> list[int]:
    """The places of `left` in the order of their partners in `right`."""
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for at in left:
        waiting[old[at]].append(at)
    found = [waiting[new[at]].popleft() if waiting[new[at]] else -1 for at in right]
    rest = iter(sorted(set(left).difference(found)))
    return [next(rest) if at < 0 else at for at in found]


def _ordered(relations: Sequence[Relation]) -> tuple[Relation, ...]:
    """By first new position; what has none stands after the relation of the clause before it in the old text."""
    at_old = {at: relation.new[0] for relation in relations if relation.new for at in relation.old}

    def key(relation: Relation) -> tuple[int, int, int]:
        if relation.new:
            return relation.new[0], 0, 0
        before = next((at_old[at] for at in range(relation.old[0] - 1, -1, -1) if at in at_old), -1)
        return before, 1, relation.old[0]

    return tuple(sorted(relations, key=key))


def end(db: sqlite3.Connection, document: int, number: int, asked: str) -> End:
    """One version, ready to be compared."""
    version = versions.one(db, document, number)
    key = version.snapshots[0]
    reading = TreeReader(db).reading(version.variants[0].print)
    pages = exhibits.pages(db, document, number)
    return End(
        asked=asked,
        tree=reading.tree,
        version=version,
        dates=announced.by_version(db, document, (number,))[number].dates,
        lineages=versions.lineages(db, document, number),
        grade=next(page.row.origin.value for page in pages if page.key == key),
        sha256=key.sha256,
        permalink=permalink(documents.slug_of(db, document), key),
        pages=pages,
        rulings=exhibits.rulings_by_version(db, document).get(number, ()),
        language=reading.language,
    )


_LOG = """
    SELECT number, significance, relabelled, edited, moved, moved_edited, split, merged, rewritten, added, removed
    FROM versions WHERE document_id = :document AND first_seen >= :since
        AND (:numbers IS NULL OR number IN (SELECT value FROM json_each(:numbers)))
    ORDER BY number
"""


def log(db: sqlite3.Connection, document: int, since: datetime | None = None) -> tuple[LogEntry, ...]:
    """Every version, oldest first; those first seen since then."""
    values = {"document": document, "since": "" if since is None else stamp(since), "numbers": None}
    return _entries(db, document, db.execute(_LOG, values).fetchall())


def entries(db: sqlite3.Connection, document: int, numbers: Iterable[int]) -> tuple[LogEntry, ...]:
    """The versions of these numbers, oldest first."""
    values = {"document": document, "since": "", "numbers": ids(numbers)}
    return _entries(db, document, db.execute(_LOG, values).fetchall())


def _entries(db: sqlite3.Connection, document: int, rows: Sequence[Sequence[Any]]) -> tuple[LogEntry, ...]:
    numbers = [row[0] for row in rows]
    known = {version.number: version for version in versions.of(db, document, numbers)}
    said = announced.by_version(db, document, numbers)
    slug = documents.slug_of(db, document)
    ruled = exhibits.rulings_by_version(db, document)
    return tuple(_entry(row, known[row[0]], said[row[0]], slug, ruled.get(row[0], ())) for row in rows)


def _entry(row: Sequence[Any], version: Version, said: Announced, slug: str, ruled: tuple[Correction, ...]) -> LogEntry:
    _, significance, *counts = row
    return LogEntry(
        version=version,
        announced=said,
        counts=tuple((kind, n) for kind, n in zip(versions.COUNTED, counts, strict=True) if n),
        significance=versions.weight(significance),
        permalink=permalink(slug, version.snapshots[0]),
        rulings=ruled,
    )


def dated_changes(db: sqlite3.Connection, document: int, since: datetime | None) -> tuple[DatedChanges, ...]:
    """Every version with its changes in full, newest first; those first seen since then."""
    walks = Walks(db, document)
    told = log(db, document, since)
    return tuple(DatedChanges(e, comparison(db, document, e.version.number, walks)) for e in reversed(told))
