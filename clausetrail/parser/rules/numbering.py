"""Numbered paragraphs are items, nested by their numbers; lists that follow them lie beneath them.

Within one section, `1.1`, `(a)`, `(i)` open levels of their own, a number that continues an open level returns to it,
and what stands between two numbers of one sequence belongs to the first.  Whether `i` is a letter or a roman one,
what came before and what comes next decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Block, Ordinal, Page

Reading = tuple[str, tuple[int, ...]]

_LOOK_AHEAD = 60
_MANY_LEVELS = "1.1"


@dataclass(slots=True)
class _Open:
    """An item that may still get a next one or children."""

    mark: str
    reading: Reading
    takes_lists: bool
    """A list that follows lies beneath it."""


def numbering(page: Page) -> None:
    start = 0
    ordinals = [block.ordinal is not None for block in page.blocks]
    for end in _section_starts(page):
        if True in ordinals[start:end]:
            _Run(page, start, end).nest()
        start = end


def _section_starts(page: Page) -> Iterator[int]:
    for i, kind in enumerate(page.kinds):
        if kind is ClauseKind.SECTION:
            yield i
    yield len(page.blocks)


def _mark(block: Block, ordinal: Ordinal) -> str:
    """What the labels of one sequence have in common."""
    if len(ordinal.readings[0][1]) > 1:
        return _MANY_LEVELS
    return f"{ordinal.mark} {block.listed:d}"


class _Run:
    """The blocks between two headings."""

    def __init__(self, page: Page, start: int, end: int) -> None:
        self.page = page
        self.end = end
        self.range = range(start, end)
        self.open: list[_Open] = []
        self.shift = 0
        """How much deeper the blocks inside of the latest list lie than their list says."""
        self.waiting: list[int] = []
        """Blocks without a number since the last one with a number; a next number shows where they belong."""
        self.apart = False
        """Something that may be a heading waits."""

    def nest(self) -> None:
        for i in self.range:
            block, depth = self.page.blocks[i], self.page.depths[i]
            if self.page.kinds[i] is ClauseKind.SECTION:
                continue
            if depth > 1 or (depth == 1 and self.page.kinds[i] is not ClauseKind.ITEM):
                self._inside_list(i, block)
            elif block.ordinal is None:
                self._unnumbered(i, block)
            else:
                self._numbered(i, block, block.ordinal)

    def _inside_list(self, i: int, block: Block) -> None:
        if block.ordinal is not None and self.page.kinds[i] is ClauseKind.PARAGRAPH:
            self.page.kinds[i] = ClauseKind.ITEM
            self.page.depths[i] += 1
        self.page.depths[i] += self.shift
        if self.waiting:
            self.waiting.append(i)

    def _unnumbered(self, i: int, block: Block) -> None:
        self.shift = 0
        if not self.open:
            return
        is_item = self.page.kinds[i] is ClauseKind.ITEM
        if is_item and not self.waiting and self.open[-1].takes_lists:
            self.shift = len(self.open)
            self.page.depths[i] += self.shift
            return
        self.waiting.append(i)
        self.apart = self.apart or (self.page.kinds[i] is ClauseKind.PARAGRAPH and _could_be_heading(block))

    def _numbered(self, i: int, block: Block, ordinal: Ordinal) -> None:
        mark = _mark(block, ordinal)
        if self.apart:
            del self.open[1:]
        level, reading = self._place(i, mark, ordinal, block)
        if self.apart and level > 1:
            level = 1
        elif not self.apart:
            # What stands before a sequence that begins anew is no part of the item before it.
            anew = level <= len(self.open) and reading[1][-1] == 1
            for j in self.waiting:
                self.page.depths[j] += level - 1 if anew else min(level, len(self.open))
        self.waiting, self.apart = [], False
        del self.open[level - 1 :]
        self.open.append(_Open(mark, reading, not block.listed or block.text.endswith((":", "："))))
        self.page.kinds[i] = ClauseKind.ITEM
        self.page.depths[i] = level
        self.shift = level - 1

    def _place(self, i: int, mark: str, ordinal: Ordinal, block: Block) -> tuple[int, Reading]:
        """The level (1 at the top) at which a number stands, and how it reads there."""
        if mark == _MANY_LEVELS:
            return self._by_prefix(ordinal.readings[0][1]), ordinal.readings[0]
        readings = self._likely(i, mark, ordinal)
        for depth in range(len(self.open), 0, -1):
            for reading in readings:
                if self.open[depth - 1].mark == mark and _follows(self.open[depth - 1].reading, reading):
                    return depth, reading
        for depth in range(len(self.open), 0, -1):
            if self.open[depth - 1].mark == mark and self.open[depth - 1].reading[0] == readings[0][0]:
                return depth, readings[0]
        if readings[0][1][-1] > 1:
            # A level begins with its first number; what continues nothing stands at the top.
            return 1, readings[0]
        beneath = not block.listed or (bool(self.open) and self.open[-1].takes_lists and not self.waiting)
        return (len(self.open) if beneath else 0) + 1, readings[0]

    def _by_prefix(self, number: tuple[int, ...]) -> int:
        """`1.2.3` stands under `1.2`, or under `1.`, or beside the outermost number of its kind."""
        outermost = 1
        for depth in range(len(self.open), 0, -1):
            style, open_number = self.open[depth - 1].reading
            if style != "decimal":
                continue
            if len(open_number) < len(number) and number[: len(open_number)] == open_number:
                return depth + 1
            outermost = depth
        return outermost

    def _likely(self, i: int, mark: str, ordinal: Ordinal) -> tuple[Reading, ...]:
        """The readings of a label, those first that the next label of its sequence continues."""
        if len(ordinal.readings) == 1:
            return ordinal.readings
        following = self._next(i, mark)
        if following is None:
            return ordinal.readings
        continued = tuple(r for r in ordinal.readings if any(_follows(r, n) for n in following.readings))
        return continued or ordinal.readings

    def _next(self, i: int, mark: str) -> Ordinal | None:
        for block in self.page.blocks[i + 1 : min(self.end, i + _LOOK_AHEAD)]:
            if block.ordinal is not None and _mark(block, block.ordinal) == mark:
                return block.ordinal
        return None


def _follows(before: Reading, after: Reading) -> bool:
    return before[0] == after[0] and after[1][-1] == before[1][-1] + 1


def _could_be_heading(block: Block) -> bool:
    return len(block.words) <= 80 and block.words[-1:] not in ".,;:!?)。；"
