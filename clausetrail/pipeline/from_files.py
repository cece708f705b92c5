"""Local files in: one, or those of a manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from clausetrail.errors import ParseError, ScrapeError, UsageError
from clausetrail.model import Origin, Snapshot, SnapshotKey, Version
from clausetrail.pipeline.compare import read_file
from clausetrail.pipeline.ingest import job_for, kept, settle, write
from clausetrail.pipeline.jobs import UNREADABLE, Done, Identity, weigh
from clausetrail.pipeline.pool import Progress
from clausetrail.pipeline.searching import search
from clausetrail.scraper import files
from clausetrail.scraper.slugs import slug
from clausetrail.store import Store


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of one page of a manifest."""

    path: str
    document: str
    outcome: str
    """`version`, `unchanged`, `junk` or `error`."""
    significance: str | None
    """Of the weightiest change, where it made a version; None for a first one."""
    reason: str
    version: int | None = None

    def sentence(self) -> str:
        """What became of the page, for people."""
        said = f" ({self.reason})" if self.reason else ""
        if self.outcome == "version":
            return f"{self.path}: version {self.version} of {self.document}{said}"
        told = {"unchanged": "no new words", "junk": "no policy, so no version", "error": "could not be read"}
        return f"{self.path}: {told[self.outcome]}{said}"


def entry_of(
    path: Path, document: str, on: str, *, source: str = "main", url: str = "", media_type: str = ""
) -> files.Entry:
    """One file as a manifest would list it.  Raises ScrapeError or ParseError where it cannot be read."""
    found = read_file(path, media_type=media_type, url=url)
    if not found.verdict.policy:
        raise ParseError(f"{path}: is no policy ({found.verdict.reason}); nothing was imported")
    return files.Entry(path, str(path), document, files.moment(on, "--on"), url, media_type, source)


def entries_of(manifest: Path) -> list[files.Entry]:
    """The pages that a manifest lists.  Raises ScrapeError with the number of the first line that is wrong."""
    return list(files.manifest(manifest))


def import_entries(
    store: Store, entries: list[files.Entry], progress: Progress | None = None
) -> tuple[PageOutcome, ...]:
    """Import pages; of one document all together."""
    settle(store)
    grouped: dict[str, list[files.Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.document, []).append(entry)
    known = {slug: d.slug for d in store.documents() for slug in (d.slug, *d.aliases)}
    told: dict[int, PageOutcome] = {}
    for name, own in grouped.items():
        identity = identity_of(known, name)
        snapshots = list(_file_snapshots(identity.slug, own))
        before = {r.key: r.state for r in store.snapshots(identity.slug)} if identity.slug in known else {}
        fresh = [s for s in snapshots if isinstance(s, Snapshot)]
        done = _done(store, identity, fresh, known=identity.slug in known) if fresh else None
        told.update((id(e), _outcome(done, e, snapshot, before)) for e, snapshot in zip(own, snapshots, strict=True))
        if progress:
            progress(len(told), len(entries), identity.slug)
    search(store)
    return tuple(told[id(entry)] for entry in entries)


def _done(store: Store, identity: Identity, snapshots: list[Snapshot], *, known: bool) -> Done:
    job = job_for(store, identity.slug, kept(store, snapshots), known=known)
    return write(store, weigh(job, store), job, None if known else identity, more=True)


def identity_of(known: Mapping[str, str], name: str) -> Identity:
    """A document that files name: `publisher/document`, or one word for both."""
    if not any(c.isalnum() for c in name.rpartition("/")[2]):
        raise UsageError(f"{name!r} names no document; write it as publisher/policy")
    publisher, _, title = name.rpartition("/")
    wanted = f"{slug(publisher)}/{slug(title)}" if publisher else slug(name)
    named = known.get(name) or known.get(wanted) or wanted
    spoken = title.replace("-", " ")
    return Identity(named, publisher or name, spoken[:1].upper() + spoken[1:] if publisher else name)


def _file_snapshots(document: str, entries: list[files.Entry]) -> Iterator[Snapshot | ScrapeError]:
    """Snapshots of the files; for one that cannot be read, why.  Pages of one time keep the manifest's order: each
    is a second after the one before."""
    from clausetrail.parser import media_type_of

    latest: dict[str, tuple[datetime | None, int]] = {}
    for entry in entries:
        try:
            body = files.read(entry.path)
        except ScrapeError as error:
            yield error
            continue
        time, ties = latest.get(entry.source, (None, 0))
        ties = ties + 1 if time == entry.fetched_at else 0
        latest[entry.source] = (entry.fetched_at, ties)
        yield Snapshot(
            document=document,
            source=entry.source,
            fetched_at=entry.fetched_at + timedelta(seconds=ties),
            origin=Origin.FILE,
            media_type=entry.media_type or media_type_of(entry.path.name, body),
            body=body,
            url=entry.url,
        )


def _outcome(
    done: Done | None, entry: files.Entry, snapshot: Snapshot | ScrapeError, before: Mapping[SnapshotKey, str]
) -> PageOutcome:
    """`before` are the states of the snapshots that were there before."""
    if isinstance(snapshot, ScrapeError) or done is None:
        return PageOutcome(entry.named, entry.document, "error", None, str(snapshot).removeprefix(f"{entry.path}: "))
    key = SnapshotKey(snapshot.fetched_at, snapshot.source, snapshot.sha256)
    row = next(row for row in done.rows if row.key == key)
    version = next((v for v in done.derivation.versions if key in v.snapshots), None)
    if version is None:
        outcome = "error" if row.verdict.reason.startswith(UNREADABLE) else "junk"
        return PageOutcome(entry.named, entry.document, outcome, None, done.why_junk(row) or "ruled out by hand")
    if key in before:
        return PageOutcome(entry.named, entry.document, "unchanged", None, "imported before", version.number)
    if not _changed(done, key, {**before, **{row.key: row.state for row in done.rows}}):
        variant = any(v.snapshot == key for v in version.variants[1:])
        reason = "variant: other labels, links or typography" if variant else ""
        return PageOutcome(entry.named, entry.document, "unchanged", None, reason, version.number)
    return _version_outcome(done, entry, version)


def _changed(done: Done, key: SnapshotKey, states: Mapping[SnapshotKey, str]) -> bool:
    """Whether the page itself, and not only another one of its document, has other words than it had before."""
    good = (k for v in done.derivation.versions for k in v.snapshots if k.source == key.source and k < key)
    earlier = max(good, default=None)
    return earlier is None or states[earlier] != states[key]


def _version_outcome(done: Done, entry: files.Entry, version: Version) -> PageOutcome:
    changes = next((t.changes for t in done.derivation.traced if t.version.number == version.number), ())
    reason = f"reverts to version {version.reverts_to}" if version.reverts_to else version.origin.value
    weightiest = changes[0].significance.value if changes else None
    return PageOutcome(entry.named, entry.document, "version", weightiest, reason, version.number)
