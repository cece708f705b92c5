"""Workspaces that follow a site on 127.0.0.1, and a clock that nobody waits for."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from clausetrail.pipeline.tools import StoppableClock, StoppedError
from tests.net.site import START

KEEP = "We keep what you give us for {days} days, and then we delete it from all of our machines."
SENTENCES = (
    "These are the rules of the house, and whoever lights a lamp of ours agrees to them.",
    "You may not sell our oil to anyone who is younger than sixteen years.",
    "Nothing here takes away what the law of the land in which you live gives to you.",
    "We may close an account that breaks these rules, and we tell its owner why we did.",
)


def policy(title: str, *sentences: str) -> str:
    """A page of a policy in our own words; the sentences come after those that all have."""
    text = "".join(f"<p>{sentence}</p>" for sentence in (*SENTENCES, *sentences))
    return f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1>{text}</main></body></html>"


def write_settings(folder: Path, url: str, names: Iterable[str], *, fetch: str = "", document: str = "") -> Path:
    """Settings that follow `url`/NAME as lampion/NAME for each name; the database they name.  `fetch` and `document`
    are further lines of those tables."""
    parts = [f'database = "policies.db"\n\n[fetch]\nallow = ["127.0.0.1"]\ndelay = "0s"\n{fetch}\n']
    parts += [
        f'[[document]]\nslug = "lampion/{name}"\npublisher = "Lampion"\ntitle = "{name}"\n'
        f'url = "{url}/{name}"\n{document}\n'
        for name in names
    ]
    folder.mkdir(exist_ok=True)
    (folder / "clausetrail.toml").write_text("\n".join(parts), "utf-8")
    return folder / "policies.db"


class StepClock(StoppableClock):
    """Time goes on when somebody sleeps, or a test says so, and not otherwise."""

    def __init__(self, start: datetime = START) -> None:
        super().__init__()
        self.time, self._lock = start, threading.Lock()
        self.until: datetime | None = None
        """When it stops by itself."""

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return (self.time - START).total_seconds()

    def sleep(self, seconds: float) -> None:
        if self.stopped:
            raise StoppedError
        self.go_on(timedelta(seconds=seconds))
        if self.until is not None and self.time >= self.until:
            self.stop()

    def go_on(self, by: timedelta) -> None:
        with self._lock:
            self.time += by
