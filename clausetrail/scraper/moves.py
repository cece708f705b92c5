"""Where a redirect led: the same page under another spelling, the page's new place, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

from clausetrail.model import Hop
from clausetrail.net import PERMANENT, REDIRECTS

_LOCALE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?|intl|global", re.IGNORECASE)
_INDEX = re.compile(r"(?:index|default|home)\.(?:html?|php|aspx?|jsp)", re.IGNORECASE)
_VISIT = re.compile(
    r"utm_\w+|[a-z]*clid|ref|source|hl|gl|lang|language|locale|country|region|sid|session\w*|_ga|redirect\w*|from",
    re.IGNORECASE,
)
"""Names of parameters that say who comes from where, or in which language, and not which page is meant."""
_LOGIN = re.compile(r"(?:log|sign)[-_]?(?:in|on|up)|sso|auth\w*|accounts?|session", re.IGNORECASE)
_MISSING = re.compile(r"404|410|(?:page[-_]?)?not[-_]?found|error(?:s|[-_]?page)?|unsupported\w*|sorry", re.IGNORECASE)
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "gv", "ne", "net", "or", "org"})


class Place(StrEnum):
    """What stands at the end, by its address alone; what it says is for the parser to judge."""

    SAME = "same"
    MOVED = "moved"
    """Another address of the same site, or of whichever site the user's own address leads to."""
    HOME = "home"
    """The site's front page, or a heading above the page that was asked for."""
    LOGIN = "login"
    MISSING = "missing"
    """A page for pages that are not there."""
    ELSEWHERE = "elsewhere"
    """Another site, where the page stood on this one when it was last seen."""


@dataclass(frozen=True, slots=True)
class _Page:
    """An address, without what makes no difference."""

    host: str
    segments: tuple[str, ...]
    query: frozenset[tuple[str, str]]


def same_page(one: str, other: str) -> bool:
    """Whether two addresses differ in spelling only: scheme, `www.`, a final slash, an index file, the language in the
    first segment, parameters of a visit."""
    return _page(one) == _page(other)


def place(asked: str, final: str, settled: str = "") -> Place:
    """What `final`, where the redirects ended, is to the page that was `asked` for and last seen at `settled`."""
    known = settled or asked
    if same_page(final, known) or same_page(final, asked):
        return Place.SAME
    start, end = _page(asked), _page(final)
    if _any(_LOGIN, end) and not _any(_LOGIN, start):
        return Place.LOGIN
    if _any(_MISSING, end) and not _any(_MISSING, start):
        return Place.MISSING
    above = len(end.segments)
    if above < min(2, len(start.segments)) and end.segments == start.segments[:above]:
        return Place.HOME
    if settled and _site(end.host) != _site(_page(settled).host):
        return Place.ELSEWHERE
    return Place.MOVED


def moved_to(hops: tuple[Hop, ...]) -> str:
    """Where the permanent redirects at the start of the hops lead; empty where that is the same page.

    What a temporary redirect adds after them (a language, a session) is not the page's new address.
    """
    chain = [hop for n, hop in enumerate(hops) if n + 1 == len(hops) or hops[n + 1].url != hop.url]
    for n, hop in enumerate(chain):
        if hop.status not in PERMANENT:
            reached = n < len(chain) - 1 or hop.status not in REDIRECTS
            return hop.url if n and reached and not same_page(chain[0].url, hop.url) else ""
    return ""


def _page(url: str) -> _Page:
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if segments and _INDEX.fullmatch(segments[-1]):
        segments.pop()
    while segments and _LOCALE.fullmatch(segments[0]):
        segments.pop(0)
    query = frozenset(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _VISIT.fullmatch(pair[0]))
    host = (parts.hostname or "").removeprefix("www.")
    port = {80: "", 443: "", None: ""}.get(parts.port, f":{parts.port}")
    return _Page(host + port, tuple(segments), query)


def _any(words: re.Pattern[str], page: _Page) -> bool:
    hosts = page.host.split(".")[:-2]
    return any(words.fullmatch(part.partition(".")[0]) for part in (*page.segments, *hosts))


def _site(host: str) -> str:
    """The part of a host name that one publisher holds, near enough: its last two labels, three under `co.uk`."""
    labels = host.partition(":")[0].split(".")
    deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if deep else -2 :])
