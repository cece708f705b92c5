"""Which addresses of which document an archive is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from clausetrail.errors import NetError, UsageError
from clausetrail.model import MAIN, Declaration
from clausetrail.net import target
from clausetrail.pipeline.from_files import identity_of
from clausetrail.pipeline.ingest import settings_of
from clausetrail.pipeline.jobs import Identity
from clausetrail.scraper.moves import same_page
from clausetrail.scraper.slugs import slug
from clausetrail.store import Store


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document, and one of its addresses."""

    identity: Identity
    source: str
    url: str


def look(store: Store, asked: str, document: str | None = None, source: str = MAIN) -> tuple[Page, ...]:
    """What `asked` means: of a document every address that it was seen at or is declared with, an archive's spellings
    of one address once; of an address the document that has it, or `document`.

    Raises UsageError where that is none, or more than one, with what to say instead."""
    if "://" in asked:
        return (_by_address(store, asked, document, source),)
    if document:
        raise UsageError("--document goes with an address; name the document alone, or give its address")
    return _by_document(store, asked)


def _by_document(store: Store, asked: str) -> tuple[Page, ...]:
    declared = {each.slug: each for each in settings_of(store).documents}
    known = _known(store)
    slug_ = known.get(asked) or (asked if asked in declared else store.document(asked).slug)
    identity = _identity(known, declared, slug_)
    found: dict[tuple[str, str], Page] = {}
    for url, page in sorted(_addresses(store, declared.values())):
        if page[0] == slug_:
            found.setdefault((page[1], _spelled(url)), Page(identity, page[1], url))
    if not found:
        raise UsageError(
            f"{slug_}: was never seen at an address; give one: clausetrail import wayback URL --document {slug_}",
            document=slug_,
        )
    return tuple(found.values())


def _by_address(store: Store, asked: str, document: str | None, source: str) -> Page:
    try:
        url = target(asked).url
    except NetError as error:
        raise UsageError(str(error)) from error
    declared = {each.slug: each for each in settings_of(store).documents}
    known = _known(store)
    if document:
        return Page(_identity(known, declared, document), source, url)
    pages = sorted({page for address, page in _addresses(store, declared.values()) if same_page(address, url)})
    if len(pages) == 1:
        return Page(_identity(known, declared, pages[0][0]), pages[0][1], url)
    if pages:
        names = ", ".join(dict.fromkeys(name for name, _ in pages))
        raise UsageError(f"{url}: was seen as a page of {names}; say whose history is meant with --document")
    raise UsageError(f"{url}: is no page of a document here; say whose it is: --document {_proposed(url)}")


def _addresses(store: Store, declared: Iterable[Declaration]) -> Iterator[tuple[str, tuple[str, str]]]:
    """(address, (document, page)) of what was seen and what is declared; those of no web are left out."""
    for url, pages in store.addresses().items():
        if re.match("https?://", url):
            yield from ((url, page) for page in pages)
    for document in declared:
        yield from ((one.url, (document.slug, one.name)) for one in document.sources)


def _identity(known: dict[str, str], declared: dict[str, Declaration], name: str) -> Identity:
    if name in declared and name not in known:
        said = declared[name]
        return Identity(said.slug, said.publisher, said.title, said.licence, said.attribution)
    return identity_of(known, name)


def _known(store: Store) -> dict[str, str]:
    return {name: each.slug for each in store.documents() for name in (each.slug, *each.aliases)}


def _spelled(url: str) -> str:
    """An address without what archives take for spelling: scheme, `www.`, capitals, a final slash."""
    parts = urlsplit(url.casefold())
    host = re.sub(r"^www\d*\.", "", parts.netloc).removesuffix(":80").removesuffix(":443")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}"


def _proposed(url: str) -> str:
    """`lampion/usage-policies` for https://www.lampion.example/legal/usage-policies.html."""
    parts = urlsplit(url)
    labels = [label for label in (parts.hostname or "").split(".") if label != "www"]
    publisher = labels[-2] if len(labels) > 1 else labels[0]
    last = parts.path.rstrip("/").rpartition("/")[2].rpartition("/")[2]
    return f"{slug(publisher)}/{slug(re.sub(r'[.][a-z]{2,5}$', '', last)) if last else 'policy'}"
