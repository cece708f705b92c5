"""Words found in every wording that there ever was."""

from __future__ import annotations

from clausetrail.changelog import hit_json
from clausetrail.errors import UsageError
from clausetrail.pipeline.finding import Found
from clausetrail.pipeline.finding import search as find
from clausetrail.web.pages import Asked, Page

_LIMIT = 10
"""Wordings that are shown of each kind, unless more are asked for …"""
_MOST = 200
"""… and then no more than these."""
_NOTHING = Found(())


def search(asked: Asked) -> Page:
    """`q` in the wordings of today and of the past, or in those that stood `on` a day; of one `document` or
    `publisher`."""
    store, q, on = asked.store, asked.one("q"), asked.one("on")
    problem = ""
    standing = gone = _NOTHING
    with store.reading():
        glances = store.glances()
        try:
            standing = _found(asked, removed=False) if q else _NOTHING
            gone = _found(asked, removed=True) if q and not on else _NOTHING
        except UsageError as error:
            problem = str(error)
    query = [(name, asked.one(name)) for name in ("q", "publisher", "document", "on")]
    limit = _limit(asked)
    return Page(
        "search.html",
        f"Search: {q}" if q else "Search",
        asked.links.search(*query),
        {
            **dict(query),
            "problem": problem,
            "publishers": sorted({(one.slug.partition("/")[0], one.publisher) for one in glances}, key=lambda p: p[1]),
            "documents": glances,
            "titles": {one.slug: one for one in glances},
            "sections": _sections(standing, gone, on),
            "notes": standing.notes if on else (),
            "limit": limit,
            "more": asked.links.search(*query, ("limit", str(_MOST))) if limit < _MOST else "",
        },
        lambda: [hit_json(hit) for found in (standing, gone) for hit in found.hits],
        description="Search every wording that the policies ever had.",
    )


def _found(asked: Asked, *, removed: bool) -> Found:
    return find(
        asked.store,
        asked.one("q"),
        document=asked.one("document") or None,
        publisher=asked.one("publisher") or None,
        on=asked.one("on") or None,
        removed=removed,
        limit=_limit(asked),
    )


def _limit(asked: Asked) -> int:
    given = asked.one("limit")
    return min(max(int(given), 1), _MOST) if given.isascii() and given.isdigit() else _LIMIT


def _sections(standing: Found, gone: Found, on: str) -> list[tuple[str, Found]]:
    first = f"Wordings that stood on {on}" if on else "Wordings that stand today"
    told = [(first, standing)]
    return told if on else [*told, ("Wordings that are gone", gone)]
