"""HTML → blocks: parse, repair, read, and keep what is the policy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urljoin

from clausetrail.model import PageFacts, Selector
from clausetrail.parser.block import Block
from clausetrail.parser.html.content import choose
from clausetrail.parser.html.elements import Fates
from clausetrail.parser.html.elements.consent import consent_dialogs
from clausetrail.parser.html.explain import decisions
from clausetrail.parser.html.facts import facts_of
from clausetrail.parser.html.fate import dropped
from clausetrail.parser.html.layout import Layout
from clausetrail.parser.html.parse import Root, parse, second_look
from clausetrail.parser.html.select import blank, chosen, parts
from clausetrail.parser.html.walk import Walker
from clausetrail.parser.page_title import title_of
from clausetrail.parser.verdict import Marks, marks_of

_BY_HAND = "declared"
_LITTLE = 1_000
"""Characters read, below which it is asked whether the parser lost something."""


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """One page as read."""

    blocks: list[Block]
    """Those that were kept, in reading order, not yet finished."""
    title: str
    """The words of the page's `title` element."""
    facts: PageFacts
    layout: Layout
    """All blocks, with what was dropped by which rule."""
    elements: list[Root | None]
    """Beside each block of the layout, the element that it came from."""
    marks: Callable[[], Marks]
    """What its markup tells of its nature, found out when it is asked for."""
    base: str = ""
    """The address that its relative links are read against."""


def read_html(
    text: str, *, url: str = "", select: Sequence[Selector] = (), remove: Sequence[Selector] = ()
) -> HtmlPage:
    """The page's main content as blocks.

    `select` and `remove` are CSS selectors and ranges: with `select`, all text that they find is kept and nothing else
    is; what `remove` finds is dropped before anything is decided.  Raises ParseError for a selector that is none.
    """
    root = parse(text)
    walker = _walked(root, select, remove) if root is not None else None
    if (walker is None or walker.size < _LITTLE) and (other := second_look(root, text)) is not None:
        root, walker = other, _walked(other, select, remove)
    if root is None or walker is None:
        return HtmlPage([], "", PageFacts(), Layout([], [], []), [], Marks, url)
    layout = walker.layout(title_of(root))
    if select:
        layout.kept_as = _BY_HAND
    else:
        choose(layout)
    kept = [block for block, rule in zip(layout.blocks, layout.dropped, strict=True) if not rule]
    return HtmlPage(
        kept, layout.title, facts_of(root, url), layout, walker.elements, partial(marks_of, root), _base(root, url)
    )


def _walked(root: Root, select: Sequence[Selector], remove: Sequence[Selector]) -> Walker:
    fates = Fates(root, declared=bool(select))
    for element in consent_dialogs(root) if not select else ():
        fates.give(element, dropped("consent"))
    top: list[Root] = [root]
    others: list[Root] = []
    if select or remove:
        gone, wanted = chosen(root, remove), chosen(root, select)
        blank(gone)
        if select:
            top, others = parts(root, wanted)
        for element in (*gone.whole, *others):
            fates.give(element, dropped(_BY_HAND))
    walker = Walker(root, fates)
    for part in top:
        walker.walk(part)
    return walker


def read_fragment(text: str) -> list[Block]:
    """Blocks of a piece of HTML, all of it content."""
    root = parse(f"<body>{text}</body>")
    if root is None:
        return []
    return _walked(root, (), ()).layout().blocks


def _base(root: Root, url: str) -> str:
    base = root.find(".//base[@href]")
    try:
        return urljoin(url, (base.get("href") or "").strip()) if base is not None else url
    except ValueError:
        return url


__all__ = ["HtmlPage", "decisions", "read_fragment", "read_html"]
