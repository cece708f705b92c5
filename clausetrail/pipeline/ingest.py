"""Snapshots in, through parser and history into the store.

The bytes are kept before anything that is derived from them; a document's snapshots and history are written in one
transaction, so that whatever happens in between, a second run goes on from there and ends the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from clausetrail import settings
from clausetrail.changelog.phrases import counted
from clausetrail.differ import DIFFER_REVISION, RULES_REVISION
from clausetrail.model import Declaration, Snapshot, SnapshotKey, SnapshotRow, UserRules, VersionOrigin, fingerprint
from clausetrail.parser import PARSER_REVISION
from clausetrail.pipeline import declared
from clausetrail.pipeline.alerting import correct_events
from clausetrail.pipeline.comparing import rules_of
from clausetrail.pipeline.corrections import note, rulings_for
from clausetrail.pipeline.jobs import Done, Identity, Job, weigh
from clausetrail.pipeline.searching import search
from clausetrail.settings import Settings
from clausetrail.store import Revisions, Store

_OWN = 16
"""Bits of the revisions of parser and rules below the fingerprints of what the workspace declares and rules."""


@dataclass(slots=True)
class Report:
    """What an import did."""

    snapshots: int = 0
    """New ones."""
    standing: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Document that had new snapshots -> (versions, of these unattributed), all told."""
    withdrawn: int = 0
    """Documents that the archive holds no more, as is new to us."""
    junk: list[str] = field(default_factory=list)
    """One line for each page that is no policy, or that could not be read."""

    @property
    def documents(self) -> int:
        return len(self.standing)

    def note(self, done: Done) -> None:
        self.snapshots += len(done.rows)
        versions = done.derivation.versions
        unattributed = sum(v.origin is VersionOrigin.UNATTRIBUTED for v in versions)
        self.standing[done.document] = len(versions), unattributed
        self.junk += [
            f"{done.document}: {row.key.fetched_at:%Y-%m-%d %H:%M} is no policy ({reason})"
            for row in done.rows
            if (reason := done.why_junk(row))
        ]

    def summary(self) -> str:
        """The report in a sentence or two."""
        versions, unattributed = (sum(pair[i] for pair in self.standing.values()) for i in (0, 1))
        if not self.documents and not self.withdrawn:
            return "Nothing new."
        text = f"Imported {counted(self.snapshots, 'snapshot')} of {counted(self.documents, 'document')}:"
        text += f" {counted(versions, 'version')}."
        if self.withdrawn:
            text += f" No longer in the archive (not tracked any more, or withdrawn): {self.withdrawn:,}."
        if unattributed:
            text += f" Come with an upgrade at the archive, and shown apart: {unattributed:,}."
        if self.junk:
            text += f" Pages that are no policy and made no version: {len(self.junk):,}."
        return text


def write(store: Store, done: Done, job: Job, identity: Identity | None = None, *, more: bool = False) -> Done:
    """Write a job's result, and enter its document if it is new; then look for what was removed.

    The job is done again first where somebody else wrote to the document in between.  Where there is `more` to write,
    the caller calls `search` at the end of it.
    """
    with store.transaction():
        if identity is not None:
            store.declare(
                identity.slug,
                identity.publisher,
                identity.title,
                licence=identity.licence,
                attribution=identity.attribution,
            )
        if len(store.keys(done.document)) != done.known:
            done = weigh(replace(job, known=True, anew=True), store)
        for bundle in done.trees:
            store.add_trees(bundle)
        store.add_snapshots(done.document, done.rows)
        store.record(
            done.document,
            done.derivation,
            revisions=revisions(job.rules, job.declared),
            confirmation=job.confirmation,
            dates=done.dates,
        )
        note(store, done.document, done.corrections, done.unused)
        correct_events(store, done.document, done.derivation.versions)
    if not more:
        search(store)
    return done


