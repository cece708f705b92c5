"""Feeds as files, for whoever serves a folder."""

from __future__ import annotations

from pathlib import Path

from clausetrail.alerts.feeding import feed_of
from clausetrail.alerts.views import Site
from clausetrail.changelog.feeds import Feed, atom, json_feed, rss
from clausetrail.errors import UsageError
from clausetrail.model import Wish
from clausetrail.pipeline.delivering import resolved
from clausetrail.pipeline.telling import Teller
from clausetrail.store import Store

FORMATS = {"atom": atom, "rss": rss, "json": json_feed}


def feed(store: Store, wish: Wish, *, site: Site | None = None, own: str = "") -> Feed:
    """The feed of everything, or of the publisher, document, clause or path of the wish, whose other fields limit it
    further.  Raises UsageError for a document or clause that is not known."""
    wish, teller = resolved(store, wish), Teller(store)
    events = store.events(document=wish.document or None)
    title = _title(store, wish)
    return feed_of(events, teller.tell, teller.follow, wish=wish, title=title, site=site or Site(), own=own)


def _title(store: Store, wish: Wish) -> str:
    if wish.document:
        info = store.document(wish.document)
        where = f"{info.publisher}: {info.title}"
        return f"Changes of a clause of {where}" if wish.clause or wish.path else f"Changes of {where}"
    if wish.publisher:
        slugs = [info for info in store.documents() if info.slug.partition("/")[0] == wish.publisher]
        if not slugs:
            raise UsageError(f"{wish.publisher}: no document is of this publisher; `clausetrail documents` lists them")
        return f"Changes of the policies of {slugs[0].publisher}"
    return "Changes of policies"


def write(path: Path, found: Feed, format_: str) -> bool:
    """Write a feed to a file, whole or not at all; False where it says what it said, and is left alone."""
    text = FORMATS[format_](found).encode("utf-8")
    if path.is_file() and path.read_bytes() == text:
        return False
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(text)
    part.replace(path)
    return True
