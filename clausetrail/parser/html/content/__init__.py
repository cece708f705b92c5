"""What of a page is the policy: rules over its layout, in the order in which they run.

A layout rule drops ranges of blocks and nothing else.  One rule, one file; the name of the rule stands beside every
block that it drops.  Shares are taken of the text that stands in the boxes concerned, never of the whole page with
its menus, so that a page whose menus change is cut the same way.
"""

from __future__ import annotations

from collections.abc import Callable

from clausetrail.parser.html.content.asides import asides
from clausetrail.parser.html.content.boxes import controls
from clausetrail.parser.html.content.calls import calls
from clausetrail.parser.html.content.core import core
from clausetrail.parser.html.content.hidden import hidden
from clausetrail.parser.html.content.landmarks import landmarks
from clausetrail.parser.html.content.lines import lines
from clausetrail.parser.html.content.links import links
from clausetrail.parser.html.content.orphans import orphans
from clausetrail.parser.html.content.teasers import teasers
from clausetrail.parser.html.content.twice import twice
from clausetrail.parser.html.layout import Layout

LayoutRule = Callable[[Layout], None]

LAYOUT_RULES: tuple[LayoutRule, ...] = (
    hidden,
    twice,
    asides,
    controls,
    landmarks,
    lines,
    links,
    teasers,
    core,
    calls,
    links,
    orphans,
)
"""Links twice: where the text ends is known better once the core is."""


def choose(layout: Layout) -> None:
    """Every rule over the layout."""
    for rule in LAYOUT_RULES:
        rule(layout)
