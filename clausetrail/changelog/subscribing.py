"""Subscriptions and the outbox on a terminal and as JSON.  For the operator's eyes: they hold addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from clausetrail.changelog import dates, phrases
from clausetrail.changelog.json_diff import Json
from clausetrail.changelog.styled import Line, Span, Style, line
from clausetrail.model import Cadence, Message, Subscriber, Subscription, Wish

_CADENCES = {Cadence.NOW: "at once", Cadence.DAILY: "once a day", Cadence.WEEKLY: "once a week"}


def wish_phrase(wish: Wish) -> str:
    """`confirmed changes of lampion/rules that say “arbitration”`."""
    what = "pages that fail" if wish.health else "changes, confirmed or not," if wish.immediate else "confirmed changes"
    where = wish.document or wish.publisher
    parts = [what, f"of {where}" if where else "of all documents", *_limits(wish)]
    return " ".join(parts)


def _limits(wish: Wish) -> Iterator[str]:
    if wish.clause:
        yield f"in clause {wish.clause}"
    if wish.path:
        yield f"below {wish.path}"
    if wish.words:
        yield "that say " + " or ".join(phrases.quoted(word) for word in wish.words)
    if wish.pattern:
        yield f"that match {phrases.quoted(wish.pattern)}"
    if wish.kinds:
        yield "(" + ", ".join(phrases.kind_word(kind) for kind in wish.kinds) + ")"
    if wish.significances:
        yield "(" + ", ".join(each.value for each in wish.significances) + ")"
    if wish.silent:
        yield "that nothing announced"
    if wish.variants:
        yield "and other labels, links and typography"


def subscription_lines(found: Iterable[Subscription]) -> list[Line]:
    """One or two lines for each, with the number by which it is ended."""
    return [each for one in found for each in _lines(one)] or [line("Nobody has subscribed.")]


def _lines(one: Subscription) -> Iterator[Line]:
    yield line(
        Span(f"{one.id:>4}  ", Style.MUTED),
        Span(one.subscriber.address, Style.STRONG),
        f"  {_CADENCES[one.cadence]}  {wish_phrase(one.wish)}",
        indent=6,
    )
    if one.subscriber.disabled:
        yield line("      ", Span(f"nothing is sent: {one.subscriber.disabled}", Style.WARNING), indent=6)


def subscription_json(one: Subscription) -> Json:
    """Without the secrets that end it and sign for it."""
    wish = one.wish
    return {
        "id": one.id,
        "created_at": dates.moment(one.created_at),
        "cadence": one.cadence.value,
        "subscriber": _subscriber(one.subscriber),
        "wish": {
            **{name: getattr(wish, name) for name in ("publisher", "document", "clause", "path", "pattern")},
            **{name: getattr(wish, name) for name in ("silent", "immediate", "variants", "health")},
            "words": list(wish.words),
            "kinds": [kind.value for kind in wish.kinds],
            "significances": [each.value for each in wish.significances],
        },
    }


def _subscriber(one: Subscriber) -> Json:
    return {
        "channel": one.channel.value,
        "address": one.address,
        "zone": one.zone,
        "quiet": one.quiet,
        "disabled": one.disabled,
    }


def outbox_lines(counts: Mapping[str, int], dead: Sequence[Message]) -> list[Line]:
    """How much waits, was sent, is dead; then the dead, each with what came of the last attempt."""
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    lines = [line(Span(f"Messages: {told}.", Style.STRONG))]
    for one in dead:
        tries = phrases.counted(one.attempts, "attempt")
        address = one.subscription.subscriber.address
        lines += [
            line(Span(f"  {one.key}  ", Style.MUTED), address, f"  {tries}: ", Span(one.error, Style.WARNING), indent=4)
        ]
    if dead:
        lines.append(line(Span("`clausetrail deliver --replay` tries them again.", Style.MUTED)))
    return lines


def outbox_json(counts: Mapping[str, int], dead: Iterable[Message]) -> Json:
    return {
        **counts,
        "dead_letters": [
            {
                "key": one.key,
                "subscription": one.subscription.id,
                "events": list(one.events),
                "attempts": one.attempts,
                "error": one.error,
            }
            for one in dead
        ],
    }
