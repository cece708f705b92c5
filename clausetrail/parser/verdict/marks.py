"""What the markup of a page tells of its nature: forms, gate keepers' traces, redirects, empty application roots.

Facts only, taken from the page as parsed and before anything is cut out of it; what they amount to, the rules decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from clausetrail.parser.page_title import title_of
from clausetrail.parser.verdict.policy_words import NAMED
from clausetrail.parser.verdict.vendors import VENDOR_IDS, VENDOR_PARTS, VENDOR_SCRIPTS

_LOOKED_AT = ("script", "iframe", "form", "input", "meta", "link", "app-root", "div", "a")
_PIECES = 240
_NAME = 80
_LINKS, _ABOVE, _TEXTS, _MOUNTS, _REFRESHES = 400, 60, 8, 3, 4
"""How many of each are looked at: links, elements around one, texts in one, empty roots, refreshes."""
_PIECE = 300
_SCRIPT = 60_000
"""Characters of scripts that are searched: pages of gate keepers are short."""
_ROOTS = re.compile(
    r"(?:root|app|__next|__nuxt|__docusaurus|___gatsby|main-?app|app-?root|react-?root|application|svelte)$"
)
_REFRESH = re.compile(r"\s*(\d{1,4})?(?:\.\d*)?\s*[;,]?\s*url\s*=\s*['\"]?([^'\"\s>]+)", re.IGNORECASE)
_SENT_AWAY = re.compile(
    r"^\W*(?:<!--)?\W*(?:setTimeout\(\s*(?:function\s*\(\)|\(\)\s*=>)\s*\{?\s*)?"
    r"(?:window\.|document\.|self\.|top\.|parent\.)*location(?:\.href)?\s*(?:=|\.(?:replace|assign)\()\s*[\"'`]([^\"'`]+)"
)
_QUOTES = str.maketrans("‘’“”", "''\"\"")
_UNSEEN = frozenset(("script", "style", "noscript", "template", "title"))
_ASIDE = frozenset(("nav", "header", "footer"))
_IDS = etree.XPath("descendant::*/@id", smart_strings=False)


@dataclass(frozen=True, slots=True)
class Marks:
    """Of one page of HTML."""

    title: str = ""
    words: int = 0
    """White-space-separated words in the first pieces of visible text, menus and banners with them."""
    pieces: tuple[str, ...] = ()
    """The first pieces of visible text, with plain quotes, as markup cuts them; at most a few hundred."""
    passwords: int = 0
    vendor: str = ""
    """Gate keeper whose challenge page this looks like; empty where none."""
    refers: str = ""
    """Where a refresh or a script sends the reader at once."""
    scripts: int = 0
    shell: bool = False
    """An element that applications are mounted in stands empty."""
    canonical: str = ""
    policy_links: int = 0
    """Links outside of menus, heads and feet that are named as policies are; different names."""


def marks_of(root: etree._Element | None) -> Marks:
    """Facts of a parsed page.  Looks at every element once, and at the text of the first few hundred pieces only."""
    if root is None:
        return Marks()
    found: dict[str, list[etree._Element]] = {name: [] for name in _LOOKED_AT}
    for element in root.iter(*_LOOKED_AT):
        found[element.tag].append(element)
    pieces = tuple(islice(_pieces(root), _PIECES))
    return Marks(
        title=_plain(title_of(root)),
        words=sum(1 + piece.count(" ") for piece in pieces),
        pieces=pieces,
        passwords=sum(e.get("type", "").lower() == "password" for e in found["input"]),
        vendor=_vendor(root, found) if len(pieces) < _PIECES else "",
        refers=_refers(found, len(pieces)),
        scripts=len(found["script"]),
        policy_links=_policy_links(found["a"]) if len(pieces) < _PIECES else 0,
        shell=_is_shell(found["div"]) or bool(found["app-root"]),
        canonical=next((e.get("href", "") for e in found["link"] if e.get("rel", "").lower() == "canonical"), ""),
    )


def _pieces(root: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag in _UNSEEN:
            walk.skip_subtree()
        text = element.tail if event == "end" else "" if element.tag in _UNSEEN else element.text
        if text and not text.isspace():
            yield _plain(text[:_PIECE])


def _is_shell(divisions: list[etree._Element]) -> bool:
    mounts = (element for element in divisions if _ROOTS.match((element.get("id") or "").lower()))
    return any(not any(map(str.strip, map(str, element.itertext()))) for element in islice(mounts, _MOUNTS))


def _policy_links(links: list[etree._Element]) -> int:
    texts = set()
    for link in links[:_LINKS]:
        if not any(above.tag in _ASIDE for above in islice(link.iterancestors(), _ABOVE)):
            texts.add(_plain("".join(map(str, islice(link.itertext(), _TEXTS)))))
    return sum(len(text) <= _NAME and NAMED.search(text.lower()) is not None for text in texts)


def _selected(path: etree.XPath, root: etree._Element) -> list[str]:
    found = path(root)
    return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split())


def _vendor(root: etree._Element, found: dict[str, list[etree._Element]]) -> str:
    for identifier in _selected(_IDS, root):
        if vendor := VENDOR_IDS.get(identifier):
            return vendor
    addresses = [e.get("src", "") for name in ("iframe", "script") for e in found[name]]
    addresses += [e.get("action", "") for e in found["form"]]
    for part, vendor in VENDOR_PARTS.items():
        if any(part in address for address in addresses):
            return vendor
    text = "\n".join(_texts(found["script"]))
    return next((vendor for part, vendor in VENDOR_SCRIPTS.items() if part in text), "")


def _texts(scripts: list[etree._Element]) -> Iterator[str]:
    left = _SCRIPT
    for script in scripts:
        text = script.text or ""
        yield text[:left]
        left -= len(text)
        if left <= 0:
            return


def _refers(found: dict[str, list[etree._Element]], pieces: int) -> str:
    refreshes = (meta for meta in found["meta"] if meta.get("http-equiv", "").lower() == "refresh")
    for meta in islice(refreshes, _REFRESHES):
        if any(above.tag == "noscript" for above in meta.iterancestors()):
            continue
        refresh = _REFRESH.match(meta.get("content", ""))
        if refresh and int(refresh[1] or 0) <= 15:
            return refresh[2]
    if pieces > 20:
        return ""
    sent = (_SENT_AWAY.match((script.text or "")[:400]) for script in found["script"])
    return next((match[1] for match in sent if match), "")
