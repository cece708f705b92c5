"""Derive again: the whole of a database, or of two documents that are one."""

from __future__ import annotations

from dataclasses import dataclass

from clausetrail.changelog.phrases import counted
from clausetrail.errors import UsageError
from clausetrail.model import Correction
from clausetrail.pipeline.ingest import job_for, rederive, write
from clausetrail.pipeline.jobs import weigh
from clausetrail.pipeline.pool import Progress
from clausetrail.pipeline.searching import search
from clausetrail.store import Store


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did to one document."""

    document: str
    before: int
    """Versions."""
    after: int
    unfit: tuple[Correction, ...]
    """Corrections that no longer fit anything."""


def rebuild(store: Store, document: str | None = None, progress: Progress | None = None) -> tuple[Rebuilt, ...]:
    """Read the stored bytes of a document, or of all, again and derive every version anew, corrections applied."""
    slugs = [store.document(document).slug] if document else [d.slug for d in store.documents()]
    done = []
    for number, slug in enumerate(slugs, 1):
        before = len(store.versions(slug))
        result = rederive(store, slug, anew=True, more=True)
        done.append(Rebuilt(slug, before, len(result.derivation.versions), result.unused))
        if progress:
            progress(number, len(slugs), slug)
    search(store)
    store.prune()
    return tuple(done)


def merge(store: Store, absorbed: str, into: str) -> str:
    """Join two documents; a sentence on what came of it.  Raises UsageError where they are one already."""
    old, kept = store.document(absorbed), store.document(into)
    if old.slug == kept.slug:
        raise UsageError(f"{absorbed} and {into} are one document already: {kept.slug}", document=kept.slug)
    with store.transaction():
        store.merge(old.slug, kept.slug)
        job = job_for(store, kept.slug, ())
        found = write(store, weigh(job, store), job)
    return (
        f"{old.slug} is part of {kept.slug} now: {counted(len(found.derivation.versions), 'version')} from "
        f"{counted(old.snapshots + kept.snapshots, 'snapshot')}; the old name goes on working."
    )
