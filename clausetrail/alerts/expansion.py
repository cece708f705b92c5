"""From events, which name nobody, to deliveries in the private file; as often as wanted, with the same result."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from clausetrail.alerts.rules import Follow, heard, in_scope
from clausetrail.alerts.schedule import due
from clausetrail.alerts.telling import Telling
from clausetrail.model import Cadence, Event, EventKind, Planned, Subscription
from clausetrail.store import Outbox, Store

Tell = Callable[[Event], Telling | None]
"""What there is to tell of an event; None where its document, or one side of it, is gone."""


def expand(store: Store, outbox: Outbox, tell: Tell, follow: Follow, now: datetime) -> int:
    """Queue every event that was raised since the last time for those who hear of it; how many deliveries that is.

    Killed anywhere and called again, it ends the same.  Where the database is another than the last time (it was
    restored from a backup), every event is looked at again, and nobody is told twice."""
    number, uid = outbox.expanded()
    if number and not any(event.number == number for event in store.events(ids=[uid])):
        outbox.rewind()
        number = 0
    queued = 0
    for event in store.events(after=number):
        queued += outbox.expand(event, list(_planned(event, outbox, tell, follow, now)))
    return queued


def _planned(event: Event, outbox: Outbox, tell: Tell, follow: Follow, now: datetime) -> Iterator[Planned]:
    if event.superseded_by:
        return
    for subscription in _hearing(event, outbox, tell, follow):
        person = subscription.subscriber
        at = due(now, subscription.cadence, person.zone, person.quiet)
        yield Planned(subscription.id, _key(event, subscription, at), at)


def _hearing(event: Event, outbox: Outbox, tell: Tell, follow: Follow) -> Iterator[Subscription]:
    standing = [each for each in outbox.subscriptions() if not each.subscriber.disabled]
    if event.kind is EventKind.CORRECTION:
        told = outbox.told(event.corrects)
        yield from (each for each in standing if each.id in told)
        return
    near = [each for each in _since(event, standing) if in_scope(each.wish, event)]
    telling = tell(event) if near else None
    if telling is not None:
        yield from (each for each in near if heard(each.wish, telling, follow) is not None)


def _since(event: Event, standing: Iterable[Subscription]) -> Iterator[Subscription]:
    """Those that were there when it came to be known."""
    return (each for each in standing if each.created_at <= event.at)


def _key(event: Event, subscription: Subscription, at: datetime) -> str:
    """Names a message, the same on every attempt: of one event, or of a digest by its time."""
    what = event.id if subscription.cadence is Cadence.NOW else at.isoformat()
    return hashlib.sha256(f"{subscription.token}\n{what}".encode()).hexdigest()[:32]
