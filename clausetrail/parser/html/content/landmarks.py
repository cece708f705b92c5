"""Where the page names its main content (`main`, else one `article` with most of the sentences), the rest is not it.

A heading and a date that stand before it are the document's own, where it has no title of its own.
"""

from __future__ import annotations

from clausetrail.parser.html.content.opening import leads_away, title_lines
from clausetrail.parser.html.layout import Box, Layout, is_heading

_MAIN = 0.3
_ARTICLE = 0.6


def landmarks(layout: Layout) -> None:
    root = _best(layout, "main", 0, len(layout.blocks), _MAIN)
    start, end = (root.start, root.end) if root else (0, len(layout.blocks))
    article = _best(layout, "article", start, end, _ARTICLE if root else _MAIN)
    if article and _is_all(layout, article, start, end):
        root = article
    if root is None:
        return
    layout.kept_as = root.mark
    kept = set(range(root.start, root.end))
    if not any(_is_title(layout, i) for i in layout.standing(root.start, root.end)):
        kept |= set(title_lines(layout, root.start))
    layout.drop((i for i in range(len(layout.blocks)) if i not in kept), root.mark)


def _best(layout: Layout, mark: str, start: int, end: int, share: float) -> Box | None:
    """The box with this mark that holds the most sentences, if that is a good share of the range."""
    boxes = [box for box in layout.marked(mark) if start <= box.start and box.end <= end]
    best = max(boxes, key=lambda box: layout.total("prose", box.start, box.end), default=None)
    if best is None:
        return None
    prose, total = layout.total("prose", best.start, best.end), layout.total("prose", start, end)
    if not total:
        share, prose, total = _ARTICLE, layout.total("mass", best.start, best.end), layout.total("mass", start, end)
    return best if total and prose >= share * total else None


def _is_all(layout: Layout, article: Box, start: int, end: int) -> bool:
    """No sentences stand in another article, nor under headings outside of this one."""
    others = [b for b in layout.marked("article") if b.start >= article.end or b.end <= article.start]
    prose = sum(layout.total("prose", b.start, b.end) for b in others if start <= b.start and b.end <= end)
    return prose < 0.1 * max(1, layout.total("prose", article.start, article.end))


def _is_title(layout: Layout, i: int) -> bool:
    block = layout.blocks[i]
    return is_heading(block) and block.level == 1 and not leads_away(layout, i)
