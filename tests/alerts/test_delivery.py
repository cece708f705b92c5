"""From a change to a mailbox and a webhook: once each, and nothing to those who did not ask or have left."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from clausetrail.changelog.styled import plain
from clausetrail.changelog.watching import health_json, health_lines
from clausetrail.errors import StoreError, UsageError
from clausetrail.model import Cadence, Significance, Wish
from clausetrail.net import Allowed, GateTransport
from clausetrail.pipeline import delivering
from clausetrail.pipeline.delivering import Asked, Ways, deliver, subscribe, ways_of
from clausetrail.pipeline.health import health
from clausetrail.store import Outbox
from tests.alerts.live import RULES, Live, kept, page, workspace
from tests.alerts.receivers import Mailbox, mailbox
from tests.net.site import Site, reply, serving
from tests.workspaces import StepClock

ANN, BEN = "ann@reader.example", "ben@reader.example"
SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "diff.schema.json").read_text("utf-8"))


class Desk:
    """A workspace, a mailbox, a receiver of webhooks, and passes when a test says so."""

    def __init__(self, live: Live, box: Mailbox, site: Site) -> None:
        self.live, self.box, self.site = live, box, site
        self.ways = Ways(
            f"smtp+plain://127.0.0.1:{box.port}", "trail@policies.example", ways_of("", "", _SITE, None).site
        )
        self.hook = f"{site.url}/hook"

    def ask(self, address: str, **named: Any) -> None:
        options = {name: named.pop(name) for name in ("cadence", "zone", "quiet", "secret") if name in named}
        subscribe(self.live.store, Asked(address, Wish(**named), **options), self.live.now)

    def go(self, *, replay: bool = False) -> delivering.Delivered:
        return deliver(self.live.store, self.ways, replay=replay, clock=StepClock(self.live.now))[1]

    def outbox(self) -> dict[str, int]:
        with Outbox.open(self.live.store.path) as outbox:
            return dict(outbox.counts())

    @property
    def posted(self) -> list[Any]:
        return [seen for seen in self.site.seen if seen.method == "POST"]


_SITE = "https://policies.example"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Webhooks may go to this machine here, as nobody's may elsewhere."""
    allowed = Allowed.of(["127.0.0.1"])
    monkeypatch.setattr(delivering, "GateTransport", lambda **named: GateTransport(**{**named, "allowed": allowed}))
    with workspace(tmp_path) as live, mailbox() as box, serving() as site:
        site.pages["/hook"] = reply(204)
        live.confirmed(30)
        yield Desk(live, box, site)


def test_a_confirmed_change_reaches_everybody_who_asked_once(desk: Desk) -> None:
    desk.ask(ANN)
    desk.ask(BEN, document=RULES, significances=(Significance.EDITORIAL,))
    desk.ask(desk.hook)
    desk.live.looks(kept(60), kept(60))
    assert desk.go().sent == 0
    desk.live.look(kept(60))
    assert desk.go().sent == 2
    assert desk.go().sent == 0
    assert [len(desk.box.to(address)) for address in (ANN, BEN)] == [1, 0]
    assert len(desk.posted) == 1


def test_the_mail(desk: Desk) -> None:
    desk.ask(ANN, document=RULES)
    desk.live.confirmed(60)
    desk.go()
    (mail,) = desk.box.messages
    assert mail["Subject"] == "Lampion: Rules: 1 change (1 substantive)"
    assert mail["From"] == "Clausetrail <trail@policies.example>"
    assert mail["List-Id"] == "<clausetrail.policies.example>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    with Outbox.open(desk.live.store.path) as outbox:
        (subscription,) = outbox.subscriptions()
    assert mail["List-Unsubscribe"].startswith(f"<{_SITE}/-/policy/-/unsubscribe/{subscription.token}>, <mailto:trail@")
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    assert "[-30-]{+60+}" in text
    assert "Changed between 2026-01-13 and 2026-01-14 (UTC)" in text
    assert "Confirmed 2026-01-16 (UTC)" in text
    assert '<span style="background:#d2f0d8;color:#0b3d17;text-decoration:underline">60</span>' in html
    assert f'href="{_SITE}/-/policy/lampion/rules%40' not in html
    assert f'href="{_SITE}/-/policy/lampion/rules@20260114T120000Z-' in html
    assert "<style" not in html
    assert "<script" not in html