def job_for(store: Store, document: str, new: Iterable[SnapshotRow], *, known: bool = True) -> Job:
    """A job for new snapshots, whose bytes are in the archive; for all of them where the corrections, or our own
    code, have changed since the last time: a history is never made by two revisions of the code.

    `known` tells whether the document is in the store.
    """
    fresh = tuple(new)
    corrections, changed = rulings_for(store, document, known=known)
    job = replace(_settled(store, document, known=known), snapshots=fresh, known=known, corrections=corrections)
    if known and (changed or not store.revisions(document) <= {revisions(job.rules, job.declared)}):
        return replace(job, snapshots=(*store.snapshots(document), *fresh), anew=True)
    return job


def revisions(rules: UserRules, declaration: Declaration | None = None) -> Revisions:
    """Of the code, of what the workspace declares to be read, and of its own rules: a history is never made by two."""
    return Revisions(
        PARSER_REVISION + (declared.fingerprint(declaration) << _OWN),
        DIFFER_REVISION,
        RULES_REVISION + (fingerprint(rules) << _OWN),
    )


def _settled(store: Store, document: str, *, known: bool = True) -> Job:
    """A job by the settings of today, of no snapshots yet."""
    found = settings_of(store)
    names = (document, *(store.document(document).aliases if known else ()))
    return Job(
        document,
        (),
        store.path,
        confirmation=found.confirmation,
        rules=rules_of(found),
        declared=declared.declared(found, names),
    )


def kept(store: Store, snapshots: Iterable[Snapshot]) -> tuple[SnapshotRow, ...]:
    """Put snapshots into the archive, and say what a job is to be told of them.  They are on the disk when this
    returns, and nothing has been made of them yet."""
    rows: list[SnapshotRow] = []

    def told() -> Iterator[Snapshot]:
        for snapshot in snapshots:
            rows.append(row_of(snapshot))
            yield snapshot

    store.keep(told())
    return tuple(rows)


def row_of(snapshot: Snapshot) -> SnapshotRow:
    """A snapshot without its bytes, not read yet."""
    return SnapshotRow(
        key=SnapshotKey(snapshot.fetched_at, snapshot.source, snapshot.sha256),
        origin=snapshot.origin,
        media_type=snapshot.media_type,
        url=snapshot.url,
        status=snapshot.status,
        headers=snapshot.headers,
        record=snapshot.record,
        provenance=snapshot.provenance,
        seen_until=snapshot.seen_until,
    )


def catch_up(store: Store) -> int:
    """Read what the archive has of a document and the database has not, as after a crash between the two; how many
    snapshots that were."""
    found = 0
    for document in store.documents():
        rows = store.unread(document.slug)
        if rows:
            job = job_for(store, document.slug, rows)
            write(store, weigh(job, store), job, more=True)
            found += len(rows)
    search(store)
    return found


def settings_of(store: Store) -> Settings:
    """Those that govern the database."""
    return settings.governing(store.path)


def settle(store: Store) -> None:
    """Read what the archive alone has, and weigh again what was weighed by another rule of confirmation, other rules
    of significance, or another declaration of what is read, than the settings give today."""
    catch_up(store)
    found = settings_of(store)
    rule, rules = str(found.confirmation), rules_of(found)
    for document in store.documents():
        declaration = declared.declared(found, (document.slug, *document.aliases))
        own = _own(revisions(rules, declaration))
        if document.confirmation != rule or any(_own(made) != own for made in store.revisions(document.slug)):
            rederive(store, document.slug, more=True)
    search(store)


def _own(made: Revisions) -> tuple[int, int]:
    """What of the revisions is the workspace's."""
    return made.parser >> _OWN, made.rules >> _OWN


def rederive(store: Store, document: str, *, anew: bool = False, more: bool = False) -> Done:
    """Weigh a document's stored snapshots again; with `anew`, read their bytes again too.  `more` is as in `write`."""
    corrections, changed = rulings_for(store, document)
    job = replace(_settled(store, document), corrections=corrections)
    if anew or changed or not store.revisions(document) <= {revisions(job.rules, job.declared)}:
        job = replace(job, snapshots=store.snapshots(document), anew=True)
    return write(store, weigh(job, store), job, more=more)
