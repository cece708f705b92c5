"""The first hour with a policy: a workspace for it, what it says today, and what it said before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from clausetrail import settings
from clausetrail.errors import ClausetrailError
from clausetrail.model import DocumentInfo, LogEntry
from clausetrail.net import Gate
from clausetrail.pipeline import workspace
from clausetrail.pipeline.ingest import settings_of
from clausetrail.pipeline.pool import Progress
from clausetrail.pipeline.wayback import backfill
from clausetrail.pipeline.wayback_report import gaps
from clausetrail.pipeline.workspace import Given
from clausetrail.scraper.wayback import Every
from clausetrail.store import Store

Saying = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Tracked:
    """What is known of a document in the end."""

    info: DocumentInfo
    log: tuple[LogEntry, ...]
    gaps: tuple[tuple[datetime, datetime], ...]
    """Times between two looks that showed it, where they are longer than a year."""
    asked: bool
    """Whether the archive could be asked."""


def settle_in(folder: Path, given: Given, say: Saying) -> str:
    """The document of a page that the folder's workspace follows: made, and the page added, as far as need be.

    Raises UsageError and NetError as `workspace.add` does.
    """
    file = settings.find(folder)
    if file is None:
        for line in workspace.init(folder):
            say(line)
        file = workspace.workspace_file(folder)
    if known_as := workspace.following(file, given):
        if given.publisher or given.title:
            say(f"{known_as[0]}: is followed already; its publisher and title stand in {file}")
        return known_as[0]
    say(workspace.add(file, given))
    return workspace.slug_for(given)


def look_back(
    store: Store,
    slug: str,
    *,
    since: str | None,
    every: str = Every.CHANGE,
    say: Saying,
    gate: Gate | None = None,
    progress: Progress | None = None,
) -> Tracked:
    """Bring in what the archive of the settings has of a document that is followed.

    An archive that cannot be asked is told of and is no error: the same call goes on where this one stopped.
    """
    asked = True
    say(f"Asking {urlsplit(settings_of(store).wayback.cdx_url).hostname} what it kept; Ctrl-C leaves that for later.")
    try:
        report = backfill(store, slug, since=since, every=every, gate=gate, progress=progress, tell=say)
        for line in report.lines():
            say(line)
    except ClausetrailError as error:
        asked = False
        say(f"What it said before is not known yet ({error}); give the same command again later.")
    info = store.document(slug)
    return Tracked(info, store.log(info.slug), gaps(store.snapshots(info.slug)), asked)
