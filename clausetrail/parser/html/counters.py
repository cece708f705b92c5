"""Numbers that only the page's own style rules print: CSS counters (CSS Lists and Counters Level 3).

Read are `counter-reset`, `counter-set` and `counter-increment` of elements and of their `::before`, and `content` of
`::before` and `::marker` where it holds `counter()` or `counters()`, from `style` elements.  Which of two rules for one
element wins is taken to be the later.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from clausetrail.parser.html.lists import printed
from clausetrail.parser.html.paths import Element, finder

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PSEUDO = re.compile(r"::?(before|marker)\s*$", re.IGNORECASE)
_PAIR = re.compile(r"([-\w]+)(?:\s+(-?\d{1,6}))?(?=\s|$)")
_PIECE = re.compile(
    r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'"
    r"|counter\(\s*([-\w]+)\s*(?:,\s*([-\w]+)\s*)?\)"
    r"|counters\(\s*([-\w]+)\s*,\s*(?:\"([^\"]*)\"|'([^']*)')\s*(?:,\s*([-\w]+)\s*)?\)"
)
_STYLES = {
    **dict.fromkeys(("lower-alpha", "lower-latin"), "a"),
    **dict.fromkeys(("upper-alpha", "upper-latin"), "A"),
    "lower-roman": "i",
    "upper-roman": "I",
}
_MOST_RULES = 200
_MOST_CSS = 1 << 20
_CSS = HTMLTranslator()


@dataclass(slots=True)
class _Orders:
    """What style rules say of one element."""

    resets: dict[str, int] = field(default_factory=dict)
    sets: dict[str, int] = field(default_factory=dict)
    increments: dict[str, int] = field(default_factory=dict)
    content: str = ""


def counter_labels(root: Element) -> dict[Element, str]:
    """The number that counters print before an element, for every element that has one."""
    css = "".join(str(style.text or "") for style in root.iter("style"))
    if "counter-increment" not in css or len(css) > _MOST_CSS:
        return {}
    orders: dict[Element, _Orders] = defaultdict(_Orders)
    for selector, declarations in _rules(css):
        for element in _found(root, selector):
            _apply(orders[element], declarations)
    return _counted(root, orders)


def _rules(css: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Selectors one by one, each with the declarations that concern counters."""
    count = 0
    for match in _RULE.finditer(_COMMENT.sub("", css)):
        pairs = (one.partition(":") for one in match[2].split(";"))
        said = {name.strip().lower(): value.strip() for name, _, value in pairs}
        said = {n: v for n, v in said.items() if n.startswith("counter-") or (n == "content" and "counter" in v)}
        for selector in match[1].split(",") if said else ():
            count += 1
            if count > _MOST_RULES:
                return
            pseudo = _PSEUDO.search(selector)
            bare = selector[: pseudo.start()] if pseudo else selector
            yield bare.strip() or "*", said if pseudo else {n: v for n, v in said.items() if n != "content"}


def _found(root: Element, selector: str) -> list[Element]:
    try:
        return finder(_CSS.css_to_xpath(selector))(root)
    except (SelectorError, etree.XPathError):
        return []


def _apply(orders: _Orders, said: dict[str, str]) -> None:
    for name, into, default in (
        ("counter-reset", orders.resets, 0),
        ("counter-set", orders.sets, 0),
        ("counter-increment", orders.increments, 1),
    ):
        if name in said and said[name] != "none":
            into.update((n, int(v) if v else default) for n, v in _PAIR.findall(said[name]))
    orders.content = said.get("content", orders.content)


class _Scopes:
    """Counters in force, by name: instances with the element that bounds them, innermost last."""

    def __init__(self) -> None:
        self.open: dict[str, list[tuple[Element | None, int]]] = defaultdict(list)

    def reset(self, name: str, around: Element | None, value: int) -> None:
        instances = self.open[name]
        if instances and instances[-1][0] is around:
            instances.pop()
        instances.append((around, value))

    def change(self, name: str, around: Element | None, value: int, *, add: bool) -> None:
        if not self.open[name]:
            self.reset(name, around, 0)
        bound, before = self.open[name][-1]
        self.open[name][-1] = (bound, before + value if add else value)

    def leave(self, element: Element) -> None:
        for instances in self.open.values():
            while instances and instances[-1][0] is element:
                instances.pop()

    def values(self, name: str) -> list[int]:
        return [value for _, value in self.open[name]] or [0]


def _counted(root: Element, orders: dict[Element, _Orders]) -> dict[Element, str]:
    labels: dict[Element, str] = {}
    scopes = _Scopes()
    bounds = {element.getparent() for element in orders}
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            if element in bounds:
                scopes.leave(element)
        elif element in orders:
            label = _step(scopes, element.getparent(), orders[element])
            if any(c.isalnum() for c in label):
                labels[element] = label
    return labels


def _step(scopes: _Scopes, around: Element | None, orders: _Orders) -> str:
    for name, value in orders.resets.items():
        scopes.reset(name, around, value)
    for name, value in orders.increments.items():
        scopes.change(name, around, value, add=True)
    for name, value in orders.sets.items():
        scopes.change(name, around, value, add=False)
    return "".join(_pieces(scopes, orders.content)).strip()


def _pieces(scopes: _Scopes, content: str) -> Iterator[str]:
    for match in _PIECE.finditer(content):
        plain, quoted, one, style, many, between, other, styles = match.groups()
        if one:
            yield printed(scopes.values(one)[-1], _STYLES.get(style or "", "1"))
        elif many:
            values = (printed(value, _STYLES.get(styles or "", "1")) for value in scopes.values(many))
            yield (between or other or "").join(values)
        else:
            yield plain or quoted or ""
