"""Where elements are, and how they are found."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from lxml import etree

Element = etree._Element
Finder = Callable[[Element], list[Element]]


def finder(path: str) -> Finder:
    """What finds the elements at a path, in reading order.  Raises XPathSyntaxError for a path that is none."""
    return cast(Finder, etree.XPath(path))


def is_alone(element: Element) -> bool:
    """Whether the element is all that its parent says."""
    parent = element.getparent()
    return parent is not None and len(parent) == 1 and not ((parent.text or "") + (element.tail or "")).strip()
