"""A search, as a person asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from clausetrail.errors import UsageError
from clausetrail.model import SearchHit
from clausetrail.pipeline.ends import moment_of, resolve

if TYPE_CHECKING:
    from clausetrail.store import Store


@dataclass(frozen=True, slots=True)
class Found:
    hits: tuple[SearchHit, ...]
    notes: tuple[str, ...] = ()
    """Said to the reader: a gap in the observations; where to look where nothing was found."""


def search(
    store: Store,
    words: str,
    *,
    document: str | None,
    on: str | None,
    removed: bool,
    limit: int,
    publisher: str | None = None,
) -> Found:
    """`store.search`, with `on` as `resolve` takes it: a date, or within one document any version.

    Raises UsageError where `on` means nothing."""
    slug = store.document(document).slug if document else None
    at, notes = _when(store, slug, on)
    hits = store.search(words, document=slug, publisher=publisher, on=at, removed=removed, limit=limit)
    if hits or on is not None:
        return Found(hits, notes)
    others = store.search(words, document=slug, publisher=publisher, removed=not removed, limit=limit)
    return Found(hits, (*notes, *_elsewhere(len(others), limit, removed=removed)))


def _when(store: Store, slug: str | None, on: str | None) -> tuple[datetime | int | None, tuple[str, ...]]:
    if on is None:
        return None, ()
    if slug is None:
        try:
            return moment_of(on), ()
        except UsageError as error:
            raise UsageError(f"{error}; a version can be named with --document only") from error
    end = resolve(store, slug, on)
    assert end.version is not None  # noqa: S101 - `resolve` gives ends with versions
    return end.version.number, end.notes


def _elsewhere(count: int, limit: int, *, removed: bool) -> tuple[str, ...]:
    """Where to look, if there is anything."""
    if not count:
        return ()
    wordings = "1 wording" if count == 1 else f"{count} wordings" if count < limit else f"{count} wordings or more"
    if removed:
        return (f"{wordings} in the latest versions: leave out --removed",)
    return (f"{wordings} {'stands' if count == 1 else 'stand'} no longer: search with --removed",)
