"""Making a workspace, and saying what it follows."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from clausetrail import settings
from clausetrail.changelog.phrases import counted
from clausetrail.errors import ClausetrailError, NetError, UsageError
from clausetrail.model import MAIN, Declaration, Extraction, Range, Rendering, Selector, Source
from clausetrail.net import Allowed, target
from clausetrail.parser import selector_problem
from clausetrail.resources import data_path
from clausetrail.scraper import ota_declarations
from clausetrail.scraper.ota import names
from clausetrail.scraper.slugs import slug
from clausetrail.settings import FILE, Settings

_SCHEMA = Path(".clausetrail", "schema.json")
_DATA = "data"
_IGNORED = """\
# Kept by Clausetrail: databases, evidence and their locks. Rulings by hand belong under version control.
*
!.gitignore
!corrections.toml
"""
_SETTINGS = f"""\
#:schema ./{_SCHEMA.as_posix()}
# What this workspace follows. Every setting: docs/settings.md of Clausetrail. Add documents here,
# or with `clausetrail sources add URL`; see what is wrong with `clausetrail sources check`.

database = "{_DATA}/policies.db"

[fetch]
# contact = "you@example.org"  # stands in the user agent, so that publishers can reach you
interval = "24h"               # between two looks at a page

[history]
confirm_after = "48h"          # a change that stood so long is no flap
"""
_NUMBER = re.compile(r"[0-9a-f-]*[0-9][0-9a-f-]*")
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gouv", "gov", "net", "or", "org"})
_PLAIN = frozenset({"article", "articles", "en", "en-us", "help", "hc", "html", "index", "legal", "page", "policies"})
"""Words of an address that name no policy."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says of a page to follow; empty: nothing."""

    url: str
    document: str = ""
    name: str = ""
    publisher: str = ""
    title: str = ""
    jurisdiction: str = ""
    source: Source = field(default_factory=lambda: Source(""))
    """Language, rendering, interval and selectors."""


@dataclass(frozen=True, slots=True)
class Added:
    """What was added to a settings file, and what was not."""

    documents: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    """Documents that were followed already."""
    warnings: tuple[str, ...] = ()

    def sentence(self, file: Path) -> str:
        told = (
            f"{counted(len(self.documents), 'document')} added to {file}." if self.documents else "Nothing was added."
        )
        if self.known:
            told += f" Followed already: {counted(len(self.known), 'document')}, left as they are."
        return told


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a settings file, one sentence each."""

    file: Path
    mistakes: tuple[str, ...]
    """What must be mended before pages can be fetched."""
    doubts: tuple[str, ...]
    """What is worth a look."""

    def sentence(self) -> str:
        if self.mistakes:
            return f"{counted(len(self.mistakes), 'mistake')} in {self.file}."
        return f"{self.file} is in order{', apart from what is told above' if self.doubts else ''}."


def given(
    url: str, *, language: str, browser: str | None, select: tuple[str, ...], remove: tuple[str, ...], **named: str
) -> Given:
    """What the options of a command say of a page; `named` are the other fields of `Given`."""
    source = Source(
        url,
        language=language,
        rendering=Rendering(browser) if browser else None,
        extractions=(Extraction(select, remove),) if select or remove else (),
    )
    return Given(url, source=source, **named)


def workspace_file(folder: Path) -> Path:
    """The settings file of the workspace that a folder is in.  Raises UsageError where there is none."""
    file = settings.find(folder)
    if file is None:
        raise UsageError(f"{folder}: is in no workspace; make one with `clausetrail init`, or go to one")
    return file


def init(folder: Path, *, starter: bool = False) -> tuple[str, ...]:
    """Make a workspace; what is there stays as it is.  One line for each file.

    Raises UsageError where the folder is a file."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file; name a folder")
    (folder / _DATA).mkdir(parents=True, exist_ok=True)
    (folder / _SCHEMA).parent.mkdir(exist_ok=True)
    text = settings.with_documents(folder / FILE, _SETTINGS, starter_set()) if starter else _SETTINGS
    files = ((Path(FILE), text), (_SCHEMA, settings.schema_text()), (Path(_DATA, ".gitignore"), _IGNORED))
    return tuple(_made(folder / name, content) for name, content in files)


def _made(path: Path, text: str) -> str:
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        old = path.name == _SCHEMA.name and path.read_text("utf-8", "replace") != text
        renew = " (of another version of Clausetrail; to renew it, delete it and run this again)" if old else ""
        return f"{path}: is there already and stays as it is{renew}"
    return f"{path}: made"


