"""What the readers of Markdown, HTML and plain text hand to the common rules: flat blocks in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from clausetrail.model import ClauseKind, Link, PageFacts
from clausetrail.parser.links import protected_address
from clausetrail.parser.verdict.marks import Marks

BREAK = "\n"
"""A line break that the writer made, inside the text of a block."""

_BLANK = " \t\r\n\f\v\u00a0\u200b\u200c\u200d\u2060\ufeff"
_HIDDEN_MAIL = re.compile(r"\s*\[?email.?protected\]?\s*", re.IGNORECASE)
_RUN_OF_SPACE = re.compile(r"[ \t\r\n\f\v]{2,}|[\t\r\n\f\v]")


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A label as a number in a sequence."""

    mark: str
    """The label's punctuation and script with the number taken out: `(a)`, `A.`, `1)`, `第一条`."""
    readings: tuple[tuple[str, tuple[int, ...]], ...]
    """(style, number) in order of likelihood; `i` is roman 1 and alphabetic 9; `1.2.3` is decimal (1, 2, 3)."""


class Inline(NamedTuple):
    """The text of one block with what its markup says."""

    text: str
    bold: tuple[int, int] = (0, 0)
    """First bold run, as offsets into `text`."""
    links: tuple[Link, ...] = ()
    spots: tuple[int, ...] = ()
    """Where each link begins in `text`."""
    anchor: str = ""


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


class InlineBuilder:
    """Collects the text of one block: white space collapsed, `BREAK` where the writer broke the line."""

    __slots__ = ("_alternatives", "_bold", "_bold_ended", "_depth", "_links", "_open_links", "_size", "_text", "anchor")

    def __init__(self) -> None:
        self._text: list[str] = []
        self._size = 0
        self._bold: tuple[int, int] | None = None
        self._bold_ended = False
        self._depth = 0
        self._links: list[tuple[int, int, str]] = []
        self._open_links: list[tuple[int, str]] = []
        self._alternatives: list[str] = []
        self.anchor = ""

    def add(self, text: str) -> None:
        if not self._text:
            text = text.lstrip(_BLANK)
        if "  " in text or not text.isprintable():
            text = _RUN_OF_SPACE.sub(" ", text)
        if text.startswith(" ") and (not self._text or self._text[-1][-1] in " \n"):
            text = text[1:]
        if not text:
            return
        self._mark_bold(text)
        self._text.append(text)
        self._size += len(text)

    def _mark_bold(self, text: str) -> None:
        """Runs with nothing but white space between them are one."""
        if self._bold_ended or text.isspace():
            return
        if not self._depth:
            self._bold_ended = self._bold is not None
        elif self._bold is None:
            self._bold = (self._size + (text[0] == " "), self._size + len(text))
        else:
            self._bold = (self._bold[0], self._size + len(text))

    def line_break(self) -> None:
        if self._text and self._text[-1] != BREAK:
            self._text.append(BREAK)
            self._size += 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing was added, or nothing but white space at the beginning."""
        return not self._text and not self._alternatives

    @property
    def after_link(self) -> str | None:
        """The target of the link that has just ended; None where text stands between."""
        return self._links[-1][2] if self._links and self._links[-1][1] == self._size else None

    @property
    def at_break(self) -> bool:
        """Whether the text ends with a line break."""
        return bool(self._text) and self._text[-1] == BREAK

    def open_bold(self) -> None:
        self._depth += 1

    def close_bold(self) -> None:
        self._depth = max(0, self._depth - 1)

    def toggle_bold(self) -> None:
        self._depth = 0 if self._depth else 1

    def open_link(self, target: str) -> None:
        self._open_links.append((self._size, target))

    def close_link(self) -> None:
        if self._open_links:
            start, target = self._open_links.pop()
            if address := protected_address(target):
                self._reveal(start, address)
            self._links.append((start, self._size, target))

    def _reveal(self, start: int, address: str) -> None:
        """Put an e-mail address in the place of the words that hide it."""
        text = "".join(self._text)
        if _HIDDEN_MAIL.fullmatch(text, start):
            self._text = [text[:start], address] if start else [address]
            self._size = start + len(address)

    def alternative(self, text: str) -> None:
        """Words for a picture, used where there are no others."""
        if text.strip():
            self._alternatives.append(" ".join(text.split()))

    def heir(self) -> InlineBuilder:
        """An empty builder inside the same bold and links: markup may run on into the next block."""
        heir = InlineBuilder()
        heir._depth = self._depth
        heir._open_links = [(0, target) for _, target in self._open_links[-1:]]
        return heir

    def done(self) -> Inline:
        text = "".join(self._text) or " ".join(self._alternatives)
        if not self._links and not self._open_links:
            return Inline(text.rstrip(), self._bold or (0, 0), anchor=self.anchor)
        links = self._links + [(start, self._size, target) for start, target in self._open_links]
        if not self._text and links:
            # A picture in a link: the words that stand for it are the link's.
            links = [(0, len(text), links[0][2])]
        named = [(start, " ".join(text[start:end].split()), target) for start, end, target in sorted(links)]
        named = [n for n in named if n[1]]
        return Inline(
            text=text.rstrip(),
            bold=self._bold or (0, 0),
            links=tuple(Link(words, target) for _, words, target in named),
            spots=tuple(start for start, _, _ in named),
            anchor=self.anchor,
        )


def joined(cells: list[Inline], between: str) -> Inline:
    """Several texts as one; empty ones left out."""
    cells = [cell for cell in cells if cell.text.strip()]
    starts, size = [], 0
    for cell in cells:
        starts.append(size)
        size += len(cell.text) + len(between)
    return Inline(
        text=between.join(cell.text for cell in cells),
        links=tuple(link for cell in cells for link in cell.links),
        spots=tuple(start + spot for start, cell in zip(starts, cells, strict=True) for spot in cell.spots),
    )
