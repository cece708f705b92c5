"""Policies made up by Hypothesis, and the many ways in which a site may dress the same one.

A policy is a tree of plain tuples.  A dressing decides everything about its HTML that a reader does not see (names of
classes, order of attributes, wrappers, comments, scripts, white space between tags) and what stands around it (menus,
banners, footers, in any order).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from random import Random

from hypothesis import strategies as st

Block = tuple[str, object]
"""`p` text, `lead` (bold text, text), `ul`/`ol` items (text, sublist or None), `table` rows of cells, `quote` text,
`link` (text, target, text)."""

_SUBJECTS = "keeper|pilot|harbour office|guild|clerk|master of the boat|lamp owner|tower watch".split("|")  # noqa: SIM905
_MODALS = ("must", "may not", "shall", "may", "will", "has to")
_VERBS = "light|report|carry|repair|hand over|inspect|keep|lend|mark|return".split("|")  # noqa: SIM905
_THINGS = "the lamp|every wick|the oil|the tower book|its keys|the brass bell|all signals|the toll board".split("|")  # noqa: SIM905
_WHEN = (
    *("before dusk", "within thirty days of a written notice", "whenever a boat asks for it", "without any charge"),
    *("unless the harbour office says otherwise", "for as long as the agreement lasts", "at the end of each month"),
)
_HEADINGS = "Keeping|Oil and wicks|Tolls|Your rights|What we collect|Leaving|Disputes|Safety|Contact|Changes".split("|")  # noqa: SIM905


@dataclass(frozen=True)
class Policy:
    title: str
    opening: tuple[str, ...]
    sections: tuple[tuple[int, str, tuple[Block, ...]], ...]
    """Level of the heading, its words, what stands below."""


def _sentence(chance: Random, number: int) -> str:
    choose = chance.choice
    text = f"{choose(_SUBJECTS)} {choose(_MODALS)} {choose(_VERBS)} {choose(_THINGS)} {choose(_WHEN)}"
    return f"The {text} ({number})."


class _Writer:
    """Sentences that are never the same twice."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.number = 0

    def text(self, most: int = 3) -> str:
        return " ".join(self.one() for _ in range(self.chance.randint(1, most)))

    def one(self) -> str:
        self.number += 1
        return _sentence(self.chance, self.number)

    def items(self, depth: int) -> tuple[tuple[str, object], ...]:
        return tuple(
            (self.one(), (self.chance.choice(("ul", "ol")), self.items(depth + 1)) if self._nests(depth) else None)
            for _ in range(self.chance.randint(2, 5))
        )

    def _nests(self, depth: int) -> bool:
        return depth < 2 and self.chance.random() < 0.2

    def block(self) -> Block:
        kind = self.chance.choice(("p", "p", "p", "lead", "ul", "ol", "table", "quote", "link"))
        if kind in ("ul", "ol"):
            return kind, self.items(0)
        if kind == "lead":
            return kind, (f"{self.chance.choice(_HEADINGS)} {self.number}.", self.text())
        if kind == "table":
            return kind, tuple((self.one(), self.one()) for _ in range(self.chance.randint(2, 4)))
        if kind == "link":
            return kind, (self.one(), f"https://lamp.example/{self.number}", self.one())
        return kind, self.text()


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    write = _Writer(Random(draw(st.integers(0, 1 << 32))))
    levels = draw(st.lists(st.sampled_from((2, 2, 3)), min_size=2, max_size=6))
    sections = tuple(
        (2 if i == 0 else level, f"{_HEADINGS[i]} {write.number}", _blocks(write)) for i, level in enumerate(levels)
    )
    return Policy("Terms of the Harbour Lamp Guild", tuple(write.text() for _ in range(2)), sections)


def _blocks(write: _Writer) -> tuple[Block, ...]:
    return tuple(write.block() for _ in range(write.chance.randint(2, 5)))


@dataclass(frozen=True)
class Dressing:
    """Which liberties are taken; `seed` decides where and how."""

    seed: int = 0
    classes: bool = False
    attributes: bool = False
    wrappers: bool = False
    comments: bool = False
    scripts: bool = False
    spaces: bool = False
    menus: bool = False
    """The menus' entries, and the menus, stand in another order."""
    spans: bool = False
    """Words stand in elements of their own."""
    banner: bool = False
    """The page asks whether it may set cookies."""
    beside: bool = False
    """A menu of other policies stands beside the text."""
    container: bool = False
    """The text stands in another element than `main`."""


LIBERTIES = (
    "classes",
    "attributes",
    "wrappers",
    "comments",
    "scripts",
    "spaces",
    "menus",
    "spans",
    "banner",
    "beside",
    "container",
)
dressings = st.builds(
    Dressing,
    seed=st.integers(0, 1 << 32),
    **{liberty: st.booleans() for liberty in LIBERTIES},  # type: ignore[arg-type]
)

_MENU = ("Home", "Towers", "Boats", "Prices", "News", "Careers", "Log in")
_FOOTER = ("About us", "Press", "Imprint", "Privacy", "Sitemap")
_OTHERS = ("Privacy policy", "Cookie policy", "Community rules", "Refunds", "Delivery")
_CLASSES = (
    "css-1q",
    "sc-bdVaJa",
    "col-md-8",
    "text-base",
    "wp-block",
    "x9f619",
    "elementor-element",
    "rte",
    "mt-4",
    "nav",
    "menu",
    "footer",
    "sidebar",
    "cookie-policy",
    "header",
    "breadcrumbs",
    "ad",
    "hidden-xs",
    "share",
    "modal",
    "related",
    "toc",
    "comment",
)
_SCRIPTS = ("<script>var a = '<p>no text</p>';</script>", "<style>.a { color: red }</style>")


