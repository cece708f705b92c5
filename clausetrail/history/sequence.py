"""Sightings in order of time -> versions, variants, confirmations and flaps.

A pure function of the sightings, sorted by their natural keys; the order of arrival does not matter.

A document of several pages is, at each moment, the last good state of each page that was ever seen.  A pass over some
of its pages shows those alone: **the whole is seen no later than the page of it that was seen longest ago.**  So a
version lasts from the pass that completed it until the least of the times at which its pages were last seen, and is
confirmed once every page has been seen for long enough after that pass, whatever page the change was in.  A page that
is fetched no more thereby keeps later versions from being confirmed, and never the other way round.  The interval of
a change begins where the pages that changed were last seen before it.  That a page was taken out of its document is
a declaration, not an observation: where pages are declared, one that is not among them is part of the whole until the
first pass after it was last seen that shows a declared one, and no change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from clausetrail.history.digests import combined
from clausetrail.model import Confirmation, RecordKind, Sighting, Standing, Variant, Version, VersionOrigin

PASS_WINDOW = timedelta(minutes=10)
"""Pages of one document that are fetched within this time of one another belong to one pass."""

ABSENCE_MARGIN = timedelta(days=1)
"""Where "no news" of one origin reaches past the next snapshot of another, it is trusted until so long before it."""


@dataclass(frozen=True, slots=True)
class Sequence:
    versions: tuple[Version, ...]
    compositions: Mapping[str, tuple[str, ...]]
    """Print of a document of several pages -> prints of its pages in order."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page said last."""

    sighting: Sighting
    seen: datetime
    """Until when it was seen to say so."""


@dataclass(frozen=True, slots=True)
class _Pass:
    """The whole document at one time: what each of its pages last said."""

    at: datetime
    until: datetime
    """Until when all of it was seen: earlier than `at` where a page was not part of the pass."""
    quiet: datetime | None
    """The same by "no news" of every page alone; None where a page was only looked at."""
    before: datetime | None
    """When those of its pages that changed were last seen before; None where none did."""
    state: str
    print: str
    sightings: tuple[Sighting, ...]
    pages: int
    """How many the document has."""
    upgrade: bool
    new_page: bool
    """Whether nothing but the number of its pages can have changed it."""


def sequence(
    sightings: Iterable[Sighting], confirmation: Confirmation | None = None, pages: tuple[str, ...] = ()
) -> Sequence:
    """Versions of one document, oldest first; junk sightings (no state) are passed over.

    `pages` are the names of the declared ones in the order of their texts; without, pages stand by their names.
    """
    compositions: dict[str, tuple[str, ...]] = {}
    good = _bounded(sorted((s for s in sightings if s.state), key=lambda s: s.key))
    runs = _ended(_runs(_passes(good, compositions, _Order(pages, _last_seen(good)))))
    versions = list(_versions(runs, confirmation or Confirmation()))
    return Sequence(_with_standing(versions), compositions)


def _bounded(sightings: list[Sighting]) -> list[Sighting]:
    """Sightings whose "no news" ends before the next sighting of the same page."""
    found = list(sightings)
    latest: dict[str, int] = {}
    for i, following in enumerate(sightings):
        last = latest.get(following.key.source)
        if last is not None:
            earlier, at = found[last], following.key.fetched_at
            if earlier.seen_until is not None and earlier.seen_until > at:
                found[last] = replace(earlier, seen_until=max(earlier.key.fetched_at, at - ABSENCE_MARGIN))
        latest[following.key.source] = i
    return found


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


@dataclass(frozen=True, slots=True)
class _Order:
    """Which pages there are, and in which order."""

    declared: tuple[str, ...]
    last_seen: Mapping[str, datetime]

    def sorted(self, names: Iterable[str]) -> list[str]:
        places = {name: place for place, name in enumerate(self.declared)}
        return sorted(names, key=lambda name: (places.get(name, len(places)), name))

    def gone(self, pages: Collection[str], group: list[Sighting]) -> set[str]:
        """Pages that are declared no more, and were seen last before this group of sightings."""
        if not any(name in self.declared for name in (*pages, *(s.key.source for s in group))):
            return set()
        at = group[0].key.fetched_at
        return {name for name in pages if name not in self.declared and self.last_seen[name] < at}


def _last_seen(sightings: Iterable[Sighting]) -> dict[str, datetime]:
    return {s.key.source: s.key.fetched_at for s in sightings}


def _passes(sightings: list[Sighting], compositions: dict[str, tuple[str, ...]], order: _Order) -> Iterator[_Pass]:
    """Where a pass brings a new page and a change of another one too, the page comes first, in a pass of its own: it
    must not hide the change.  For the same reason a page that is gone stays until a pass without a change."""
    pages: dict[str, _Page] = {}
    for group in _grouped(sightings):
        at = group[-1].key.fetched_at
        added = [s for s in group if s.key.source not in pages]
        others = [s for s in group if s.key.source in pages]
        changed = any(_differs(s, pages) for s in others)
        known, gone = bool(pages), set() if changed else order.gone(pages, group)
        for name in gone:
            del pages[name]
        if known and added and changed:
            yield _pass(added, pages, compositions, at, order, new_page=True)
            yield _pass(others, pages, compositions, at, order, new_page=False)
        else:
            yield _pass(group, pages, compositions, at, order, new_page=known and not changed and bool(added or gone))


def _differs(sighting: Sighting, pages: Mapping[str, _Page]) -> bool:
    known = pages.get(sighting.key.source)
    return known is None or known.sighting.state != sighting.state


