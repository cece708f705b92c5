"""WARC files in and out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from clausetrail import __version__
from clausetrail.changelog.phrases import counted
from clausetrail.errors import ScrapeError, UsageError
from clausetrail.model import Archived, Origin, Snapshot, SnapshotKey, SnapshotRow
from clausetrail.pipeline.from_files import identity_of
from clausetrail.pipeline.ingest import Report, job_for, kept, settle, write
from clausetrail.pipeline.jobs import Identity
from clausetrail.pipeline.pool import Progress, run
from clausetrail.pipeline.searching import search
from clausetrail.store import Store

if TYPE_CHECKING:
    from clausetrail.scraper import warc, warc_writer

_SHOWN = 8
"""Addresses that an error message names."""
_NEEDS = "WARC files are read and written by a library that is not installed: pip install 'clausetrail[warc]'"


@dataclass(frozen=True, slots=True)
class Target:
    """A page of a document."""

    identity: Identity
    source: str


@dataclass(slots=True)
class WarcReport:
    """What an import did."""

    report: Report = field(default_factory=Report)
    left_out: dict[str, int] = field(default_factory=dict)
    """Reason -> records."""

    def summary(self) -> str:
        """In a sentence or two."""
        left = "; ".join(f"{count:,} × {reason}" for reason, count in sorted(self.left_out.items()))
        return self.report.summary() + (f" Left out: {left}." if left else "")


def look(
    store: Store, files: Sequence[Path], document: str | None, urls: Sequence[str], source: str
) -> dict[str, list[Target]]:
    """Which addresses in the files are pages of which documents; nothing is written.

    With `document`: the addresses given, or the only one that there is.  Otherwise those that Clausetrail's own
    export names, and those of documents that are here.  Raises UsageError, naming addresses, where none is."""
    found = {url: page for file in files for url, page in _reader().addresses(file).items()}
    if document:
        named = urls or [url for url in found if url]
        if len(named) > 1 and not urls:
            raise UsageError(f"{len(named)} addresses are in the files; name one with --url: {_some(named)}")
        missing = [url for url in named if url not in found]
        if missing or not named:
            raise UsageError(f"{_some(missing) or 'no page'} is not in the files, which have {_some(list(found))}")
        identity = identity_of(_known(store), document)
        return {url: [Target(identity, source)] for url in named}
    return _told(store, found)


def _told(store: Store, found: Mapping[str, warc.Page]) -> dict[str, list[Target]]:
    known, here = _known(store), store.addresses()
    targets: dict[str, list[Target]] = {}
    for url, page in found.items():
        if _names_document(page):
            targets[url] = []  # each record says for itself
        elif url in here:
            targets[url] = [Target(identity_of(known, slug), source) for slug, source in here[url]]
    if not targets:
        told = (
            f"name it with --document and --url: {_some(list(found))}" if found else "they hold no page that could be"
        )
        raise UsageError(f"no address in the files is a page of a document here; {told}")
    return targets


def import_warc(
    store: Store, files: Sequence[Path], targets: Mapping[str, Sequence[Target]], progress: Progress | None = None
) -> WarcReport:
    """Import the pages at these addresses; what is known already stays as it is."""
    settle(store)
    told, problems = WarcReport(), _reader().Problems()
    known = _known(store)
    identities: dict[str, Identity] = {}
    arrived: list[str] = []

    def served() -> Iterator[Snapshot]:
        for file in files:
            for page in _reader().pages(file, problems, targets):
                for target in targets[page.url] or _said(known, page):
                    identities[target.identity.slug] = target.identity
                    arrived.append(target.identity.slug)
                    yield _snapshot(page, target, file)

    rows: dict[str, dict[SnapshotKey, SnapshotRow]] = {}
    for slug, row in zip(arrived, kept(store, served()), strict=True):
        rows.setdefault(slug, {})[row.key] = row
    told.left_out = problems.counts
    _read(store, rows, identities, told.report, progress)
    return told


def _names_document(page: warc.Page) -> bool:
    return any(c.isalnum() for c in page.document.rpartition("/")[2])


def _said(known: Mapping[str, str], page: warc.Page) -> list[Target]:
    """What the file says that a page belongs to."""
    return [Target(identity_of(known, page.document), page.source or "main")] if _names_document(page) else []


def _read(
    store: Store,
    rows: Mapping[str, Mapping[SnapshotKey, SnapshotRow]],
    identities: Mapping[str, Identity],
    report: Report,
    progress: Progress | None,
) -> None:
    here = {d.slug for d in store.documents()}
    fresh = {slug: _new(store, slug, own) if slug in here else list(own.values()) for slug, own in rows.items()}
    jobs = {slug: job_for(store, slug, own, known=slug in here) for slug, own in fresh.items() if own}
    for done in run(jobs.values(), 0):
        report.note(write(store, done, jobs[done.document], identities[done.document], more=True))
        if progress:
            progress(report.documents, len(jobs), done.document)
    search(store)


def _new(store: Store, slug: str, rows: Mapping[SnapshotKey, SnapshotRow]) -> list[SnapshotRow]:
    have = set(store.keys(slug))
    return [row for key, row in rows.items() if key not in have]


def _snapshot(page: warc.Page, target: Target, file: Path) -> Snapshot:
    return Snapshot(
        document=target.identity.slug,
        source=target.source,
        fetched_at=page.at,
        origin=Origin.WARC,
        media_type=page.media_type,
        body=page.body,
        url=page.url,
        status=page.status,
        headers=page.headers,
        request=page.request,
        provenance=(("warc", file.name), ("record", page.record)),
    )


def export_warc(store: Store, documents: Sequence[str], output: Path, progress: Progress | None = None) -> str:
    """Write all snapshots of documents to one file; a sentence on what it holds.

    Raises ScrapeError where the file is there already."""
    writer = _writer()
    written = redacted = 0
    with writer.writing(output, f"clausetrail/{__version__}") as file:
        for number, slug in enumerate(documents):
            if progress:
                progress(number, len(documents), slug)
            for row, own in recorded(store, slug):
                if store.redaction(row.key.sha256) is not None:
                    redacted += 1
                    continue
                file.add(_item(store, slug, row, own))
                written += 1
    gone = f" {counted(redacted, 'snapshot')} left out, redacted." if redacted else ""
    return f"{output}: {counted(written, 'snapshot')} of {counted(len(documents), 'document')}.{gone}"


def recorded(store: Store, slug: str) -> Iterator[tuple[SnapshotRow, Archived | None]]:
    """Every snapshot of a document with its row of the chain, if it has one of its own."""
    rows = {one.row.key: one for one in store.archived(slug)}
    for row in store.snapshots(slug):
        yield row, rows.get(row.key)


def _item(store: Store, slug: str, row: SnapshotRow, own: Archived | None) -> warc_writer.Item:
    item: type[warc_writer.Item] = _writer().Item
    return item(
        document=slug,
        source=row.key.source,
        url=row.url,
        at=row.key.fetched_at,
        media_type=row.media_type,
        status=row.status,
        headers=row.headers,
        request=own.request if own else (),
        origin=row.origin.value,
        sha256=row.key.sha256,
        link=own.digest if own else "",
        body=store.body(row.key.sha256),
    )


def _known(store: Store) -> dict[str, str]:
    return {slug: d.slug for d in store.documents() for slug in (d.slug, *d.aliases)}


def _some(urls: Sequence[str]) -> str:
    more = f" and {len(urls) - _SHOWN:,} more" if len(urls) > _SHOWN else ""
    return ", ".join(sorted(urls)[:_SHOWN]) + more


def _reader() -> ModuleType:
    try:
        from clausetrail.scraper import warc
    except ImportError as error:
        raise ScrapeError(_NEEDS) from error
    return warc


def _writer() -> ModuleType:
    try:
        from clausetrail.scraper import warc_writer
    except ImportError as error:
        raise ScrapeError(_NEEDS) from error
    return warc_writer
