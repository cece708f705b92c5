"""One clause of a document, found by its path, its lineage, a permalink or its words."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from clausetrail.errors import UsageError
from clausetrail.model import PATH_SEPARATOR, Clause, ClauseKind, ClauseTree, End, LifeEvent, Place
from clausetrail.pipeline.ends import resolve

if TYPE_CHECKING:
    from clausetrail.store import Store

_LINEAGE = re.compile(r"[Ll](\d+)")
_PERMALINK = re.compile(r"@(\d{8}T\d{6}Z-)?[0-9a-f]{6,64}:\d")
_SEPARATOR = re.compile(r"\s*[›>/]\s*")


def shown(store: Store, document: str, on: str, *, by: str, clause: str) -> tuple[End, str]:
    """(the document as it stood, its slug); with `clause`, cut down to that clause and what it holds."""
    slug = store.document(document).slug
    end = resolve(store, slug, on, by=by)
    if not clause:
        return end, slug
    if _PERMALINK.search(clause):
        clause = f"L{store.resolve_permalink(clause).lineage}"
    place = find(end, slug, clause)
    root = Clause(ClauseKind.SECTION, "", children=(place.clause,))
    size = sum(1 for _ in ClauseTree(root).walk())
    lineages = end.lineages[place.position : place.position + size]
    return replace(end, tree=ClauseTree(root), lineages=lineages, dates=()), f"{slug}{PATH_SEPARATOR}{place.path}"


def life(store: Store, document: str, clause: str, on: str) -> tuple[str, int, tuple[LifeEvent, ...]]:
    """(slug, lineage, what happened to that clause in order of time).

    A clause that no longer stands is found by its lineage, a permalink, or its words.
    """
    slug = store.document(document).slug
    if _PERMALINK.search(clause):
        link = store.resolve_permalink(clause)
        if link.lineage is None:
            raise UsageError(f"{clause}: names a whole version; add the place of a clause, as `blame` prints it")
        slug, lineage = link.document, link.lineage
    elif match := _LINEAGE.fullmatch(clause):
        lineage = int(match.group(1))
    else:
        lineage = _by_words_or_path(store, slug, clause, on)
    events = store.life(slug, lineage)
    if not events:
        raise UsageError(f"{slug}: has no lineage L{lineage}; `clausetrail blame {slug}` lists them", document=slug)
    return slug, lineage, events


def _by_words_or_path(store: Store, slug: str, clause: str, on: str) -> int:
    end = resolve(store, slug, on)
    try:
        return end.lineages[find(end, slug, clause).position]
    except UsageError:
        hits = (*store.search(f'"{clause}"', document=slug), *store.search(f'"{clause}"', document=slug, removed=True))
        found = {hit.lineage for hit in hits}
        if len(found) != 1:
            raise
        return found.pop()


def find(end: End, slug: str, asked: str) -> Place:
    """The clause that `asked` names in one version: a path (`2 › Respect privacy`, `>` and `/` do too, case is no
    matter, and the beginning of each part is enough where it is unmistakable), a lineage (`L12`), or words that only
    one clause has.  Raises UsageError, with what comes near."""
    places = end.tree.places()
    if match := _LINEAGE.fullmatch(asked):
        number = int(match.group(1))
        if number in end.lineages:
            return places[end.lineages.index(number)]
    for found in (_exact(places, asked), _beginning(places, asked), _holding(places, asked)):
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            several = "; ".join(p.path for p in found[:3])
            raise UsageError(
                f"{slug}: {len(found)} clauses answer to {asked!r} ({several}, …): say more", document=slug
            )
    near = get_close_matches(asked, [p.path for p in places], 3, 0.4)
    hint = f"; near it: {'; '.join(near)}" if near else f"; `clausetrail show {slug}` prints them all"
    raise UsageError(f"{slug}: has no clause {asked!r}{hint}", document=slug)


def _parts(path: str) -> list[str]:
    return [part.strip(" .:").casefold() for part in _SEPARATOR.split(path)]


def _exact(places: tuple[Place, ...], asked: str) -> list[Place]:
    wanted = _parts(asked)
    whole = [p for p in places if _parts(p.path) == wanted]
    return whole or [p for p in places if _parts(p.path)[-len(wanted) :] == wanted]


def _beginning(places: tuple[Place, ...], asked: str) -> list[Place]:
    wanted = _parts(asked)
    return [
        p
        for p in places
        if len(own := _parts(p.path)) >= len(wanted)
        and all(a.startswith(b) for a, b in zip(own[-len(wanted) :], wanted, strict=True))
    ]


def _holding(places: tuple[Place, ...], asked: str) -> list[Place]:
    words = " ".join(asked.casefold().split())
    return [p for p in places if len(words) > 2 and words in p.clause.words.casefold()]
