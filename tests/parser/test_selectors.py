"""Selectors that a source declares: what they find, and that no page makes them slow."""

from __future__ import annotations

import time

import pytest
from cssselect import ExpressionError, HTMLTranslator
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from lxml import etree, html

from clausetrail.errors import ParseError
from clausetrail.model import Range, Selector
from clausetrail.parser import read
from clausetrail.parser.selectors import MAX_LENGTH, Page, selector_problem
from tests.conftest import TESTS, blocks

NAMES = st.sampled_from(["div", "p", "a", "li"])
SIMPLE = st.sampled_from(
    """
    |.x|.y|#i|[title]|[title='a b']|[title~=a]|[title^=a]|[title!=a]|[title='A B' i]|:first-child|:last-child
    |:only-child
    |:nth-child(2n+1)|:nth-last-child(2)|:first-of-type|:nth-of-type(-n+2)|:not(.x)|:is(.x, .y)|:where(p, .y)|:empty
    |:has(.x)|:has(> p)|:has(+ p)|:has(~ .y)|:contains('ab')|:root
    """.replace("\n    ", "").split("|")
)
COMPOUND = st.tuples(st.one_of(NAMES, st.just("*")), SIMPLE, SIMPLE).map("".join)
SELECTOR = st.lists(st.tuples(COMPOUND, st.sampled_from([" ", " > ", " + ", " ~ "])), min_size=1, max_size=3).map(
    lambda steps: "".join(f"{compound}{combinator}" for compound, combinator in steps).rstrip(" >+~")
)


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> etree._Element:
    element = etree.Element(draw(NAMES))
    for name, values in (("class", ["x", "x y", "z"]), ("id", ["i"]), ("title", ["a", "a b", ""])):
        if draw(st.booleans()):
            element.set(name, draw(st.sampled_from(values)))
    element.text = draw(st.sampled_from([None, "a", "ab"]))
    for _ in range(draw(st.integers(0, 3 if depth else 0))):
        child = draw(trees(depth=depth - 1))
        child.tail = draw(st.sampled_from([None, "b"]))
        element.append(child)
    return element


@pytest.mark.slow
@given(trees(), SELECTOR)
@settings(deadline=None, max_examples=300)
def test_selectors_find_what_the_library_says(tree: etree._Element, selector: str) -> None:
    try:
        path = HTMLTranslator().css_to_xpath(selector, prefix="descendant-or-self::")
    except ExpressionError:
        reject()  # `*:first-of-type` is more than XPath 1.0 can say
    assert Page(tree).find(selector) == set(tree.xpath(path))


@pytest.mark.parametrize(
    "selector",
    """
    p:first-child|p ~ p|p + p|p:nth-last-child(3n)|p:nth-of-type(2n+1)|p:has(~ p)|p:has(+ p)|div:has(p)|p *|:not(p)
    |p:contains('x')|[class^=x]|p.x#x|:is(p, .x)|p:only-of-type|p:empty
    """.replace("\n    ", "")
    .strip()
    .split("|"),
)
def test_a_page_of_many_siblings_costs_no_more_than_its_size(selector: str) -> None:
    def seconds(size: int) -> float:
        page = Page(html.fromstring("<div>" + "<p>x</p>" * size + "</div>"))
        start = time.process_time()
        page.find(selector)
        return time.process_time() - start

    few, many = min(seconds(4_000) for _ in range(3)), min(seconds(32_000) for _ in range(2))
    assert many < 40 * few + 0.05


@pytest.mark.parametrize(
    ("selector", "problem"),
    [
        ("div[", "Expected"),
        ("p::before", "a part of the picture"),
        ("a:hover", "known are"),
        ("svg|a", "namespace"),
        ("p:nth-child(x)", "takes a number"),
        ("p:lang(en)", "not known here"),
        ("a" * (MAX_LENGTH + 1), "longer than"),
        (" ".join(["p"] * 60), "more than 50 parts"),
        (":not(" * 300 + "p" + ")" * 300, ""),
        ("", "Expected"),
    ],
)
def test_what_is_no_selector_is_told(selector: str, problem: str) -> None:
    assert problem in selector_problem(selector)
    assert selector_problem(selector)
    with pytest.raises(ParseError, match="correct the declaration"):
        read(b"<p>We keep lamps.</p>", "text/html", select=[selector])


RANGES = blocks(TESTS / "parser" / "ranges.txt")


def selector_of(text: str) -> Selector:
    """`.a` or `h1 | h2`, where a `+` beside the bar puts the element before or after it outside or inside."""
    start, bar, end = text.partition("|")
    if not bar:
        return text.strip()
    after = start.endswith("+"), end.startswith("+")
    return Range(start.rstrip("+").strip(), end.lstrip("+").strip(), *after)


@pytest.mark.parametrize(("name", "given_", "expected"), RANGES, ids=[c[0] for c in RANGES])
def test_ranges(name: str, given_: str, expected: str) -> None:
    how, _, page = given_.partition("\n")
    verb, _, selectors = how.partition(": ")
    chosen = [selector_of(each) for each in selectors.split(" ; ")]
    found = read(page.encode(), "text/html", **{verb: chosen})
    assert "\n".join(f"{c.label} {c.printed}".strip() for c in found.tree.walk()) == expected
