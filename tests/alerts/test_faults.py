"""Nothing lost: senders that are killed, receivers that fail in every way there is, and one key for every repeat."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from clausetrail.model import Cadence, Channel, Wish
from clausetrail.pipeline.delivering import Ways, deliver
from clausetrail.store import Outbox
from tests.alerts.live import DAY, Live, workspace
from tests.alerts.sender import PATIENCE
from tests.net.site import Seen, Site, reply, serving

EVENTS, SUBSCRIBERS, KILLS = 50, 200, 20


def prepared(live: Live, events: int) -> None:
    """A change that was confirmed so many times: each is an event of its own."""
    live.confirmed(30, 60)
    event = live.store.events()[-1]
    with live.store.transaction():
        for _ in range(events - 1):
            live.store.add_event(replace(event, id="", number=0))


def killed(database: Path, seconds: float) -> bool:
    """Whether the sender was killed, so long after its start, before it was done."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.alerts.sender", str(database)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONWARNINGS": "default"},
    )
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    _, said = process.communicate()
    timer.cancel()
    assert process.returncode in (0, -9), said
    return process.returncode != 0


class Receivers:
    """One server for each way to fail; each message is refused a few times, then taken."""

    def __init__(self, stack: ExitStack) -> None:
        self.sites = {name: stack.enter_context(serving()) for name in ("well", "fails", "404", "hangs", "drops")}
        self.attempts: dict[str, Counter[str]] = defaultdict(Counter)
        self.taken: Counter[tuple[str, str]] = Counter()
        """(address, key) -> how often it was taken."""
        self._lock = threading.Lock()

    def address(self, number: int) -> str:
        name = list(self.sites)[number % len(self.sites)]
        return f"{self.sites[name].url}/{number}"

    def listen(self, numbers: int) -> None:
        for number in range(numbers):
            name = list(self.sites)[number % len(self.sites)]
            self.sites[name].pages[f"/{number}"] = self._answer(name, self.sites[name])

    def _answer(self, name: str, site: Site) -> Callable[[Seen], bytes | Iterator[bytes]]:
        def answer(seen: Seen) -> bytes | Iterator[bytes]:
            key = seen.headers["webhook-id"]
            with self._lock:
                self.attempts[name][key] += 1
                # A server that hangs or drops is down as a whole: it comes back after a few.
                tries = sum(self.attempts[name].values()) if name in ("hangs", "drops") else self.attempts[name][key]
                if name == "well" or tries > 3:
                    self.taken[(f"{site.url}{seen.path}", key)] += 1
                    return reply(204)
            if name == "hangs":
                time.sleep(PATIENCE * 1.5)
            return {"fails": reply(503), "404": reply(404)}.get(name, iter(()))

        return answer


@pytest.mark.slow
def test_every_delivery_arrives_under_one_key(tmp_path: Path) -> None:
    random = Random(11)
    with workspace(tmp_path) as live, ExitStack() as stack:
        receivers = Receivers(stack)
        receivers.listen(SUBSCRIBERS)
        start = live.now
        prepared(live, EVENTS)
        with Outbox.open(live.store.path, create=True) as outbox, outbox.transaction():
            for number in range(SUBSCRIBERS):
                address = receivers.address(number)
                outbox.subscribe(Channel.WEBHOOK, address, Wish(), Cadence.NOW, start, secret="whsec_QUFBQUFB")
        done = 0
        while done < KILLS and killed(live.store.path, random.uniform(0.5, 2.5)):
            done += 1
        assert not killed(live.store.path, 3600)
        with Outbox.open(live.store.path) as outbox:
            assert outbox.counts() == {"queued": 0, "dead": 0, "sent": EVENTS * SUBSCRIBERS}
    addresses = Counter(address for address, _ in receivers.taken)
    assert set(addresses.values()) == {EVENTS}
    assert len(addresses) == SUBSCRIBERS
    keys = [key for _, key in receivers.taken]
    assert len(set(keys)) == len(keys) == EVENTS * SUBSCRIBERS
    print(f"\n{EVENTS * SUBSCRIBERS} deliveries, {done} kills, {sum(receivers.taken.values()) - len(keys)} repeats")  # noqa: T201


@pytest.mark.slow
def test_expansion_that_is_killed_queues_everything_once(tmp_path: Path) -> None:
    """The database has the events, the private file has not: whatever of it was written before the kill."""
    random = Random(5)
    with workspace(tmp_path) as live:
        start = live.now
        prepared(live, EVENTS)
        with Outbox.open(live.store.path, create=True) as outbox, outbox.transaction():
            for number in range(SUBSCRIBERS):
                outbox.subscribe(Channel.MAIL, f"reader{number}@reader.example", Wish(), Cadence.NOW, start)
        for _ in range(KILLS):
            killed(live.store.path, random.uniform(0.5, 1.5))
            with closing(sqlite3.connect(tmp_path / "policies.private.db")) as db:
                counts = db.execute("SELECT count(*) FROM deliveries GROUP BY event").fetchall()
                assert {count for (count,) in counts} <= {SUBSCRIBERS}
        # Nobody sends mail here, so that the last one would wait for ever: it is killed too, when it has done its part.
        for _ in range(60):
            killed(live.store.path, 3)
            with Outbox.open(live.store.path) as outbox:
                if outbox.expanded()[0] == live.store.events()[-1].number:
                    break
        with closing(sqlite3.connect(tmp_path / "policies.private.db")) as db:
            found = db.execute("SELECT event, subscription_id FROM deliveries").fetchall()
        assert len(found) == len(set(found)) == EVENTS * SUBSCRIBERS


@pytest.mark.parametrize("after", [False, True])
def test_a_crash_between_the_two_files_repeats_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    """Before an event is queued, and after it is queued and before the next one is."""
    queue, calls = Outbox.expand, [0]

    def crashing(self: Outbox, *arguments: Any) -> int:
        calls[0] += 1
        if after:
            queue(self, *arguments)
        if calls[0] % 2:
            raise KeyboardInterrupt
        return queue(self, *arguments)

    monkeypatch.setattr(Outbox, "expand", crashing)
    with workspace(tmp_path) as live:
        start = live.now
        prepared(live, 4)
        with Outbox.open(live.store.path, create=True) as outbox:
            for number in range(3):
                outbox.subscribe(Channel.MAIL, f"reader{number}@reader.example", Wish(), Cadence.NOW, start)
        crashes = 0
        while True:
            try:
                deliver(live.store, Ways())
                break
            except KeyboardInterrupt:
                crashes += 1
        assert crashes > 2
        with Outbox.open(live.store.path) as outbox:
            assert outbox.counts() == {"queued": 12, "dead": 0, "sent": 0}
            outbox.rewind()
        monkeypatch.undo()
        assert deliver(live.store, Ways())[0] == 0


def test_a_database_from_a_backup_tells_nobody_twice_and_forgets_nothing(tmp_path: Path) -> None:
    """Its numbers begin again where the backup ended; the private file knows better what was sent."""
    with workspace(tmp_path) as live:
        live.confirmed(30, 60)
        with Outbox.open(live.store.path, create=True) as outbox:
            outbox.subscribe(Channel.MAIL, "ann@reader.example", Wish(), Cadence.NOW, live.now - DAY)
        assert deliver(live.store, Ways())[0] == 1
        live.confirmed(90)
        assert deliver(live.store, Ways())[0] == 1
        numbers = [event.number for event in live.store.events()]
        live.store.connection.execute("DELETE FROM events WHERE id > ?", (numbers[1],))
        live.confirmed(120)
        assert live.store.events()[-1].number == numbers[-1]
        assert deliver(live.store, Ways())[0] == 1