def starter_set() -> tuple[Declaration, ...]:
    """The policies that ship as a start: who publishes them, what they are called, and where they are."""
    found: list[Declaration] = []
    for entry in sorted(data_path("sources").iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".toml"):
            found += settings.documents_in(Path(entry.name), entry.read_text("utf-8"))
    return tuple(found)


def add_starter(file: Path, wanted: Collection[str]) -> Added:
    """Follow documents of the starter set: slugs, publishers (`openai`), or `all`.

    Raises UsageError, with what is near, for a name that none has."""
    everything = starter_set()
    chosen = [d for d in everything if {d.slug, d.slug.partition("/")[0], "all"} & set(wanted)]
    for name in wanted:
        if name != "all" and not any(name in (d.slug, d.slug.partition("/")[0]) for d in everything):
            near = names({each for d in everything for each in (d.slug, d.slug.partition("/")[0])}, name)
            hint = f"near it: {', '.join(near)}; " if near else ""
            raise UsageError(f"the starter set has no {name!r}; {hint}`clausetrail sources starter` lists it")
    return _add_documents(file, chosen)


def following(file: Path, given: Given) -> tuple[str, str] | None:
    """(document, page) as which the address is followed, by any document where none is given; None where it is not."""
    url = given.url.strip()
    for document in settings.read(file).documents:
        for source in document.sources:
            if source.url == url and given.document in ("", document.slug):
                return document.slug, source.name
    return None


def add(file: Path, given: Given) -> str:
    """Follow a page: as a new document, or as a further page of one that is followed.  A sentence on what was done.

    Raises UsageError for what cannot be, and NetError for what is no address."""
    url = given.url.strip()
    target(url)
    text = settings.text_of(file)
    documents = settings.documents_in(file, text)
    if known_as := following(file, given):
        raise UsageError(f"{url}: is followed already, as the page {known_as[1]!r} of {known_as[0]}")
    wanted = slug_for(given)
    known = next((each for each in documents if each.slug == wanted), None)
    if known is not None and not given.document:
        raise UsageError(
            f"{wanted}: is followed already ({known.sources[0].url}); to add this address as a further page of it, give"
            f" --document {wanted}, and to follow it as another document, --document with another name"
        )
    return _add_new(file, text, wanted, given) if known is None else _add_page(file, text, known, given)


def _add_new(file: Path, text: str, wanted: str, given: Given) -> str:
    publisher, _, policy = wanted.partition("/")
    title = given.title or policy.replace("-", " ").capitalize()
    source = replace(given.source, url=given.url.strip(), name=given.name or MAIN)
    made = Declaration(wanted, given.publisher or publisher, title, (source,), jurisdiction=given.jurisdiction)
    settings.save(file, settings.with_documents(file, text, [made]))
    return f"{wanted}: follows {source.url} ({made.publisher}, {made.title}); added to {file}"


def _add_page(file: Path, text: str, known: Declaration, given: Given) -> str:
    if given.publisher or given.title or given.jurisdiction:
        raise UsageError(f"{known.slug}: is followed already; change its publisher, title or jurisdiction in {file}")
    taken = {source.name for source in known.sources}
    words = _words(given.url) or ["page"]
    name = given.name or next(
        each for each in (words[-1], *(f"{words[-1]}-{number}" for number in range(2, 1_000))) if each not in taken
    )
    source = replace(given.source, url=given.url.strip(), name=name)
    settings.save(file, settings.with_page(file, text, known.slug, source))
    return f"{known.slug}: has the page {name!r} too, {source.url}; added to {file}"


def slug_for(given: Given) -> str:
    """The document that a page is followed as: what was given, else from publisher and title, else from the address."""
    publisher, _, policy = proposed_slug(given.url.strip()).partition("/")
    named = f"{slug(given.publisher or publisher)}/{slug(given.title) if given.title else policy}"
    return given.document or named


def proposed_slug(url: str) -> str:
    """`publisher/policy` for an address: `https://www.acme.co.uk/legal/privacy` -> `acme/privacy`."""
    host = urlsplit(url).hostname or ""
    return f"{slug(_owner(host))}/{(_words(url) or ['policy'])[-1]}"


def _owner(host: str) -> str:
    """The part of a host's name that its owner chose."""
    labels = host.removesuffix(".").split(".")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2:
            return labels[-3]
        return labels[-2] if len(labels) > 1 else host
    return host


def _words(url: str) -> list[str]:
    """The parts of a path that name something, as slugs."""
    parts = [slug(PurePosixPath(part).stem) for part in unquote(urlsplit(url).path).split("/") if part]
    kept = [re.sub(r"^[0-9]{5,}-", "", part) for part in parts]
    return [part for part in kept if part not in _PLAIN and part != "unnamed" and not _NUMBER.fullmatch(part)]


