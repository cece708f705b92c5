"""Webhooks in the form of Standard Webhooks (standardwebhooks.com), through the gate that pages are fetched by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from clausetrail.alerts.channels.base import Outcome, Sending
from clausetrail.alerts.views import Told
from clausetrail.changelog.alerts import event_json
from clausetrail.changelog.dates import moment
from clausetrail.changelog.json_diff import diff_json
from clausetrail.errors import NetError, UsageError
from clausetrail.model import Headers, Message
from clausetrail.net import Gate, Limits, Target, target

GONE = 410
_TAKEN = range(200, 300)
_LIMITS = Limits(connect=10.0, idle=15.0, total=25.0, body=64 * 1024, truncate=True)


@dataclass(frozen=True, slots=True)
class Packed:
    goal: Target
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class WebhookSender:
    """Posts each message, signed, to the subscriber's address."""

    gate: Gate

    def target(self, message: Message) -> str:
        """The host."""
        return target(message.subscription.subscriber.address).origin

    def pack(self, sending: Sending) -> Packed:
        """Raises UsageError without the library, NetError for an address that is none."""
        message = sending.message
        body = json.dumps(payload(sending), ensure_ascii=False, separators=(",", ":"))
        seconds = str(int(sending.now.timestamp()))
        headers = (
            ("Content-Type", "application/json"),
            ("webhook-id", message.key),
            ("webhook-timestamp", seconds),
            ("webhook-signature", _signed(message, sending, body)),
        )
        return Packed(target(message.subscription.subscriber.address), headers, body.encode("utf-8", "replace"))

    def send(self, packed: object) -> Outcome:
        assert isinstance(packed, Packed)  # noqa: S101 - made by `pack`
        try:
            answer = self.gate.send(packed.goal, packed.headers, method="POST", content=packed.body, limits=_LIMITS)
        except NetError as error:
            return Outcome(taken=False, reason=str(error), down=error.cause not in ("url", "address"))
        status = answer.hop.status
        if status in _TAKEN:
            return Outcome(taken=True)
        return Outcome(taken=False, reason=f"the receiver answers {status}", gone=status == GONE)


def _signed(message: Message, sending: Sending, body: str) -> str:
    """One signature for each secret, so that a receiver can go over from one to the next."""
    try:
        from standardwebhooks import Webhook
    except ImportError as error:
        raise UsageError("webhooks need a library: pip install 'clausetrail[alerts]'") from error
    secrets = message.subscription.subscriber.secret.split()
    return " ".join(Webhook(secret).sign(message.key, sending.now, body) for secret in secrets)


def payload(sending: Sending) -> dict[str, Any]:
    """What a receiver gets: for each event what it is, and where it is about words the diff, as
    `docs/schemas/diff.schema.json` describes it; `heard` are the ranks of the changes that the subscription asked
    for."""
    events = [_event(told) for told in sending.told]
    kinds = {told.telling.event.kind.value for told in sending.told}
    return {
        "type": f"clausetrail.{kinds.pop() if len(kinds) == 1 else 'digest'}",
        "timestamp": moment(max(told.telling.event.at for told in sending.told)),
        "data": {"events": events},
    }


def _event(told: Told) -> dict[str, Any]:
    telling = told.telling
    ranks = {id(change): rank for rank, change in enumerate(telling.diff.comparison.changes, 1)} if telling.diff else {}
    return event_json(telling.event) | {
        "silent": telling.silent,
        "heard": [ranks[id(change)] for change in told.changes],
        "diff": diff_json(telling.diff) if telling.diff else None,
    }
