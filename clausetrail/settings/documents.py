"""`[[document]]`: what is followed, and where its pages are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clausetrail.model import (
    MAIN,
    Declaration,
    Extraction,
    Range,
    Rendering,
    Selector,
    Source,
    field_problem,
)
from clausetrail.settings.shape import Mistake, called
from clausetrail.settings.times import moment, span

_INHERITED = ("language", "interval", "browser", "select", "remove", "earlier")
"""What a page takes from its document, where it does not say it itself; of header fields, each by its name."""
ENVIRONMENT = "env:"
"""Begins the value of a header field that the environment holds."""


def declarations(given: Sequence[Mapping[str, Any]]) -> tuple[Declaration, ...]:
    """In the order of the file; `given` has the shape of the schema and no mistakes."""
    return tuple(_declaration(document) for document in given)


def _declaration(given: Mapping[str, Any]) -> Declaration:
    publisher, _, policy = given["slug"].partition("/")
    policy = policy.replace("-", " ")
    return Declaration(
        slug=given["slug"],
        publisher=given.get("publisher", publisher),
        title=given.get("title", policy[:1].upper() + policy[1:]),
        sources=tuple(_source(page) for page in _pages(given)),
        licence=given.get("licence", ""),
        attribution=given.get("attribution", ""),
        jurisdiction=given.get("jurisdiction", ""),
    )


def _pages(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """All pages of a document, with what they take from it."""
    own = {name: document[name] for name in _INHERITED if name in document}
    headers = document.get("headers", {})
    if "url" in document:
        yield {**own, "headers": headers, "url": document["url"], "name": MAIN}
    for page in document.get("page", ()):
        yield {**own, **page, "headers": {**headers, **page.get("headers", {})}}


def _source(page: Mapping[str, Any]) -> Source:
    return Source(
        url=page["url"],
        name=page["name"],
        language=page.get("language", ""),
        headers=tuple(page["headers"].items()),
        rendering=Rendering(page["browser"]) if "browser" in page else None,
        interval=span(page["interval"]) if "interval" in page else None,
        extractions=_extractions(page),
    )


def _extractions(page: Mapping[str, Any]) -> tuple[Extraction, ...]:
    earlier = sorted((_extraction(each) for each in page.get("earlier", ())), key=lambda e: str(e.until))
    today = _extraction(page)
    return (*earlier, today) if earlier or today != Extraction() else ()


def _extraction(given: Mapping[str, Any]) -> Extraction:
    until = moment(given["until"]) if "until" in given else None
    return Extraction(selectors(given.get("select")), selectors(given.get("remove")), until)


def selectors(given: Any) -> tuple[Selector, ...]:
    """One selector or range, or a list of them."""
    listed = given if isinstance(given, list) else [] if given is None else [given]
    return tuple(each if isinstance(each, str) else _range(each) for each in listed)


def _range(given: Mapping[str, str]) -> Range:
    start, end = ("start_after" in given, "end_after" in given)
    return Range(
        given["start_after" if start else "start_before"], given["end_after" if end else "end_before"], start, end
    )


def document_mistakes(given: Sequence[Mapping[str, Any]]) -> Iterator[Mistake]:
    """What a schema cannot see."""
    slugs: dict[str, int] = {}
    for number, document in enumerate(given):
        slug, key = document["slug"], ("document", number)
        if slug in slugs:
            first = called(("document", slugs[slug]))
            yield Mistake((*key, "slug"), f"`{slug}` is declared twice, here and as `{first}`; give one another slug")
        slugs.setdefault(slug, number)
        yield from _option_mistakes(document, key)
        yield from _name_mistakes(document, key)
        for place, page in enumerate(document.get("page", ())):
            yield from _option_mistakes(page, (*key, "page", place))


def _name_mistakes(document: Mapping[str, Any], key: tuple[str | int, ...]) -> Iterator[Mistake]:
    names = {MAIN} if "url" in document else set()
    for place, page in enumerate(document.get("page", ())):
        where = (*key, "page", place, "name")
        if page["name"] in names:
            why = "the page of the document's own `url` is called so" if page["name"] == MAIN else "of this document"
            yield Mistake(where, f"`{called(where)}`: a second page called {page['name']!r} ({why}); name it otherwise")
        names.add(page["name"])


def _option_mistakes(given: Mapping[str, Any], key: tuple[str | int, ...]) -> Iterator[Mistake]:
    """Of a document or a page."""
    for name, value in given.get("headers", {}).items():
        sent = "" if value.startswith(ENVIRONMENT) else value
        if problem := field_problem(name, sent):
            yield Mistake((*key, "headers", name), f"`{called((*key, 'headers'))}`: {problem}")
        elif value == ENVIRONMENT:
            yield Mistake((*key, "headers", name), f"`{called((*key, 'headers', name))}` names no variable after env:")
    yield from _selector_mistakes(given, key)
    untils = set()
    for place, earlier in enumerate(given.get("earlier", ())):
        where = (*key, "earlier", place)
        yield from _selector_mistakes(earlier, where)
        try:
            until = moment(earlier["until"])
        except ValueError:
            yield Mistake((*where, "until"), f"`{called((*where, 'until'))}` is no day or time that there is; mend it")
            continue
        if until in untils:
            yield Mistake((*where, "until"), f"`{called((*where, 'until'))}` is the time of another one; take one away")
        untils.add(until)


def _selector_mistakes(given: Mapping[str, Any], key: tuple[str | int, ...]) -> Iterator[Mistake]:
    for name in ("select", "remove"):
        value = given.get(name)
        for place, each in enumerate(value if isinstance(value, list) else [] if value is None else [value]):
            where = (*key, name, place) if isinstance(value, list) else (*key, name)
            for selector in [each] if isinstance(each, str) else each.values():
                if problem := _selector_problem(selector):
                    yield Mistake(where, f"`{called(where)}`: the CSS selector {selector!r} cannot be used: {problem}")


def _selector_problem(selector: str) -> str:
    from clausetrail.parser import selector_problem  # most workspaces declare none

    return selector_problem(selector)
