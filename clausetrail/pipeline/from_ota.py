"""Open Terms Archive repositories in."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clausetrail.errors import ScrapeError, UsageError
from clausetrail.model import DocumentInfo, Origin, Snapshot, Withdrawal
from clausetrail.pipeline.ingest import Report, job_for, rederive, settle, write
from clausetrail.pipeline.jobs import Identity, Job
from clausetrail.pipeline.pool import Progress, run
from clausetrail.resources import collection
from clausetrail.scraper import git, ota
from clausetrail.scraper.slugs import document_slug, slug
from clausetrail.store import Store

_MANY = 200
"""New snapshots after which the database is worth tidying up."""
_TYPICAL = 40_000
"""Bytes of a record, roughly: enough to tell whether a second process is worth its start."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    identity: Identity
    known: bool
    """Whether the document is in the store."""
    records: tuple[ota.OtaRecord, ...]
    """New ones."""


Found = Mapping[tuple[str, str], ota.OtaDocument]
"""(service, terms type) -> what there is of it."""


def look(repository: Path, services: Collection[str] = (), terms_types: Collection[str] = ()) -> Found:
    """What a `versions` repository holds of what is asked for; nothing is written.

    Raises ScrapeError where it cannot be read, UsageError where it has nothing that was asked for.
    """
    found = ota.documents(repository, services=services, terms_types=terms_types)
    _check_found(repository, found, services, terms_types)
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


def _fresh(store: Store, document: str, records: tuple[ota.OtaRecord, ...]) -> tuple[ota.OtaRecord, ...]:
    """Records that the document has not; of those it has, the time until which they were seen is brought up to date,
    since the archive has run again."""
    stored = {value: row for row in store.snapshots(document) for name, value in row.provenance if name == "commit"}
    have = {(r.at, r.blob) for r in records if r.commit in stored}
    fresh = tuple(r for r in records if r.commit not in stored and (r.at, r.blob) not in have)
    moved = {
        stored[r.commit].key: r.seen_until
        for r in records
        if r.commit in stored and stored[r.commit].seen_until != r.seen_until
    }
    if moved:
        with store.transaction():
            for key, seen_until in moved.items():
                store.set_seen(document, key, seen_until)
            if not fresh:
                rederive(store, document)
    return fresh


def _check_found(
    repository: Path,
    found: Found,
    services: Collection[str],
    terms_types: Collection[str],
) -> None:
    if found:
        return
    if not services and not terms_types:
        raise ScrapeError(f"{repository}: holds no SERVICE/TERMS TYPE.md; is it a versions repository?")
    everything = ota.documents(repository)
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
    jobs: dict[str, tuple[Job, Identity]] = {}

    def made() -> Iterator[Job]:
        for each in wanted:
            job = job_for(store, each.identity.slug, _ota_snapshots(repository, each), known=each.known)
            jobs[job.document] = job, each.identity
            yield job

    for done in run(made(), total * _TYPICAL, workers):
        report.note(write(store, done, *jobs.pop(done.document)))
        if progress:
            progress(report.snapshots, total, done.document)
    if report.snapshots >= _MANY:
        store.optimise()
    return report


def _ota_snapshots(repository: Path, wanted: _Wanted) -> Iterator[Snapshot]:
    bodies = dict(git.blobs(repository, dict.fromkeys(r.blob for r in wanted.records)))
    for record in wanted.records:
        yield Snapshot(
            document=wanted.identity.slug,
            source="main",
            fetched_at=record.at,
            origin=Origin.OTA_MARKDOWN,
            media_type="text/markdown",
            body=bodies[record.blob],
            url=record.snapshots[0] if len(record.snapshots) == 1 else "",
            record=record.kind,
            provenance=record.provenance,
            seen_until=record.seen_until,
        )
