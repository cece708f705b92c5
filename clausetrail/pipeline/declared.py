"""What the settings declare of a document: its pages, and what of each is read."""

from __future__ import annotations

from collections.abc import Collection
from zlib import crc32

from clausetrail.model import Declaration, Extraction, SnapshotRow
from clausetrail.settings import Settings


def declared(workspace: Settings, names: Collection[str]) -> Declaration | None:
    """The declaration of a document that goes by these names: its slug, and its aliases."""
    return next((each for each in workspace.documents if each.slug in names), None)


def extraction_of(declaration: Declaration | None, row: SnapshotRow) -> Extraction:
    """What is read of a snapshot: what its page declares for its time; all, of a page that is not declared."""
    for source in declaration.sources if declaration else ():
        if source.name == row.key.source:
            return source.extraction(row.key.fetched_at)
    return Extraction()


def fingerprint(declaration: Declaration | None) -> int:
    """Equal where a history is derived alike: by pages of the same names, in the same order, of which the same is
    read; below 2³², and 0 where nothing is declared.  That a page moved, or is asked for otherwise, is not part of
    it."""
    if declaration is None or not declaration.sources:
        return 0
    said = tuple((source.name, source.extractions) for source in declaration.sources)
    return crc32(repr(said).encode("utf-8", "surrogatepass")) or 1
