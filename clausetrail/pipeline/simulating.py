"""What subscribers would have been sent, over a history that is recorded."""

from __future__ import annotations

from collections.abc import Iterator

from clausetrail.history import steps
from clausetrail.model import LogEntry, Significance, Simulated, Standing, Step
from clausetrail.pipeline.compare import diff
from clausetrail.pipeline.telling import silent
from clausetrail.store import Store


def simulate(store: Store, document: str | None = None) -> Iterator[Simulated]:
    """For one document, or all by slug: what somebody who was told of every change would have heard.

    A history that was imported is taken as though it had been looked at live."""
    slugs = [store.document(document).slug] if document else [info.slug for info in store.documents()]
    return (_simulated(store, slug) for slug in slugs)


def _simulated(store: Store, slug: str) -> Simulated:
    entries = store.log(slug)
    versions = tuple(entry.version for entry in entries)
    told = tuple(steps(versions))
    standing = [version.standing for version in versions]
    return Simulated(
        slug,
        versions=len(versions),
        alerts=len(told),
        substantive=sum(_substantive(store, slug, entries, step) for step in told),
        silent=sum(silent(entries[step.old.number : step.new.number]) for step in told),
        flaps=standing.count(Standing.FLAP),
        pending=standing.count(Standing.PENDING),
        delays=tuple(_delay(step) for step in told),
    )


def _substantive(store: Store, slug: str, entries: tuple[LogEntry, ...], step: Step) -> bool:
    if step.new.number - step.old.number == 1:
        return entries[step.new.number - 1].significance is Significance.SUBSTANTIVE
    changes = diff(store, slug, str(step.old.number), str(step.new.number)).comparison.changes
    return any(change.significance is Significance.SUBSTANTIVE for change in changes)


def _delay(step: Step) -> float:
    since = step.new.confirmed_at or step.new.first_seen
    return (since - step.new.first_seen).total_seconds()
