"""A page between reading and choosing: its blocks, the boxes that hold them, and what was dropped at sight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Block

_PROSE = 60
_BARE_PROSE = 100
_SENTENCE = 36
_STOPS = (".", "!", "?", ";", "。", "！", "？", "；", "।", "؟")
_MARKS = frozenset(".,;:!?。，；：、！？।؟،")


@dataclass(slots=True)
class Box:
    """An element that breaks lines, as the range of the blocks that lie in it."""

    start: int
    end: int
    parent: int
    """Index of the box around it; -1 for the outermost."""
    mark: str = ""
    """Name of the element rule that marked it: `main`, `article`, `aside`, `hidden`, …"""
    gaps: int = 0
    """Elements within that were dropped at sight."""
    element: Any = None


@dataclass(slots=True)
class Gap:
    """An element that was dropped at sight."""

    position: int
    """Index of the block before which it stood."""
    rule: str
    element: Any
    box: int
    """Index of the innermost box around it; -1 for none."""


@dataclass(slots=True)
class Layout:
    """Blocks in reading order.  Layout rules drop ranges of them; nothing is ever reordered."""

    blocks: list[Block]
    boxes: list[Box]
    """Outer before inner, in reading order."""
    gaps: list[Gap]
    kept_as: str = "text"
    """What the blocks that stand are kept as: `main`, `article`, `declared`, or `text` where nothing names it."""
    title: str = ""
    """The words of the page's `title` element."""
    dropped: list[str] = field(init=False)
    """Beside each block, the rule that dropped it; empty while it stands."""
    mass: list[int] = field(init=False)
    """Beside each block, the bytes of its text."""
    linked: list[int] = field(init=False)
    """… those within links."""
    prose: list[int] = field(init=False)
    """… those outside of links, where they are enough for running text; 0 for headings."""
    links: list[int] = field(init=False)
    """… how many links it has."""
    inner_links: list[int] = field(init=False)
    """… how many of them lead to another place on the page."""
    ones: list[int] = field(init=False)
    """… 1, so that a sum counts blocks."""
    _sums: dict[str, list[int]] = field(init=False, default_factory=dict)
    _stale: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self.dropped = [""] * len(self.blocks)
        self.ones = [1] * len(self.blocks)
        self.mass, self.linked, self.prose, self.links, self.inner_links = [], [], [], [], []
        for block in self.blocks:
            self._weigh(block)

    def _weigh(self, block: Block) -> None:
        text, links = block.text, block.links
        mass = _size(text) + (_size(block.lead) if block.lead else 0)
        linked = min(mass, sum([_size(link.text) for link in links])) if links else 0
        free = mass - linked
        runs = free >= _BARE_PROSE or (free >= _PROSE and not _MARKS.isdisjoint(text))
        runs = runs or (free >= _SENTENCE and text.endswith(_STOPS))
        self.mass.append(mass)
        self.linked.append(linked)
        self.prose.append(free if runs and block.kind is not ClauseKind.SECTION else 0)
        self.links.append(len(links))
        self.inner_links.append(sum([link.target.startswith("#") for link in links]) if links else 0)

    def drop(self, positions: Iterable[int], rule: str) -> None:
        """Drop what still stands of these blocks."""
        self.mark(positions, rule)
        self.settle()

    def mark(self, positions: Iterable[int], rule: str) -> None:
        """Drop what still stands of these blocks, but let totals count it until `settle`: a rule that drops many ranges
        one by one would otherwise add up the page again for each."""
        for i in positions:
            if not self.dropped[i]:
                self.dropped[i] = rule
                self._stale = True

    def settle(self) -> None:
        """Let totals tell what stands now."""
        if self._stale:
            self._sums.clear()
            self._stale = False

    def sums(self, measure: str) -> list[int]:
        """Of `mass`, `linked`, `prose`, `links`, `inner_links` or `ones`, over what stands of the blocks before each
        position, as `settle` last saw it."""
        sums = self._sums.get(measure)
        if sums is None:
            values = zip(getattr(self, measure), self.dropped, strict=True)
            sums = self._sums[measure] = list(accumulate([0 if gone else value for value, gone in values], initial=0))
        return sums

    def total(self, measure: str, start: int, end: int) -> int:
        """Sum of a measure over what stands of a range."""
        sums = self._sums.get(measure) or self.sums(measure)
        return sums[end] - sums[start]

    def standing(self, start: int = 0, end: int | None = None) -> list[int]:
        """Indices of the blocks of a range that stand."""
        stop = len(self.blocks) if end is None else end
        return [i for i in range(start, stop) if not self.dropped[i]]

    def marked(self, *marks: str) -> list[Box]:
        """Boxes with one of the marks, outer before inner."""
        return [box for box in self.boxes if box.mark in marks]


def _size(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text.encode("utf-8", "replace"))


def is_heading(block: Block) -> bool:
    return block.kind is ClauseKind.SECTION
