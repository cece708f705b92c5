"""The small pictures show what happened, and stay within their frames."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from clausetrail.model import Announced, Glance, LogEntry, Month, Significance, Standing, VersionOrigin, Withdrawal
from clausetrail.model import Version as Made
from clausetrail.web.timeline import HEIGHT, WIDTH, sparks, timeline


def glance(slug: str, *months: Month) -> Glance:
    return Glance(slug, "P", "T", 2, 3, None, None, None, months=months)


def test_all_documents_share_an_axis_that_ends_with_the_last_change() -> None:
    old, new = Month(date(2024, 1, 1), 1, 0, 0), Month(date(2024, 12, 1), 9, 3, 1)
    found = sparks([glance("a/a", old), glance("b/b", old, new), glance("c/c")])
    (first,), (also, last) = found["a/a"].bars, found["b/b"].bars
    assert first == also
    assert last.x + 4 == found["b/b"].width == found["a/a"].width
    assert last.height == HEIGHT > first.height > 0 == first.heavy
    assert 0 < last.heavy < last.height
    assert found["b/b"].told == "10 new versions from 2024-01 to 2024-12, 3 of them substantive"
    assert found["c/c"].told == "no change yet"


def entry(number: int, day: str, last: str, **values: object) -> LogEntry:
    first, until = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (day, last))
    origin = values.pop("origin", VersionOrigin.CHANGE if number > 1 else VersionOrigin.FIRST)
    significance = values.pop("significance", Significance.SUBSTANTIVE if number > 1 else None)
    known = {"before": None, "standing": Standing.CONFIRMED, "confirmed_at": None, "reverts_to": None} | values
    seen = {"first_seen": first, "last_seen": until, "snapshots": (), "variants": ()}
    version = Made(number=number, state="", origin=origin, **seen, **known)  # type: ignore[arg-type]
    return LogEntry(version, Announced(flap=number in (2, 3)), (), significance)  # type: ignore[arg-type]


def test_marks_tell_what_kind_of_version_each_is() -> None:
    found = timeline(
        [
            entry(1, "2023-12-01", "2024-01-31"),
            entry(2, "2024-02-01", "2024-02-01", standing=Standing.FLAP),
            entry(3, "2024-02-02", "2024-03-01", reverts_to=1),
            entry(4, "2024-03-20", "2024-05-01"),
            entry(5, "2024-05-02", "2024-06-01", significance=Significance.EDITORIAL),
            entry(6, "2024-06-02", "2024-07-01", origin=VersionOrigin.TECHNICAL),
        ],
        [Withdrawal(datetime(2024, 3, 2, tzinfo=UTC), datetime(2024, 3, 20, tzinfo=UTC))],
    )
    assert found
    shapes = {mark.number: mark.shape for mark in found.marks}
    assert shapes == {1: "first", 2: "flap", 3: "flap", 4: "heavy", 5: "light", 6: "technical"}
    assert found.marks[-1].number == 4, "what matters most is drawn last"
    assert {mark.number for mark in found.marks if mark.silent} == {4, 5}
    assert len(found.unseen) == 1
    assert [year for _, year in found.ticks] == ["2024"]
    for span in (*found.seen, *found.unseen, *found.away):
        assert 0 <= span.x <= span.x + span.width <= WIDTH


@pytest.mark.parametrize("days", [1, 40_000])
def test_a_history_of_any_length_fits(days: int) -> None:
    start = datetime(1995, 1, 1, tzinfo=UTC)
    last = datetime.fromtimestamp(start.timestamp() + days * 86400, UTC)
    found = timeline([entry(1, f"{start:%Y-%m-%d}", f"{last:%Y-%m-%d}")], [])
    assert found
    assert len(found.ticks) <= 12
    assert timeline([], []) is None