class _Tailor:
    def __init__(self, dressing: Dressing) -> None:
        self.dressing = dressing
        self.chance = Random(dressing.seed)

    def open(self, name: str, **attributes: str) -> str:
        found = list(attributes.items())
        if self.dressing.classes and self.chance.random() < 0.6:
            found.append(("class", " ".join(self.chance.sample(_CLASSES, 2))))
        if self.dressing.attributes:
            found.append(("data-x", str(self.chance.randrange(99))))
            self.chance.shuffle(found)
        written = "".join(f' {key}="{escape(value)}"' for key, value in found)
        return f"<{name}{written}>"

    def between(self) -> str:
        """What stands between two tags and is not seen."""
        made = self.chance.choice(("\n", "\n\n   ", "\t", " ")) if self.dressing.spaces else ""
        if self.dressing.comments and self.chance.random() < 0.3:
            made += f"<!-- {self.chance.choice(_HEADINGS)} -->"
        if self.dressing.scripts and self.chance.random() < 0.2:
            made += self.chance.choice(_SCRIPTS)
        return made

    def element(self, name: str, inside: str, **attributes: str) -> str:
        return f"{self.open(name, **attributes)}{inside}</{name}>{self.between()}"

    def text(self, text: str) -> str:
        if not self.dressing.spans:
            return text
        words = text.split(" ")
        for i in range(len(words)):
            if self.chance.random() < 0.1:
                words[i] = f"{self.open('span')}{words[i]}</span>"
        return " ".join(words)

    def wrapped(self, inside: str) -> str:
        if self.dressing.wrappers and self.chance.random() < 0.5:
            for _ in range(self.chance.randint(1, 3)):
                inside = self.element("div", self.between() + inside)
        return inside

    def menu(self, entries: tuple[str, ...]) -> str:
        ordered = list(entries)
        if self.dressing.menus:
            self.chance.shuffle(ordered)
        links = (self.element("a", entry, href=f"/{entry.lower().replace(' ', '-')}") for entry in ordered)
        return self.element("ul", "".join(self.element("li", link) for link in links))


def page(policy: Policy, dressing: Dressing) -> bytes:
    """The policy as a page of a site, in a dressing."""
    tailor = _Tailor(dressing)
    main = tailor.wrapped("".join(_main(policy, tailor)))
    menus = [tailor.element("nav", tailor.menu(_MENU)), tailor.element("nav", tailor.menu(("Deutsch", "Français")))]
    if dressing.menus:
        tailor.chance.shuffle(menus)
    beside = tailor.element("aside", tailor.menu(_OTHERS)) if dressing.beside else ""
    parts = [
        tailor.element("header", "".join(menus)),
        tailor.wrapped(beside + _contained(tailor.between() + main, tailor)),
        tailor.element("footer", tailor.menu(_FOOTER)),
    ]
    if dressing.banner:
        parts.insert(
            tailor.chance.choice((0, len(parts))), tailor.element("div", "".join(_banner(tailor)), role="dialog")
        )
    head = f"<head>{tailor.between()}<title>{policy.title}</title></head>"
    return f'<!DOCTYPE html><html lang="en">{head}<body>{tailor.between()}{"".join(parts)}</body></html>'.encode()


def _contained(inside: str, tailor: _Tailor) -> str:
    if not tailor.dressing.container:
        return tailor.element("main", inside)
    name = tailor.chance.choice(("article", "div", "section"))
    return tailor.element(name, inside, **({"role": "main"} if tailor.chance.random() < 0.3 else {}))


def _banner(tailor: _Tailor) -> Iterator[str]:
    yield tailor.element("p", "We use cookies to make this site work and to count its visitors.")
    yield tailor.element("button", "Accept all") + tailor.element("button", "Reject all")


def _main(policy: Policy, tailor: _Tailor) -> Iterator[str]:
    yield tailor.wrapped(tailor.element("h1", policy.title))
    for text in policy.opening:
        yield tailor.element("p", text)
    for level, heading, blocks in policy.sections:
        inside = tailor.element(f"h{level}", heading) + "".join(_block(block, tailor) for block in blocks)
        yield tailor.wrapped(inside)


def _block(block: Block, tailor: _Tailor) -> str:
    kind, held = block
    match kind, held:
        case ("p", str(text)):
            made = tailor.element("p", tailor.text(text))
        case ("quote", str(text)):
            made = tailor.element("blockquote", tailor.element("p", tailor.text(text)))
        case ("lead", (lead, text)):
            made = tailor.element("p", f"{tailor.open('strong')}{lead}</strong> {tailor.text(str(text))}")
        case ("link", (text, target, more)):
            made = tailor.element(
                "p", f"{text} {tailor.open('a', href=str(target), rel='noopener')}the board</a> {more}"
            )
        case ("table", tuple(rows)):
            made = tailor.element("table", "".join(_row(row, tailor) for row in rows))
        case _:
            made = _list(kind, held, tailor)
    return tailor.wrapped(made)


def _row(row: object, tailor: _Tailor) -> str:
    assert isinstance(row, tuple)
    return tailor.element("tr", "".join(tailor.element("td", tailor.text(cell)) for cell in row))


def _list(kind: str, items: object, tailor: _Tailor) -> str:
    assert isinstance(items, tuple)
    made = []
    for text, below in items:
        inside = f"{tailor.text(text)}{tailor.between()}" + (_list(*below, tailor) if below else "")
        made.append(tailor.element("li", inside))
    return tailor.element(kind, tailor.between() + "".join(made))
