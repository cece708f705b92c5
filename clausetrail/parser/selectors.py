"""CSS selectors that a source declares, found in time that grows with the page and no faster.

The grammar is cssselect's (Selectors Level 3, with `:is`, `:where` and `:has` of Level 4); what it yields is looked up
here in whole sets of elements, one pass or less for each part of a selector.  XPath, which cssselect translates to,
looks through the siblings of every element anew: `p ~ p` takes it two minutes on 8,000 paragraphs side by side, and a
page is hostile.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, cast

from cssselect import SelectorError, parse
from cssselect import parser as css
from cssselect.parser import parse_series
from lxml import etree

MAX_LENGTH = 1_000
"""Characters of a selector."""
MAX_PARTS = 50
"""Tags, classes, attributes and so on that it is made of."""

Element = etree._Element
Found = set[Element]


def selector_problem(selector: str) -> str:
    """What is wrong with a CSS selector; empty where it can be used."""
    try:
        _parsed(selector)
    except ValueError as error:
        return str(error)
    return ""


@lru_cache(maxsize=512)
def _parsed(selector: str) -> tuple[Any, ...]:
    """Its alternatives.  Raises ValueError, with what is wrong."""
    if len(selector) > MAX_LENGTH:
        raise ValueError(f"is longer than {MAX_LENGTH:,} characters")
    try:
        found = parse(selector)
    except (SelectorError, RecursionError) as error:
        raise ValueError(str(error) or "is nested too deeply") from error
    for each in found:
        if each.pseudo_element:
            raise ValueError(f"finds no elements: ::{each.pseudo_element} is a part of the picture")
    trees = tuple(each.parsed_tree for each in found)
    if sum(_checked(tree) for tree in trees) > MAX_PARTS:
        raise ValueError(f"has more than {MAX_PARTS} parts")
    return trees


def _checked(tree: Any) -> int:
    """How many parts it has.  Raises ValueError for one that cannot be looked up in a page as it was served."""
    if type(tree) not in _FINDERS:
        raise ValueError(f"holds {tree!r}, which is not known here")
    if isinstance(tree, css.Element) and tree.namespace not in (None, "*"):
        raise ValueError(f"names the namespace {tree.namespace}, and a page has none")
    if isinstance(tree, css.Pseudo) and tree.ident not in _PSEUDOS:
        raise ValueError(f"holds :{tree.ident}; known are {', '.join(f':{name}' for name in sorted(_PSEUDOS))}")
    if isinstance(tree, css.Function):
        _checked_function(tree)
    return 1 + sum(map(_checked, _inner(tree)))


def _checked_function(tree: css.Function) -> None:
    if tree.name == "contains":
        if tree.argument_types() not in (["STRING"], ["IDENT"]):
            raise ValueError(":contains() takes one text in quotes")
    elif tree.name not in _NTH:
        raise ValueError(f"holds :{tree.name}(), which is not known here")
    else:
        _series(tree)


def _inner(tree: Any) -> Iterator[Any]:
    """Selectors within a selector."""
    for name in ("selector", "subselector"):
        if hasattr(tree, name):
            yield getattr(tree, name)
    yield from getattr(tree, "selector_list", ())
    if isinstance(tree, css.Relation):
        yield from (inner.parsed_tree for _, inner in tree.arguments)


class Page:
    """A tree, and what has been asked of it."""

    def __init__(self, root: Element) -> None:
        self.all = [element for element in root.iter() if isinstance(element.tag, str)]
        """Elements in reading order."""
        self._known: dict[str, Found] = {}

    def find(self, selector: str) -> Found:
        """What a selector finds.  Raises ValueError for one that cannot be used."""
        if selector not in self._known:
            self._known[selector] = set().union(*(self.of(tree) for tree in _parsed(selector)))
        return self._known[selector]

    def of(self, tree: Any) -> Found:
        return _FINDERS[type(tree)](self, tree)

    @cached_property
    def classes(self) -> dict[str, Found]:
        found: dict[str, Found] = {}
        for element in self.all:
            for name in (element.get("class") or "").split():
                found.setdefault(name, set()).add(element)
        return found

    @cached_property
    def families(self) -> list[list[Element]]:
        """Children of one parent, side by side; the root is a family by itself."""
        return [self.all[:1], *([c for c in each if isinstance(c.tag, str)] for each in self.all if len(each))]

    @cached_property
    def text(self) -> tuple[str, list[tuple[Element, int, int]]]:
        """The whole text, and where in it each element begins and ends."""
        pieces: list[str] = []
        spans: list[tuple[Element, int, int]] = []
        open_: list[int] = []
        size = 0
        for event, element in etree.iterwalk(self.all[0], events=("start", "end")):
            if event == "start":
                open_.append(size)
            else:
                spans.append((element, open_.pop(), size))
            piece = (element.text if event == "start" else element.tail) or ""
            pieces.append(piece)
            size += len(piece)
        return "".join(pieces), spans


def _element(page: Page, tree: css.Element) -> Found:
    name = (tree.element or "*").lower()
    return set(page.all) if name == "*" else {e for e in page.all if e.tag == name}


def _hash(page: Page, tree: css.Hash) -> Found:
    return {e for e in page.of(tree.selector) if e.get("id") == tree.id}


def _class(page: Page, tree: css.Class) -> Found:
    named = page.classes.get(tree.class_name, set())
    return set(named) if _is_any(tree.selector) else page.of(tree.selector) & named


def _is_any(tree: Any) -> bool:
    return isinstance(tree, css.Element) and tree.element is None


def _attribute(page: Page, tree: css.Attrib) -> Found:
    name, value = tree.attrib.lower(), (tree.value.value if tree.value else None) or ""
    compare, folded = _COMPARE[tree.operator], tree.flag == "i"

    def fits(element: Element) -> bool:
        has = element.get(name)
        if has is None:
            return tree.operator == "!="
        return compare(has.lower(), value.lower()) if folded else compare(has, value)

    return {element for element in page.of(tree.selector) if fits(element)}


_COMPARE: dict[str, Callable[[str, str], bool]] = {
    "exists": lambda has, value: True,
    "=": lambda has, value: has == value,
    "!=": lambda has, value: has != value,
    "~=": lambda has, value: value in has.split(),
    "|=": lambda has, value: has == value or has.startswith(f"{value}-"),
    "^=": lambda has, value: bool(value) and has.startswith(value),
    "$=": lambda has, value: bool(value) and has.endswith(value),
    "*=": lambda has, value: bool(value) and value in has,
}


def _pseudo(page: Page, tree: css.Pseudo) -> Found:
    return page.of(tree.selector) & _PSEUDOS[tree.ident](page)


def _ends(page: Page, *, first: bool, last: bool, by_type: bool) -> Found:
    """Children that are the first or the last of their family, or both."""
    from_start = _nth(page, 0, 1, by_type=by_type, backwards=False) if first else None
    from_end = _nth(page, 0, 1, by_type=by_type, backwards=True) if last else None
    if from_start is None or from_end is None:
        return from_start or from_end or set()
    return from_start & from_end


_PSEUDOS: dict[str, Callable[[Page], Found]] = {
    "root": lambda page: set(page.all[:1]),
    "scope": lambda page: set(page.all[:1]),
    "empty": lambda page: {e for e in page.all if not len(e) and not e.text},
    "first-child": lambda page: _ends(page, first=True, last=False, by_type=False),
    "last-child": lambda page: _ends(page, first=False, last=True, by_type=False),
    "only-child": lambda page: _ends(page, first=True, last=True, by_type=False),
    "first-of-type": lambda page: _ends(page, first=True, last=False, by_type=True),
    "last-of-type": lambda page: _ends(page, first=False, last=True, by_type=True),
    "only-of-type": lambda page: _ends(page, first=True, last=True, by_type=True),
}


def _function(page: Page, tree: css.Function) -> Found:
    if tree.name == "contains":
        text = tree.arguments[0].value or ""
        return page.of(tree.selector) & _holding(page, text)
    step, start = _series(tree)
    by_type, backwards = _NTH[tree.name]
    return page.of(tree.selector) & _nth(page, step, start, by_type=by_type, backwards=backwards)


_NTH = {
    "nth-child": (False, False),
    "nth-last-child": (False, True),
    "nth-of-type": (True, False),
    "nth-last-of-type": (True, True),
}


def _series(tree: css.Function) -> tuple[int, int]:
    try:
        return parse_series(tree.arguments)
    except ValueError as error:
        raise ValueError(f":{tree.name}() takes a number, or a series such as 2n+1") from error


def _nth(page: Page, step: int, start: int, *, by_type: bool, backwards: bool) -> Found:
    found: Found = set()
    for family in page.families:
        seen: dict[str, int] = {}
        for element in reversed(family) if backwards else family:
            kind = str(element.tag) if by_type else ""
            seen[kind] = place = seen.get(kind, 0) + 1
            off = place - start
            if off == 0 if step == 0 else off % step == 0 and off // step >= 0:
                found.add(element)
    return found


def _holding(page: Page, text: str) -> Found:
    """Elements that hold a text, in one reading of the page."""
    whole, spans = page.text
    places, at = [], whole.find(text)
    while at >= 0:
        places.append(at)
        at = whole.find(text, at + 1)
    places.append(len(whole) + 1)
    return {e for e, start, end in spans if places[bisect_left(places, start)] + len(text) <= end}


def _not(page: Page, tree: css.Negation) -> Found:
    return page.of(tree.selector) - page.of(tree.subselector)


def _any_of(page: Page, tree: Any) -> Found:
    found: Found = set().union(*(page.of(each) for each in tree.selector_list))
    return found if _is_any(tree.selector) else page.of(tree.selector) & found


def _has(page: Page, tree: css.Relation) -> Found:
    within: Found = set()
    for combinator, inner in tree.arguments:
        within |= _BEFORE[str(combinator.value)](page, page.of(inner.parsed_tree))
    return page.of(tree.selector) & within


def _combined(page: Page, tree: css.CombinedSelector) -> Found:
    return page.of(tree.subselector) & _AFTER[tree.combinator](page, page.of(tree.selector))


def _descendants(page: Page, of: Found) -> Found:
    found: Found = set()
    for element in page.all:  # what is around comes before what is within it
        parent = element.getparent()
        if parent is not None and (parent in of or parent in found):
            found.add(element)
    return found


def _children(page: Page, of: Found) -> Found:
    return {child for element in of for child in element}


def _next(page: Page, of: Found) -> Found:
    return {b for family in page.families for a, b in pairwise(family) if a in of}


def _following(page: Page, of: Found) -> Found:
    found: Found = set()
    for family in page.families:
        first = next((i for i, element in enumerate(family) if element in of), len(family))
        found.update(family[first + 1 :])
    return found


def _ancestors(page: Page, of: Found) -> Found:
    found: Found = set()
    for element in of:
        parent = element.getparent()
        while parent is not None and parent not in found:
            found.add(parent)
            parent = parent.getparent()
    return found


def _parents(page: Page, of: Found) -> Found:
    return {parent for element in of if (parent := element.getparent()) is not None}


def _previous(page: Page, of: Found) -> Found:
    return {a for family in page.families for a, b in pairwise(family) if b in of}


def _preceding(page: Page, of: Found) -> Found:
    found: Found = set()
    for family in page.families:
        last = next((i for i in range(len(family) - 1, -1, -1) if family[i] in of), 0)
        found.update(family[:last])
    return found


_AFTER = {" ": _descendants, ">": _children, "+": _next, "~": _following}
_BEFORE = {" ": _ancestors, ">": _parents, "+": _previous, "~": _preceding}
_FINDERS = cast(
    dict[type, Callable[[Page, Any], Found]],
    {
        css.Element: _element,
        css.Hash: _hash,
        css.Class: _class,
        css.Attrib: _attribute,
        css.Pseudo: _pseudo,
        css.Function: _function,
        css.Negation: _not,
        css.Matching: _any_of,
        css.SpecificityAdjustment: _any_of,
        css.Relation: _has,
        css.CombinedSelector: _combined,
    },
)
