"""What a page says of itself outside of its text: language, address, dates for machines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from clausetrail.model import PageFacts
from clausetrail.parser.html.paths import Element

_LOOKED_AT = ("meta", "link", "script", "time", "span")
_ITEMPROPS = {"dateModified": "modified", "datePublished": "published"}
_MODIFIED = frozenset(("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"))
_PUBLISHED = frozenset(("article:published_time", "datepublished", "dcterms.created", "date"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_LD_SIZE = 1 << 18
_MOST_TIMES = 50


def facts_of(root: Element, url: str) -> PageFacts:
    """The facts in a page's tree.  Addresses are made absolute with `url`, where it is known; dates are as printed."""
    found: dict[str, list[Element]] = {name: [] for name in _LOOKED_AT}
    for element in root.iter(*_LOOKED_AT):
        found[str(element.tag)].append(element)
    told = dict(_told(found))
    return PageFacts(
        language=_language(root),
        canonical=_canonical(found["link"], url),
        modified=told.get("modified", ""),
        published=told.get("published", ""),
        times=tuple(_times(found["time"])),
    )


def _language(root: Element) -> str:
    found = _LANGUAGE.fullmatch((root.get("lang") or root.get("xml:lang") or "").strip())
    return found.group().replace("_", "-") if found else ""


def _canonical(links: list[Element], url: str) -> str:
    for link in links:
        if "canonical" in (link.get("rel") or "").lower().split():
            try:
                return urljoin(url, (link.get("href") or "").strip())
            except ValueError:
                return ""
    return ""


def _told(found: dict[str, list[Element]]) -> Iterator[tuple[str, str]]:
    """Dates, the most trusted source last."""
    for element in (*found["time"], *found["span"], *found["meta"]):
        if name := _ITEMPROPS.get(element.get("itemprop") or ""):
            yield name, (element.get("datetime") or element.get("content") or "").strip()
    for meta in found["meta"]:
        name = (meta.get("property") or meta.get("name") or meta.get("http-equiv") or "").lower()
        if name in _MODIFIED or name in _PUBLISHED:
            yield ("modified" if name in _MODIFIED else "published"), (meta.get("content") or "").strip()
    for script in found["script"]:
        if "ld+json" in (script.get("type") or ""):
            yield from _linked_data(script.text or "")


def _linked_data(text: str) -> Iterator[tuple[str, str]]:
    """`datePublished` and `dateModified` of the pages and articles that a piece of JSON-LD describes."""
    if len(text) > _LD_SIZE:
        return
    try:
        waiting: list[Any] = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            for key, name in (("datePublished", "published"), ("dateModified", "modified")):
                if isinstance(one.get(key), str):
                    yield name, one[key].strip()
            waiting += [one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one]


def _times(times: list[Element]) -> Iterator[tuple[str, str]]:
    for time in times[:_MOST_TIMES]:
        if said := (time.get("datetime") or "").strip():
            yield said, " ".join("".join(map(str, time.itertext())).split())
