"""Every block and every dropped element of a page, with the rule that decided."""

from __future__ import annotations

from collections.abc import Iterator

from clausetrail.model import Decision
from clausetrail.parser.html.layout import Gap, Layout
from clausetrail.parser.html.paths import Element


def decisions(layout: Layout, elements: list[Element | None]) -> Iterator[Decision]:
    """In reading order: what was kept, what was dropped, and what was never read, as far as it has words."""
    panels = {i for box in layout.marked("panel") for i in range(box.start, box.end)}
    gaps = iter([*layout.gaps, None])
    gap = next(gaps)
    for i, block in enumerate(layout.blocks):
        while gap is not None and gap.position <= i:
            yield from _of_gap(gap)
            gap = next(gaps)
        rule = layout.dropped[i]
        kept_as = "panel" if i in panels else layout.kept_as
        words = " ".join(f"{block.label} {block.lead} {block.text}".split())
        yield Decision(not rule, rule or kept_as, block.line, _path(elements[i]), words)
    while gap is not None:
        yield from _of_gap(gap)
        gap = next(gaps)


def _of_gap(gap: Gap) -> Iterator[Decision]:
    words = " ".join(" ".join(map(str, gap.element.itertext())).split())
    if words:
        yield Decision(False, gap.rule, gap.element.sourceline or 0, _path(gap.element), words)


def _path(element: Element | None) -> str:
    return "" if element is None else str(element.getroottree().getpath(element))
