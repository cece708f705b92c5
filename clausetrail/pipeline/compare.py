"""Two states of a document, or two files, compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from clausetrail.history import related
from clausetrail.model import Comparison, Decision, Diff, End, Reading
from clausetrail.pipeline.ends import resolve
from clausetrail.scraper import files

T = TypeVar("T")

if TYPE_CHECKING:
    from clausetrail.settings import Settings
    from clausetrail.store import Store


def diff(store: Store, document: str, start: str | None, end: str | None, *, by: str = "observed") -> Diff:
    """Two states of one document; without `start` and `end`, the last change.

    What was firmly removed is looked for in what the parser left out of the newer page, and in the publisher's other
    documents as they stood then.  Where a document has one version only, that is both ends, and `new` says so.  Clauses
    of one lineage are joined whatever their words; neighbouring versions are read as they were recorded.  Raises
    UsageError where an end names no version.
    """
    from clausetrail.differ import looked_for
    from clausetrail.pipeline.elsewhere import around

    slug = store.document(document).slug
    alone = start is None and len(store.versions(slug)) == 1
    old = resolve(store, slug, start or ("latest" if alone else "previous"), by=by)
    new = resolve(store, slug, end or "latest", by=by)
    if alone:
        new = replace(new, notes=(*new.notes, "the only version so far: there is nothing to compare it with"))
    assert old.version is not None  # noqa: S101 - `resolve` gives ends with versions
    assert new.version is not None  # noqa: S101
    distance = abs(new.version.number - old.version.number)
    comparison = looked_for(_comparison(store, slug, old, new), lambda: around(store, slug, new))
    return Diff(slug, old, new, comparison, between=max(distance - 1, 0))


def _comparison(store: Store, slug: str, old: End, new: End) -> Comparison:
    assert old.version is not None  # noqa: S101
    assert new.version is not None  # noqa: S101
    first, last = old.version.number, new.version.number
    if last - first == 1 and (recorded := store.comparison(slug, last)) is not None:
        return recorded
    from clausetrail import settings
    from clausetrail.history import Rulings
    from clausetrail.pipeline.comparing import compared, rules_of

    if first <= last:
        links = related(old.lineages, new.lineages, store.lineages(slug), (first, last))
    else:
        back = related(new.lineages, old.lineages, store.lineages(slug), (last, first))
        links = tuple(sorted((a, b) for b, a in back))
    rulings = Rulings([c for c, problem in store.corrections() if c.document == slug and not problem])
    sides = tuple(old.tree.walk()), tuple(new.tree.walk())
    ruled, apart = rulings.pins(None, *sides)
    links = (*ruled, *(link for link in links if not _touches(link, ruled, apart)))
    rules = rules_of(settings.governing(store.path))
    found = compared(old.tree, new.tree, language=new.language, links=links, apart=apart, rules=rules, document=slug)
    return replace(found, changes=tuple(rulings.mark(None, *sides, found.changes)))


def _touches(
    link: tuple[tuple[int, ...], tuple[int, ...]],
    ruled: Iterable[tuple[tuple[int, ...], tuple[int, ...]]],
    apart: frozenset[tuple[int, int]],
) -> bool:
    """Whether a person has ruled on a clause of this link."""
    old, new = set(link[0]), set(link[1])
    return any(old & set(a) or new & set(b) for a, b in ruled) or any(a in old and b in new for a, b in apart)


def diff_files(old: Path, new: Path, workspace: Settings | None = None) -> Diff:
    """Two files, compared without a database, by the rules of the settings that are for all documents.

    What was firmly removed is looked for in what the parser left out of the new file.  Raises ScrapeError or
    ParseError, naming the file.
    """
    from clausetrail.differ import looked_for
    from clausetrail.pipeline.comparing import compared, rules_of
    from clausetrail.pipeline.elsewhere import around_file

    rules = rules_of(workspace) if workspace else ()
    before, after = read_file(old), read_file(new)
    comparison = compared(before.tree, after.tree, language=after.language or before.language, rules=rules)
    comparison = looked_for(comparison, lambda: around_file(new))
    first = End(str(old), before.tree, dates=before.declared, language=before.language)
    last = End(str(new), after.tree, dates=after.declared, language=after.language)
    return Diff("", first, last, comparison)


def read_file(path: Path, *, media_type: str = "", url: str = "") -> Reading:
    """A file as the parser reads it.  Raises ScrapeError or ParseError, naming the file."""
    from clausetrail.parser import read

    return _read_with(read, path, media_type, url)


def explain_file(path: Path, *, media_type: str = "", url: str = "") -> tuple[Decision, ...]:
    """Why each block of a file is part of the policy or is not.  Raises as `read_file` does."""
    from clausetrail.parser import explain

    return _read_with(explain, path, media_type, url)


def _read_with(read: Callable[..., T], path: Path, media_type: str, url: str) -> T:
    from clausetrail.errors import ParseError
    from clausetrail.parser import media_type_of

    body = files.read(path)
    try:
        return read(body, media_type or media_type_of(path.name, body), url=url)
    except ParseError as error:
        raise ParseError(f"{path}: {error}", document=error.document) from error
