"""Where else a removed clause may stand: in what the parser left out of the page, and in the publisher's other
documents of the time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from clausetrail import settings
from clausetrail.history import observed
from clausetrail.model import End, Exhibit, Extraction
from clausetrail.pipeline.declared import declared, extraction_of
from clausetrail.scraper import files
from clausetrail.scraper.media import content_type

if TYPE_CHECKING:
    from clausetrail.store import Store

HTML = ("text/html", "application/xhtml+xml")
"""What has parts to leave out; all else is read whole."""

Texts = Iterator[tuple[str, str]]


def around(store: Store, slug: str, end: End) -> Texts:
    """All that is not the document, and yet near it, at one end of a comparison."""
    yield from left_out(store, end.pages)
    publisher = slug.partition("/")[0]
    for document in store.documents():
        if document.slug != slug and document.slug.partition("/")[0] == publisher:
            yield from _other(store, document.slug, end)


def left_out(store: Store, pages: Iterable[Exhibit]) -> Texts:
    """What the parser left out of the pages of a version.  Raises StoreError where their bytes cannot be read."""
    workspace = settings.governing(store.path)
    for page in pages:
        row = page.row
        if row.media_type in HTML:
            how = extraction_of(declared(workspace, (page.document,)), row)
            charset = content_type(row.headers)[1]
            yield from _left_out(store.body(row.key.sha256), row.media_type, row.url, charset, how)


def around_file(path: Path) -> Texts:
    """All that a file says beside its policy.  Raises ScrapeError where it cannot be read."""
    from clausetrail.parser import media_type_of

    body = files.read(path)
    media_type = media_type_of(path.name, body)
    if media_type in HTML:
        yield from _left_out(body, media_type)


def _left_out(body: bytes, media_type: str, url: str = "", charset: str = "", how: Extraction | None = None) -> Texts:
    """What of a page is not read.  Where its declaration selects what is, that is all the rest of it."""
    from clausetrail.parser import explain  # most comparisons need no parser

    how = how or Extraction()
    blocks = explain(body, media_type, url=url, charset=charset, select=how.select, remove=how.remove)
    read = {block.text for block in blocks if block.kept}
    others = explain(body, media_type, url=url, charset=charset) if how.select else ()
    for block in (*blocks, *others):
        if block.text not in read:
            rule = "declared" if block.kept else block.rule
            yield f"in a part of the page that was left out ({rule})", block.text


def _other(store: Store, slug: str, end: End) -> Texts:
    """The words of another document as they stood when the end was last seen."""
    version = observed(store.versions(slug), end.version.last_seen) if end.version else None
    if version is not None:
        yield from ((f"in {slug}", clause.words) for clause in store.end(slug, version.number).tree.walk())
