"""When messages are sent, by the clock on the subscriber's wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.alerts.schedule import DIGEST_HOUR, due, hours_of, zone_of
from clausetrail.errors import UsageError
from clausetrail.model import Cadence
from clausetrail.net import SystemClock
from tests.conftest import table

CASES = table(Path(__file__).parent / "cases" / "schedule.txt")
ZONES = ["UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]


@pytest.mark.parametrize(("known", "cadence", "zone", "quiet", "sent"), CASES)
def test_cases(known: str, cadence: str, zone: str, quiet: str, sent: str) -> None:
    with time_machine.travel(datetime.fromisoformat(known).replace(tzinfo=UTC), tick=False):
        found = due(SystemClock().now(), Cadence(cadence), zone, quiet)
    assert found == datetime.fromisoformat(sent).replace(tzinfo=UTC)


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))


@settings(deadline=None, max_examples=300)
@given(MOMENTS, st.sampled_from(ZONES), st.sampled_from(list(Cadence)), st.sampled_from(["", "22-7", "0-6", "9-17"]))
def test_never_before_now_never_in_quiet_hours_and_not_late(
    now: datetime, zone: str, cadence: Cadence, quiet: str
) -> None:
    found = due(now, cadence, zone, quiet)
    local = found.astimezone(ZoneInfo(zone))
    longest = {Cadence.NOW: timedelta(), Cadence.DAILY: timedelta(days=1), Cadence.WEEKLY: timedelta(days=7)}[cadence]
    assert now <= found <= now + longest + timedelta(hours=12)
    if quiet:
        assert due(found, Cadence.NOW, zone, quiet) == found
    elif cadence is not Cadence.NOW:
        assert local.hour == DIGEST_HOUR


@pytest.mark.parametrize("zone", ["Paris", "", "../etc/passwd", "/etc/localtime", "Europe/Paris\n"])
def test_no_time_zone(zone: str) -> None:
    with pytest.raises(UsageError, match="no time zone"):
        zone_of(zone)


@pytest.mark.parametrize("quiet", ["22", "7-7", "24-3", "22:00-07:00", "x-y"])
def test_no_hours(quiet: str) -> None:
    with pytest.raises(UsageError, match="quiet hours"):
        hours_of(quiet)
