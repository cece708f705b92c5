"""What of a history is told to those who asked: confirmed changes, once each.

Alerts compare with the last *confirmed* version, so that neither leg of a flap is told (A → B → A).  What was told is
remembered as snapshots, never as numbers or digests of words: a rebuild that reads the same pages otherwise, or a
backfill that renumbers the versions, moves nothing and raises nothing.  Only what was seen live is told; what an
import brought becomes the state that later changes are compared with once it is seen live.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from clausetrail.model import Event, EventKind, Heard, SnapshotKey, Standing, Step, Version, VersionOrigin


def steps(versions: Sequence[Version]) -> Iterator[Step]:
    """The changes of a whole history that raise an alert, oldest first: from each confirmed state to the next, where
    the publisher had a part in it.  The first confirmed state is the one to compare with, and no change."""
    confirmed = [version for version in versions if version.standing is Standing.CONFIRMED]
    return _steps(versions, confirmed)


def _steps(versions: Sequence[Version], told: Sequence[Version]) -> Iterator[Step]:
    """From each version of `told` to the next, where its words differ and the publisher had a part in it."""
    for old, new in pairwise(told):
        between = versions[old.number : new.number]
        changed = any(v.origin is VersionOrigin.CHANGE and v.standing is not Standing.FLAP for v in between)
        if changed and old.state != new.state:
            yield Step(old, new)


@dataclass(frozen=True, slots=True)
class Raised:
    """What a look at a document raises, and up to where its events have been raised then."""

    events: tuple[Event, ...]
    heard: Heard


def raised(
    document: str, versions: Sequence[Version], live: AbstractSet[SnapshotKey], heard: Heard, at: datetime
) -> Raised:
    """The events of a document since those that were raised before.

    `versions` are all of them, by number; `live` are the snapshots that were fetched live; `at` is the time of the
    look.  Raises none where nothing was `heard` yet: that is what later looks are compared with."""
    own = [version for version in versions if not live.isdisjoint(version.snapshots)]
    showing = {key: version for version in versions for key in version.snapshots}
    confirmed = [version for version in own if version.standing is Standing.CONFIRMED]
    events = [
        *_confirmed(document, versions, confirmed, _shown(showing, heard.confirmed), at),
        *_seen(document, versions, own, _shown(showing, heard.seen), heard.seen, live),
    ]
    return Raised(tuple(events), Heard(_newest(confirmed, live), _newest(own, live)))


def _shown(showing: Mapping[SnapshotKey, Version], key: SnapshotKey | None) -> Version | None:
    return showing.get(key) if key else None


def _newest(versions: Sequence[Version], live: AbstractSet[SnapshotKey]) -> SnapshotKey | None:
    """The last live snapshot of the last version."""
    return next((key for key in reversed(versions[-1].snapshots) if key in live), None) if versions else None


def _confirmed(
    document: str,
    versions: Sequence[Version],
    confirmed: Sequence[Version],
    last: Version | None,
    at: datetime,
) -> Iterator[Event]:
    if last is None:
        return
    since = [last, *(version for version in confirmed if version.number > last.number)]
    for step in _steps(versions, since):
        yield _event(EventKind.CHANGE, document, step, step.new.confirmed_at or at)


def _seen(
    document: str,
    versions: Sequence[Version],
    own: Sequence[Version],
    last: Version | None,
    key: SnapshotKey | None,
    live: AbstractSet[SnapshotKey],
) -> Iterator[Event]:
    """Every version since the last one that was seen, against the one before it, and new variants of the last."""
    if last is None or key is None:
        return
    for version in own:
        if version.number > last.number and version.origin is VersionOrigin.CHANGE:
            step = Step(versions[version.number - 2], version)
            yield _event(EventKind.SEEN, document, step, version.first_seen)
        if version.number >= last.number:
            yield from _variants(document, version, key, live)


def _variants(document: str, version: Version, key: SnapshotKey, live: AbstractSet[SnapshotKey]) -> Iterator[Event]:
    """Ways of printing the words that the version did not have before."""
    known = {version.variants[0].print} if version.variants else set()
    for before, variant in pairwise(version.variants):
        if variant.print not in known and variant.snapshot > key and variant.snapshot in live:
            event = _event(EventKind.VARIANT, document, Step(version, version), variant.first_seen)
            yield replace(
                event,
                old=before.snapshot,
                new=variant.snapshot,
                before=before.last_seen,
                first_seen=variant.first_seen,
            )
        known.add(variant.print)


def _event(kind: EventKind, document: str, step: Step, at: datetime) -> Event:
    old, new = step.old, step.new
    return Event(
        kind,
        document,
        at,
        old=old.snapshots[0],
        new=new.snapshots[0],
        state_before=old.state,
        state_after=new.state,
        before=new.before,
        first_seen=new.first_seen,
    )


GONE = "the page that showed the new words no longer counts as evidence of them"
SAME = "what was taken for other words is read as the same ones now"
DOUBTED = "the new words are not confirmed any more, by what else is known now"


def overturned(events: Iterable[Event], versions: Sequence[Version]) -> Iterator[tuple[Event, str]]:
    """The changes among the events that the history does not bear out any more, each with the reason.

    One stands while both its snapshots still show words, other ones, in that order, and the new words are still
    confirmed.  That more is known of what lay between takes nothing from it."""
    showing = {key: version for version in versions for key in version.snapshots}
    for event in events:
        if event.kind is EventKind.CHANGE and not event.superseded_by:
            reason = _reason(_shown(showing, event.old), _shown(showing, event.new))
            if reason:
                yield event, reason


def _reason(old: Version | None, new: Version | None) -> str:
    if old is None or new is None:
        return GONE
    if old.number >= new.number or old.state == new.state:
        return SAME
    return "" if new.standing is Standing.CONFIRMED else DOUBTED
