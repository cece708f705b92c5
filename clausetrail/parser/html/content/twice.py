"""A text that stands twice on a page, for two sizes of screen or for two ways of reading, counts once.

A copy is a box with the words of an earlier one that makes up a good part of the page, or that follows it at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from clausetrail.parser.html.layout import Layout, is_heading
from clausetrail.parser.inline import BREAK

_SHARE = 0.3
_MASS = 40
_MODULUS = (1 << 61) - 1
_BASE = 1_000_003
_Range = tuple[int, int]


def twice(layout: Layout) -> None:
    _lines(layout)
    layout.settle()
    total = layout.total("mass", 0, len(layout.blocks))
    seen: dict[tuple[int, int], _Range] = {}
    ranges, prints = _alike(layout)
    for one in ranges:
        mass = layout.total("mass", *one)
        first = seen.setdefault(prints.of(*one), one)
        if one[0] < first[1] or first is one:
            continue
        between = layout.total("mass", first[1], one[0])
        if mass >= _SHARE * total or (not between and one[1] - one[0] > 1):
            layout.mark(range(*one), "twice")
    layout.settle()


def _alike(layout: Layout) -> tuple[list[_Range], _Prints]:
    """The ranges of boxes that are long enough and begin, and are as long, as one that stands elsewhere; and prints."""
    mass = layout.sums("mass")
    ranges = dict.fromkeys((box.start, box.end) for box in layout.boxes if mass[box.end] - mass[box.start] >= _MASS)
    if not ranges:
        return [], _Prints([])
    numbers: dict[str, int] = {}
    texts = [numbers.setdefault(_one_line(block.text), len(numbers) + 1) for block in layout.blocks]
    places: dict[tuple[int, int], set[int]] = {}
    for start, end in ranges:
        places.setdefault((texts[start], end - start), set()).add(start)
    alike = [one for one in ranges if len(places[texts[one[0]], one[1] - one[0]]) > 1]
    return alike, _Prints(texts if alike else [])


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


def _one_line(text: str) -> str:
    return " ".join(text.split()) if BREAK in text else text


class _Prints:
    """Fingerprints of ranges of a list of numbers, each in constant time."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.sums = list(accumulate(numbers, lambda all_, one: (all_ * _BASE + one) % _MODULUS, initial=0))
        self.powers = list(accumulate(numbers, lambda power, _: power * _BASE % _MODULUS, initial=1))

    def of(self, start: int, end: int) -> tuple[int, int]:
        size = end - start
        return size, (self.sums[end] - self.sums[start] * self.powers[size]) % _MODULUS
