"""The first hour with a policy: a workspace for it, what it says today, and what it said before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clausetrail import settings
from clausetrail.errors import ClausetrailError
from clausetrail.model import DocumentInfo, LogEntry
from clausetrail.net import Gate
from clausetrail.pipeline import workspace
from clausetrail.pipeline.engine import Engine
from clausetrail.pipeline.fetching import Telling, fetch
from clausetrail.pipeline.ingest import settings_of
from clausetrail.pipeline.pool import Progress
from clausetrail.pipeline.tools import StoppableClock, StoppedError, gate_of
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
        return known_as[0]
    say(workspace.add(file, given))
    return given.document or workspace.proposed_slug(given.url)


def track(
    store: Store,
    slug: str,
    *,
    since: str | None,
    every: str = Every.CHANGE,
    say: Saying,
    telling: Telling,
    waking: Callable[[Engine], None],
    clock: StoppableClock,
    gate: Gate | None = None,
    progress: Progress | None = None,
) -> Tracked:
    """Look at a document that is followed, and bring in what the archive of the settings has of it.

    An archive that cannot be asked is told of and is no error: `import wayback` goes on where this stopped.
    """
    fetch(store, [slug], clock=clock, telling=telling, waking=waking)
    try:
        with nullcontext(gate) if gate else closing(gate_of(settings_of(store).fetching, clock)) as own:
            report = backfill(store, slug, since=since, every=every, gate=own, progress=progress, tell=say)
        for line in report.lines():
            say(line)
    except ClausetrailError as error:
        say(f"What it said before is not known yet: {error}")
    except StoppedError:
        say("Stopped; the same command goes on from here.")
    info = store.document(slug)
    return Tracked(info, store.log(info.slug), gaps(store.snapshots(info.slug)))
