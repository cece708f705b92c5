"""Taking a document out."""

from __future__ import annotations

from clausetrail.changelog.phrases import counted
from clausetrail.pipeline.corrections import rulings_for
from clausetrail.pipeline.searching import search
from clausetrail.store import Store


def question(store: Store, document: str) -> str:
    """What would go, in a sentence or two."""
    info = store.document(document)
    seen = f" seen from {info.first_seen:%Y-%m-%d} to {info.last_seen:%Y-%m-%d}" if info.last_seen else ""
    names = f" Its other names go too: {', '.join(info.aliases)}." if info.aliases else ""
    return (
        f"{info.slug}: {counted(info.versions, 'version')}, {counted(info.changes, 'change')} and the record of"
        f" {counted(info.snapshots, 'snapshot')}{seen} are to go.{names}"
    )


def remove_document(store: Store, document: str) -> str:
    """Take a document out, with all that was derived for it; a sentence on what is gone and what is not."""
    info = store.document(document)
    rulings = len(rulings_for(store, info.slug)[0])
    store.remove(info.slug)
    search(store)
    kept = f" {counted(rulings, 'ruling')} on it stay in the corrections file." if rulings else ""
    return (
        f"{info.slug} is gone: {counted(info.versions, 'version')} and the record of"
        f" {counted(info.snapshots, 'snapshot')}. The bytes stay in {store.archive_path.name} under their hashes.{kept}"
    )
