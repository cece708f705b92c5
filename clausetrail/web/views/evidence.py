"""The bytes of a snapshot, as they were kept."""

from __future__ import annotations

from clausetrail.errors import UsageError
from clausetrail.web.pages import Asked, Download

_ENDINGS = {"text/html": "html", "text/markdown": "md", "application/pdf": "pdf", "text/plain": "txt"}


class GoneError(UsageError):
    """The bytes were taken out of the archive."""


def evidence(asked: Asked) -> Download:
    """Raises UsageError for a hash that is none of the document's snapshots, GoneError for what was redacted."""
    store, sha256 = asked.store, asked.path["sha256"]
    slug = store.document(asked.slug).slug
    known = [one for one in store.find_snapshot(sha256) if one.document == slug]
    if not known:
        raise UsageError(f"{slug}: has no snapshot {sha256}", document=slug)
    if not store.archive_path.exists():
        raise UsageError(f"the bytes of snapshot {sha256} are not on this site: its evidence archive is kept elsewhere")
    if (reason := store.redaction(sha256)) is not None:
        raise GoneError(f"these bytes were taken out of the archive: {reason}", document=slug)
    ending = _ENDINGS.get(known[0].row.media_type.partition(";")[0].strip().lower(), "bin")
    return Download(store.body(sha256), f"{sha256[:16]}.{ending}.txt")
