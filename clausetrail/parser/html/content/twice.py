"""A text that stands twice on a page, for two sizes of screen or for two ways of reading, counts once.

A copy is a box with the words of an earlier one that makes up a good part of the page, or that follows it at once.
"""

from __future__ import annotations

from itertools import accumulate

from clausetrail.parser.html.layout import Box, Layout, is_heading

_SHARE = 0.3
_MASS = 40
_MODULUS = (1 << 61) - 1
_BASE = 1_000_003


def twice(layout: Layout) -> None:
    _lines(layout)
    layout.settle()
    prints = _Prints(layout)
    total = layout.total("mass", 0, len(layout.blocks))
    seen: dict[tuple[int, int], Box] = {}
    for box in layout.boxes:
        mass = layout.total("mass", box.start, box.end)
        if mass < _MASS or not box.end - box.start:
            continue
        first = seen.setdefault(prints.of(box), box)
        if box.start < first.end or first is box:
            continue
        between = layout.total("mass", first.end, box.start)
        if mass >= _SHARE * total or (not between and box.end - box.start > 1):
            layout.mark(range(box.start, box.end), "twice")
    layout.settle()


def _lines(layout: Layout) -> None:
    """The same heading or paragraph twice in a row is one that is printed in two sizes."""
    before = None
    for i in layout.standing():
        block = layout.blocks[i]
        same = before is not None and before.text == block.text and before.kind is block.kind and not block.listed
        if same and not block.depth and (is_heading(block) or layout.prose[i]):
            layout.mark((i,), "twice")
        else:
            before = block


class _Prints:
    """Fingerprints of ranges, each in constant time."""

    def __init__(self, layout: Layout) -> None:
        numbers: dict[str, int] = {}
        texts = [numbers.setdefault(" ".join(block.text.split()), len(numbers) + 1) for block in layout.blocks]
        self.sums = list(accumulate(texts, lambda all_, one: (all_ * _BASE + one) % _MODULUS, initial=0))
        self.powers = list(accumulate(texts, lambda power, _: power * _BASE % _MODULUS, initial=1))

    def of(self, box: Box) -> tuple[int, int]:
        size = box.end - box.start
        return size, (self.sums[box.end] - self.sums[box.start] * self.powers[size]) % _MODULUS
