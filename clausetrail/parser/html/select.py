"""Selectors that a source declares: they win over everything that is found out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from clausetrail.errors import ParseError
from clausetrail.model import Range, Selector
from clausetrail.parser.html.paths import Element
from clausetrail.parser.selectors import Page


@dataclass(slots=True)
class Chosen:
    """What selectors find of a page."""

    whole: set[Element] = field(default_factory=set)
    """Elements with all that they hold; one may lie inside another."""
    tails: set[Element] = field(default_factory=set)
    """Elements after which the text up to the next one is found too, though not all that is around both."""
    heads: set[Element] = field(default_factory=set)
    """Elements whose text up to the first one inside is found, though not all of the element."""
    around: list[Element] = field(default_factory=list)
    """Of each range, the least element that holds all of it."""


def chosen(root: Element, selectors: Iterable[Selector]) -> Chosen:
    """What any of the selectors finds.  Raises ParseError for a selector that is none.

    A range ends before or after elements, as in the DOM (https://dom.spec.whatwg.org/#ranges).  One of which an end
    is not on the page, or whose last element comes first, finds nothing, as a selector without a match does.
    """
    page, found = Page(root), Chosen()
    for selector in selectors:
        if isinstance(selector, Range):
            _add_range(page, selector, found)
        else:
            found.whole |= _find(page, selector)
    return found


def parts(root: Element, found: Chosen) -> tuple[list[Element], list[Element]]:
    """(The elements to read, in reading order, none inside another; what of them was not chosen.)

    Loose text of a part that was not chosen is cut out of the tree.
    """
    tops, inside = found.whole.union(found.around), set[Element]()
    outer, others = list[Element](), list[Element]()
    for element in root.iter() if tops else ():
        if element.getparent() in inside:
            inside.add(element)
        elif element in tops:
            inside.add(element)
            outer.append(element)
    around = _around(found) if found.around else set[Element]()
    for element in outer:
        if element not in found.whole:
            others += _trim(element, found, around)
    return outer, others


def blank(found: Chosen) -> None:
    """Cut the loose text that was found out of the tree; its elements stay."""
    for element in found.tails:
        element.tail = None
    for element in found.heads:
        element.text = None


def _find(page: Page, selector: str) -> set[Element]:
    try:
        return page.find(selector)
    except ValueError as error:
        raise ParseError(f"cannot be read with the selector {selector!r}: {error}; correct the declaration") from error


def _add_range(page: Page, wanted: Range, found: Chosen) -> None:
    starts, ends = _find(page, wanted.start), _find(page, wanted.end)
    start = next((e for e in page.all if e in starts), None)
    end = next((e for e in page.all if e in ends), None)
    if start is None or end is None:
        return
    above = [start, *start.iterancestors()]
    common = next((e for e in (end, *end.iterancestors()) if e in above), None)
    if common is None:
        return
    if common is start or common is end:
        _add_nested(wanted, start, end, found)
        return
    first = above[above.index(common) - 1]
    last = _child_towards(common, end)
    if common.index(first) > common.index(last):
        return
    found.around.append(common)
    _add_after(start, common, found, whole=not wanted.start_after)
    between = list(common)[common.index(first) + 1 : common.index(last)]
    found.whole.update(between)
    found.tails.update(between)
    _add_before(last, end, found, whole=wanted.end_after)


def _add_nested(wanted: Range, start: Element, end: Element, found: Chosen) -> None:
    """One end lies inside the other: such a range holds something only where the outer one is an end on its outside."""
    if start is end:
        if wanted.end_after and not wanted.start_after:
            found.whole.add(start)
    elif end in start.iterdescendants() and not wanted.start_after:
        found.around.append(start)
        _add_before(start, end, found, whole=wanted.end_after)
    elif start in end.iterdescendants() and wanted.end_after:
        found.around.append(end)
        _add_after(start, end, found, whole=not wanted.start_after)
        _add_last(start, end, found)


def _add_after(start: Element, common: Element, found: Chosen, *, whole: bool) -> None:
    """All after an element, up to the end of what holds it below `common`."""
    if whole:
        found.whole.add(start)
    here = start
    while True:
        found.tails.add(here)
        parent = here.getparent()
        if parent is None or parent is common:
            return
        rest = list(here.itersiblings())
        found.whole.update(rest)
        found.tails.update(rest)
        here = parent


def _add_last(start: Element, common: Element, found: Chosen) -> None:
    """What follows, in `common` itself, the child that holds an element."""
    rest = list(_child_towards(common, start).itersiblings())
    found.whole.update(rest)
    found.tails.update(rest)


def _add_before(around: Element, end: Element, found: Chosen, *, whole: bool) -> None:
    """All before an element, from the beginning of `around`, which is or holds it."""
    if whole:
        found.whole.add(end)
    here = end
    while here is not around and (parent := here.getparent()) is not None:
        found.heads.add(parent)
        before = list(here.itersiblings(preceding=True))
        found.whole.update(before)
        found.tails.update(before)
        here = parent


def _child_towards(ancestor: Element, inner: Element) -> Element:
    """The child of `ancestor` that is or holds `inner`."""
    here = inner
    while (parent := here.getparent()) is not None and parent is not ancestor:
        here = parent
    return here


def _around(found: Chosen) -> set[Element]:
    """All elements around something that was chosen."""
    around = set(found.heads)
    for element in (*found.whole, *found.tails, *found.heads):
        above = element.getparent()
        while above is not None and above not in around:
            around.add(above)
            above = above.getparent()
    return around


def _trim(part: Element, found: Chosen, around: set[Element]) -> list[Element]:
    """Leave of a part what was chosen, and what is around that; the rest of its elements."""
    others: list[Element] = []
    open_ = [part]
    while open_:
        element = open_.pop()
        if element not in found.heads:
            element.text = None
        for child in element:
            if child not in found.tails:
                child.tail = None
            if child not in found.whole:
                (open_ if child in around else others).append(child)
    return others
