"""Open Terms Archive declarations: what an archive tracks, `declarations/SERVICE.json`, read as documents to follow.

    {"name": SERVICE, "terms": {TERMS TYPE: {"fetch": URL, "select": ..., "remove": ..., "executeClientScripts": true}}}

`select` and `remove` are a CSS selector, a range {"startBefore" or "startAfter", "endBefore" or "endAfter"}, or a list
of both; `combine` lists the pages of one document, which take from it what they do not say themselves.
`SERVICE.history.json` holds, by terms type, how a page was read before, each with `validUntil`.  Filters are functions
in JavaScript: they are named in a warning and never run.  Older declarations say `documents` for `terms`.

Documents and pages are named as the archive names them in its own repositories, so that an imported history goes on.
See https://docs.opentermsarchive.org for the format.
"""

from __future__ import annotations

import json
import mimetypes
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from clausetrail.errors import NetError, ScrapeError
from clausetrail.model import MAIN, Declaration, Extraction, Range, Rendering, Selector, Source
from clausetrail.net.urls import target
from clausetrail.scraper.slugs import document_slug

MAX_BYTES = 5 * 1024 * 1024
"""Of one file of declarations."""
MAX_FILES = 20_000
_FOLDER = "declarations"
_HISTORY = ".history.json"
_FILTERS = (".filters.js", ".filters.history.js")
_FORBIDDEN = re.compile(r'[\\:"<>|*?\x00-\x1f\x7f-\x9f]')
"""What the archive does not write into a file name, and what cannot be seen."""
_LONGEST_NAME = 200
_SHOWN = 3
"""Warnings that say why there is nothing."""
_TYPES = mimetypes.MimeTypes(filenames=())
_SAID = ("fetch", "select", "remove", "filter", "executeClientScripts", "combine", "validUntil")


@dataclass(slots=True)
class Declared:
    """What a folder of declarations says."""

    documents: list[Declaration] = field(default_factory=list)
    """By service and terms type."""
    warnings: list[str] = field(default_factory=list)
    """One sentence for each thing that is left out."""


class _UnusableError(Exception):
    """What is wrong with a declaration."""


def read(folder: Path, services: Collection[str] = ()) -> Declared:
    """All documents that a collection of declarations declares, or those of some services.

    `folder` is the collection's repository, or its folder `declarations`.  A file, document or selector that cannot be
    used is left out with a warning.  Raises ScrapeError where there are none.
    """
    within = folder / _FOLDER if (folder / _FOLDER).is_dir() else folder
    if not within.is_dir():
        raise ScrapeError(f"{folder}: is no folder of declarations; name the one with SERVICE.json in it")
    found = Declared()
    names = sorted(
        each.name for each in within.iterdir() if each.suffix == ".json" and not each.name.endswith(_HISTORY)
    )
    if len(names) > MAX_FILES:
        raise ScrapeError(f"{within}: holds more than {MAX_FILES:,} files; name a folder of declarations")
    for name in names:
        if not services or name.removesuffix(".json") in services:
            _add_service(within, name.removesuffix(".json"), found)
    if not found.documents:
        whose = f" of {', '.join(services)}" if services else ""
        why = f": {'; '.join(found.warnings[:_SHOWN])}" if found.warnings else ""
        raise ScrapeError(f"{within}: holds no declarations{whose} that can be used{why}")
    return found


def _add_service(folder: Path, service: str, found: Declared) -> None:
    try:
        terms = _terms(_json(folder / f"{service}.json"))
        history = _history(folder / f"{service}{_HISTORY}")
    except _UnusableError as error:
        found.warnings.append(f"{service}: left out: {error}")
        return
    for terms_type, said in sorted(terms.items()):
        try:
            found.documents.append(_document(service, terms_type, said, history.get(terms_type), found.warnings))
        except _UnusableError as error:
            found.warnings.append(f"{service}, {terms_type}: left out: {error}")
    for suffix in _FILTERS:
        if (folder / f"{service}{suffix}").exists():
            found.warnings.append(f"{service}: {service}{suffix} is JavaScript and was not run")


def _json(path: Path) -> dict[str, Any]:
    """The object in a file.  What leads out of the folder is not followed."""
    if path.is_symlink() or not path.is_file():
        raise _UnusableError(f"{path.name} is no file of its own")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _UnusableError(f"{path.name} is larger than {MAX_BYTES >> 20} MB")
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _UnusableError(f"{path.name} cannot be read ({str(error)[:200] or 'nested too deeply'})") from error
    if not isinstance(data, dict):
        raise _UnusableError(f"{path.name} holds no object")
    return data


def _terms(data: Mapping[str, Any]) -> dict[str, Any]:
    found = data.get("terms", data.get("documents"))
    if not isinstance(found, dict):
        raise _UnusableError("it declares no terms")
    return found


def _history(path: Path) -> dict[str, Any]:
    return _json(path) if path.exists() or path.is_symlink() else {}


