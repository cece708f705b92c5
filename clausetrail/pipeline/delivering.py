"""Telling those who asked: events into the outbox, and the outbox to its receivers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from clausetrail.alerts.channels import Sender
from clausetrail.alerts.channels.mail import MailSender, MailServer, mail_address
from clausetrail.alerts.channels.webhook import WebhookSender
from clausetrail.alerts.delivery import Delivered, Deliverer
from clausetrail.alerts.expansion import expand
from clausetrail.alerts.rules import check
from clausetrail.alerts.schedule import hours_of, zone_of
from clausetrail.alerts.tickets import OLD, name_of, ticket
from clausetrail.alerts.views import Site
from clausetrail.errors import StoreError, UsageError
from clausetrail.model import Cadence, Channel, Subscription, Wish
from clausetrail.net import Allowed, Clock, Gate, GateTransport, SystemClock, target, tls, user_agent
from clausetrail.pipeline.clauses import find
from clausetrail.pipeline.ends import resolve
from clausetrail.pipeline.ingest import settings_of
from clausetrail.pipeline.telling import Teller
from clausetrail.settings import Settings
from clausetrail.store import Ask, Asks, Outbox, Store, permalink
from clausetrail.store.connection import private_path

_TEMPLATES = ("mail.txt", "mail.html", "confirm.txt", "confirm.html")
_SIGNING = "signing"


@dataclass(frozen=True, slots=True)
class Ways:
    """How messages leave the house; what is empty is not used, and its messages wait."""

    smtp: str = ""
    """`smtp://USER:PASSWORD@HOST:PORT`; see `MailServer.of`."""
    sender: str = ""
    """Address that mail comes from."""
    site: Site = field(default_factory=Site)
    templates: Path | None = None
    """Folder with templates in the place of our own, by their names (`mail.html`, …); any may be missing."""


def ways_of(smtp: str, sender: str, site: str, templates: Path | None) -> Ways:
    """Raises NetError for what is no address of a site."""
    return Ways(smtp, sender, site_of(site), templates)


def site_of(address: str) -> Site:
    """Raises NetError for what is no address of the web; empty: no site."""
    return Site(target(address).url.rstrip("/") if address else "")


def deliver(
    store: Store, ways: Ways, *, replay: bool = False, clock: Clock | None = None
) -> tuple[int, Delivered, Mapping[str, int]]:
    """Expand what was raised since the last time, and send what is due; (deliveries queued, what was sent, what the
    outbox holds now).

    With `replay` what is dead is queued again first.  Raises UsageError for ways that are none; StoreError where
    nobody subscribed, or somebody else is at it."""
    clock = clock or SystemClock()
    with alone(store), Asks.open(store.path) as outbox, ExitStack() as stack:
        senders = dict(_senders(settings_of(store), store, ways, stack, clock))
        teller = Teller(store)
        if replay:
            outbox.replay(clock.now())
        queued = expand(store, outbox, teller.tell, teller.follow, clock.now())
        done = Deliverer(store, outbox, senders, teller.tell, teller.follow, clock, ways.site).run()
        done.asked = _ask(outbox, senders.get(Channel.MAIL), ways.site, clock)
        return queued, done, outbox.counts()


def _ask(asks: Asks, sender: Sender | None, site: Site, clock: Clock) -> int:
    """Send the letters that wait; what is not taken is tried again by the next pass, until it is too old."""
    if not isinstance(sender, MailSender) or not site.address:
        return 0
    key, sent = asks.key(_SIGNING), 0
    for ask in asks.unasked(clock.now()):
        outcome = sender.send(sender.letter(ask, ticket(key, ask.name), site, clock.now()))
        if outcome.taken or outcome.forever:
            asks.asked(ask.name, clock.now())
            sent += outcome.taken
        if outcome.down:
            break
    return sent


def _senders(
    settings: Settings, store: Store, ways: Ways, stack: ExitStack, clock: Clock
) -> Iterator[tuple[Channel, Sender]]:
    fetching = settings.fetching
    authorities = store.path.parent / fetching.authorities if fetching.authorities else None
    context = tls(authorities) if authorities else None
    transport = GateTransport(allowed=Allowed.of(fetching.allow), context=context)
    gate = Gate(user_agent(fetching.contact), transport=transport, clock=clock)
    stack.callback(gate.close)
    yield Channel.WEBHOOK, WebhookSender(gate)
    if ways.smtp:
        if not ways.sender:
            raise UsageError("mail needs an address that it comes from: give --from, or set CLAUSETRAIL_MAIL_FROM")
        mail = MailSender(MailServer.of(ways.smtp), mail_address(ways.sender), _templates(ways.templates), authorities)
        stack.callback(mail.close)
        yield Channel.MAIL, mail


def _templates(folder: Path | None) -> Mapping[str, str]:
    if folder is None:
        return {}
    return {name: (folder / name).read_text("utf-8") for name in _TEMPLATES if (folder / name).is_file()}


@contextmanager
def alone(store: Store) -> Iterator[None]:
    """Nobody else sends for this database meanwhile, on this machine; a process that was killed holds nothing."""
    from filelock import FileLock, Timeout

    path = private_path(store.path)
    if not path.exists():
        raise StoreError(f"{path}: nobody has subscribed yet (`clausetrail subscribe --help`)")
    lock = FileLock(path.with_suffix(".lock"))
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise StoreError(f"{path}: another `clausetrail deliver` is at work; let it end", transient=True) from None
    try:
        yield
    finally:
        lock.release()


@dataclass(frozen=True, slots=True)
class Asked:
    """A subscription as somebody asks for it."""

    address: str
    wish: Wish
    cadence: Cadence = Cadence.NOW
    zone: str = "UTC"
    quiet: str = ""
    secret: str = ""


def subscribe(store: Store, asked: Asked, now: datetime) -> Subscription:
    """Enter a subscription, once it is known that it can be heard; webhooks without a secret are given one.

    Raises UsageError for an address, a wish, a time zone or hours that are none."""
    channel, wish = _checked(store, asked)
    secret = asked.secret or (_secret() if channel is Channel.WEBHOOK else "")
    with Outbox.open(store.path, create=True) as outbox:
        known = outbox.subscriptions(asked.address)
        kept = known[0].subscriber.secret if known and not asked.secret else secret
        return outbox.subscribe(
            channel, asked.address, wish, asked.cadence, now, zone=asked.zone, quiet=asked.quiet, secret=kept
        )


def ask(store: Store, asked: Asked, now: datetime) -> None:
    """The same, once whoever has the address confirms it by the link in a letter, which `deliver` sends.  For mail.

    Nothing tells whether the address is known, suppressed or asked too often.  Raises as `subscribe` does."""
    channel, wish = _checked(store, asked)
    if channel is not Channel.MAIL:
        raise UsageError("only an address of mail can be asked")
    with Asks.open(store.path, create=True) as asks:
        asks.ask(channel, asked.address, wish, asked.cadence, now, zone=asked.zone, quiet=asked.quiet)


def asked_by(store: Store, given: str, now: datetime) -> Ask:
    """What the ticket of a letter asks, for a page that shows it and changes nothing.  Raises UsageError for one that
    is altered, answered or too old."""
    with Asks.open(store.path) as asks:
        found = asks.waiting(name_of(asks.key(_SIGNING), given), now)
    if found is None:
        raise UsageError(OLD)
    return found


def confirm(store: Store, given: str, now: datetime) -> Subscription:
    """Enter what the ticket of a letter asks.  Raises as `asked_by` does."""
    with Asks.open(store.path) as asks:
        made = asks.confirm(name_of(asks.key(_SIGNING), given), now)
    if made is None:
        raise UsageError(OLD)
    return made


def leave(store: Store, token: str) -> None:
    """End the subscription of a token, as a POST to the link in every mail must (RFC 8058); one that has ended already
    is no error, so that nobody learns who was subscribed."""
    with Outbox.open(store.path) as outbox:
        found = outbox.by_token(token)
        if found is not None:
            outbox.unsubscribe(found.id)


def _checked(store: Store, asked: Asked) -> tuple[Channel, Wish]:
    check(asked.wish)
    zone_of(asked.zone)
    hours_of(asked.quiet)
    return channel_of(asked.address), resolved(store, asked.wish)


def channel_of(address: str) -> Channel:
    """Raises UsageError, or NetError, for what is neither an address of mail nor one of the web."""
    if "://" in address:
        target(address)
        return Channel.WEBHOOK
    mail_address(address)
    return Channel.MAIL


def _secret() -> str:
    """As Standard Webhooks writes them: 32 random bytes."""
    import base64
    import secrets

    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def resolved(store: Store, wish: Wish) -> Wish:
    """The wish with the document's own slug, and its clause as a permalink."""
    if not wish.document:
        if wish.clause:
            raise UsageError("a clause stands in a document: give --document too")
        return wish
    slug = store.document(wish.document).slug
    if not wish.clause:
        return replace(wish, document=slug)
    end = resolve(store, slug, "latest")
    place = find(end, slug, wish.clause)
    assert end.version is not None  # noqa: S101 - `resolve` gives ends with versions
    link = permalink(slug, end.version.snapshots[0], place.position, place.clause.words)
    return replace(wish, document=slug, clause=link)
