"""When a page is looked at again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clausetrail.scraper.schedule import FIRST_AGAIN, JITTER, LATE, next_look, overdue

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
intervals = st.timedeltas(timedelta(minutes=1), timedelta(days=30))
chances = st.floats(0, 1)


@given(intervals, chances)
def test_a_good_page_is_looked_at_after_its_interval_or_a_little_sooner(interval: timedelta, chance: float) -> None:
    found = next_look(AT, interval, chance=chance)
    assert AT + interval * (1 - JITTER) <= found <= AT + interval


@given(intervals, st.integers(1, 400), chances)
def test_what_may_pass_is_tried_sooner_and_never_later(interval: timedelta, failures: int, chance: float) -> None:
    found = next_look(AT, interval, failures=failures, transient=True, chance=chance)
    again = next_look(AT, interval, failures=failures + 1, transient=True, chance=chance)
    assert AT < found <= again <= AT + interval


def test_tries_grow_rarer_until_the_interval() -> None:
    waits = [next_look(AT, timedelta(days=1), failures=n, transient=True) - AT for n in (1, 2, 3, 4, 5, 50)]
    assert waits == [FIRST_AGAIN, 4 * FIRST_AGAIN, 16 * FIRST_AGAIN, 64 * FIRST_AGAIN, *[timedelta(days=1)] * 2]


@given(intervals, st.timedeltas(timedelta(), timedelta(days=60)), chances)
def test_never_before_the_host_says_so(interval: timedelta, wait: timedelta, chance: float) -> None:
    assert next_look(AT, interval, not_before=AT + wait, chance=chance) >= AT + wait


def test_a_look_is_missed_an_hour_or_a_tenth_of_its_interval_late() -> None:
    assert not overdue(AT, timedelta(minutes=5), AT + LATE)
    assert overdue(AT, timedelta(minutes=5), AT + LATE + timedelta(seconds=1))
    assert not overdue(AT, timedelta(days=7), AT + timedelta(hours=16))
    assert overdue(AT, timedelta(days=7), AT + timedelta(hours=17))
