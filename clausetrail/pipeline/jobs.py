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
    Declaration,
    DeclaredDate,
    Derivation,
    Extraction,
    Past,
    Reading,
    Sighting,
    UserRules,
    Verdict,
)
from clausetrail.pipeline.comparing import compared
from clausetrail.pipeline.continuity import Continuity
from clausetrail.pipeline.declared import extraction_of
from clausetrail.scraper.media import content_type
from clausetrail.store import SnapshotRow, Store, TreeBundle, bundle

if TYPE_CHECKING:
    from collections.abc import Callable

UNREADABLE = "unreadable"
"""Reason of a verdict on bytes that are no text: kept, reported, never a version."""

REDACTED = "redacted"
"""Reason of a verdict on bytes that were taken out of the archive."""

_KEPT_TREES = 64
_KEPT_READINGS = 4


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
    """Snapshots of one document that are new, or with `anew` all of them.  Their bytes are in the archive."""

    document: str
    snapshots: tuple[SnapshotRow, ...]
    """What is known of each; how it was read before is not asked."""
    database: Path
    """Where the past is, and beside it the archive."""
    known: bool = True
    """Whether the document is in the database."""
    anew: bool = False
    """Derive everything again, whatever the past holds."""
    corrections: tuple[Correction, ...] = ()
    confirmation: Confirmation = field(default_factory=Confirmation)
    rules: UserRules = ()
    """Of significance."""
    declared: Declaration | None = None
    """What the settings say of the document: its pages in order, and what of each is read."""

    @property
    def pages(self) -> tuple[str, ...]:
        return tuple(source.name for source in self.declared.sources) if self.declared else ()


@dataclass(frozen=True, slots=True)
class Done:
    """What a job found."""

    document: str
    known: int
    """How many snapshots of the document were stored when the past was read."""
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


@dataclass(frozen=True, slots=True)
class _Read:
    """What a reading makes of a snapshot."""

    verdict: Verdict
    state: str = ""
    print: str = ""
    language: str = ""

    @classmethod
    def before(cls, row: SnapshotRow) -> _Read:
        return cls(row.verdict, row.state, row.print, row.language)

    @classmethod
    def of(cls, reading: Reading) -> _Read:
        return cls(reading.verdict, state_digest(reading.tree), print_digest(reading), reading.language)

    def noted(self, row: SnapshotRow) -> SnapshotRow:
        return replace(
            row,
            verdict=self.verdict,
            aside="",
            state=self.state,
            print=self.print,
            language=self.language,
            parser_revision=parser.PARSER_REVISION,
        )


@dataclass(slots=True)
class _Desk:
    """What is known while a job is done."""

    job: Job
    store: Store
    rulings: Rulings
    stored: tuple[SnapshotRow, ...] = ()
    """What is known of the document's snapshots."""
    rows: list[SnapshotRow] = field(default_factory=list)
    languages: dict[str, str] = field(default_factory=dict)
    """Print -> language."""
    shown: dict[str, SnapshotRow] = field(default_factory=dict)
    """Print -> a snapshot that shows it."""
    compositions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fresh: dict[str, Reading] = field(default_factory=dict)
    """The last few readings that were made, by their print: most jobs have one, and ask for it again."""
    continuity: Continuity = field(init=False)

    def __post_init__(self) -> None:
        self.continuity = Continuity(self.reading)

    def readings(self) -> Iterator[tuple[str, Reading]]:
        """Read every new snapshot once, note its row, and yield each distinct reading with its print."""
        found: dict[tuple[str, Extraction], _Read] = {}
        before = {} if self.job.anew else {self._as_read(row): row for row in self.stored}
        for row in self.job.snapshots:
            what = row.key.sha256, extraction_of(self.job.declared, row)
            if what not in found:
                reason = self.store.redaction(row.key.sha256)
                if reason is not None:
                    found[what] = _Read(Verdict(False, f"{REDACTED}: {reason}"))
                elif known := before.get(self._as_read(replace(row, parser_revision=parser.PARSER_REVISION))):
                    found[what] = _Read.before(known)
                else:
                    reading = self.read(row)
                    found[what] = _Read.of(reading)
                    if self._note(found[what].print, row, reading):
                        yield found[what].print, reading
            self.rows.append(found[what].noted(row))

    def _as_read(self, row: SnapshotRow) -> tuple[object, ...]:
        """What a reading is made from: of equal ones, one need be read."""
        how = content_type(row.headers)[1], extraction_of(self.job.declared, row)
        return row.key.sha256, row.media_type, *how, row.url, row.parser_revision

    def _note(self, name: str, row: SnapshotRow, reading: Reading) -> bool:
        """Remember what was just read; whether it is new."""
        if name in self.shown:
            return False
        self.shown[name] = row
        self.continuity.note(name, reading)
        self.fresh[name] = reading
        if len(self.fresh) > _KEPT_READINGS:
            del self.fresh[next(iter(self.fresh))]
        return True

    def read(self, row: SnapshotRow) -> Reading:
        """A snapshot as the parser reads it; bytes that are no text give a verdict."""
        charset, how = content_type(row.headers)[1], extraction_of(self.job.declared, row)
        body = self.store.body(row.key.sha256)
        try:
            return parser.read(body, row.media_type, url=row.url, charset=charset, select=how.select, remove=how.remove)
        except ParseError as error:
            return Reading(ClauseTree(Clause(ClauseKind.SECTION, "")), Verdict(False, f"{UNREADABLE}: {error}"))

    def combined(self) -> Iterator[tuple[str, Reading]]:
        """Readings of several pages as one, for those states of the document that have them."""
        for name, pages in self.compositions.items():
            yield name, joined([self.reading(page) for page in pages])

    def reading(self, name: str) -> Reading:
        if name in self.compositions:
            return joined([self.reading(page) for page in self.compositions[name]])
        if name in self.fresh:
            return self.fresh[name]
        if name in self.shown:
            return self.read(self.shown[name])
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
        job = self.job
        return compared(
            old,
            new,
            language=language,
            links=links,
            apart=apart,
            closed=closed,
            rules=job.rules,
            document=job.document,
        )


def work(job: Job) -> Done:
    """Read and weigh a job's snapshots.  Raises StoreError where the past, or their bytes, cannot be read."""
    with Store.open(job.database) as store:
        return weigh(job, store)


def weigh(job: Job, store: Store) -> Done:
    """The same with a store that is open already; it is only read."""
    rulings = Rulings(job.corrections)
    stored = store.snapshots(job.document) if job.known else ()
    desk = _Desk(job, store, rulings, stored)
    pages = bundle(desk.readings())
    rows = {row.key: row for row in (*stored, *desk.rows)}
    desk.languages = {row.print: row.language for row in rows.values()}
    judged = rulings.judge((_sighting(row), row.verdict.policy) for row in rows.values())
    weighed = weigh_pages((s for s in judged if s.state), desk.continuity.against, rulings.policies(rows))
    sightings = weighed.good
    desk.compositions = sequence(sightings, pages=job.pages).compositions
    past = store.past(job.document) if job.known and not job.anew else Past()
    derivation = derive(
        sightings,
        _trees(desk),
        desk.compare,
        past=past,
        rulings=rulings,
        confirmation=job.confirmation,
        pages=job.pages,
    )
    return Done(
        document=job.document,
        known=len(stored),
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


def _sighting(row: SnapshotRow) -> Sighting:
    return Sighting(row.key, row.record, row.state, row.print, row.seen_until)
