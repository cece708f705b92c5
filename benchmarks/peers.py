"""Other tools on the same pairs of documents: what each says of which old clause became which new one, if it does.

Those that compare lines get one clause a line; those that compare trees or pages get the tree that our parser read.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from clausetrail.model import Clause, ClauseTree

Links = list[tuple[int, int]]
"""Old and new positions."""
Peer = Callable[[ClauseTree, ClauseTree], Links | None]
"""None: the tool gives no links."""


def difflib(old: ClauseTree, new: ClauseTree) -> Links:
    """Lines kept, and of lines replaced the first with the first, as a side-by-side view shows them."""
    from difflib import SequenceMatcher

    codes = SequenceMatcher(None, _lines(old), _lines(new), autojunk=False).get_opcodes()
    return _beside((range(a, b), range(c, d)) for kind, a, b, c, d in codes if kind in ("equal", "replace"))


def diff_match_patch(old: ClauseTree, new: ClauseTree) -> Links:
    """Its line mode, as its own documentation writes it; read like difflib's answer."""
    from diff_match_patch import diff_match_patch as tool_of

    tool = tool_of()
    x, y, lines = tool.diff_linesToChars("\n".join(_lines(old)), "\n".join(_lines(new)))
    diffs = tool.diff_main(x, y, False)
    counted = [(side, len(text)) for side, text in diffs]
    tool.diff_charsToLines(diffs, lines)
    return _beside(_runs(counted))


def xmldiff(old: ClauseTree, new: ClauseTree) -> Links:
    """The matches of its first phase, with its default settings: what its edit script is made from."""
    from xmldiff.diff import Differ

    (one, places_old), (other, places_new) = _xml(old), _xml(new)
    differ = Differ()
    differ.set_trees(one, other)
    # It copies the left tree: the copy has the same elements in the same order.
    left = dict(zip(differ.left.iter(), places_old.values(), strict=True))
    matches = ((left[a], places_new[b]) for a, b, _ in differ.match())
    return [(a, b) for a, b in matches if a >= 0 and b >= 0]


def lxml_html_diff(old: ClauseTree, new: ClauseTree) -> None:
    from lxml.html.diff import htmldiff

    htmldiff(*("".join(f"<p>{escape(line)}</p>" for line in _lines(tree)) for tree in (old, new)))


def redlines(old: ClauseTree, new: ClauseTree) -> None:
    from redlines import Redlines

    _ = Redlines("\n\n".join(_lines(old)), "\n\n".join(_lines(new))).output_markdown


PEERS: dict[str, tuple[str, Peer]] = {
    "difflib, lines": ("difflib", difflib),
    "diff-match-patch, line mode": ("diff_match_patch", diff_match_patch),
    "xmldiff": ("xmldiff", xmldiff),
    "lxml.html.diff": ("lxml_html_clean", lxml_html_diff),
    "redlines": ("redlines", redlines),
}
"""Name -> module that it needs, and how it is asked."""


def installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _lines(tree: ClauseTree) -> list[str]:
    return [clause.words for clause in tree.walk()]


def _beside(runs: Iterable[tuple[range, range]]) -> Links:
    return [link for olds, news in runs for link in zip(olds, news, strict=False)]


def _runs(diffs: Iterable[tuple[int, int]]) -> Iterable[tuple[range, range]]:
    """Lines kept, and lines that took the place of others, from runs of (side, number of lines)."""
    old = new = 0
    gone = 0
    for side, count in diffs:
        if side < 0:
            gone, old = count, old + count
            continue
        if side == 0:
            yield range(old, old + count), range(new, new + count)
            old += count
        elif gone:
            yield range(old - gone, old), range(new, new + count)
        gone, new = 0, new + count


def _xml(tree: ClauseTree) -> tuple[Any, dict[Any, int]]:
    """The tree as elements, with the position of each; -1 for the root."""
    from lxml import etree

    root = etree.Element("document")
    places = {root: -1}

    def put(clause: Clause, parent: Any) -> None:
        element = etree.SubElement(parent, clause.kind.value)
        element.text = clause.words
        places[element] = len(places) - 1
        for child in clause.children:
            put(child, element)

    for child in tree.root.children:
        put(child, root)
    return root, places
