"""One document's new snapshots, read and weighed: work that runs in this process or in a worker, and touches nothing.

The result is what the store has to write.  Equal snapshots give equal results, wherever and whenever they are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from clausetrail import parser
from clausetrail.errors import ParseError
from clausetrail.history import Rulings, derive, joined, print_digest, sequence, state_digest
from clausetrail.history import weigh as weigh_pages
from clausetrail.history.far import Links
from clausetrail.model import (
    Clause,
    ClauseKind,
    ClauseTree,
    Comparison,
    Confirmation,
    Correction,
    DeclaredDate,
    Derivation,
    Past,
    Reading,
    Sighting,
    Snapshot,
    SnapshotKey,
    Verdict,
)
from clausetrail.pipeline.comparing import compared
from clausetrail.pipeline.continuity import Continuity
from clausetrail.store import SnapshotRow, Store, TreeBundle, bundle
from clausetrail.store.packing import Packed, pack_page

if TYPE_CHECKING:
    from collections.abc import Callable

UNREADABLE = "unreadable"
"""Reason of a verdict on bytes that are no text: kept, reported, never a version."""

_KEPT_TREES = 64


@dataclass(frozen=True, slots=True)
class Identity:
    """A document as its origin calls it."""

    slug: str
    publisher: str
    title: str
    licence: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Snapshots of one document that are new, or with `anew` all of them."""

    document: str
    snapshots: tuple[Snapshot, ...]
    database: Path | None = None
    """Where the past is; None where the document is new."""
    anew: bool = False
    """Derive everything again, whatever the past holds."""
    corrections: tuple[Correction, ...] = ()
    confirmation: Confirmation = field(default_factory=Confirmation)


@dataclass(frozen=True, slots=True)
class Done:
    """What a job found."""

    document: str
    known: int
    """How many snapshots of the document were stored when the past was read."""
    bodies: tuple[tuple[str, tuple[Packed, ...]], ...]
    """(page, packed bodies) for the archive."""
    rows: tuple[SnapshotRow, ...]
    trees: tuple[TreeBundle, ...]
    derivation: Derivation
    dates: Mapping[int, tuple[DeclaredDate, ...]]
    """By number of version: what a person says that it declares."""
    corrections: tuple[Correction, ...]
    unused: tuple[Correction, ...]
    """Corrections that fitted nothing."""

    def why_junk(self, row: SnapshotRow) -> str:
        """Why a snapshot is no policy by the machine's lights; empty where it is one."""
        return self.derivation.aside.get(row.key) or row.junk


@dataclass(slots=True)
class _Desk:
    """What is known while a job is done."""

    job: Job
    store: Store | None
    rulings: Rulings
    rows: list[SnapshotRow] = field(default_factory=list)
    languages: dict[str, str] = field(default_factory=dict)
    """Print -> language."""
    bodies: dict[str, Snapshot] = field(default_factory=dict)
    """Print -> a snapshot that shows it."""
    compositions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    continuity: Continuity = field(init=False)

    def __post_init__(self) -> None:
        self.continuity = Continuity(self.reading)

    def readings(self) -> Iterator[tuple[str, Reading]]:
        """Read every new snapshot once, note its row, and yield each distinct reading with its print."""
        found: dict[str, tuple[str, str, Verdict, str]] = {}
        for snapshot in self.job.snapshots:
            sha = snapshot.sha256
            if sha not in found:
                reading = read(snapshot)
                name = print_digest(reading)
                found[sha] = (name, state_digest(reading.tree), reading.verdict, reading.language)
                if name not in self.bodies:
                    self.bodies[name] = snapshot
                    self.continuity.note(name, reading)
                    yield name, reading
            self.rows.append(_row(snapshot, sha, *found[sha]))

    def combined(self) -> Iterator[tuple[str, Reading]]:
        """Readings of several pages as one, for those states of the document that have them."""
        for name, pages in self.compositions.items():
            yield name, joined([self.reading(page) for page in pages])

    def reading(self, name: str) -> Reading:
        if name in self.compositions:
            return joined([self.reading(page) for page in self.compositions[name]])
        if name in self.bodies:
            return read(self.bodies[name])
        assert self.store is not None  # noqa: S101 - what is not new is stored
        return self.store.reading_of(name)

    def declared(self, name: str) -> tuple[DeclaredDate, ...]:
        return self.reading(name).declared

    def compare(
        self,
        old: ClauseTree,
        new: ClauseTree,
        *,
        name: str,
        links: Links,
        apart: frozenset[tuple[int, int]],
        closed: bool,
    ) -> Comparison:
        page = self.compositions.get(name, (name,))[0]
        language = self.languages.get(page, "")
        return compared(old, new, language=language, links=links, apart=apart, closed=closed)


