"""The site as plain files, for any web host: the same pages, without what needs an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from clausetrail.changelog import json_text
from clausetrail.errors import PublishError, StoreError
from clausetrail.store import Store
from clausetrail.web import files, pages
from clausetrail.web.files import FileLinks
from clausetrail.web.pages import Asked, Page
from clausetrail.web.routes import View
from clausetrail.web.views import clause, comparison, document, home

Progress = Callable[[int, int, str], None]
"""Told (documents done, of how many, which)."""


@dataclass(frozen=True, slots=True)
class _File:
    """One page to write."""

    path: str
    view: View
    parts: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)


def export(store: Store, folder: Path, url: str, *, progress: Progress | None = None) -> int:
    """Write the site into a folder that is new or empty; how many pages.

    Pages: all documents, each document and its text in every version, every version with the one before, every clause,
    each as HTML and JSON; the stored bytes that they rest on.  Links are relative, so the folder may stand below any
    path; `url`, where it will stand, is for citations and previews.  Raises
    PublishError for a folder that holds something, and for an address that is none."""
    if not url.startswith(("https://", "http://")):
        raise PublishError(f"{url}: is no address; it begins with https:// or http://")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PublishError(f"{folder}: holds something already; name a new folder, or an empty one")
    origin = url if url.endswith("/") else f"{url}/"
    with store.reading():
        _write(folder, _File(files.HOME, home.home), store, origin)
        count = 1
        every = store.documents()
        for done, info in enumerate(every):
            if progress:
                progress(done, len(every), info.slug)
            count += _document(folder, store, info.slug, info.versions, origin)
    for name in pages.TYPES:
        _put(folder, files.asset(name), pages.asset(name).body)
    return count


def _document(folder: Path, store: Store, slug: str, versions: int, origin: str) -> int:
    found = tuple(_files(store, slug, versions))
    for each in found:
        _write(folder, each, store, origin)
    for sha256 in {page.key.sha256 for number in range(1, versions + 1) for page in store.pages(slug, number)}:
        _put(folder, files.evidence(slug, sha256), _bytes(store, sha256))
    return len(found)


def _files(store: Store, slug: str, versions: int) -> Iterator[_File]:
    publisher, _, name = slug.partition("/")
    parts = {"publisher": publisher, "name": name}
    yield _File(files.document(slug), document.document, parts)
    for number in range(1, versions + 1):
        yield _File(files.document(slug, number), document.document, parts, {"on": [str(number)]})
        if number > 1:
            ends = {"start": str(number - 1), "end": str(number)}
            yield _File(files.comparison(slug, number - 1, number), comparison.comparison, parts | ends)
    for one in store.lineages(slug):
        place = clause.born(store, slug, one.number).partition("@")[2]
        yield _File(files.clause(slug, one.number), clause.clause, parts | {"place": place})


def _write(folder: Path, each: _File, store: Store, origin: str) -> None:
    links = FileLinks(str, "", origin, "../" * each.path.count("/"))
    found = each.view(Asked(store, links, each.parts, each.query))
    assert isinstance(found, Page)  # noqa: S101 - none of these views leads elsewhere
    _put(folder, each.path, pages.answer(found, links).body)
    _put(folder, links.json(each.path), json_text(found.data()).encode())


def _bytes(store: Store, sha256: str) -> bytes:
    """What was kept, or why it is not here."""
    try:
        reason = store.redaction(sha256)
        return store.body(sha256) if reason is None else f"taken out of the archive: {reason}\n".encode()
    except StoreError as error:
        if error.transient:
            raise
        return b"kept elsewhere\n"


def _put(folder: Path, path: str, body: bytes) -> None:
    target = folder / path
    if not target.resolve().is_relative_to(folder.resolve()):
        raise PublishError(f"{path}: would be written outside {folder}; a document has a name that cannot be a file's")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body)
