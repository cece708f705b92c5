"""Pages that are no policy beside what their page said before: which sightings history sets aside, and why.

What a page says is weighed in order of time against its last good state.  A pure function of the sightings: those
that come later may show that a doubtful state was none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clausetrail.model import Sighting, SnapshotKey, VerdictReason

PROVISIONAL = {
    VerdictReason.COLLAPSE.value: timedelta(days=7),
    VerdictReason.OTHER_LANGUAGE.value: timedelta(days=30),
}
"""What is set aside for the time being: standing for so long with nothing good between, it becomes a version, dated
when it was first seen.  A page in another language comes from where the reader was; one that stays is the policy."""

_DOUBTED = timedelta(days=7)
"""The same for whatever is said against a page in the name of a first state that is not established."""

ESTABLISHED = timedelta(hours=48)
"""The first state of all proves nothing about the next one before it was seen for so long."""

_REMEMBERED = 2
"""Good states with any of which the next may go on: a wrong page that was taken for good hides no right one."""

Against = Callable[[str, str], str]
"""Prints of a good page and of a later one -> why the later one is no policy; empty: it is one."""


@dataclass(frozen=True, slots=True)
class Weighed:
    good: tuple[Sighting, ...]
    aside: Mapping[SnapshotKey, str]
    """The others, each with the reason."""


def weigh(sightings: Iterable[Sighting], against: Against, ruled: Collection[SnapshotKey] = ()) -> Weighed:
    """Sightings of all pages of a document, junk by itself left out, in any order.  Those that a person has `ruled` a
    policy are good whatever is said against them."""
    pages: dict[str, list[Sighting]] = {}
    for sighting in sorted(sightings, key=lambda s: s.key):
        pages.setdefault(sighting.key.source, []).append(sighting)
    good: list[Sighting] = []
    aside: dict[SnapshotKey, str] = {}
    for page in pages.values():
        weighing = _Page(page, against, frozenset(ruled))
        good += weighing.good()
        aside |= weighing.aside
    return Weighed(tuple(sorted(good, key=lambda s: s.key)), aside)


class _Page:
    """One page's sightings, in order."""

    def __init__(self, sightings: Sequence[Sighting], against: Against, ruled: frozenset[SnapshotKey]) -> None:
        self.sightings = sightings
        self.ruled = ruled
        self.aside: dict[SnapshotKey, str] = {}
        self._against = against
        self._last: list[Sighting] = []
        """Last sightings of the last good states, newest first."""
        self._states: set[str] = set()
        self._first_seen: datetime | None = None

    def good(self) -> list[Sighting]:
        found = []
        for i, sighting in enumerate(self.sightings):
            reason = self._reason(i)
            if reason:
                self.aside[sighting.key] = reason
            else:
                found.append(sighting)
                self._accept(sighting)
        return found

    def _accept(self, sighting: Sighting) -> None:
        self._first_seen = self._first_seen or sighting.key.fetched_at
        self._states.add(sighting.state)
        others = [s for s in self._last if s.state != sighting.state]
        self._last = [sighting, *others][:_REMEMBERED]

    def _reason(self, i: int) -> str:
        reason = self._said_against(self.sightings[i])
        if not reason:
            return ""
        enough = PROVISIONAL.get(reason) if self._established() else _DOUBTED
        return "" if enough is not None and self._stands(i, enough) else reason

    def _said_against(self, sighting: Sighting) -> str:
        """What every good state remembered says against it; in the words of the last one."""
        if not self._last or sighting.state in self._states or sighting.key in self.ruled:
            return ""
        said = self._against(self._last[0].print, sighting.print)
        if said and all(self._against(last.print, sighting.print) for last in self._last[1:]):
            return said
        return ""

    def _established(self) -> bool:
        """Whether the last good state is more than the first thing that was ever seen, and that but briefly."""
        assert self._first_seen is not None  # noqa: S101 - nothing is said against a page before
        return len(self._states) > 1 or _until(self._last[0]) - self._first_seen >= ESTABLISHED

    def _stands(self, i: int, enough: timedelta) -> bool:
        """Whether the page went on like this for so long, with nothing good between."""
        since = self.sightings[i].key.fetched_at
        for sighting in self.sightings[i:]:
            if not self._said_against(sighting):
                return False
            if _until(sighting) - since >= enough:
                return True
        return False


def _until(sighting: Sighting) -> datetime:
    return max(sighting.key.fetched_at, sighting.seen_until or sighting.key.fetched_at)
