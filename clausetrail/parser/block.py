"""What the readers of Markdown, HTML and plain text hand to the common rules: flat blocks in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from clausetrail.model import ClauseKind, Link, PageFacts
from clausetrail.parser.verdict.marks import Marks


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A label as a number in a sequence."""

    mark: str
    """The label's punctuation and script with the number taken out: `(a)`, `A.`, `1)`, `第一条`."""
    readings: tuple[tuple[str, tuple[int, ...]], ...]
    """(style, number) in order of likelihood; `i` is roman 1 and alphabetic 9; `1.2.3` is decimal (1, 2, 3)."""


@dataclass(slots=True, eq=False)
class Block:
    """One clause to be.  Readers fill the upper half; the block rules the lower.

    Only a rule that has just made a block may change it: blocks are shared, and cached by identity.  (It is not frozen
    because frozen ones take three times as long to make, and every page makes hundreds.)
    """

    kind: ClauseKind
    text: str
    bold: tuple[int, int] = (0, 0)
    links: tuple[Link, ...] = ()
    spots: tuple[int, ...] = ()
    level: int = 0
    """Number of the heading as marked up (1 to 6); 0 for everything else."""
    depth: int = 0
    """List items around it, itself counted if it is one."""
    line: int = 0
    """1-based, within the source or chunk that was read."""
    anchor: str = ""
    listed: bool = False
    """Marked up as a list item."""
    columns: tuple[str, ...] = ()
    """As `Clause.columns`."""

    label: str = ""
    lead: str = ""
    words: str = ""
    ordinal: Ordinal | None = None
    title_like: bool = False
    """A short line, all in bold, that could be a heading."""

    def cut(self, start: int, end: int) -> Block:
        """The part of the text from start to end, without the white space around it; label and lead stay."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        first, last = (min(max(edge, start), end) - start for edge in self.bold)
        linked = (
            [(i - start, link) for i, link in zip(self.spots, self.links, strict=True) if start <= i < end]
            if self.links
            else ()
        )
        return Block(
            kind=self.kind,
            text=self.text[start:end],
            bold=(first, last),
            links=tuple(link for _, link in linked),
            spots=tuple(spot for spot, _ in linked),
            level=self.level,
            depth=self.depth,
            line=self.line,
            anchor=self.anchor,
            listed=self.listed,
            columns=self.columns,
            label=self.label,
            lead=self.lead,
            ordinal=self.ordinal,
        )


@dataclass(slots=True)
class Page:
    """A page between reading and tree: blocks, and beside each what the page rules decide of it."""

    blocks: list[Block]
    lines: list[int]
    """1-based line of each block in the source."""
    markup_lost: bool = False
    """The blocks are the lines of a text whose headings and lists are no longer marked."""
    title: str = ""
    """What the page calls itself outside of its text."""
    facts: PageFacts = field(default_factory=PageFacts)
    marks: Callable[[], Marks] | None = None
    """Finds out what the markup of the page tells of its nature; None for what is no HTML."""
    base: str = ""
    """The address that its relative links are read against; empty where unknown."""
    language: str = ""
    """The tag that the page gives itself (`en-GB`), true or not."""
    flags: tuple[str, ...] = ()
    """As `Reading.flags`."""
    kinds: list[ClauseKind] = field(init=False)
    levels: list[int] = field(init=False)
    """Raw heading level; meaningful for sections only."""
    depths: list[int] = field(init=False)
    """As `Block.depth`."""

    def __post_init__(self) -> None:
        self.kinds = [b.kind for b in self.blocks]
        self.levels = [b.level for b in self.blocks]
        self.depths = [b.depth for b in self.blocks]

    def drop(self, i: int) -> None:
        """Take a block out."""
        for beside in (self.blocks, self.lines, self.kinds, self.levels, self.depths):
            del beside[i]
