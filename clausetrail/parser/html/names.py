"""Which elements break lines, which hold no text of the page, and which are headings."""

from __future__ import annotations


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


MACHINERY = _names(
    "script style noscript template svg math iframe object embed canvas audio video map head select textarea input "
    "option datalist meter progress output applet frameset"
)
"""What a reader never reads as text."""

BLOCKS = _names(
    "address article aside blockquote body caption center details dd dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup p pre search section summary "
    "table tbody tfoot thead tr td th ul"
)
LISTS = _names("ol ul menu dir")
HEADINGS = {f"h{n}": n for n in range(1, 7)}
BOLD = _names("b strong")
