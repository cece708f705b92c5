"""`alerts`, `subscribe`, `subscriptions`, `unsubscribe`, `subscribers` and `deliver`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clausetrail.commands.common import database_path, emit, emit_json, format_option, reading, say
from clausetrail.errors import UsageError

if TYPE_CHECKING:
    from clausetrail.pipeline.delivering import Asked
    from clausetrail.store import Outbox


@click.group(short_help="What there is to tell, and what would have been.")
def alerts() -> None:
    """What there is to tell to those who asked to hear of changes, and what there would have been."""


@alerts.command()
@click.argument("document", required=False)
@format_option("terminal", "json")
def simulate(document: str | None, format_: str) -> None:
    """Tell what a subscriber would have been sent over the recorded history of DOCUMENT, or of every document.

    Counts the versions, the alerts (all, substantive, without a new date), the flaps that were held back, and what
    waiting for confirmation cost.  An imported history is taken as though it had been looked at live.
    """
    from clausetrail.changelog.alerts import simulation_json, simulation_lines
    from clausetrail.pipeline.simulating import simulate as simulated

    with reading() as store:
        found = tuple(simulated(store, document))
    if format_ == "json":
        emit_json(simulation_json(found))
    else:
        emit(simulation_lines(found))


@alerts.command("list")
@click.argument("document", required=False)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="The newest so many.")
@format_option("terminal", "json")
def list_(document: str | None, limit: int, format_: str) -> None:
    """List what was raised by looking live, newest first: confirmed changes, and those that are not confirmed yet."""
    from clausetrail.changelog.alerts import event_json, event_lines

    with reading() as store:
        found = store.events(document=document)[::-1][:limit]
    if format_ == "json":
        emit_json([event_json(event) for event in found])
    else:
        emit(event_lines(found))


@alerts.command()
@format_option("terminal", "json")
def outbox(format_: str) -> None:
    """Tell how many messages wait, were sent, and are dead, and what came of the dead."""
    from clausetrail.changelog.subscribing import outbox_json, outbox_lines

    with private() as found:
        counts, dead = found.counts(), found.dead()
    if format_ == "json":
        emit_json(outbox_json(counts, dead))
    else:
        emit(outbox_lines(counts, dead))


@contextmanager
def private() -> Iterator[Outbox]:
    """The private file beside the database."""
    from clausetrail.store import Outbox

    with Outbox.open(database_path()) as found:
        yield found


KINDS = ("relabelled", "edited", "moved", "moved+edited", "split", "merged", "rewritten", "added", "removed")
SIGNIFICANCES = ("substantive", "editorial", "structural", "typographic", "not assessed")
_IN_DOCUMENT = "its path, lineage (L12), or words that only it has; it is followed through every later version"


@click.command(short_help="Tell somebody of changes from now on.")
@click.argument("address")
@click.option("--publisher", default="", help="Only documents of this publisher: the part of their names before the /.")
@click.option("--document", default="", help="Only this document.")
@click.option("--clause", default="", help=f"Only this clause of --document: {_IN_DOCUMENT}.")
@click.option("--path", default="", help='Only what stands at, or below, this outline path: "2 › Respect privacy".')
@click.option("--word", "words", multiple=True, help="Only clauses that say this, before or after; * for any ending.")
@click.option("--pattern", default="", help="Only clauses in which this regular expression (RE2) finds something.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only changes of this kind.")
@click.option(
    "--significance",
    "significances",
    multiple=True,
    type=click.Choice(SIGNIFICANCES),
    help="Only changes that weigh so; otherwise all but the typographic.",
)
@click.option("--silent", is_flag=True, help="Only what no new date and no changelog entry announced.")
@click.option("--immediate", is_flag=True, help="Everything as soon as it is seen, before it is confirmed; flaps too.")
@click.option("--variants", is_flag=True, help="Other labels, links and typography of the same words too.")
@click.option("--health", is_flag=True, help="For operators: pages that fail, or are well again, and nothing else.")
@click.option("--every", type=click.Choice(["now", "day", "week"]), default="now", help="At once, or in one digest.")
@click.option("--zone", default="UTC", show_default=True, help="Time zone of the subscriber, such as Europe/Paris.")
@click.option("--quiet", default="", help="Hours in which nothing is sent, in that zone: 22-7.")
@click.option("--secret", "secrets", multiple=True, help="Webhooks: sign with this (whsec_…); several while exchanged.")
@click.option("--ask", is_flag=True, help="Ask ADDRESS first, by a letter with a link; it begins when they confirm.")
def subscribe(address: str, ask: bool, **asked: Any) -> None:
    """Tell ADDRESS of changes from now on: an address of mail, or https://… for webhooks.

    Whoever gives this command answers for ADDRESS having asked for it.  What is told is confirmed: the same words were
    seen again two days after they came, so that nobody hears of what went back at once.
    """
    from clausetrail.changelog.subscribing import wish_phrase
    from clausetrail.pipeline.delivering import subscribe as subscribed

    if ask:
        _ask(_asked(address, dict(asked)))
        return
    with reading() as store:
        made = subscribed(store, _asked(address, dict(asked)), datetime.now(UTC))
    say(f"Subscription {made.id}: {wish_phrase(made.wish)}.")
    if made.subscriber.secret and not asked["secrets"]:
        say(f"Webhooks are signed with {made.subscriber.secret}; the receiver needs it.")


def _ask(asked: Asked) -> None:
    from clausetrail.pipeline.delivering import ask

    with reading() as store:
        ask(store, asked, datetime.now(UTC))
    say("If that address may be written to, the next `clausetrail deliver` asks it.")


def _asked(address: str, asked: dict[str, Any]) -> Asked:
    from clausetrail.model import Cadence, RelationKind, Significance, Wish
    from clausetrail.pipeline.delivering import Asked

    zone, quiet, secrets, every = (asked.pop(name) for name in ("zone", "quiet", "secrets", "every"))
    asked["kinds"] = tuple(map(RelationKind, asked["kinds"]))
    asked["significances"] = tuple(map(Significance, asked["significances"]))
    cadence = {"now": Cadence.NOW, "day": Cadence.DAILY, "week": Cadence.WEEKLY}[every]
    return Asked(address, Wish(**asked), cadence, zone, quiet, " ".join(secrets))


@click.command(short_help="List who hears of what.")
@click.argument("address", required=False)
@format_option("terminal", "json")
def subscriptions(address: str | None, format_: str) -> None:
    """List who hears of what, or what ADDRESS hears of."""
    from clausetrail.changelog.subscribing import subscription_json, subscription_lines

    with private() as found:
        listed = found.subscriptions(address)
    if format_ == "json":
        emit_json([subscription_json(one) for one in listed])
    else:
        emit(subscription_lines(listed))


@click.command(short_help="End a subscription, and take back what is queued for it.")
@click.argument("number", type=int)
def unsubscribe(number: int) -> None:
    """End the subscription of that number, as `subscriptions` lists it, and take back what is queued for it."""
    with private() as found:
        ended = found.unsubscribe(number)
    if not ended:
        raise UsageError(f"there is no subscription {number}; `clausetrail subscriptions` lists them")
    say(f"Subscription {number} has ended.")


@click.group(short_help="Forget somebody, or take that back.")
def subscribers() -> None:
    """Forget somebody for good, or take that back."""


@subscribers.command()
@click.argument("address")
def forget(address: str) -> None:
    """Take ADDRESS out, with its subscriptions and all that was sent or queued.

    A keyed hash stays, so that the address is never written to again, whoever enters it.
    """
    with private() as found:
        known = found.forget(address, datetime.now(UTC))
    say("Forgotten." if known else "Nobody by that address had subscribed; it is never written to all the same.")


@subscribers.command()
@click.argument("ticket")
def confirm(ticket: str) -> None:
    """Enter what the letter with TICKET in its link asked; for sites that do not show that page themselves."""
    from clausetrail.changelog.subscribing import wish_phrase
    from clausetrail.pipeline.delivering import confirm as confirmed

    with reading() as store:
        made = confirmed(store, ticket, datetime.now(UTC))
    say(f"Subscription {made.id}: {wish_phrase(made.wish)}.")


@subscribers.command()
@click.argument("address")
def allow(address: str) -> None:
    """Take back that ADDRESS is never to be written to, because whoever has it asks for it."""
    with private() as found:
        known = found.allow(address)
    say("It may subscribe again." if known else "It was not forgotten.")


@click.command(short_help="Tell those who asked of what was raised.")
@click.option("--replay", is_flag=True, help="Try again what is dead, too.")
@click.option("--smtp", envvar="CLAUSETRAIL_SMTP", default="", help="smtp://USER:PASSWORD@HOST:PORT; see above.")
@click.option("--from", "sender", envvar="CLAUSETRAIL_MAIL_FROM", default="", help="Address that mail comes from.")
@click.option("--site", envvar="CLAUSETRAIL_SITE", default="", help="Address of your site, for links in messages.")
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with your own mail.txt, mail.html, confirm.txt and confirm.html.",
)
@format_option("terminal", "json")
def deliver(replay: bool, format_: str, **ways: Any) -> None:
    """Tell those who asked of what was raised since the last time, once.  For cron and timers.

    Mail goes out where a server is named, best by CLAUSETRAIL_SMTP in the environment, CLAUSETRAIL_MAIL_FROM beside
    it: smtp:// asks for STARTTLS and sends nothing without it, smtps:// begins with TLS, smtp+plain:// is for a server
    on this machine.  What nobody takes is tried again for three days, then it is dead (`clausetrail alerts outbox`).
    """
    from clausetrail.pipeline.delivering import deliver as delivered
    from clausetrail.pipeline.delivering import ways_of

    with reading() as store:
        queued, done, counts = delivered(store, ways_of(**ways), replay=replay)
    if format_ == "json":
        emit_json({"queued": queued, **asdict(done), "outbox": dict(counts)})
    else:
        say(done.sentence(queued, counts))