def test_mails_about_a_document_are_one_thread_and_each_has_its_own_name(desk: Desk) -> None:
    desk.ask(ANN)
    desk.live.confirmed(60)
    desk.go()
    desk.live.confirmed(90)
    desk.go()
    first, second = desk.box.messages
    assert first["References"] == second["References"] == first["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]


def test_the_webhook(desk: Desk) -> None:
    secret = "whsec_" + "QUFB" * 8
    desk.ask(desk.hook, secret=f"whsec_{'QkJC' * 8} {secret}")
    desk.live.confirmed(60)
    desk.go()
    (seen,) = desk.posted
    stamped = seen.headers["webhook-timestamp"]
    assert stamped == str(int(desk.live.now.timestamp()))
    with pytest.raises(WebhookVerificationError, match="too"):
        Webhook(secret).verify(seen.body, seen.headers)
    own = Webhook(secret).sign(seen.headers["webhook-id"], desk.live.now, seen.body.decode())
    assert own in seen.headers["webhook-signature"].split()
    said = json.loads(seen.body)
    assert said["type"] == "clausetrail.change"
    (event,) = said["data"]["events"]
    assert event["id"] == desk.live.store.events()[-1].id
    assert (event["silent"], event["heard"]) == (True, [1])
    Draft202012Validator(SCHEMA).validate(event["diff"])


def test_what_fails_is_tried_again_with_the_same_key_and_holds_nobody_back(desk: Desk) -> None:
    desk.ask(desk.hook)
    desk.ask(f"{desk.site.url}/other")
    desk.ask(ANN)
    desk.site.pages["/hook"] = reply(500)
    desk.site.pages["/other"] = reply(200)
    desk.live.confirmed(60)
    done = desk.go()
    assert (done.sent, done.failed, done.reasons) == (2, 1, ["the receiver answers 500"])
    assert desk.go().failed == 0
    desk.live.now += timedelta(minutes=1)
    desk.site.pages["/hook"] = reply(302, location="/other")
    assert desk.go().failed == 1
    desk.site.pages["/hook"] = reply(201)
    desk.live.now += timedelta(minutes=10)
    assert desk.go().sent == 1
    keys = [seen.headers["webhook-id"] for seen in desk.posted if seen.path == "/hook"]
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert desk.outbox() == {"queued": 0, "dead": 0, "sent": 3}


def test_what_nobody_takes_is_dead_after_ten_attempts_and_can_be_replayed(desk: Desk) -> None:
    desk.ask(desk.hook)
    desk.site.pages["/hook"] = reply(404)
    desk.live.confirmed(60)
    for _ in range(12):
        desk.go()
        desk.live.now += timedelta(hours=30)
    assert len(desk.posted) == 10
    assert desk.outbox() == {"queued": 0, "dead": 1, "sent": 0}
    found = health(desk.live.store, desk.live.now)
    assert (found.dead, found.good) == (1, False)
    assert "1 message to subscribers" in plain(health_lines(found))
    assert health_json(found)["dead_messages"] == 1
    desk.site.pages["/hook"] = reply(200)
    assert desk.go().sent == 0
    assert desk.go(replay=True).sent == 1
    assert len({seen.headers["webhook-id"] for seen in desk.posted}) == 1


def test_410_ends_it(desk: Desk) -> None:
    desk.ask(desk.hook)
    desk.site.pages["/hook"] = reply(410)
    desk.live.confirmed(60)
    assert desk.go().dropped == 1
    desk.live.confirmed(90)
    assert desk.go().sent == 0
    assert len(desk.posted) == 1
    with Outbox.open(desk.live.store.path) as outbox:
        assert outbox.subscriptions()[0].subscriber.disabled == "the receiver answers 410"


def test_a_mailbox_that_is_refused_for_good_is_dead_and_others_get_theirs(desk: Desk) -> None:
    desk.ask(ANN)
    desk.ask(BEN)
    desk.box.refusing = {ANN: "550 no such mailbox"}
    desk.live.confirmed(60)
    done = desk.go()
    assert (done.sent, done.dead) == (1, 1)
    assert done.reasons == ["the mail server says 550 no such mailbox"]
    assert len(desk.box.to(BEN)) == 1


def test_who_leaves_between_queue_and_send_gets_nothing(desk: Desk) -> None:
    desk.ask(ANN)
    desk.ask(BEN)
    desk.live.confirmed(60)
    ways, desk.ways = desk.ways, Ways()
    assert desk.go().sent == 0
    with Outbox.open(desk.live.store.path) as outbox:
        assert outbox.unsubscribe(next(each.id for each in outbox.subscriptions(ANN)))
    desk.ways = ways
    assert desk.go().sent == 1
    assert desk.box.to(ANN) == []


def test_who_is_forgotten_leaves_a_hash_and_cannot_be_entered_again(desk: Desk) -> None:
    desk.ask(ANN)
    desk.live.confirmed(60)
    desk.go()
    with Outbox.open(desk.live.store.path) as outbox:
        assert outbox.forget(ANN.upper(), desk.live.now) == 1
    for suffix in ("", "-wal"):
        file = desk.live.store.path.with_name(f"policies.private.db{suffix}")
        assert not file.exists() or b"ann@" not in file.read_bytes()
    with pytest.raises(UsageError, match="never to be written to again"):
        desk.ask(ANN)
    with Outbox.open(desk.live.store.path) as outbox:
        assert outbox.allow(ANN)
    desk.ask(ANN)


def test_a_correction_goes_to_those_who_were_told(desk: Desk) -> None:
    desk.ask(ANN, document=RULES)
    desk.live.confirmed(60)
    desk.go()
    desk.ask(BEN, document=RULES)
    event = desk.live.store.events()[-1]
    with desk.live.store.transaction():
        from clausetrail.pipeline.alerting import correct_events

        correct_events(desk.live.store, RULES, desk.live.store.versions(RULES)[:1])
    assert desk.go().sent == 1
    told, corrected = desk.box.to(ANN)
    assert desk.live.store.events(ids=[event.id])[0].superseded_by
    assert corrected["Subject"] == "Lampion: Rules: Correction"
    assert "does not hold any more" in corrected.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert corrected["References"] == told["References"]
    assert desk.box.to(BEN) == []


def test_what_is_taken_back_before_it_is_sent_is_not_sent(desk: Desk) -> None:
    desk.ask(ANN, document=RULES)
    desk.live.confirmed(60)
    ways, desk.ways = desk.ways, Ways()
    desk.go()
    from clausetrail.pipeline.alerting import correct_events

    correct_events(desk.live.store, RULES, desk.live.store.versions(RULES)[:1])
    desk.ways = ways
    done = desk.go()
    assert (done.sent, done.dropped, desk.box.messages) == (0, 1, [])


def test_a_digest_tells_the_day_in_one_mail_in_the_morning_of_the_subscriber(desk: Desk) -> None:
    desk.live.follow("papilio/terms", "Papilio", "Terms")
    desk.live.confirmed(10, document="papilio/terms")
    desk.ask(ANN, cadence=Cadence.DAILY, zone="America/New_York")
    for _ in range(3):
        desk.live.look(kept(60))
        desk.live.look(kept(20), "papilio/terms", after=timedelta(hours=1))
    assert desk.go().sent == 0
    assert desk.outbox()["queued"] == 1
    desk.live.now += timedelta(days=1)
    assert desk.go().sent == 1
    (mail,) = desk.box.messages
    assert mail["Subject"] == "2 events of 2 documents"
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Lampion: Rules" in text
    assert "Papilio: Terms" in text


def test_nothing_is_sent_in_quiet_hours_however_late_the_pass_is(desk: Desk) -> None:
    """Known at noon, and the pass is at half past ten at night."""
    desk.ask(ANN, quiet="22-7")
    desk.live.confirmed(60)
    ways, desk.ways = desk.ways, Ways()
    desk.go()
    desk.ways = ways
    desk.live.now += timedelta(hours=10, minutes=30)
    assert desk.go().sent == 0
    desk.live.now += timedelta(hours=8)
    assert desk.go().sent == 0
    desk.live.now += timedelta(hours=1)
    assert desk.go().sent == 1


def test_immediate_hears_every_leg_and_operators_hear_of_health(desk: Desk) -> None:
    desk.ask(ANN, immediate=True)
    desk.ask(BEN, health=True)
    desk.live.looks(kept(60), kept(30), None, None, None, kept(30))
    desk.go()
    assert [mail["Subject"].partition(": Rules: ")[2][:11] for mail in desk.box.to(ANN)] == [
        "Other words",
        "Other words",
    ]
    assert [mail["Subject"] for mail in desk.box.to(BEN)] == [
        "Lampion: Rules: Page fails",
        "Lampion: Rules: Page is well again",
    ]


def test_a_clause_is_followed_where_it_goes(desk: Desk) -> None:
    desk.ask(ANN, document=RULES, clause="You may not sell our oil")
    desk.ask(BEN, document=RULES, words=("delete*",))
    desk.live.confirmed(60)
    desk.go()
    assert [len(desk.box.to(address)) for address in (ANN, BEN)] == [0, 1]


EVIL = "We keep <script>alert(1)</script> & <b>30</b> days.\r\nBcc: eve@evil.example"


def test_nothing_of_a_page_becomes_markup_or_a_field(desk: Desk) -> None:
    desk.live.store.declare(RULES, "Lamp\r\nBcc: eve@evil.example", "Rul<es>\u202e\x1b[31m")
    desk.ask(ANN)
    from html import escape

    desk.live.looks(*[page(escape(EVIL))] * 3)
    desk.go()
    (mail,) = desk.box.messages
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("Lamp␍␊Bcc: eve@evil.example: Rul<es>\\u202e␛[31m: 1 change")
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "&lt;script&gt;alert(1)" in html
    assert "<script" not in html
    assert "\x1b" not in mail.as_string()


@pytest.mark.parametrize(
    "address",
    [
        "json://169.254.169.254",
        "file:///etc/passwd",
        "http://user@host.example/",
        "ann@reader.example\nBcc: eve@evil.example",
        "Ann <ann@reader.example>",
        "ann@reader.example, eve@evil.example",
        "",
    ],
)
def test_addresses_that_are_none(desk: Desk, address: str) -> None:
    with pytest.raises(Exception, match=r"address|host|must begin") as caught:
        desk.ask(address)
    assert type(caught.value).__name__ in ("UsageError", "NetError")


def test_private_addresses_are_not_called(tmp_path: Path) -> None:
    with workspace(tmp_path) as live, serving() as site:
        live.confirmed(30)
        subscribe(live.store, Asked(f"{site.url}/hook", Wish()), live.now)
        subscribe(live.store, Asked("http://169.254.169.254/latest", Wish()), live.now)
        live.confirmed(60)
        _, done, _ = deliver(live.store, Ways(), clock=StepClock(live.now))
        assert (done.sent, done.failed, site.seen) == (0, 2, [])


def test_nobody_has_subscribed(desk: Desk) -> None:
    with pytest.raises(StoreError, match="nobody has subscribed yet"):
        desk.go()
