"""What a message says of its events, as plain data that a template can arrange and nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlsplit

from clausetrail.alerts.telling import Telling
from clausetrail.changelog import dates, phrases
from clausetrail.changelog.alerts import event_word
from clausetrail.changelog.items import Item, Teller
from clausetrail.changelog.operations import elided, shown
from clausetrail.changelog.safe import visible
from clausetrail.model import Change, End, Event, EventKind
from clausetrail.store import permalink

CHANGES = 25
"""Told in full in one message; the rest is counted."""
_CONTEXT = 160
"""Characters of kept words beside each edit."""
_SUBJECT = 140
PAGES = "/-/policy"
"""Below the site's address, where its own pages are."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where readers find the site; nowhere by default."""

    address: str = ""
    """`https://policies.example.org`, with the path that it is mounted at, and no slash at the end."""

    def clause(self, permalink: str) -> str:
        """Address of what a permalink names; empty without a site."""
        slug, _, place = permalink.partition("@")
        return f"{self.address}{PAGES}/{quote(slug)}@{quote(place, safe='@:~')}" if self.address else ""

    def document(self, slug: str) -> str:
        return f"{self.address}{PAGES}/{quote(slug)}" if self.address else ""

    def leave(self, token: str) -> str:
        """Where a subscription is ended; a GET of it must change nothing (RFC 8058)."""
        return f"{self.address}{PAGES}/-/unsubscribe/{quote(token, safe='')}" if self.address else ""

    def confirm(self, ticket: str) -> str:
        """Where a subscription is confirmed; a GET of it must change nothing."""
        return f"{self.address}{PAGES}/-/confirm/{quote(ticket, safe='')}" if self.address else ""

    @property
    def secure(self) -> bool:
        return urlsplit(self.address).scheme == "https"


@dataclass(frozen=True, slots=True)
class Told:
    """An event, and those of its changes that a subscriber hears of."""

    telling: Telling
    changes: tuple[Change, ...] = ()


def event_view(told: Told, site: Site) -> dict[str, Any]:
    """Everything that a template may say of one event."""
    telling = told.telling
    items = list(_items(told))
    return {
        "id": telling.event.id,
        "kind": telling.event.kind.value,
        "title": title(telling),
        "document": telling.event.document,
        "what": what(told),
        "facts": list(_facts(telling)),
        "note": _note(telling.event),
        "changes": [_change(item, link) for item, link in _linked(items[:CHANGES], told, site)],
        "more": f"… and {phrases.counted(len(items) - CHANGES, 'more change')}." if len(items) > CHANGES else "",
        "links": list(_links(telling, site)),
    }


def title(telling: Telling) -> str:
    """`Lampion: Rules`."""
    return ": ".join(filter(None, (telling.info.publisher, telling.info.title))) or telling.event.document


def what(told: Told) -> str:
    """What happened, in a sentence."""
    event = told.telling.event
    if event.kind in (EventKind.CHANGE, EventKind.SEEN) and told.changes:
        return f"{phrases.sentence(event_word(event))}: {phrases.summary(told.changes)}."
    return f"{phrases.sentence(event_word(event))}."


def _note(event: Event) -> str:
    if event.kind is EventKind.CORRECTION:
        return f"What was told of a change does not hold any more: {event.note}."
    return event.note


def _facts(telling: Telling) -> Iterator[str]:
    event, diff = telling.event, telling.diff
    if event.first_seen:
        yield phrases.sentence(dates.utc(_interval(event)))
    if event.kind is EventKind.CHANGE:
        yield dates.utc(f"Confirmed {dates.day(event.at)}")
    if event.kind is EventKind.SEEN:
        yield phrases.sentence(phrases.PENDING)
    if diff is not None and diff.new.dates:
        yield f"The document declares: {dates.declarations(diff.new.dates)}"
    if telling.silent:
        yield phrases.sentence(phrases.SILENT)
    if event.page:
        yield f"Page: {event.page}"


def _interval(event: Event) -> str:
    first = dates.day(event.first_seen) if event.first_seen else ""
    last = dates.day(event.before) if event.before else ""
    return f"changed between {last} and {first}" if last and last != first else f"changed {first}"


def _items(told: Told) -> Iterator[Item]:
    """The changes that are heard, most important first."""
    diff = told.telling.diff
    if diff is not None and told.changes:
        yield from Teller(replace(diff.comparison, changes=told.changes)).ranked()


def _linked(items: Sequence[Item], told: Told, site: Site) -> Iterator[tuple[Item, str]]:
    diff = told.telling.diff
    for item, change in zip(items, told.changes, strict=False):
        end = (diff.new if change.new else diff.old) if diff else None
        yield item, site.clause(_permalink(told.telling.event.document, end, change)) if end else ""


def _permalink(document: str, end: End, change: Change) -> str:
    """Of the clause that a change is about: the new one, or the old one where it is gone."""
    position = (change.new or change.old)[0]
    words = end.tree.places()[position].clause.words
    return permalink(document, end.version.snapshots[0], position, words) if end.version else ""


def _change(item: Item, link: str) -> dict[str, Any]:
    return {
        "claim": phrases.sentence(item.claim),
        "path": item.path,
        "shape": item.shape,
        "weight": item.weight,
        "details": list(item.details),
        "link": link,
        "operations": [
            {"kind": each.kind.value, "text": each.text} for each in elided(shown(item.operations), _CONTEXT)
        ],
    }


def _links(telling: Telling, site: Site) -> Iterator[tuple[str, str, str]]:
    """(name, text, address)."""
    if telling.diff is not None:
        for name, end in (("Before", telling.diff.old), ("After", telling.diff.new)):
            yield name, end.permalink, site.clause(end.permalink)
    if telling.info.url:
        yield "Page", telling.info.url, telling.info.url


def subject(told: Sequence[Told]) -> str:
    """Of a message: one line without control characters."""
    if len(told) == 1:
        text = f"{title(told[0].telling)}: {_headline(told[0])}"
    else:
        text = f"{phrases.counted(len(told), 'event')} of {documents(told)}"
    return phrases.shortened(visible(text), _SUBJECT)


def _headline(told: Told) -> str:
    """`3 changes (2 substantive, 1 editorial)`, or what else happened."""
    if told.telling.event.kind is EventKind.CHANGE and told.changes:
        return f"{phrases.counted(len(told.changes), 'change')} ({phrases.significances(told.changes)})"
    return what(told).rstrip(".")


def documents(told: Iterable[Told]) -> str:
    """`3 documents`, or the name of the one."""
    names = {one.telling.event.document: title(one.telling) for one in told}
    return next(iter(names.values())) if len(names) == 1 else phrases.counted(len(names), "document")
