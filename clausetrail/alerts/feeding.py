"""Feeds of events: everything, or one publisher, document or clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from uuid import NAMESPACE_URL, uuid5

from clausetrail.alerts.expansion import Tell
from clausetrail.alerts.rules import Follow, heard, in_scope
from clausetrail.alerts.sandbox import render
from clausetrail.alerts.views import Site, Told, event_view, subject
from clausetrail.changelog.feeds import LONGEST, Entry, Feed
from clausetrail.model import Event, EventKind, Wish


def feed_of(
    events: Iterable[Event], tell: Tell, follow: Follow, *, wish: Wish, title: str, site: Site, own: str = ""
) -> Feed:
    """The newest of the events, newest first, that somebody with this wish hears of, with corrections of them.

    The same events make the same feed.  An event that does not hold any more stays, and says so."""
    entries = list(_entries(sorted(events, key=lambda event: -event.number), tell, follow, wish, site))
    scope = "\n".join((site.address, wish.publisher, wish.document, wish.clause, wish.path))
    link = site.document(wish.document) if wish.document else site.address
    return Feed(str(uuid5(NAMESPACE_URL, scope)), title, tuple(entries), link, own)


def _entries(events: Iterable[Event], tell: Tell, follow: Follow, wish: Wish, site: Site) -> Iterator[Entry]:
    found = 0
    for event in events:
        told = _told(event, tell, follow, wish)
        if told is not None:
            yield _entry(told, site)
            found += 1
        if found == LONGEST:
            return


def _told(event: Event, tell: Tell, follow: Follow, wish: Wish) -> Told | None:
    if event.kind is EventKind.CORRECTION:
        near = wish.publisher in ("", event.document.partition("/")[0]) and wish.document in ("", event.document)
        telling = tell(event) if near and not wish.clause and not wish.path else None
        return Told(telling) if telling else None
    if not in_scope(wish, event):
        return None
    telling = tell(event)
    if telling is None:
        return None
    changes = heard(wish, telling, follow)
    return None if changes is None else Told(telling, changes)


def _entry(told: Told, site: Site) -> Entry:
    event, diff = told.telling.event, told.telling.diff
    template = files("clausetrail.alerts").joinpath("templates", "entry.html").read_text("utf-8")
    view = event_view(told, site)
    if event.superseded_by:
        view["note"] = "This does not hold any more; a correction tells why."
    link = site.clause(diff.new.permalink) if diff else site.document(event.document)
    return Entry(
        event.id, subject([told]), render(template, html=True, event=view), event.at, event.at, link, event.document
    )
