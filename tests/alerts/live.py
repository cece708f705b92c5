"""Documents that are looked at live, without a network, by a clock that goes on when a test says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from clausetrail.model import Fetched, Hop, Origin, Outcome, PageRequest, Source, Told
from clausetrail.pipeline.looking import Page, keep, record
from clausetrail.store import Store
from tests.net.site import START
from tests.workspaces import policy

RULES = "lampion/rules"
DAY = timedelta(days=1)
HEAD = "We keep what you give us for {} days, and then we delete it from all of our machines."


def page(*sentences: str, title: str = "Rules") -> bytes:
    return policy(title, *sentences).encode()


def kept(days: int) -> bytes:
    """A page that differs from another of its kind by a number."""
    return page(HEAD.format(days))


class Live:
    """A workspace in which pages are looked at."""

    def __init__(self, store: Store, start: datetime = START) -> None:
        self.store, self.now = store, start

    def follow(self, document: str, publisher: str = "Lampion", title: str = "Rules") -> None:
        self.store.declare(document, publisher, title, url=f"https://{document.partition('/')[0]}.example/rules")
        self.store.declare_sources(document, [Source(f"https://{document.partition('/')[0]}.example/rules")], self.now)

    def look(self, body: bytes | Outcome | None, document: str = RULES, *, after: timedelta = DAY) -> Told:
        """What a look at the page tells; None: the server does not answer; an outcome: it is that."""
        self.now += after
        watched = next(one for one in self.store.watched() if one.document == document)
        looked = Page(Source(watched.url), watched, DAY)
        request = PageRequest(watched.url)
        if isinstance(body, Outcome):
            came = Fetched(request, body, self.now, reason="the server says so", cause=body.value)
        elif body is None:
            came = Fetched(request, Outcome.ERROR, self.now, reason="nobody answers", cause="timeout", transient=True)
        else:
            hop = Hop(watched.url, 200, self.now)
            came = Fetched(
                request, Outcome.OK, self.now, hops=(hop,), body=body, origin=Origin.LIVE, media_type="text/html"
            )
        seen = keep(self.store, document, looked, [came])
        return record(self.store, document, [seen], alarm_after=3)

    def looks(self, *bodies: bytes | Outcome | None, document: str = RULES) -> None:
        for body in bodies:
            self.look(body, document)

    def confirmed(self, *days: int, document: str = RULES) -> None:
        """Each of these states, until it is confirmed."""
        for number in days:
            self.looks(*[kept(number)] * 3, document=document)

    def kinds(self) -> list[str]:
        return [event.kind.value for event in self.store.events()]


@contextmanager
def workspace(folder: Path, *documents: str) -> Iterator[Live]:
    with Store.open(folder / "policies.db", create=True) as store:
        live = Live(store)
        for document in documents or (RULES,):
            live.follow(document)
        yield live
