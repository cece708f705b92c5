"""Open Terms Archive repositories in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NoReturn

from clausetrail.errors import ScrapeError, UsageError
from clausetrail.model import DocumentInfo, Origin, Snapshot, SnapshotRow, Withdrawal
from clausetrail.pipeline.ingest import Report, job_for, kept, rederive, settle, write
from clausetrail.pipeline.jobs import Identity, Job
from clausetrail.pipeline.pool import Progress, run
from clausetrail.pipeline.searching import search
from clausetrail.resources import collection
from clausetrail.scraper import git, ota
from clausetrail.scraper.slugs import document_slug, slug
from clausetrail.store import Store

_MANY = 200
"""New snapshots after which the database is worth tidying up."""
_TYPICAL = 40_000
"""Bytes of a record, roughly: enough to tell whether a second process is worth its start."""


_ROUND = 400
"""Records of one document that are read and written together: what is lost at most where an import is stopped."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    identity: Identity
    known: bool
    """Whether the document is in the store."""
    records: tuple[ota.OtaRecord, ...]
    """New ones."""

    def part(self, number: int) -> _Wanted:
        """Those of one round, from 0."""
        own = self.records[number * _ROUND : (number + 1) * _ROUND]
        return replace(self, known=self.known or number > 0, records=own)


Found = Mapping[tuple[str, str], ota.OtaDocument]
"""(service, terms type) -> what there is of it."""


def look(
    repository: Path, services: Collection[str] = (), terms_types: Collection[str] = (), *, snapshots: bool = False
) -> Found:
    """What a `versions` repository, or with `snapshots` one of raw pages, holds of what is asked for; nothing is
    written.

    Raises ScrapeError where it cannot be read, UsageError where it has nothing that was asked for.
    """
    kinds = ota.SNAPSHOTS if snapshots else ota.VERSIONS
    found = ota.documents(repository, services=services, terms_types=terms_types, kinds=kinds)
    if not found:
        _refuse(repository, services, terms_types, kinds)
    return found


def import_ota(
    store: Store,
    repository: Path,
    found: Found | None = None,
    *,
    progress: Progress | None = None,
    workers: int | None = None,
) -> Report:
    """Import what `look` found, or everything, adding what is new."""
    found = look(repository) if found is None else found
    settle(store)
    documents = {slug: d for d in store.documents() for slug in (d.slug, *d.aliases)}
    taken = {slug: (d.publisher, d.title) for slug, d in documents.items()}
    wanted: list[_Wanted] = []
    away: dict[str, tuple[Withdrawal, ...]] = {}
    for (service, terms_type), one in found.items():
        identity = _identity(documents, taken, service, terms_type)
        known = identity.slug in documents
        fresh = _fresh(store, identity.slug, one.records) if known else one.records
        if fresh:
            wanted.append(_Wanted(identity, known, fresh))
        away[identity.slug] = (*away.get(identity.slug, ()), *one.withdrawals)
    wanted.sort(key=lambda each: -len(each.records))  # the longest first, so that no core is idle at the end
    report = _import_all(store, repository, wanted, progress, workers)
    report.withdrawn = _withdraw(store, away)
    return report


def _withdraw(store: Store, away: Mapping[str, tuple[Withdrawal, ...]]) -> int:
    """Record withdrawals that are not known; how many documents they took away for good."""
    gone = 0
    for document, found in away.items():
        known = store.withdrawals(document) if found else ()
        if not {one.at for one in found} <= {one.at for one in known}:
            store.add_withdrawals(document, found)
            now = store.withdrawals(document)
            gone += bool(now) and now[-1].returned is None
    return gone


def _check_kind(document: str, rows: Sequence[SnapshotRow], records: Sequence[ota.OtaRecord]) -> None:
    """Raw pages and what the archive extracted from them are two readings of one thing: side by side, every
    difference of the extraction would pass for a change of the policy."""
    other = {Origin.OTA_HTML, Origin.OTA_MARKDOWN} - {_origin(records[0])}
    if any(row.origin in other for row in rows):
        raise UsageError(
            f"{document}: is here from the other repository of the archive already; keep raw pages and versions in"
            " databases of their own (--database)",
            document=document,
        )


