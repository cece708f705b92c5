"""Double opt-in: nothing begins before whoever has the address says so, and nobody learns who is subscribed."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from clausetrail.errors import UsageError
from clausetrail.model import Wish
from clausetrail.pipeline.delivering import Asked, Ways, ask, asked_by, confirm, deliver, leave, site_of, subscribe
from clausetrail.store import Asks, Outbox
from tests.alerts.live import RULES, Live, workspace
from tests.alerts.receivers import Mailbox, mailbox
from tests.workspaces import StepClock

ANN = "ann@reader.example"
LINK = re.compile(r"https://policies\.example/-/policy/-/confirm/(\S+)")


def go(live: Live, box: Mailbox) -> int:
    ways = Ways(f"smtp+plain://127.0.0.1:{box.port}", "trail@policies.example", site_of("https://policies.example"))
    return deliver(live.store, ways, clock=StepClock(live.now))[1].asked


def ticket(box: Mailbox) -> str:
    text = box.messages[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    found = LINK.search(text)
    assert found is not None
    return found[1]


def test_it_begins_when_it_is_confirmed(tmp_path: Path) -> None:
    with workspace(tmp_path) as live, mailbox() as box, time_machine.travel(live.now, tick=False) as clock:
        ask(live.store, Asked(ANN, Wish(document=RULES)), live.now)
        assert [go(live, box), go(live, box)] == [1, 0]
        (letter,) = box.to(ANN)
        assert "confirmed changes of lampion/rules" in letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        given = ticket(box)
        assert ANN not in given
        assert asked_by(live.store, given, live.now).address == ANN
        live.confirmed(30, 60)
        go(live, box)
        assert len(box.messages) == 1
        clock.move_to(live.now)
        with pytest.raises(UsageError):
            confirm(live.store, given, live.now)
        ask(live.store, Asked(ANN, Wish(document=RULES)), live.now)
        go(live, box)
        assert confirm(live.store, ticket(box), live.now).wish == Wish(document=RULES)
        live.confirmed(90)
        go(live, box)
        assert len(box.to(ANN)) == 3


def test_a_link_is_good_once_for_three_days_and_only_as_it_was_made(tmp_path: Path) -> None:
    with workspace(tmp_path) as live, mailbox() as box, time_machine.travel(live.now, tick=False) as clock:
        for _ in range(2):
            ask(live.store, Asked(ANN, Wish(document=RULES)), live.now)
            go(live, box)
        given = ticket(box)
        # Not the last character: some of its bits stand for nothing.
        changed = f"{given[:-6]}{'A' if given[-6] != 'A' else 'B'}{given[-5:]}"
        for bad in (changed, "", "x" * 10_000, given.upper(), f"{given}\n"):
            with pytest.raises(UsageError, match="not good any more"):
                confirm(live.store, bad, live.now)
        confirm(live.store, given, live.now)
        with pytest.raises(UsageError, match="not good any more"):
            confirm(live.store, given, live.now)
        clock.shift(timedelta(days=3, seconds=1))
        with pytest.raises(UsageError, match="not good any more"):
            asked_by(live.store, given, live.now)


def test_three_letters_at_most_and_none_to_who_was_forgotten(tmp_path: Path) -> None:
    with workspace(tmp_path) as live, mailbox() as box:
        for number in range(6):
            ask(live.store, Asked(ANN if number % 2 else ANN.upper(), Wish(words=(f"w{number}",))), live.now)
        assert go(live, box) == 3
        with Asks.open(live.store.path) as asks:
            asks.forget(ANN, live.now)
            assert asks.unasked(live.now) == ()
        live.now += timedelta(days=4)
        ask(live.store, Asked(ANN, Wish()), live.now)
        assert go(live, box) == 0


def test_a_letter_that_is_not_taken_goes_out_later(tmp_path: Path) -> None:
    with workspace(tmp_path) as live, mailbox() as box:
        ask(live.store, Asked(ANN, Wish()), live.now)
        box.refusing = {ANN: "451 later"}
        assert go(live, box) == 0
        box.refusing = {}
        assert go(live, box) == 1


def test_leaving_by_the_link_of_a_mail_twice_is_no_error(tmp_path: Path) -> None:
    with workspace(tmp_path) as live:
        made = subscribe(live.store, Asked(ANN, Wish()), live.now)
        for token in ("nothing", made.token, made.token):
            leave(live.store, token)
        with Outbox.open(live.store.path) as outbox:
            assert outbox.subscriptions() == ()


def test_only_mail_can_be_asked(tmp_path: Path) -> None:
    with workspace(tmp_path) as live, pytest.raises(UsageError, match="only an address of mail"):
        ask(live.store, Asked("https://hooks.example/", Wish()), live.now)
