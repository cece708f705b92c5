"""Sending what is queued: at least once, each message under one key, and no target held back by another."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from clausetrail.alerts.channels import Outcome, Sender, Sending
from clausetrail.alerts.expansion import Tell
from clausetrail.alerts.rules import Follow, heard
from clausetrail.alerts.schedule import due
from clausetrail.alerts.views import Site, Told
from clausetrail.errors import ClausetrailError
from clausetrail.model import Cadence, Channel, Event, EventKind, Message
from clausetrail.net import Clock
from clausetrail.store import Outbox, Store

AFTER = (
    *(timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=5)),
    *(timedelta(hours=10), timedelta(hours=14), timedelta(hours=20), timedelta(hours=24)),
)
"""Before each further attempt, give or take a fifth: three days in all, as Standard Webhooks advises."""
_JITTER = 0.2
_REASONS = 20
WORKERS = 16
"""Targets that are spoken to at the same time."""


@dataclass(slots=True)
class Delivered:
    """What one pass did, in messages."""

    sent: int = 0
    asked: int = 0
    """Letters that ask whether somebody wants to subscribe."""
    failed: int = 0
    """To be tried again."""
    dead: int = 0
    """Given up now."""
    dropped: int = 0
    """Not sent, because nobody wants them any more, or they do not hold any more."""
    reasons: list[str] = field(default_factory=list)
    """What went wrong, each once, without addresses."""

    def sentence(self, queued: int, outbox: Mapping[str, int]) -> str:
        """What was done, and what is left."""
        told = f"Queued {queued:,}, sent {self.sent:,}"
        told += "".join(
            f", {name} {count:,}"
            for name, count in (("failed", self.failed), ("gave up", self.dead), ("dropped", self.dropped))
            if count
        )
        reasons = "".join(f"\n  {reason}" for reason in self.reasons[:_REASONS])
        return f"{told}; {outbox['queued']:,} messages wait, {outbox['dead']:,} are dead.{reasons}"


@dataclass(slots=True)
class Deliverer:
    """Sends what is due.  Whoever calls it makes sure that nobody else does at the same time; if somebody does, a
    message may be sent twice, under the same key."""

    store: Store
    outbox: Outbox
    senders: Mapping[Channel, Sender]
    tell: Tell
    follow: Follow
    clock: Clock
    site: Site = field(default_factory=Site)
    random: Random = field(default_factory=Random)
    done: Delivered = field(default_factory=Delivered)
    _waiting: dict[str, deque[Message]] = field(default_factory=lambda: defaultdict(deque))

    def run(self, progress: Callable[[Delivered], None] | None = None) -> Delivered:
        """One attempt at everything that is due now, but for what is behind a target that does not answer."""
        for message in self.outbox.due(self.clock.now()):
            self._enqueue(message)
        with ThreadPoolExecutor(WORKERS) as pool:
            running: dict[Future[Outcome], tuple[str, Message]] = {}
            while self._waiting or running:
                self._start(pool, running)
                if not running:
                    continue
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    target, message = running.pop(future)
                    self._note(target, message, future.result())
                    if progress:
                        progress(self.done)
        return self.done

    def _enqueue(self, message: Message) -> None:
        sender = self.senders.get(message.subscription.subscriber.channel)
        if sender is None or self._quiet(message, self.clock.now()) > self.clock.now():
            return  # It stays in the outbox until somebody says how to send it, or quiet hours are over.
        try:
            self._waiting[sender.target(message)].append(message)
        except ClausetrailError as error:
            self._failed(message, Outcome(taken=False, reason=str(error), forever=True))

    def _start(self, pool: ThreadPoolExecutor, running: dict[Future[Outcome], tuple[str, Message]]) -> None:
        """Begin on targets that nobody speaks to, those that failed least first, as the outbox orders them."""
        busy = {target for target, _ in running.values()}
        for target in [each for each in self._waiting if each not in busy]:
            if len(running) >= WORKERS:
                return
            queue = self._waiting[target]
            while queue:
                message = queue.popleft()
                packed = self._packed(message)
                if packed is not None:
                    sender = self.senders[message.subscription.subscriber.channel]
                    running[pool.submit(sender.send, packed)] = (target, message)
                    break
            if not queue:
                del self._waiting[target]

    def _packed(self, message: Message) -> object | None:
        """The message as it goes out; None where nobody wants it any more, or it cannot be made."""
        standing = self.outbox.standing(message.key)
        if standing is None:
            self.done.dropped += 1
            return None
        sender = self.senders[message.subscription.subscriber.channel]
        try:
            told = self._told(standing)
            if not told:
                self.done.dropped += 1
                return None
            return sender.pack(Sending(standing, told, self.site, self.clock.now()))
        except ClausetrailError as error:
            if error.transient:
                raise
            self._failed(standing, Outcome(taken=False, reason=str(error)))
            return None

    def _told(self, message: Message) -> tuple[Told, ...]:
        """What still holds of a message's events; what does not is taken out of it."""
        events = {event.id: event for event in self.store.events(ids=message.events)}
        found = {uid: self._of(message, events[uid]) for uid in message.events if uid in events}
        gone = [uid for uid in message.events if found.get(uid) is None]
        if gone:
            self.outbox.drop(message.key, gone)
        return tuple(told for told in found.values() if told is not None)

    def _of(self, message: Message, event: Event) -> Told | None:
        telling = None if event.superseded_by else self.tell(event)
        if telling is None or event.kind is EventKind.CORRECTION:
            return Told(telling) if telling else None
        changes = heard(message.subscription.wish, telling, self.follow)
        return None if changes is None else Told(telling, changes)

    def _note(self, target: str, message: Message, outcome: Outcome) -> None:
        if outcome.taken:
            self.outbox.delivered(message.key, self.clock.now())
            self.done.sent += 1
            return
        if outcome.gone:
            self.outbox.disable(message.subscription.subscriber.id, outcome.reason)
            self.done.dropped += 1
            self._say(outcome.reason)
            return
        self._failed(message, outcome)
        if outcome.down:
            # The others wait for the next pass, and count no attempt.
            self._waiting.pop(target, None)

    def _failed(self, message: Message, outcome: Outcome) -> None:
        again = None if outcome.forever else self._again(message)
        self.outbox.failed(message.key, outcome.reason, again)
        self.done.failed += again is not None
        self.done.dead += again is None
        self._say(outcome.reason)

    def _again(self, message: Message) -> datetime | None:
        """When to try again after this attempt; None: never."""
        if message.attempts >= len(AFTER):
            return None
        wait = AFTER[message.attempts] * self.random.uniform(1 - _JITTER, 1 + _JITTER)
        return self._quiet(message, self.clock.now() + wait)

    def _quiet(self, message: Message, at: datetime) -> datetime:
        """That time, or when the subscriber's quiet hours are over then."""
        person = message.subscription.subscriber
        return due(at, Cadence.NOW, person.zone, person.quiet)

    def _say(self, reason: str) -> None:
        if reason not in self.done.reasons:
            self.done.reasons.append(reason)
