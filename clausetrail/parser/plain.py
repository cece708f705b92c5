"""Plain text, and Markdown whose markup was lost → blocks.

Lines are either wrapped at a width, and a paragraph is the lines up to a blank one; or nobody wrapped them, and every
line is a block.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

from clausetrail.model import ClauseKind
from clausetrail.parser.block import Block
from clausetrail.parser.inline import Inline
from clausetrail.parser.rules import finish

_MARKED = re.compile(r"\s|[#>|]|[*+\-•·▪◦‣●○]\s|\d{1,9}\\?[.)]\s|[=\-*_]{3,}\s*$|<|\*\s\*")
_BULLET = re.compile(r"(?P<indent>\s*)(?:[*+•·▪◦‣●○■□⁃]|[-–—](?=\s))\s+(?P<text>\S.*)")
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.*?)\s*#*\s*$")
_RULE = re.compile(r"\s*([-*_=]\s*){3,}$")
_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_FEW = 5
_INDENT = 2

LineReader = Callable[[str], Inline]


def lines_are_blocks(text: str) -> bool:
    """Whether most lines follow one another without a blank line or a mark, and are not wrapped at a width."""
    spaced = 0.35 * text.count("\n")
    if text.count("\n\n") + text.count(" \n") > spaced or len(_BLANK.findall(text)) > spaced:
        return False
    lines = text.split("\n")
    plain = [line for line in lines if line.strip() and not _MARKED.match(line)]
    pairs = [
        (line, after)
        for line, after in itertools.pairwise(lines)
        if line.strip() and after.strip() and not _MARKED.match(line) and not _MARKED.match(after)
        if not line.endswith(("  ", "\\"))
    ]
    if len(pairs) < _FEW or len(pairs) < 0.3 * len(plain):
        return False
    return not _wrapped(pairs)


def _wrapped(pairs: list[tuple[str, str]]) -> bool:
    """Whether most lines end where the next word no longer fitted."""
    sizes = sorted(len(line) for line, _ in pairs)
    width = sizes[int(0.9 * (len(sizes) - 1))]
    full = sum(len(line) + len(after.split(None, 1)[0]) >= 0.8 * width for line, after in pairs)
    return 2 * full > len(pairs)


def read_lines(text: str, read: LineReader | None = None) -> tuple[list[Block], list[int]]:
    """Finished blocks of a text whose lines are its blocks, and the line on which each begins.

    `read` reads the markup inside a line, and makes `#` mark headings; without it every character stands for itself.
    """
    made: list[Block] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not _RULE.match(line):
            made.append(_line_block(line, number, read))
    return finish(made)


def read_paragraphs(text: str) -> tuple[list[Block], list[int]]:
    """Finished blocks of a text wrapped at a width: paragraphs end at blank lines and before bullets."""
    made: list[Block] = []
    for number, lines in _paragraphs(text):
        block = _line_block(lines[0], number, None)
        made.append(_continued(block, lines[1:]) if lines[1:] else block)
    return finish(made)


def _line_block(line: str, number: int, read: LineReader | None) -> Block:
    level = depth = 0
    if read and (heading := _HEADING.match(line)):
        level, line = len(heading["marks"]), heading["text"]
    elif bullet := _BULLET.match(line):
        depth, line = 1 + min(len(bullet["indent"].expandtabs(4)) // _INDENT, 8), bullet["text"]
    inline = read(line.strip()) if read else Inline(line.strip())
    kind = ClauseKind.SECTION if level else ClauseKind.ITEM if depth else ClauseKind.PARAGRAPH
    return Block(
        kind=kind,
        text=inline.text,
        bold=inline.bold,
        links=inline.links,
        spots=inline.spots,
        level=level,
        depth=depth,
        line=number,
        anchor=inline.anchor,
        listed=bool(depth),
    )


def _continued(block: Block, lines: list[str]) -> Block:
    text = " ".join([block.text, *(line.strip() for line in lines)])
    return Block(kind=block.kind, text=text, depth=block.depth, line=block.line, listed=block.listed)


def _paragraphs(text: str) -> Iterator[tuple[int, list[str]]]:
    held: list[str] = []
    start = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        ends = not line.strip() or _RULE.match(line)
        if held and (ends or _BULLET.match(line)):
            yield start, held
            held = []
        if not ends:
            start = start if held else number
            held.append(line)
