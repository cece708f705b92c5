"""Open Terms Archive repositories: `versions`, `SERVICE/TERMS TYPE.md`, one commit per recorded version; and
`snapshots`, `SERVICE/TERMS TYPE.html` (or `TERMS TYPE #PAGE.html`), one commit per page as it was served.

The commit says whether somebody observed the page or the archive's own engine or declaration changed; the author's
time is that of the observation.  See https://docs.opentermsarchive.org for the format.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path, PurePosixPath

from clausetrail.errors import ScrapeError
from clausetrail.model import RecordKind, Withdrawal
from clausetrail.scraper import git

RUN_GAP = timedelta(minutes=45)
"""The archive records in runs; a silence as long as this one ends a run."""

_OBSERVED = re.compile(r"(First record of|Record new changes of|Start tracking|Update) (?!README)")
_ENGINE = re.compile(r"^X-engine-version: (\S+)$", re.MULTILINE)
_SNAPSHOT = re.compile(r"https://\S+/commit/[0-9a-f]{40}")
_FETCHER = re.compile(r"^X-fetcher: (\S+)$", re.MULTILINE)
_LOCATION = re.compile(r"^X-source-document-location: (https?://\S+)$", re.MULTILINE)

VERSIONS = {".md": "text/markdown"}
SNAPSHOTS = {".html": "text/html", ".pdf": "application/pdf"}
"""What the files of a repository end in, and what they are."""


_RECORDED = re.compile(
    r"(First record of|Record new changes of|Refilter|Apply technical( or declaration)? upgrade on) \S"
)
"""Subjects that no other kind of repository has; older ones say "Start tracking" and "Update" with the document."""
_MARK = re.compile(r"^(X-engine-version: |This version was recorded )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class OtaRecord:
    """One recorded state of one document; `blob` is empty where the file was deleted."""

    service: str
    terms_type: str
    source: str
    """Name of the page; `main` where the document has one only."""
    media_type: str
    commit: str
    blob: str
    at: datetime
    kind: RecordKind
    subject: str = ""
    """First line of the commit's message."""
    engine: str = ""
    fetcher: str = ""
    """How the page was fetched: `htmlOnly`, or `fullDom` by a browser."""
    location: str = ""
    """Address of the page."""
    snapshots: tuple[str, ...] = ()
    """Addresses of the commits that hold the pages it was extracted from."""
    seen_until: datetime | None = None
    """Start of the archive's last run that recorded nothing new of this document."""

    @property
    def name(self) -> tuple[str, str]:
        """(commit, page): what tells it from all others of its document."""
        return self.commit, self.source

    @property
    def provenance(self) -> tuple[tuple[str, str], ...]:
        engine = (("engine", self.engine),) if self.engine else ()
        fetcher = (("fetcher", self.fetcher),) if self.fetcher else ()
        return (("commit", self.commit), *engine, *fetcher, *(("snapshot", url) for url in self.snapshots))


@dataclass(frozen=True, slots=True)
class OtaDocument:
    """What a repository holds of one document."""

    records: tuple[OtaRecord, ...]
    """Its states, oldest first; at least one."""
    withdrawals: tuple[Withdrawal, ...]
    """Deletions of its file, oldest first: it is no longer tracked, or it was withdrawn; the archive does not say
    which.  When it came back is left to the records."""


def documents(
    repository: Path,
    *,
    services: Collection[str] = (),
    terms_types: Collection[str] = (),
    kinds: Mapping[str, str] = VERSIONS,
) -> dict[tuple[str, str], OtaDocument]:
    """What there is of each (service, terms type), in files of these `kinds`.

    Raises ScrapeError where `repository` is none, and where it holds files of this form but no commit that an archive
    made.
    """
    git.check_repository(repository)
    records = list(_in_time(list(_records(repository, kinds))))
    runs = _run_starts(record.at for record in records if record.blob)
    grouped: dict[tuple[str, str], list[OtaRecord]] = {}
    added: dict[tuple[str, str], str] = {}
    for record in records:
        grouped.setdefault((record.service, record.terms_type), []).append(record)
        added[record.commit, record.blob] = f"{record.service} {record.terms_type}"
    return {
        name: OtaDocument(tuple(_seen(own, runs)), tuple(_withdrawn(own, added)))
        for name, own in sorted(grouped.items())
        if any(record.blob for record in own)
        if (not services or name[0] in services) and (not terms_types or name[1] in terms_types)
    }


