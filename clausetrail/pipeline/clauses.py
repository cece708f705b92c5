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
    """The clause that `asked` names in one version: a path (`2 › Respect privacy`, or with labels and headings in full
    as headings are printed, `2. Policy › Respect privacy`; `>` and `/` do too, case is no matter, and the beginning of
    each part is enough where it is unmistakable), a lineage (`L12`), or words that only one clause has.  Raises
    UsageError, with what comes near."""
    places = end.tree.places()
    if match := _LINEAGE.fullmatch(asked):
        number = int(match.group(1))
        if number in end.lineages:
            return places[end.lineages.index(number)]
    for found in (_exact(places, asked), _printed(places, asked), _beginning(places, asked), _holding(places, asked)):
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            several = "; ".join(p.path for p in found[:3]) + ("; …" if len(found) > 3 else "")
            raise UsageError(f"{slug}: {len(found)} clauses answer to {asked!r} ({several}): say more", document=slug)
    if _LINEAGE.fullmatch(asked):
        raise UsageError(
            f"{slug}: {asked.upper()} does not stand in {_where(end)}; `clausetrail history {slug} {asked.upper()}`"
            " tells its life",
            document=slug,
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


def _printed(places: tuple[Place, ...], asked: str) -> list[Place]:
    """By labels and headings as they are printed; whole trails before ends of them."""
    wanted = _parts(asked)
    trails: list[list[str]] = []
    for place in places:
        clause = place.clause
        name = " ".join(filter(None, (clause.label, clause.heading or clause.lead))) or place.path.split("›")[-1]
        trails.append([*(trails[place.parent] if place.parent >= 0 else ()), *_parts(name)])
    whole = [p for p, trail in zip(places, trails, strict=True) if trail == wanted]
    return whole or [p for p, trail in zip(places, trails, strict=True) if trail[-len(wanted) :] == wanted]


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


def _where(end: End) -> str:
    return f"version {end.version.number}" if end.version else end.asked


def words_of(store: Store, slug: str, asked: str, step: int | None, *, new: bool) -> str:
    """The words of the clause that `asked` names on one side of a step between versions: its words, its lineage, its
    path or some of its words.

    The step is the one to version `step`; None: the last one, and for words and lineages any.  Of a lineage with
    several wordings the old side has the last one, the new side the first.  Raises UsageError where no clause
    answers, or several.
    """
    from clausetrail.parser.normal import normal  # readers of the database alone need no parser

    spans = store.past(slug).spans
    known = {span.words for span in spans}
    if normal(asked) in known:
        return normal(asked)
    versions = len(store.versions(slug))
    number = max(1, (step or versions) - (not new))
    match = _LINEAGE.fullmatch(asked)
    if match and step is None:
        own = [span.words for span in spans if span.lineage == int(match[1])]
        if not own:
            raise UsageError(f"{slug}: has no lineage {asked}; `clausetrail blame {slug}` lists them", document=slug)
        return own[0 if new else -1]
    try:
        return find(store.end(slug, number), slug, asked).clause.words
    except UsageError:
        fragment = normal(asked).casefold()
        found = {words for words in known if len(fragment) > 2 and fragment in words.casefold()}
        if step is not None or not found:
            raise
        if len(found) > 1:
            raise UsageError(f"{slug}: {len(found)} wordings hold {asked!r}: say more", document=slug) from None
        return found.pop()
