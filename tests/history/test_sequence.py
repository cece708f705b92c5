"""Versions, confirmations and flaps, on made-up timelines."""

from __future__ import annotations

import hashlib
import random
import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausetrail.history import combined, sequence
from clausetrail.model import Confirmation, RecordKind, Sighting, SnapshotKey, Standing, Version
from tests.conftest import blocks

CASES = blocks(Path(__file__).parent / "cases" / "sequence.txt")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text if ":" in text or "T" not in text else f"{text}:00").replace(tzinfo=UTC)


def sighting(line: str) -> Sighting:
    """`see TIME STATE[/PRINT] [on SOURCE] [until TIME] [upgrade]`; `-` is junk."""
    _, at, what, *rest = line.split()
    state, _, variant = what.partition("/")
    option = {rest[i]: rest[i + 1] for i in range(len(rest) - 1) if rest[i] in ("on", "until")}
    sha = hashlib.sha256(line.encode()).hexdigest()
    return Sighting(
        key=SnapshotKey(moment(at), option.get("on", "main"), sha),
        record=RecordKind.UPGRADE if "upgrade" in rest else RecordKind.OBSERVED,
        state="" if state == "-" else state,
        print=variant or state,
        seen_until=moment(option["until"]) if "until" in option else None,
    )


def short(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M").removesuffix(":00")


def told(version: Version, names: dict[str, str]) -> str:
    confirmed = f"@{short(version.confirmed_at)}" if version.confirmed_at else ""
    parts = [
        str(version.number),
        names.get(version.state, version.state),
        version.origin.value,
        f"{version.standing.value}{confirmed}",
        f"{short(version.first_seen)}..{short(version.last_seen)}",
    ]
    if version.before:
        parts.append(f"before {short(version.before)}")
    if version.reverts_to:
        parts.append(f"reverts {version.reverts_to}")
    if len(version.variants) > 1:
        parts.append("variants " + ", ".join(v.print for v in version.variants[1:]))
    return " ".join(parts)


@pytest.mark.parametrize(("name", "given_", "expected"), CASES, ids=[c[0] for c in CASES])
def test_case(name: str, given_: str, expected: str) -> None:
    sightings = [sighting(line) for line in given_.splitlines()]
    random.Random(7).shuffle(sightings)
    names = {combined((a, b)): f"{a}+{b}" for a in "ABCD" for b in "ABCD"}
    number = re.search(r"\(confirm (\d)\)", name)
    confirmation = Confirmation(observations=int(number.group(1))) if number else None
    versions = sequence(sightings, confirmation).versions
    assert "\n".join(told(v, names) for v in versions) == expected


def test_confirmation_by_number_of_observations() -> None:
    lines = ["see 2024-01-01T00 A", "see 2024-01-01T01 A", "see 2024-01-01T02 A", "see 2024-01-01T03 B"]
    versions = sequence(map(sighting, lines), Confirmation(observations=2)).versions
    assert [v.standing for v in versions] == [Standing.CONFIRMED, Standing.PENDING]
    assert versions[0].confirmed_at == moment("2024-01-01T02")


looks = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from("ABC-"), st.sampled_from(["", "x"])), max_size=30, unique=True
)


@given(looks, st.randoms())
def test_order_of_arrival_does_not_matter(seen: list[tuple[int, str, str]], random_: random.Random) -> None:
    sightings = [
        sighting(f"see 2024-01-{1 + hour // 24:02}T{hour % 24:02} {state}/{state}{print_}")
        for hour, state, print_ in seen
    ]
    shuffled = list(sightings)
    random_.shuffle(shuffled)
    assert sequence(sightings) == sequence(shuffled)


@given(looks)
def test_what_holds_of_every_sequence(seen: list[tuple[int, str, str]]) -> None:
    sightings = [
        sighting(f"see 2024-01-{1 + hour // 24:02}T{hour % 24:02} {state}/{state}{print_}")
        for hour, state, print_ in seen
    ]
    versions = sequence(sightings).versions
    assert [v.number for v in versions] == list(range(1, len(versions) + 1))
    for earlier, later in pairwise(versions):
        assert earlier.state != later.state
        assert later.before is not None
        assert earlier.last_seen <= later.first_seen
        assert later.before <= later.first_seen
    assert all(v.standing is not Standing.PENDING for v in versions[:-1])
    for version in versions:
        assert version.first_seen <= version.last_seen
        assert (version.confirmed_at is not None) == (version.standing is Standing.CONFIRMED)
        if version.reverts_to:
            assert versions[version.reverts_to - 1].state == version.state
    assert [key for v in versions for key in v.snapshots] == sorted(s.key for s in sightings if s.state)
