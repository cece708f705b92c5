"""Open Terms Archive `versions` repositories: `SERVICE/TERMS TYPE.md`, one commit per recorded version.

The commit says whether somebody observed the page or the archive's own engine or declaration changed; the author's
time is that of the observation.  See https://docs.opentermsarchive.org for the format.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

from clausetrail.errors import ScrapeError
from clausetrail.model import RecordKind
from clausetrail.scraper import git

RUN_GAP = timedelta(minutes=45)
"""The archive records in runs; a silence as long as this one ends a run."""

_OBSERVED = re.compile(r"(First record of|Record new changes of|Start tracking|Update) (?!README)")
_ENGINE = re.compile(r"^X-engine-version: (\S+)$", re.MULTILINE)
_SNAPSHOT = re.compile(r"https://\S+/commit/[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class OtaRecord:
    """One recorded state of one document; `blob` is empty where the file was deleted."""

    service: str
    terms_type: str
    commit: str
    blob: str
    at: datetime
    kind: RecordKind
    engine: str = ""
    snapshots: tuple[str, ...] = ()
    """Addresses of the commits that hold the pages it was extracted from."""
    seen_until: datetime | None = None
    """Start of the archive's last run that recorded nothing new of this document."""

    @property
    def provenance(self) -> tuple[tuple[str, str], ...]:
        engine = (("engine", self.engine),) if self.engine else ()
        return (("commit", self.commit), *engine, *(("snapshot", url) for url in self.snapshots))


def documents(
    repository: Path, *, services: Collection[str] = (), terms_types: Collection[str] = ()
) -> dict[tuple[str, str], tuple[OtaRecord, ...]]:
    """All records of each (service, terms type), oldest first; deletions are left out.

    Raises ScrapeError where `repository` is none or holds no document of this form.
    """
    git.check_repository(repository)
    records = list(_records(repository))
    runs = _run_starts(record.at for record in records)
    grouped: dict[tuple[str, str], list[OtaRecord]] = {}
    for record in _in_time(records):
        grouped.setdefault((record.service, record.terms_type), []).append(record)
    return {
        name: tuple(_observed(own, runs))
        for name, own in sorted(grouped.items())
        if (not services or name[0] in services) and (not terms_types or name[1] in terms_types)
    }


def _records(repository: Path) -> Iterator[OtaRecord]:
    commits = [commit for commit in git.log(repository) if any(_is_document(path) for _, _, path in commit.files)]
    messages = git.messages(repository, [commit.name for commit in commits])
    for commit in commits:
        subject, _, body = messages[commit.name].partition("\n")
        for status, blob, path in commit.files:
            if _is_document(path):
                service, terms_type = PurePosixPath(path).parts
                yield OtaRecord(
                    service=_clean(service),
                    terms_type=_clean(terms_type.removesuffix(".md")),
                    commit=commit.name,
                    blob="" if status == "D" else blob,
                    at=_time(repository, commit),
                    kind=RecordKind.OBSERVED if _OBSERVED.match(subject) else RecordKind.UPGRADE,
                    engine=m.group(1) if (m := _ENGINE.search(body)) else "",
                    snapshots=tuple(dict.fromkeys(_SNAPSHOT.findall(body))),
                )


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


def _is_document(path: str) -> bool:
    return path.endswith(".md") and path.count("/") == 1


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


def _observed(own: list[OtaRecord], runs: list[datetime]) -> Iterator[OtaRecord]:
    """Records with the time until which the absence of a commit shows that nothing had changed: the start of the last
    run before the next record.  In the run of that record itself the document may have come first."""
    for record, following in zip(own, [*own[1:], None], strict=True):
        if record.blob:
            index = len(runs) if following is None else bisect_right(runs, following.at) - 1
            until = runs[index - 1] if index > 0 else record.at
            yield replace(record, seen_until=until if until > record.at else None)


def names(available: Iterable[str], wanted: str) -> list[str]:
    """Up to three of `available` that look like `wanted`, for error messages."""
    from difflib import get_close_matches

    return get_close_matches(wanted, sorted(set(available)), 3, 0.4)
