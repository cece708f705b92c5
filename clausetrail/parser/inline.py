"""The text of one block, collected piece by piece as its markup is read."""

from __future__ import annotations

import re
from typing import NamedTuple

from clausetrail.model import Link
from clausetrail.parser.links import protected_address

BREAK = "\n"
"""A line break that the writer made, inside the text of a block."""

_BLANK = " \t\r\n\f\v\u00a0\u200b\u200c\u200d\u2060\ufeff"
_HIDDEN_MAIL = re.compile(r"\s*\[?email.?protected\]?\s*", re.IGNORECASE)
_RUN_OF_SPACE = re.compile(r"[ \t\r\n\f\v]{2,}|[\t\r\n\f\v]")


class Inline(NamedTuple):
    """The text of one block with what its markup says."""

    text: str
    bold: tuple[int, int] = (0, 0)
    """First bold run, as offsets into `text`."""
    links: tuple[Link, ...] = ()
    spots: tuple[int, ...] = ()
    """Where each link begins in `text`."""
    anchor: str = ""


_NOTHING = (0, 0)


class InlineBuilder:
    """Collects the text of blocks one by one: white space collapsed, `BREAK` where the writer broke the line."""

    __slots__ = ("_alternatives", "_bold", "_bold_ended", "_depth", "_links", "_open_links", "_size", "_text", "anchor")

    def __init__(self) -> None:
        self._depth = 0
        self._open_links: list[tuple[int, str]] = []
        self._links: list[tuple[int, int, str]] = []
        self._alternatives: list[str] = []
        self._begin()

    def _begin(self) -> None:
        self._text: list[str] = []
        self._size = 0
        self._bold: tuple[int, int] | None = None
        self._bold_ended = False
        self.anchor = ""

    def add(self, text: str) -> None:
        pieces = self._text
        if not pieces:
            text = text.lstrip(_BLANK)
            if not text:
                return
        if not text.isprintable() or "  " in text:
            text = _RUN_OF_SPACE.sub(" ", text)
        if text[:1] == " " and (not pieces or pieces[-1][-1] in " \n"):
            text = text[1:]
        if not text:
            return
        if self._depth or self._bold is not None:
            self._mark_bold(text)
        pieces.append(text)
        self._size += len(text)

    def _mark_bold(self, text: str) -> None:
        """Runs with nothing but white space between them are one."""
        if self._bold_ended or text.isspace():
            return
        if not self._depth:
            self._bold_ended = True
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

    def take(self) -> Inline:
        """What was collected.  The builder is empty again, but inside the same bold and link: markup may run on into
        the next block."""
        pieces = self._text
        text = (pieces[0] if len(pieces) == 1 else "".join(pieces)) or " ".join(self._alternatives)
        if self._links or self._open_links:
            inline = self._linked(text)
        else:
            text = text.rstrip()
            inline = Inline(text, self._bold_within(text), (), (), self.anchor)
        if self._alternatives:
            self._alternatives = []
        self._begin()
        return inline

    def _bold_within(self, text: str) -> tuple[int, int]:
        return (self._bold[0], min(self._bold[1], len(text))) if self._bold else _NOTHING

    def _linked(self, text: str) -> Inline:
        links = self._links + [(start, self._size, target) for start, target in self._open_links]
        if not self._text and links:
            # A picture in a link: the words that stand for it are the link's.
            links = [(0, len(text), links[0][2])]
        named = [(start, " ".join(text[start:end].split()), target) for start, end, target in sorted(links)]
        named = [n for n in named if n[1]]
        self._links = []
        self._open_links = [(0, target) for _, target in self._open_links[-1:]]
        text = text.rstrip()
        return Inline(
            text,
            self._bold_within(text),
            tuple(Link(words, target) for _, words, target in named),
            tuple(start for start, _, _ in named),
            self.anchor,
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
