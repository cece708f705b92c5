"""Sightings in order of time -> versions, variants, confirmations and flaps.

A pure function of the sightings, sorted by their natural keys; the order of arrival does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from clausetrail.history.digests import combined
from clausetrail.model import RecordKind, Sighting, Standing, Variant, Version, VersionOrigin

PASS_WINDOW = timedelta(minutes=10)
"""Pages of one document that are fetched within this time of one another belong to one pass."""

ABSENCE_MARGIN = timedelta(days=1)
"""Where "no news" of one origin reaches past the next snapshot of another, it is trusted until so long before it."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """When a version counts as confirmed: shown again `after` its first sight, or by so many later `observations`
    where that number is given."""

    after: timedelta = timedelta(hours=48)
    observations: int | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    versions: tuple[Version, ...]
    compositions: Mapping[str, tuple[str, ...]]
    """Print of a document of several pages -> prints of its pages in order."""


@dataclass(frozen=True, slots=True)
class _Pass:
    """The whole document at one time: what each of its pages last said."""

    at: datetime
    until: datetime
    state: str
    print: str
    sightings: tuple[Sighting, ...]
    upgrade: bool
    new_page: bool


def sequence(sightings: Iterable[Sighting], confirmation: Confirmation | None = None) -> Sequence:
    """Versions of one document, oldest first; junk sightings (no state) are passed over."""
    compositions: dict[str, tuple[str, ...]] = {}
    good = sorted((s for s in sightings if s.state), key=lambda s: s.key)
    runs = _runs(_bounded(_passes(good, compositions)))
    versions = list(_versions(runs, confirmation or Confirmation()))
    return Sequence(_with_standing(versions), compositions)


def _grouped(sightings: list[Sighting]) -> Iterator[list[Sighting]]:
    group: list[Sighting] = []
    for sighting in sightings:
        apart = group and (
            sighting.key.fetched_at - group[0].key.fetched_at > PASS_WINDOW
            or any(s.key.source == sighting.key.source for s in group)
        )
        if apart:
            yield group
            group = []
        group.append(sighting)
    if group:
        yield group


def _passes(sightings: list[Sighting], compositions: dict[str, tuple[str, ...]]) -> Iterator[_Pass]:
    """Where a pass brings a new page and a change of another one too, the page comes first, in a pass of its own: it
    must not hide the change."""
    pages: dict[str, Sighting] = {}
    for group in _grouped(sightings):
        added = [s for s in group if s.key.source not in pages]
        others = [s for s in group if s.key.source in pages]
        changed = any(pages[s.key.source].state != s.state for s in others)
        if pages and added and changed:
            yield _pass(added, pages, compositions, group[-1].key.fetched_at, new_page=True)
            yield _pass(others, pages, compositions, group[-1].key.fetched_at, new_page=False)
        else:
            yield _pass(group, pages, compositions, group[-1].key.fetched_at, new_page=bool(pages and added))


def _pass(
    group: list[Sighting],
    pages: dict[str, Sighting],
    compositions: dict[str, tuple[str, ...]],
    at: datetime,
    *,
    new_page: bool,
) -> _Pass:
    """Take a group's pages into `pages`, and the whole document as it stands then."""
    changed = [s for s in group if s.key.source not in pages or pages[s.key.source].state != s.state]
    pages.update((s.key.source, s) for s in group)
    current = [pages[name] for name in sorted(pages)]
    prints = tuple(s.print for s in current)
    name = combined(prints)
    if len(prints) > 1:
        compositions[name] = prints
    return _Pass(
        at=at,
        until=max(at, min(s.seen_until or s.key.fetched_at for s in current)),
        state=combined(tuple(s.state for s in current)),
        print=name,
        sightings=tuple(group),
        upgrade=any(s.record is RecordKind.UPGRADE for s in changed),
        new_page=new_page,
    )