def _document(service: str, terms_type: str, said: Any, history: Any, warnings: list[str]) -> Declaration:
    where = f"{service}, {terms_type}"
    if not isinstance(said, dict):
        raise _UnusableError("it is no declaration")
    pages = _pages(said)
    if names := sorted({name for page in pages for name in _filters(page)}):
        warnings.append(f"{where}: without the JavaScript filters {', '.join(names)}")
    if unknown := sorted({key for page in (said, *pages) for key in page} - set(_SAID)):
        warnings.append(f"{where}: {', '.join(unknown)} is not known here and was left out")
    earlier = list(_earlier(where, history, warnings))
    several, names_taken, sources = len(pages) > 1, set[str](), []
    for page in pages:
        name = _unique(page_name(_address(page)), names_taken) if several else MAIN
        names_taken.add(name)
        sources.append(
            _source(page, name, [(until, old) for until, by_name in earlier for old in [by_name.get(name)] if old])
        )
    return Declaration(document_slug(service, terms_type), service, terms_type, tuple(sources))


def _pages(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The pages of a document, each with what it takes from it."""
    combined = said.get("combine")
    if combined is None:
        return [dict(said)]
    if not isinstance(combined, list) or not combined or not all(isinstance(page, dict) for page in combined):
        raise _UnusableError("`combine` is no list of pages")
    shared = {key: value for key, value in said.items() if key != "combine"}
    return [{**shared, **page} for page in combined]


def _address(page: Mapping[str, Any]) -> str:
    url = page.get("fetch")
    if not isinstance(url, str):
        raise _UnusableError("it does not say what to fetch")
    try:
        spelled = target(url).url
    except NetError as error:
        raise _UnusableError(str(error)) from error
    return spelled if re.search(r"[\s\\]", url) else url


def page_name(url: str) -> str:
    """What the archive calls a page of a document of several: the words of its path, without a known ending."""
    path = unquote(urlsplit(url).path)
    ending = PurePosixPath(path).suffix
    if ending and _TYPES.guess_type(f"x{ending}")[0]:
        path = path[: -len(ending)]
    name = _FORBIDDEN.sub("_", "-".join(filter(None, path.split("/")))).strip()
    return name[:_LONGEST_NAME] or MAIN


def _unique(name: str, taken: Collection[str]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name[: _LONGEST_NAME - 8]}-{number}"
    return found


def _source(page: Mapping[str, Any], name: str, earlier: list[tuple[datetime, dict[str, Any]]]) -> Source:
    today = _extraction(page, None)
    extractions = [today]
    for until, old in sorted(earlier, key=lambda pair: pair[0], reverse=True):
        before = _extraction(old, until)
        if (before.select, before.remove) != (extractions[0].select, extractions[0].remove):
            extractions.insert(0, before)
    return Source(
        url=_address(page),
        name=name,
        rendering=Rendering.ALWAYS if page.get("executeClientScripts") is True else None,
        extractions=tuple(extractions) if extractions != [Extraction()] else (),
    )


def _extraction(page: Mapping[str, Any], until: datetime | None) -> Extraction:
    return Extraction(_selectors(page.get("select")), _selectors(page.get("remove")), until)


def _selectors(given: Any) -> tuple[Selector, ...]:
    listed = given if isinstance(given, list) else [] if given is None else [given]
    return tuple(_selector(each) for each in listed if each != "")


def _selector(given: Any) -> Selector:
    if isinstance(given, str):
        return given
    if isinstance(given, dict) and all(isinstance(value, str) for value in given.values()):
        starts, ends = (
            [k for k in given if k in ("startBefore", "startAfter")],
            [k for k in given if k in ("endBefore", "endAfter")],
        )
        if len(starts) == len(ends) == 1 and len(given) == 2:
            return Range(given[starts[0]], given[ends[0]], starts[0] == "startAfter", ends[0] == "endAfter")
    raise _UnusableError(f"{str(given)[:80]!r} is neither a selector nor a range")


def _filters(page: Mapping[str, Any]) -> Iterator[str]:
    """Names of the filters of a page; a filter with arguments is an object with its name."""
    given = page.get("filter")
    for each in given if isinstance(given, list) else [] if given is None else [given]:
        yield from (str(name)[:80] for name in (each if isinstance(each, dict) else [each]))


def _earlier(where: str, history: Any, warnings: list[str]) -> Iterator[tuple[datetime, dict[str, dict[str, Any]]]]:
    """(until when it held, pages by name) of each earlier declaration."""
    for entry in history if isinstance(history, list) else []:
        try:
            until = datetime.fromisoformat(entry["validUntil"])
            pages = _pages(entry)
            names = [page_name(_address(page)) for page in pages] if len(pages) > 1 else [MAIN]
            _ = [_extraction(page, None) for page in pages]
        except (_UnusableError, KeyError, TypeError, ValueError) as error:
            warnings.append(f"{where}: an earlier declaration was left out ({error})")
            continue
        until = until.replace(tzinfo=UTC) if until.tzinfo is None else until.astimezone(UTC)
        yield until, dict(zip(names, pages, strict=True))