def _fresh(store: Store, document: str, records: tuple[ota.OtaRecord, ...]) -> tuple[ota.OtaRecord, ...]:
    """Records that the document has not; of those it has, the time until which they were seen is brought up to date,
    since the archive has run again."""
    rows = store.snapshots(document)
    _check_kind(document, rows, records)
    stored = {(v, row.key.source): row for row in rows for name, v in row.provenance if name == "commit"}
    have = {(r.at, r.source, r.blob) for r in records if r.name in stored}
    fresh = tuple(r for r in records if r.name not in stored and (r.at, r.source, r.blob) not in have)
    moved = {
        stored[r.name].key: r.seen_until
        for r in records
        if r.name in stored and stored[r.name].seen_until != r.seen_until
    }
    if moved:
        with store.transaction():
            for key, seen_until in moved.items():
                store.set_seen(document, key, seen_until)
            if not fresh:
                rederive(store, document, more=True)
    return fresh


def _refuse(
    repository: Path, services: Collection[str], terms_types: Collection[str], kinds: Mapping[str, str]
) -> NoReturn:
    if not services and not terms_types:
        hint = "is it a versions repository? Raw pages are imported with --snapshots"
        if kinds is ota.SNAPSHOTS:
            hint = "is it a snapshots repository? Without --snapshots, versions are imported"
        raise ScrapeError(f"{repository}: holds no SERVICE/TERMS TYPE{next(iter(kinds))}; {hint}")
    everything = ota.documents(repository, kinds=kinds)
    near = {n for w in services for n in ota.names((s for s, _ in everything), w)}
    near |= {n for w in terms_types for n in ota.names((t for _, t in everything), w)}
    hint = f"; near it: {', '.join(sorted(near))}" if near else ""
    raise UsageError(f"{repository}: has no {', '.join((*services, *terms_types))}{hint}")


def _identity(
    documents: Mapping[str, DocumentInfo], taken: dict[str, tuple[str, str]], service: str, terms_type: str
) -> Identity:
    """The document's slug and names; where an alias leads elsewhere, those of the document that it leads to; where
    another name has `taken` the slug, one with a mark of its own."""
    wanted = document_slug(service, terms_type)
    known = documents.get(wanted)
    if known is not None and wanted in known.aliases:
        wanted, service, terms_type = known.slug, known.publisher, known.title
    elif taken.setdefault(wanted, (service, terms_type)) != (service, terms_type):
        mark = hashlib.sha256(f"{service}/{terms_type}".encode()).hexdigest()[:6]
        wanted = f"{slug(service)}-{mark}/{slug(terms_type)}"
    own = collection("open-terms-archive")
    return Identity(wanted, service, terms_type, own.licence, own.attribution)


def _import_all(
    store: Store, repository: Path, wanted: list[_Wanted], progress: Progress | None, workers: int | None
) -> Report:
    report, total = Report(), sum(len(w.records) for w in wanted)
    for number in range(max((len(w.records) for w in wanted), default=0) // _ROUND + 1):
        parts = [part for w in wanted if (part := w.part(number)).records]
        _import_round(store, repository, parts, report, progress and partial(_told, progress, total), workers)
    search(store)
    if report.snapshots >= _MANY:
        store.optimise()
    return report


def _told(progress: Progress, total: int, done: int, what: str) -> None:
    progress(done, total, what)


def _import_round(
    store: Store,
    repository: Path,
    wanted: list[_Wanted],
    report: Report,
    progress: Callable[[int, str], None] | None,
    workers: int | None,
) -> None:
    jobs: dict[str, tuple[Job, Identity]] = {}

    def made() -> Iterator[Job]:
        for each in wanted:
            rows = kept(store, _snapshots(repository, each))
            job = job_for(store, each.identity.slug, rows, known=each.known)
            jobs[job.document] = job, each.identity
            yield job

    for done in run(made(), sum(len(w.records) for w in wanted) * _TYPICAL, workers):
        report.note(write(store, done, *jobs.pop(done.document), more=True))
        if progress:
            progress(report.snapshots, done.document)


def _origin(record: ota.OtaRecord) -> Origin:
    return Origin.OTA_MARKDOWN if record.media_type == "text/markdown" else Origin.OTA_HTML


def _snapshots(repository: Path, wanted: _Wanted) -> Iterator[Snapshot]:
    """One after the other, so that a history of large pages needs no more memory than one of them."""
    bodies = git.blobs(repository, [record.blob for record in wanted.records])
    for record, (_, body) in zip(wanted.records, bodies, strict=True):
        yield Snapshot(
            document=wanted.identity.slug,
            source=record.source,
            fetched_at=record.at,
            origin=_origin(record),
            media_type=record.media_type,
            body=body,
            url=record.location or (record.snapshots[0] if len(record.snapshots) == 1 else ""),
            record=record.kind,
            provenance=record.provenance,
            seen_until=record.seen_until,
        )
