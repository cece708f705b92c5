"""Feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1.  Pure: entries in, text out.

An entry's id is that of its event, which never changes and is never given twice.  XML 1.0 cannot hold control
characters, not even escaped, so what is not allowed there is shown by `visible`, as everywhere else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from xml.sax.saxutils import escape, quoteattr

from clausetrail.changelog.dates import moment
from clausetrail.changelog.safe import json_visible, safe_link, visible

GENERATOR = "Clausetrail"
LONGEST = 100
"""Entries of one feed: the newest."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    id: str
    """A UUID."""
    title: str
    html: str
    """What happened, as HTML that is safe already."""
    published: datetime
    updated: datetime
    link: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """Entries, newest first, under one name."""

    id: str
    """A UUID; the same for the same scope of the same site."""
    title: str
    entries: tuple[Entry, ...]
    link: str = ""
    """Of the page that shows the same."""
    own: str = ""
    """Of the feed itself."""

    @property
    def updated(self) -> datetime:
        """That of the newest entry, so that a feed without news is the same to the byte."""
        return max((entry.updated for entry in self.shown), default=_EPOCH)

    @property
    def shown(self) -> Sequence[Entry]:
        return self.entries[:LONGEST]


def atom(feed: Feed) -> str:
    """As Atom, media type `application/atom+xml`."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        _element("id", f"urn:uuid:{feed.id}"),
        _element("title", feed.title),
        _element("updated", moment(feed.updated) or ""),
        _element("generator", GENERATOR),
        f"<author>{_element('name', GENERATOR)}</author>",
        *_links(feed.link, "alternate"),
        *_links(feed.own, "self"),
    ]
    for entry in feed.shown:
        lines += ["<entry>", *_atom_entry(entry), "</entry>"]
    return "\n".join([*lines, "</feed>", ""])


def _atom_entry(entry: Entry) -> list[str]:
    return [
        _element("id", f"urn:uuid:{entry.id}"),
        _element("title", entry.title),
        _element("published", moment(entry.published) or ""),
        _element("updated", moment(entry.updated) or ""),
        *_links(entry.link, "alternate"),
        *([f"<category term={_quoted(entry.document)}/>"] if entry.document else []),
        f'<content type="html">{_text(entry.html)}</content>',
    ]


def _links(target: str, rel: str) -> list[str]:
    return [f"<link rel={_quoted(rel)} href={_quoted(target)}/>"] if safe_link(target) else []


def rss(feed: Feed) -> str:
    """As RSS 2.0, media type `application/rss+xml`."""
    stamp = partial(format_datetime, usegmt=True)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
        "<channel>",
        _element("title", feed.title),
        _element("link", safe_link(feed.link)),
        _element("description", feed.title),
        _element("generator", GENERATOR),
        _element("lastBuildDate", stamp(feed.updated.astimezone(UTC))),
        *(each.replace("<link", "<atom:link") for each in _links(feed.own, "self")),
    ]
    for entry in feed.shown:
        lines += [
            "<item>",
            f'<guid isPermaLink="false">urn:uuid:{_text(entry.id)}</guid>',
            _element("title", entry.title),
            *([_element("link", entry.link)] if safe_link(entry.link) else []),
            _element("pubDate", stamp(entry.published.astimezone(UTC))),
            *([_element("category", entry.document)] if entry.document else []),
            _element("description", entry.html),
            "</item>",
        ]
    return "\n".join([*lines, "</channel>", "</rss>", ""])


def json_feed(feed: Feed) -> str:
    """As JSON Feed 1.1, media type `application/feed+json`."""
    items = [
        {
            "id": f"urn:uuid:{entry.id}",
            "title": visible(entry.title),
            "content_html": entry.html,
            "date_published": moment(entry.published),
            "date_modified": moment(entry.updated),
            **({"url": entry.link} if safe_link(entry.link) else {}),
            **({"tags": [visible(entry.document)]} if entry.document else {}),
        }
        for entry in feed.shown
    ]
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": visible(feed.title),
        **({"home_page_url": feed.link} if safe_link(feed.link) else {}),
        **({"feed_url": feed.own} if safe_link(feed.own) else {}),
        "authors": [{"name": GENERATOR}],
        "items": items,
    }
    return json_visible(json.dumps(said, ensure_ascii=False, indent=1)) + "\n"


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>"


def _text(text: str) -> str:
    """As XML says it: line feeds stay, everything else that does not show is shown; characters that no XML may hold
    (FFFE and FFFF of each plane) are gone."""
    return escape("\n".join(_allowed(visible(line)) for line in text.split("\n")))


def _quoted(text: str) -> str:
    return quoteattr(_allowed(visible(text)))


def _allowed(text: str) -> str:
    return "".join(each for each in text if (ord(each) & 0xFFFE) != 0xFFFE)
