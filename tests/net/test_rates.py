"""Politeness: nobody is asked too often, and what a host asked for outlives a restart."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.errors import NetError
from clausetrail.net import HostState, Pace, Rates, http_date, retry_after
from tests.net.site import START, FakeClock

PACE = Pace(delay=2, jitter=0.25, first_backoff=8)


def rates(clock: FakeClock, *, chance: float = 0.0, state: tuple[HostState, ...] = (), pace: Pace = PACE) -> Rates:
    return Rates(pace, clock=clock, chance=lambda: chance, state=state)


def visit(rates: Rates, host: str = "a.example", patience: float = 1e6) -> None:
    with rates.turn(host, patience):
        pass


def test_a_host_is_asked_after_its_delay_and_others_at_once() -> None:
    clock = FakeClock()
    one = rates(clock)
    visit(one)
    visit(one, "b.example")
    assert clock.slept == []
    visit(one)
    visit(one)
    assert clock.slept == [2, 2]


def test_the_delay_begins_when_the_answer_has_come() -> None:
    clock = FakeClock()
    one = rates(clock)
    with one.turn("a.example", 10):
        clock.time += 60
    visit(one)
    assert clock.slept == [2]


def test_chance_adds_to_the_delay_and_takes_from_the_backoff() -> None:
    clock = FakeClock()
    one = rates(clock, chance=1.0)
    visit(one)
    visit(one)
    assert clock.slept == [2.5]
    one.failed("a.example")
    visit(one)
    assert clock.slept[1:] == [8.0]
    two = rates(clock, chance=0.0)
    two.failed("a.example")
    visit(two)
    assert clock.slept[2:] == [4.0]


def test_the_backoff_doubles_with_each_failure_in_a_row_up_to_an_end() -> None:
    clock = FakeClock()
    one = rates(clock, chance=1.0)
    for _ in range(12):
        one.failed("a.example")
        visit(one)
    assert clock.slept == [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600, 3600]
    one.answered("a.example")
    one.failed("a.example")
    visit(one)
    assert clock.slept[-1] == 8


def test_what_a_host_asks_for_goes_before_and_has_an_end() -> None:
    clock = FakeClock()
    one = rates(clock)
    one.failed("a.example", 77)
    visit(one)
    one.failed("a.example", 1e12)
    visit(one)
    assert clock.slept == [77, 86_400]


def test_who_has_no_patience_does_not_wait() -> None:
    clock = FakeClock()
    one = rates(clock)
    one.failed("a.example", 600)
    with pytest.raises(NetError, match="left alone until 2026-01-10 12:10 UTC") as caught:
        visit(one, patience=599)
    assert (caught.value.cause, caught.value.transient, clock.slept) == ("wait", True, [])
    assert one.ready_at("a.example") == START + timedelta(minutes=10)
    assert one.ready_at("b.example") == START


def test_a_failing_page_is_put_off_and_the_host_keeps_its_name() -> None:
    clock = FakeClock()
    one = rates(clock, chance=1.0)
    one.put_off("a.example", 1)
    assert one.state()[0].failures == 0
    visit(one)
    assert clock.slept == [16]


def test_a_crawl_delay_is_honoured_within_reason() -> None:
    clock = FakeClock()
    one = rates(clock)
    for asked in (30.0, 0.5, 9_999.0, None):
        one.asks_for("a.example", asked)
        clock.time += 10_000
        visit(one)
        visit(one)
    assert clock.slept == [30, 2, 120, 2]


def test_a_restart_forgets_nothing() -> None:
    clock = FakeClock()
    before = rates(clock, chance=1.0)
    before.failed("a.example", 50)
    before.failed("b.example")
    before.asks_for("c.example", 20)
    visit(before, "c.example")
    kept = before.state()
    assert [state.host for state in kept] == ["a.example", "b.example", "c.example"]
    after = rates(clock, chance=1.0, state=kept)
    assert after.state() == kept
    visit(after, "c.example")
    visit(after)
    after.failed("b.example")
    assert after.ready_at("b.example") == clock.now() + timedelta(seconds=16)
    assert clock.slept == [25, 25]


def test_hosts_that_nothing_is_known_of_are_not_kept() -> None:
    clock = FakeClock()
    one = rates(clock)
    visit(one)
    clock.time += 3
    assert one.state() == ()


def test_a_clock_that_was_set_back_silences_nobody() -> None:
    clock = FakeClock()
    state = HostState("a.example", START + timedelta(days=400))
    visit(rates(clock, state=(state,)), patience=1)
    assert clock.slept == []


def test_an_interrupted_wait_gives_the_turn_back() -> None:
    class StoppedError(Exception):
        pass

    class Stopping(FakeClock):
        def sleep(self, seconds: float) -> None:
            raise StoppedError

    clock = Stopping()
    one = rates(clock)
    visit(one)
    with pytest.raises(StoppedError):
        visit(one)
    clock.time += 100
    visit(one)


@pytest.mark.parametrize("together", [1, 3])
def test_no_more_at_once_than_allowed(together: int) -> None:
    """Ten threads, all let loose at once, each looks how many are inside with it."""
    one = Rates(Pace(delay=0, together=together), clock=FakeClock(), chance=lambda: 0.0)
    inside, most, lock, start = 0, 0, threading.Lock(), threading.Barrier(10)

    def go() -> None:
        nonlocal inside, most
        start.wait(10)
        for _ in range(20):
            with one.turn("a.example", 10):
                with lock:
                    inside += 1
                    most = max(most, inside)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=go) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert 1 <= most <= together


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 20), st.integers(0, 2)), max_size=30), st.floats(0, 1))
def test_two_requests_are_never_closer_than_the_delay(visits: list[tuple[str, float, int]], chance: float) -> None:
    clock = FakeClock()
    one = rates(clock, chance=chance)
    ended: dict[str, float] = {}
    for host, later, failures in visits:
        clock.time += later
        with one.turn(host, 1e9):
            assert clock.time >= ended.get(host, -9.0) + 2 - 1e-5
            ended[host] = clock.time
        for _ in range(failures):
            one.failed(host)


NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "date", "expected"),
    [
        ("120", "", 120),
        (" 0 ", "", 0),
        ("Sat, 10 Jan 2026 12:02:00 GMT", "", 120),
        ("Sat, 10 Jan 2026 12:02:00 GMT", "Sat, 10 Jan 2026 12:01:00 GMT", 60),
        ("Saturday, 10-Jan-26 12:02:00 GMT", "", 120),
        ("Sat Jan 10 12:02:00 2026", "", 120),
        ("Sat, 10 Jan 2026 11:00:00 GMT", "", 0),
        ("Sat, 10 Jan 2026 12:02:00 GMT", "never", 120),
        ("soon", "", None),
        ("", "", None),
        ("-5", "", None),
        ("１２", "", None),
        ("9" * 400, "", 999_999_999_999),
        ("Sat, 99 Jan 2026 12:02:00 GMT", "", None),
    ],
)
def test_retry_after(said: str, date: str, expected: float | None) -> None:
    headers = tuple((name, value) for name, value in (("Retry-After", said), ("Date", date)) if value)
    assert retry_after(headers, NOW) == expected


@settings(deadline=None)
@given(st.text(max_size=40))
def test_a_date_is_one_or_none(text: str) -> None:
    found = http_date(text)
    assert found is None or found.tzinfo is UTC
