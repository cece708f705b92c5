"""Selectors that a source declares: they win over everything that is found out."""

from __future__ import annotations

from collections.abc import Iterable

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from clausetrail.errors import ParseError
from clausetrail.parser.html.paths import Element, Finder, finder

_CSS = HTMLTranslator()


def chosen(root: Element, selectors: Iterable[str]) -> list[Element]:
    """The elements that any of the CSS selectors finds, in reading order, none inside another.

    Raises ParseError for a selector that is none.
    """
    found = {element for selector in selectors for element in _compiled(selector)(root)}
    return [e for e in root.iter() if e in found and not any(a in found for a in e.iterancestors())] if found else []


def _compiled(selector: str) -> Finder:
    try:
        return finder(_CSS.css_to_xpath(selector))
    except (SelectorError, etree.XPathSyntaxError) as error:
        raise ParseError(f"cannot be read with the selector {selector!r}: {error}; correct the declaration") from error
