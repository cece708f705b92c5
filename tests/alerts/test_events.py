"""What raises an event, on made-up timelines, and what never does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.history import overturned, raised, sequence, steps
from clausetrail.model import Event, EventKind, Heard, RecordKind, Sighting, SnapshotKey, Standing, Version
from tests.conftest import blocks

CASES = blocks(Path(__file__).parent / "cases" / "events.txt")
HOUR = timedelta(hours=1)
START = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass
class Trail:
    """A document that is looked at, imported to, and read anew."""

    sightings: list[Sighting] = field(default_factory=list)
    live: set[SnapshotKey] = field(default_factory=set)
    heard: Heard = field(default_factory=Heard)
    events: list[Event] = field(default_factory=list)

    @property
    def versions(self) -> tuple[Version, ...]:
        return sequence(self.sightings).versions

    def see(self, at: datetime, what: str, *, live: bool = True, page: str = "main") -> None:
        state, _, variant = what.partition("/")
        key = SnapshotKey(at, page, hashlib.sha256(f"{at}{what}{live}".encode()).hexdigest())
        self.sightings.append(Sighting(key, RecordKind.OBSERVED, state, variant or state))
        if live:
            self.live.add(key)
        self.correct()
        if live:
            found = raised("lampion/rules", self.versions, self.live, self.heard, at)
            self.heard = found.heard
            self.events += [replace(event, id=str(len(self.events) + n)) for n, event in enumerate(found.events)]

    def reread(self, old: str, new: str) -> None:
        """A rebuild or a ruling: what was read as `old` is read as `new` (empty: as no policy)."""
        self.sightings = [replace(s, state=new, print=new) if s.state == old else s for s in self.sightings]
        self.correct()

    def correct(self) -> None:
        for event, reason in list(overturned(self.events, self.versions)):
            self.events[self.events.index(event)] = replace(event, superseded_by="one")
            self.events.append(replace(event, kind=EventKind.CORRECTION, note=reason))


def told(event: Event) -> str:
    what = f"{event.kind.value} {event.state_before}>{event.state_after}"
    return f"{what}: {event.note}" if event.kind is EventKind.CORRECTION else f"{what} @{event.at:%m-%d}"


@pytest.mark.parametrize(("name", "given_", "expected"), CASES, ids=[case[0] for case in CASES])
def test_timelines(name: str, given_: str, expected: str) -> None:
    trail = Trail()
    for line in given_.splitlines():
        what, *rest = line.split()
        if what in ("live", "brought"):
            trail.see(datetime.fromisoformat(f"2024-{rest[0]}").replace(tzinfo=UTC), rest[1], live=what == "live")
        else:
            trail.reread(rest[0], rest[1] if what == "reread" else "")
    assert ([told(event) for event in trail.events] or ["nothing"]) == expected.splitlines()


TIMELINES = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 60)), min_size=1, max_size=16)


def looks(timeline: Iterable[tuple[str, int]]) -> list[tuple[datetime, str]]:
    found, at = [], START
    for state, hours in timeline:
        found.append((at, state))
        at += hours * HOUR
    return found


def changes(trail: Trail) -> list[Event]:
    return [event for event in trail.events if event.kind is EventKind.CHANGE]


@settings(deadline=None, max_examples=200)
@given(TIMELINES)
def test_looking_live_tells_the_confirmed_changes_of_the_whole_history(timeline: list[tuple[str, int]]) -> None:
    trail = Trail()
    for at, state in looks(timeline):
        trail.see(at, state)
    expected = [(step.old.state, step.new.snapshots[0]) for step in steps(trail.versions)]
    assert [(event.state_before, event.new) for event in changes(trail)] == expected


@settings(deadline=None, max_examples=200)
@given(TIMELINES.flatmap(lambda t: st.tuples(st.just(t), st.permutations(range(len(t))))))
def test_no_event_is_raised_twice_in_whatever_order_snapshots_arrive(
    case: tuple[list[tuple[str, int]], list[int]],
) -> None:
    timeline, order = case
    found, trail = looks(timeline), Trail()
    for index in order:
        trail.see(*found[index])
    live = [event for event in changes(trail) if not event.superseded_by]
    assert len({(event.state_before, event.state_after, event.new) for event in live}) == len(live)
    assert all(event.state_before != event.state_after for event in live)


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 12), st.integers(1, 47))
def test_a_flap_raises_nothing(legs: int, hours: int) -> None:
    trail, at = Trail(), START
    trail.see(at, "A")
    trail.see(at := at + 72 * HOUR, "A")
    for _ in range(legs):
        trail.see(at := at + HOUR, "B")
        trail.see(at := at + hours * HOUR, "A")
    trail.see(at + 72 * HOUR, "A")
    assert changes(trail) == []
    assert sum(version.standing is Standing.FLAP for version in trail.versions) == legs


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(("one", "two")), st.integers(0, 40)), max_size=24))
def test_documents_of_several_pages(timeline: list[tuple[str, str, int]]) -> None:
    """A page that is new is no change of the publisher's; every change that is confirmed of the whole is told once."""
    trail, at = Trail(), START
    for state, page, hours in timeline:
        trail.see(at := at + hours * HOUR + timedelta(minutes=11), state, page=page)
    versions = trail.versions
    expected = [(step.old.state, step.new.snapshots[0]) for step in steps(versions)]
    assert [(event.state_before, event.new) for event in changes(trail)] == expected
