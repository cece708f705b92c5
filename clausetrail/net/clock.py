"""The time, as the rooms that wait are given it: so that a test, or a daemon that must stop, can give another."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The time of day, aware, UTC.  It may be set back."""

    def monotonic(self) -> float:
        """Seconds from any point; never set back."""

    def sleep(self, seconds: float) -> None:
        """Wait.  May raise what the caller of the gate wants to be stopped with."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
