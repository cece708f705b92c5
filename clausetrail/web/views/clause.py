"""One clause, and all that became of it."""

from __future__ import annotations

from clausetrail.changelog import hit_json, life_json, phrases
from clausetrail.changelog.citation import Citation
from clausetrail.model import BlameLine, DocumentInfo, Place
from clausetrail.pipeline.ends import resolve
from clausetrail.store import Resolved, Store, permalink
from clausetrail.web.pages import Asked, Page, Redirect

_NAMED = 80


def clause(asked: Asked) -> Page | Redirect:
    """The life of the clause that a permalink names, and its wording there; a permalink of a whole version leads to
    the document as it was."""
    store, links = asked.store, asked.links
    link = f"{asked.slug}@{asked.path['place']}"
    with store.reading():
        found = store.resolve_permalink(link)
        info = store.document(found.document)
        if found.lineage is None:
            return Redirect(links.document(info.slug, ("on", f"@{asked.path['place']}")))
        return _page(asked, info, found)


def alike(asked: Asked) -> Page | Redirect:
    """What the latest versions of other documents say on the subject of a clause."""
    store, links = asked.store, asked.links
    with store.reading():
        found = store.resolve_permalink(f"{asked.slug}@{asked.path['place']}")
        info = store.document(found.document)
        if found.position is None:
            return Redirect(links.document(info.slug, ("on", f"@{asked.path['place']}")))
        end = resolve(store, info.slug, str(found.version))
        place = end.tree.places()[found.position]
        hits = store.alike(place.clause.words, document=info.slug)
        titles = {one.slug: one for one in store.glances()}
    link = f"{end.permalink}:{place.position}"
    return Page(
        "alike.html",
        f"Like {_name(place)}: {info.publisher}, {info.title}",
        links.alike(link),
        {"document": info, "end": end, "place": place, "link": link, "hits": hits, "titles": titles},
        lambda: [hit_json(hit) for hit in hits],
        description=phrases.shortened(place.clause.words, 200),
    )


def lineage(asked: Asked) -> Redirect:
    """From the number that a clause has in today's history to its address that lasts: where it first stood."""
    number = int(asked.path["lineage"])
    with asked.store.reading():
        slug = asked.store.document(asked.slug).slug
        return Redirect(asked.links.clause(born(asked.store, slug, number), number))


def born(store: Store, slug: str, number: int) -> str:
    """Permalink of a clause where it first stood.  Raises UsageError where the document has no such lineage."""
    store.life(slug, number)
    first = store.lineages(slug)[number - 1]
    end = store.end(slug, first.version)
    place = end.tree.places()[first.position]
    assert end.version is not None  # noqa: S101 - the end of a version has it
    return permalink(slug, end.version.snapshots[0], place.position, place.clause.words)


def _page(asked: Asked, info: DocumentInfo, found: Resolved) -> Page:
    store, links = asked.store, asked.links
    assert found.lineage is not None  # noqa: S101 - the caller has looked
    assert found.position is not None  # noqa: S101
    end = resolve(store, info.slug, str(found.version))
    place = end.tree.places()[found.position]
    assert end.version is not None  # noqa: S101 - `resolve` gives ends with versions
    lasting = permalink(info.slug, end.version.snapshots[0], place.position, place.clause.words)
    events = store.life(info.slug, found.lineage)
    address = links.clause(lasting, found.lineage)
    return Page(
        "clause.html",
        f"{_name(place)}: {info.publisher}, {info.title}",
        address,
        {
            "document": info,
            "end": end,
            "place": place,
            "lineage": found.lineage,
            "events": tuple(reversed(events)),
            "held": _held(asked, info, found.version, place),
            "now": _now(asked, info, found.lineage),
            "silent": phrases.is_silent,
            "citation": Citation(info, end, place, lasting, links.absolute(address)),
        },
        lambda: life_json(info.slug, found.lineage or 0, events),
        description=phrases.shortened(place.clause.words, 200),
    )


def _held(asked: Asked, info: DocumentInfo, version: int, place: Place) -> tuple[BlameLine, ...]:
    """The clauses that a clause holds, each with when it came and when its words last changed."""
    inside = {place.position}
    found = []
    for line in asked.store.blame(info.slug, version) if place.clause.children else ():
        if line.place.parent in inside:
            inside.add(line.place.position)
            found.append(line)
    return tuple(found)


def _name(place: Place) -> str:
    return phrases.shortened(place.path, _NAMED)


def _now(asked: Asked, info: DocumentInfo, number: int) -> str:
    """Permalink of the clause as it stands in the latest version; empty where it stands no more."""
    end = resolve(asked.store, info.slug, "latest")
    if number not in end.lineages or end.version is None:
        return ""
    place = end.tree.places()[end.lineages.index(number)]
    return permalink(info.slug, end.version.snapshots[0], place.position, place.clause.words)