def _bounded(passes: Iterable[_Pass]) -> Iterator[_Pass]:
    """Passes whose "no news" ends before the next pass begins."""
    current: _Pass | None = None
    for following in passes:
        if current is not None and current.until > following.at:
            current = replace(current, until=max(current.at, following.at - ABSENCE_MARGIN))
        if current is not None:
            yield current
        current = following
    if current is not None:
        yield current


def _runs(passes: Iterable[_Pass]) -> Iterator[list[_Pass]]:
    run: list[_Pass] = []
    for step in passes:
        if run and run[-1].state != step.state:
            yield run
            run = []
        run.append(step)
    if run:
        yield run


def _versions(runs: Iterable[list[_Pass]], confirmation: Confirmation) -> Iterator[Version]:
    latest: dict[str, int] = {}
    before: datetime | None = None
    for number, run in enumerate(runs, 1):
        last_seen = max(step.until for step in run)
        confirmed_at = _confirmed_at(run, confirmation)
        yield Version(
            number=number,
            state=run[0].state,
            origin=_origin(number, run[0]),
            first_seen=run[0].at,
            last_seen=last_seen,
            before=None if before is None else min(before, run[0].at),
            standing=Standing.CONFIRMED if confirmed_at else Standing.PENDING,
            confirmed_at=confirmed_at,
            reverts_to=latest.get(run[0].state),
            snapshots=tuple(s.key for step in run for s in step.sightings),
            variants=tuple(_variants(run)),
        )
        latest[run[0].state] = number
        before = last_seen


def _origin(number: int, first: _Pass) -> VersionOrigin:
    if number == 1:
        return VersionOrigin.FIRST
    if first.new_page:
        return VersionOrigin.TECHNICAL
    return VersionOrigin.UNATTRIBUTED if first.upgrade else VersionOrigin.CHANGE


def _confirmed_at(run: list[_Pass], confirmation: Confirmation) -> datetime | None:
    """The first moment by which an observation had shown the words again for long enough."""
    if confirmation.observations is not None:
        later = [step.at for step in run[1:]]
        return later[confirmation.observations - 1] if len(later) >= confirmation.observations else None
    due = run[0].at + confirmation.after
    return next((max(due, step.at) for step in run if step.until >= due), None)


def _variants(run: list[_Pass]) -> Iterator[Variant]:
    current: Variant | None = None
    for step in run:
        if current is not None and current.print == step.print:
            current = replace(current, last_seen=max(current.last_seen, step.until))
            continue
        if current is not None:
            yield current
        current = Variant(step.at, step.until, step.sightings[0].key, step.print)
    if current is not None:
        yield current


def _with_standing(versions: list[Version]) -> tuple[Version, ...]:
    """Flaps: unconfirmed versions after which the words went back to where they were before.

    `open_` holds the version that stands (the last confirmed one, or the first of all) and the unconfirmed ones since.
    """
    standing = {v.number: v.standing for v in versions}
    confirmed = {v.number: v.confirmed_at for v in versions}
    open_: list[Version] = []
    for version in versions:
        back = next((i for i, earlier in enumerate(open_) if earlier.state == version.state), None)
        if back is not None:
            standing.update((flap.number, Standing.FLAP) for flap in open_[back + 1 :])
            del open_[back + 1 :]
            if back == 0 and standing[open_[0].number] is Standing.CONFIRMED:
                standing[version.number] = Standing.CONFIRMED
                confirmed[version.number] = version.first_seen
        if standing[version.number] is Standing.CONFIRMED:
            _supersede(standing, open_)
            open_ = [version]
        elif back is None or not open_:
            open_.append(version)
        else:
            open_[back] = version
    _supersede(standing, [v for v in versions[:-1] if standing[v.number] is Standing.PENDING])
    return tuple(replace(v, standing=standing[v.number], confirmed_at=confirmed[v.number]) for v in versions)


def _supersede(standing: dict[int, Standing], versions: list[Version]) -> None:
    standing.update((v.number, Standing.SUPERSEDED) for v in versions if standing[v.number] is Standing.PENDING)