def work(job: Job) -> Done:
    """Read and weigh a job's snapshots.  Raises StoreError where the past cannot be read."""
    if job.database is None:
        return weigh(job, None)
    with Store.open(job.database) as store:
        return weigh(job, store)


def weigh(job: Job, store: Store | None) -> Done:
    """The same with a store that is open already; it is only read."""
    rulings = Rulings(job.corrections)
    desk = _Desk(job, store, rulings)
    pages = bundle(desk.readings())
    stored = store.snapshots(job.document) if store else ()
    rows = {row.key: row for row in (*stored, *desk.rows)}
    desk.languages = {row.print: row.language for row in rows.values()}
    judged = rulings.judge((_sighting(row), row.verdict.policy) for row in rows.values())
    weighed = weigh_pages((s for s in judged if s.state), desk.continuity.against, rulings.policies(rows))
    sightings = weighed.good
    desk.compositions = sequence(sightings).compositions
    past = store.past(job.document) if store and not job.anew else Past()
    derivation = derive(
        sightings, _trees(desk), desk.compare, past=past, rulings=rulings, confirmation=job.confirmation
    )
    return Done(
        document=job.document,
        known=len(stored),
        bodies=tuple(_packed(job, store)),
        rows=tuple(desk.rows),
        trees=(pages, bundle(desk.combined())),
        derivation=replace(derivation, aside=weighed.aside),
        dates=rulings.dates(derivation.versions, desk.declared),
        corrections=job.corrections,
        unused=rulings.unused(),
    )


def _trees(desk: _Desk) -> Callable[[str], ClauseTree]:
    @lru_cache(maxsize=_KEPT_TREES)
    def tree(name: str) -> ClauseTree:
        return desk.reading(name).tree

    return tree


def _packed(job: Job, store: Store | None) -> Iterator[tuple[str, tuple[Packed, ...]]]:
    """New bodies of each page in order of time, packed against what the archive has of that page."""
    pages: dict[str, list[Snapshot]] = {}
    for snapshot in sorted(job.snapshots, key=lambda s: s.fetched_at):
        pages.setdefault(page_of(job.document, snapshot.source), []).append(snapshot)
    for page, snapshots in pages.items():
        fresh = [s.body for s in snapshots if store is None or not store.archive.has(s.sha256)]
        yield page, pack_page(fresh, store.head(page) if store else None)


def page_of(document: str, source: str) -> str:
    """Name under which the archive packs a page's bodies against each other."""
    return f"{document} {source}"


def read(snapshot: Snapshot) -> Reading:
    """A snapshot as the parser reads it; bytes that are no text give a verdict."""
    try:
        return parser.read(snapshot.body, snapshot.media_type, url=snapshot.url)
    except ParseError as error:
        return Reading(ClauseTree(Clause(ClauseKind.SECTION, "")), Verdict(False, f"{UNREADABLE}: {error}"))


def _row(snapshot: Snapshot, sha256: str, name: str, state: str, verdict: Verdict, language: str) -> SnapshotRow:
    return SnapshotRow(
        key=SnapshotKey(snapshot.fetched_at, snapshot.source, sha256),
        origin=snapshot.origin,
        media_type=snapshot.media_type,
        url=snapshot.url,
        status=snapshot.status,
        headers=snapshot.headers,
        record=snapshot.record,
        provenance=snapshot.provenance,
        seen_until=snapshot.seen_until,
        verdict=verdict,
        state=state,
        print=name,
        language=language,
        parser_revision=parser.PARSER_REVISION,
    )


def _sighting(row: SnapshotRow) -> Sighting:
    return Sighting(row.key, row.record, row.state, row.print, row.seen_until)