def _records(repository: Path, kinds: Mapping[str, str]) -> Iterator[OtaRecord]:
    commits = [c for c in git.log(repository) if any(_is_document(path, kinds) for _, _, path in c.files)]
    messages = git.messages(repository, [commit.name for commit in commits])
    if commits and not any(_is_record(commit, messages[commit.name]) for commit in commits):
        raise ScrapeError(
            f"{repository}: is no repository of Open Terms Archive (no commit reads like `First record of"
            " SERVICE TERMS TYPE`); single files are imported with `clausetrail import file`"
        )
    for commit in commits:
        subject, _, body = messages[commit.name].partition("\n")
        for status, blob, path in commit.files:
            if _is_document(path, kinds):
                service, terms_type, source = _names(path)
                yield OtaRecord(
                    service=service,
                    terms_type=terms_type,
                    source=source,
                    media_type=kinds[PurePosixPath(path).suffix],
                    commit=commit.name,
                    blob="" if status == "D" else blob,
                    at=_time(repository, commit),
                    kind=RecordKind.OBSERVED if _OBSERVED.match(subject) else RecordKind.UPGRADE,
                    subject=subject,
                    engine=_said(_ENGINE, body),
                    fetcher=_said(_FETCHER, body),
                    location=_said(_LOCATION, body),
                    snapshots=tuple(dict.fromkeys(_SNAPSHOT.findall(body))),
                )


def _is_record(commit: git.Commit, message: str) -> bool:
    """Whether an archive made this commit, by what it says."""
    if _RECORDED.match(message) or _MARK.search(message):
        return True
    subject = message.partition("\n")[0]
    named = (" ".join(_names(path)[:2]) for _, _, path in commit.files if path.count("/") == 1)
    return any(subject in (f"Start tracking {name}", f"Update {name}") for name in named)


def _said(pattern: re.Pattern[str], body: str) -> str:
    found = pattern.search(body)
    return found.group(1) if found else ""


def _names(path: str) -> tuple[str, str, str]:
    """(service, terms type, page) of a file's path."""
    service, file = PurePosixPath(path).parts
    terms_type, _, page = _clean(PurePosixPath(file).stem).partition(" #")
    return _clean(service), terms_type, page or "main"


def _in_time(records: list[OtaRecord]) -> Iterator[OtaRecord]:
    """Oldest first.  Git knows whole seconds only: of records of one second the order of the commits decides, and
    each is a microsecond after the one before."""
    latest: dict[tuple[str, str], tuple[datetime, int]] = {}
    oldest_commit_first = list(reversed(records))
    for record in sorted(oldest_commit_first, key=lambda r: r.at):
        name = record.service, record.terms_type
        at, ties = latest.get(name, (None, 0))
        ties = ties + 1 if at == record.at else 0
        latest[name] = record.at, ties
        yield replace(record, at=record.at + timedelta(microseconds=ties))


def _is_document(path: str, kinds: Mapping[str, str]) -> bool:
    return path.count("/") == 1 and not path.startswith(".") and PurePosixPath(path).suffix in kinds


def _time(repository: Path, commit: git.Commit) -> datetime:
    try:
        return datetime.fromtimestamp(commit.at, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise ScrapeError(f"{repository}: commit {commit.name} has an impossible date ({commit.at})") from error


def _clean(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 are replaced."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _run_starts(times: Iterable[datetime]) -> list[datetime]:
    starts: list[datetime] = []
    previous: datetime | None = None
    for time in sorted(times):
        if previous is None or time - previous > RUN_GAP:
            starts.append(time)
        previous = time
    return starts


def _seen(own: list[OtaRecord], runs: list[datetime]) -> list[OtaRecord]:
    """States of all pages of a document, oldest first; each page is silent by itself."""
    pages: dict[str, list[OtaRecord]] = {}
    for record in own:
        pages.setdefault(record.source, []).append(record)
    return sorted((r for page in pages.values() for r in _observed(page, runs)), key=lambda r: r.at)


def _observed(own: list[OtaRecord], runs: list[datetime]) -> Iterator[OtaRecord]:
    """States with the time until which the absence of a commit shows that nothing had changed: the start of the last
    run before the next record.  In the run of that record itself the document may have come first, and in a run that
    was going on when the file was deleted it may not have come at all."""
    for record, following in zip(own, [*own[1:], None], strict=True):
        if record.blob:
            until = max(_before(following, runs), default=record.at)
            yield replace(record, seen_until=until if until > record.at else None)


def _before(following: OtaRecord | None, runs: list[datetime]) -> list[datetime]:
    """Up to one run: the last one that shows a document as it was before the next record of it."""
    if following is None:
        return runs[-1:]
    end = bisect_right(runs, following.at) - 1 if following.blob else bisect_right(runs, following.at - RUN_GAP)
    return runs[max(0, end - 1) : max(0, end)]


def _withdrawn(own: list[OtaRecord], added: Mapping[tuple[str, str], str]) -> Iterator[Withdrawal]:
    """Deletions of a file that was there.  `added` tells by (commit, blob) which document a commit gave that text.
    Of a document of several pages none is told: a page that went is no document that was withdrawn."""
    if len({record.source for record in own}) > 1:
        return
    for before, record in pairwise(own):
        if before.blob and not record.blob:
            now = added.get((record.commit, before.blob))
            renamed = (("renamed", now),) if now else ()
            yield Withdrawal(record.at, provenance=(("commit", record.commit), ("message", record.subject), *renamed))


def names(available: Iterable[str], wanted: str) -> list[str]:
    """Up to three of `available` that look like `wanted`, for error messages."""
    from difflib import get_close_matches

    return get_close_matches(wanted, sorted(set(available)), 3, 0.4)