def import_declarations(file: Path, folder: Path, services: Collection[str] = ()) -> Added:
    """Follow what Open Terms Archive declarations declare; what is followed already stays as it is.

    Raises ScrapeError where the folder holds none."""
    found = ota_declarations.read(folder, services)
    warnings = list(found.warnings)
    documents = [document for each in found.documents if (document := _usable(each, warnings))]
    added = _add_documents(file, documents)
    return replace(added, warnings=tuple(dict.fromkeys(warnings)))


def _usable(declaration: Declaration, warnings: list[str]) -> Declaration | None:
    """The same without selectors that cannot be used; None where settings cannot hold it."""
    where = f"{declaration.publisher}, {declaration.title}"
    sources = tuple(
        replace(source, extractions=tuple(_without(each, where, warnings) for each in source.extractions))
        for source in declaration.sources
    )
    made = replace(declaration, sources=sources)
    try:
        settings.with_documents(Path(where), "", [made])
    except UsageError as error:
        warnings.append(f"{where}: left out: {str(error).partition(': nothing was added: ')[2]}")
        return None
    return made


def _without(extraction: Extraction, where: str, warnings: list[str]) -> Extraction:
    def kept(selectors: Iterable[Selector]) -> Iterator[Selector]:
        for each in selectors:
            parts = (each.start, each.end) if isinstance(each, Range) else (each,)
            problems = [f"{part!r} ({problem})" for part in parts if (problem := selector_problem(part))]
            warnings.extend(f"{where}: without the selector {problem}" for problem in problems)
            if not problems:
                yield each

    return replace(extraction, select=tuple(kept(extraction.select)), remove=tuple(kept(extraction.remove)))


def _add_documents(file: Path, wanted: Iterable[Declaration]) -> Added:
    text = settings.text_of(file)
    taken = {document.slug for document in settings.documents_in(file, text)}
    new: dict[str, Declaration] = {}
    known = []
    for each in wanted:
        if each.slug in taken or each.slug in new:
            known.append(each.slug)
        else:
            new[each.slug] = each
    if new:
        settings.save(file, settings.with_documents(file, text, new.values()))
    return Added(tuple(new), tuple(known))


def followed(file: Path) -> tuple[Declaration, ...]:
    """What a workspace follows, each page with the interval and the rendering that hold for it."""
    found = settings.read(file)
    usual = found.fetching
    return tuple(
        replace(
            document,
            sources=tuple(
                replace(
                    source, interval=source.interval or usual.interval, rendering=source.rendering or usual.rendering
                )
                for source in document.sources
            ),
        )
        for document in found.documents
    )


def checked(file: Path) -> Checked:
    """Look a settings file through.  Raises UsageError, with all its mistakes, where it cannot be read as settings."""
    workspace = settings.read(file)
    found = [*_unsendable(workspace), *_unknown_places(workspace)]
    return Checked(
        file, tuple(f"{file}: {each}" for each in found), tuple(f"{file}: {each}" for each in _shared(workspace))
    )


def _unsendable(workspace: Settings) -> Iterator[str]:
    for document in workspace.documents:
        for source in document.sources:
            where = f"{document.slug}, page {source.name!r}"
            try:
                target(source.url)
            except NetError as error:
                yield f"{where}: {error}"
            for name, variable in settings.unset(source):
                yield f"{where}: the header field {name} takes its value from {variable}, which is not set here"


def _unknown_places(workspace: Settings) -> Iterator[str]:
    authorities = workspace.fetching.authorities
    if authorities and not Path(authorities).is_file():
        yield f"`fetch.authorities`: there is no file {authorities}"
    try:
        Allowed.of(workspace.fetching.allow)
    except ClausetrailError as error:
        yield f"`fetch.allow`: {error}"


def _shared(workspace: Settings) -> Iterator[str]:
    """Addresses that stand for several pages: meant, where they are read by different selectors."""
    places: dict[str, list[tuple[str, Source]]] = {}
    for document in workspace.documents:
        for source in document.sources:
            places.setdefault(_spelling(source.url), []).append((f"{document.slug} ({source.name})", source))
    for url, pages in places.items():
        if len(pages) > 1 and len({source.extractions for _, source in pages}) < len(pages):
            yield f"{url}: is read alike by several pages: {', '.join(sorted(name for name, _ in pages))}"


def _spelling(url: str) -> str:
    """An address in its one spelling; one that is none as it is."""
    try:
        return target(url).url
    except NetError:
        return url
