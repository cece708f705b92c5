"""The snapshots that a version rests on, and their bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clausetrail.errors import UsageError
from clausetrail.model import Exhibit, Version
from clausetrail.pipeline.ends import resolve

if TYPE_CHECKING:
    from clausetrail.store import Store

_HASH = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was asked for, and the snapshots that answer."""

    document: str
    version: Version | None
    """None where snapshots were asked for by their hash, or all of a document."""
    pages: tuple[Exhibit, ...]
    """Those that the version's clauses were read from, one for each page; else all that answer."""
    again: tuple[Exhibit, ...] = ()
    """Those that showed the version again."""
    notes: tuple[str, ...] = ()


def evidence(
    store: Store, document: str, on: str | None = None, *, source: str | None = None, every: bool = False
) -> Evidence:
    """The evidence for a version of a document: the one that `on` means, or the latest.

    `document`, or `on`, may be the beginning of a snapshot's hash (8 digits or more): then that snapshot alone.  With
    `every`: all snapshots of the document, those that are no policy too.  Raises UsageError where there is none.
    """
    if on is None and _HASH.fullmatch(document.lower()):
        found = _by_hash(store, None, document)
    elif on is not None and _HASH.fullmatch(on.lower()):
        found = _by_hash(store, store.document(document).slug, on)
    elif every:
        slug = store.document(document).slug
        found = Evidence(slug, None, store.exhibits(slug))
    else:
        found = _of_version(store, store.document(document).slug, on or "latest")
    return found if source is None else _of_page(found, source)


def _by_hash(store: Store, slug: str | None, prefix: str) -> Evidence:
    found = tuple(e for e in store.find_snapshot(prefix) if slug in (None, e.document))
    if not found:
        raise UsageError(f"{slug or prefix}: no snapshot has a hash that begins with {prefix}", document=slug or "")
    if len({e.key.sha256 for e in found}) > 1:
        raise UsageError(f"{len(found)} snapshots have a hash that begins with {prefix}; give more of it")
    return Evidence(found[0].document, None, found)


def _of_version(store: Store, slug: str, on: str) -> Evidence:
    end = resolve(store, slug, on)
    assert end.version is not None  # noqa: S101 - `resolve` gives ends with versions
    number, first = end.version.number, {e.key for e in end.pages}
    again = tuple(e for e in store.exhibits(slug) if e.version == number and e.key not in first)
    return Evidence(slug, end.version, end.pages, again, end.notes)


def _of_page(found: Evidence, source: str) -> Evidence:
    known = sorted({e.key.source for e in (*found.pages, *found.again)})
    if source not in known:
        raise UsageError(f"{found.document}: has no page {source!r} here; it has {', '.join(known)}")
    pages, again = (tuple(e for e in own if e.key.source == source) for own in (found.pages, found.again))
    return replace(found, pages=pages, again=again)


def stored_bytes(store: Store, found: Evidence) -> tuple[Exhibit, bytes]:
    """The bytes of the one snapshot that is meant: the one that the version's clauses were read from.

    They are as they were served, proved by their hash.  Raises UsageError where several pages are meant, and
    StoreError where the bytes are missing or damaged."""
    different = {e.key.sha256 for e in found.pages}
    if len(different) > 1:
        names = sorted({e.key.source for e in found.pages})
        choice = f"name one with --source: {', '.join(names)}" if len(names) > 1 else "name one by its hash with --on"
        raise UsageError(f"{found.document}: {len(different)} snapshots answer; {choice}", document=found.document)
    return found.pages[0], store.body(found.pages[0].key.sha256)
