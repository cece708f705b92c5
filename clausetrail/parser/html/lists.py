"""The markers of ordered lists, as a browser prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_NO_MARKER = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_STYLED = re.compile(r"list-style(?:-type)?\s*:[^;]*\b(decimal|(?:lower|upper)-(?:alpha|latin|roman))\b", re.IGNORECASE)
_STYLES = {
    "decimal": "1",
    **dict.fromkeys(("lower-alpha", "lower-latin"), "a"),
    **dict.fromkeys(("upper-alpha", "upper-latin"), "A"),
    "lower-roman": "i",
    "upper-roman": "I",
}
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(slots=True)
class OpenList:
    """A list whose items are being read."""

    style: str
    """`1`, `a`, `A`, `i`, `I`; empty for bullets."""
    value: int
    step: int

    def marker(self, element: etree._Element) -> str:
        """The marker of the next item, with its full stop; empty for bullets."""
        if not self.style:
            return ""
        self.value = _number(element.get("value"), self.value)
        label = f"{printed(self.value, self.style)}."
        self.value += self.step
        return label


def open_list(name: str, element: etree._Element) -> OpenList:
    """`ol` with its `type`, `start`, `reversed` and inline style; everything else has bullets."""
    css = element.get("style") or ""
    style = element.get("type") or "1"
    if found := _STYLED.search(css):
        style = _STYLES[found[1].lower()]
    if name != "ol" or _NO_MARKER.search(css) or style not in "1aAiI":
        return OpenList("", 1, 1)
    backwards = element.get("reversed") is not None
    first = sum(1 for child in element if child.tag == "li") if backwards else 1
    return OpenList(style, _number(element.get("start"), first), -1 if backwards else 1)


def _number(text: str | None, otherwise: int) -> int:
    try:
        return int((text or "")[:9])
    except ValueError:
        return otherwise


def printed(value: int, style: str) -> str:
    """A number in a list style."""
    if style == "1" or not 0 < value < 4000:
        return str(value)
    text = "".join(_romans(value)) if style in "iI" else _alphabetic(value)
    return text.upper() if style in "AI" else text


def _romans(value: int) -> Iterator[str]:
    for size, letters in _ROMAN:
        while value >= size:
            value -= size
            yield letters


def _alphabetic(value: int) -> str:
    letters = ""
    while value:
        value, rest = divmod(value - 1, 26)
        letters = chr(97 + rest) + letters
    return letters
