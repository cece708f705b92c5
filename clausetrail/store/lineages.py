"""Writing lineages and spans: only the rows that differ from what is there."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from clausetrail.errors import StoreError
from clausetrail.model import Lineage, Place, Span
from clausetrail.store import wordings
from clausetrail.store.codec import clean
from clausetrail.store.codec import ids as json_ids
from clausetrail.store.titles import short

_TITLE = 40


class Starts:
    """Gathers where each span begins, as the versions go by."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._wanted: dict[int, set[int]] = defaultdict(set)
        for span in spans:
            self._wanted[span.first].add(span.lineage)
        self.paths: dict[tuple[int, int], str] = {}
        """(lineage number, first version) -> outline path."""

    def enter(self, version: int, places: Sequence[Place], numbers: Sequence[int]) -> None:
        wanted = self._wanted.get(version, ())
        for place, number in zip(places, numbers, strict=True):
            if number in wanted:
                self.paths[number, version] = clean(place.path)


def write(db: sqlite3.Connection, document: int, lineages: Sequence[Lineage], spans: Iterable[Span]) -> dict[int, int]:
    """Make the document's lineages these; row ids by number."""
    rows = db.execute(
        "SELECT number, id, title, introduced, position, ended FROM lineages WHERE document_id = ?", (document,)
    )
    known = {number: (row, tuple(values)) for number, row, *values in rows}
    gone = known.keys() - {lineage.number for lineage in lineages}
    db.executemany("DELETE FROM lineages WHERE id = ?", ((known[number][0],) for number in gone))
    titles = _titles(spans)
    wanted = {one.number: (titles.get(one.number, ""), one.version, one.position, one.ended) for one in lineages}
    first = db.execute("SELECT coalesce(max(id), 0) + 1 FROM lineages").fetchone()[0]
    new = {number: row for row, number in enumerate(wanted.keys() - known.keys(), first)}
    ids = {number: new[number] if number in new else known[number][0] for number in wanted}
    db.executemany(
        "INSERT INTO lineages (id, document_id, number, title, introduced, position, ended)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((row, document, number, *wanted[number]) for number, row in new.items()),
    )
    db.executemany(
        "UPDATE lineages SET title = ?, introduced = ?, position = ?, ended = ? WHERE id = ?",
        ((*wanted[n], ids[n]) for n in wanted.keys() & known.keys() if wanted[n] != known[n][1]),
    )
    _write_links(db, document, lineages, ids)
    return ids


def _titles(spans: Iterable[Span]) -> dict[int, str]:
    """The beginning of each lineage's latest wording."""
    latest = {span.lineage: span.words for span in spans}
    return {lineage: clean(short(words, _TITLE)) for lineage, words in latest.items()}


def _write_links(db: sqlite3.Connection, document: int, lineages: Iterable[Lineage], ids: Mapping[int, int]) -> None:
    rows = db.execute(
        "SELECT k.child_id, k.rank, k.parent_id, k.descent, k.version FROM lineage_links k"
        " JOIN lineages c ON c.id = k.child_id WHERE c.document_id = ?",
        (document,),
    )
    known = set(rows.fetchall())
    wanted = {
        (ids[lineage.number], rank, ids[parent], descent.value, version)
        for lineage in lineages
        for rank, (parent, descent, version) in enumerate(lineage.parents)
    }
    db.executemany("DELETE FROM lineage_links WHERE child_id = ? AND rank = ?", (row[:2] for row in known - wanted))
    db.executemany(
        "INSERT INTO lineage_links (child_id, rank, parent_id, descent, version) VALUES (?, ?, ?, ?, ?)",
        sorted(wanted - known),
    )


def write_spans(
    db: sqlite3.Connection, ids: Mapping[int, int], spans: Sequence[Span], paths: Mapping[tuple[int, int], str]
) -> None:
    """Make the spans of these lineages these.  `paths` need hold only those that begin in new versions.

    A path is written where it differs from that of the lineage's span before.  Raises StoreError for words that no
    kept tree has.
    """
    rows = db.execute(
        "SELECT s.lineage_id, s.first_version, s.last_version, s.wording_id, s.path FROM json_each(?) k"
        " CROSS JOIN spans s ON s.lineage_id = k.value ORDER BY s.lineage_id, s.first_version",
        (json_ids(ids.values()),),
    )
    known = {(lineage, first): (last, wording, path) for lineage, first, last, wording, path in rows}
    wanted = dict(_span_rows(db, ids, spans, paths, known))
    db.executemany("DELETE FROM spans WHERE lineage_id = ? AND first_version = ?", known.keys() - wanted.keys())
    db.executemany(
        "INSERT OR REPLACE INTO spans (lineage_id, first_version, last_version, wording_id, path)"
        " VALUES (?, ?, ?, ?, ?)",
        sorted((*key, *row) for key, row in wanted.items() if known.get(key) != row),
    )


_Row = tuple[int, int, str | None]
"""(last version, wording, path)"""


def _span_rows(
    db: sqlite3.Connection,
    ids: Mapping[int, int],
    spans: Sequence[Span],
    paths: Mapping[tuple[int, int], str],
    known: Mapping[tuple[int, int], _Row],
) -> Iterator[tuple[tuple[int, int], _Row]]:
    words = wordings.known(db, {span.words for span in spans})
    lineage, shown = 0, ""
    for span in spans:
        if span.lineage != lineage:
            lineage, shown = span.lineage, ""
        key, wording = (ids[span.lineage], span.first), words.get(clean(span.words))
        if wording is None:
            raise StoreError(f"lineage {span.lineage} has words in version {span.first} that no added tree has")
        path = paths.get((span.lineage, span.first)) or known.get(key, (0, 0, None))[2] or shown
        yield key, (span.last, wording, None if path == shown else path)
        shown = path