def _pass(
    group: list[Sighting],
    pages: dict[str, _Page],
    compositions: dict[str, tuple[str, ...]],
    at: datetime,
    order: _Order,
    *,
    new_page: bool,
) -> _Pass:
    """Take a group's pages into `pages`, and the whole document as it stands then."""
    changed = [s for s in group if _differs(s, pages)]
    before = min((pages[s.key.source].seen for s in changed if s.key.source in pages), default=None)
    pages.update((s.key.source, _Page(s, max(at, s.seen_until or at))) for s in group)
    current = [pages[name] for name in order.sorted(pages)]
    prints = tuple(page.sighting.print for page in current)
    name = combined(prints)
    if len(prints) > 1:
        compositions[name] = prints
    quiet = [page.sighting.seen_until for page in current if page.sighting.seen_until is not None]
    return _Pass(
        at=at,
        until=min(page.seen for page in current),
        quiet=min(quiet) if len(quiet) == len(current) else None,
        before=before,
        state=combined(tuple(page.sighting.state for page in current)),
        print=name,
        sightings=tuple(group),
        pages=len(current),
        upgrade=any(s.record is RecordKind.UPGRADE for s in changed),
        new_page=new_page,
    )


def _runs(passes: Iterable[_Pass]) -> Iterator[list[_Pass]]:
    run: list[_Pass] = []
    for step in passes:
        if run and run[-1].state != step.state:
            yield run
            run = []
        run.append(step)
    if run:
        yield run


def _ended(runs: Iterable[list[_Pass]]) -> Iterator[list[_Pass]]:
    """Runs that end by the time that the next one begins, though "no news" of some pages may go on."""
    previous: list[_Pass] = []
    for run in runs:
        if previous:
            yield [step if step.until <= run[0].at else replace(step, until=run[0].at) for step in previous]
        previous = run
    if previous:
        yield previous


def _versions(runs: Iterable[list[_Pass]], confirmation: Confirmation) -> Iterator[Version]:
    latest: dict[str, int] = {}
    last_seen: datetime | None = None
    for number, run in enumerate(runs, 1):
        first = run[0]
        before = last_seen if first.before is None else first.before
        last_seen = max(first.at, run[-1].until)
        confirmed_at = _confirmed_at(run, confirmation)
        yield Version(
            number=number,
            state=first.state,
            origin=_origin(number, first),
            first_seen=first.at,
            last_seen=last_seen,
            before=before,
            standing=Standing.CONFIRMED if confirmed_at else Standing.PENDING,
            confirmed_at=confirmed_at,
            reverts_to=latest.get(first.state),
            snapshots=tuple(s.key for step in run for s in step.sightings),
            variants=tuple(_variants(run)),
        )
        latest[first.state] = number


def _origin(number: int, first: _Pass) -> VersionOrigin:
    if number == 1:
        return VersionOrigin.FIRST
    if first.new_page:
        return VersionOrigin.TECHNICAL
    return VersionOrigin.UNATTRIBUTED if first.upgrade else VersionOrigin.CHANGE


def _confirmed_at(run: list[_Pass], confirmation: Confirmation) -> datetime | None:
    """The first moment by which the words of all pages had been shown again for long enough, or often enough."""
    due = run[0].at + confirmation.after
    if confirmation.observations is None:
        return next((max(due, step.at) for step in run if step.until >= due), None)
    looks: Counter[str] = Counter()
    for i, step in enumerate(run):
        if i:
            looks.update(s.key.source for s in step.sightings)
        if len(looks) == step.pages and min(looks.values()) >= confirmation.observations:
            return step.at
        if step.quiet is not None and min(step.quiet, step.until) >= due:
            return max(due, step.at)
    return None


def _variants(run: list[_Pass]) -> Iterator[Variant]:
    current: Variant | None = None
    for step in run:
        if current is not None and current.print == step.print:
            current = replace(current, last_seen=max(current.last_seen, step.at, step.until))
            continue
        if current is not None:
            yield current
        current = Variant(step.at, max(step.at, step.until), step.sightings[0].key, step.print)
    if current is not None:
        yield current


def _with_standing(versions: list[Version]) -> tuple[Version, ...]:
    """Flaps: unconfirmed versions after which the words went back to where they were before.

    `open_` holds the version that stands (the last confirmed one, or the first of all) and the unconfirmed states
    since, each with all its versions.
    """
    standing = {v.number: v.standing for v in versions}
    confirmed = {v.number: v.confirmed_at for v in versions}
    open_: list[list[Version]] = []
    for version in versions:
        back = next((i for i, earlier in enumerate(open_) if earlier[0].state == version.state), None)
        if back is None:
            open_.append([version])
        else:
            standing.update((flap.number, Standing.FLAP) for flap in chain(*open_[back + 1 :]))
            del open_[back + 1 :]
            if back == 0 and standing[open_[0][0].number] is Standing.CONFIRMED:
                standing[version.number] = Standing.CONFIRMED
                confirmed[version.number] = version.first_seen
            open_[back].append(version)
        if standing[version.number] is Standing.CONFIRMED:
            _supersede(standing, chain(*open_))
            open_ = [[version]]
    _supersede(standing, versions[:-1])
    return tuple(replace(v, standing=standing[v.number], confirmed_at=confirmed[v.number]) for v in versions)


def _supersede(standing: dict[int, Standing], versions: Iterable[Version]) -> None:
    standing.update((v.number, Standing.SUPERSEDED) for v in versions if standing[v.number] is Standing.PENDING)
