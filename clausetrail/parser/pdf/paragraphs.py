"""Lines → paragraphs: over lines, columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from clausetrail.parser.inline import Inline, InlineBuilder
from clausetrail.parser.numbers import find_label
from clausetrail.parser.pdf.joints import Joints
from clausetrail.parser.pdf.lines import BULLET, Line
from clausetrail.parser.pdf.page import HYPHEN, Piece, Style

_USUAL_PITCH = 1.2
_WIDER = 1.25
_APART = 0.5
_ENDED = re.compile(r"[.!?:;。！？：；…][\"'”’»)）\]]*[⁰¹²³⁴-⁹]*$")
_LISTED = re.compile(r"(?:[.;:,!?)]|\b(?:and|or|und|oder|et|ou|y|o|e))$")
_DASH = re.compile(r"[-–—*o]$")


@dataclass(slots=True)
class Paragraph:
    lines: list[Line]
    bullet: str = ""
    """The mark that it begins with; empty for none.  It is no part of the text."""

    @property
    def style(self) -> Style:
        return Style(max(line.style.size for line in self.lines), all(line.style.bold for line in self.lines))

    @property
    def x0(self) -> float:
        return self.lines[0].x0

    @property
    def inner(self) -> float:
        """Left edge of the text behind its mark."""
        pieces = self.lines[0].pieces
        return pieces[1].x0 if self.bullet and len(pieces) > 1 else self.x0

    @property
    def size(self) -> int:
        """Length in characters, about."""
        return sum(len(line.text) + 1 for line in self.lines)


class Layout:
    """What is usual in a document: its edges, the distance of its lines, its body's style."""

    def __init__(self, lines: list[Line]) -> None:
        self.body = _body(lines)
        self.left = {c: min(line.x0 for line in lines if line.column == c) for c in {line.column for line in lines}}
        self.right = {c: _right([line.x1 for line in lines if line.column == c]) for c in self.left}
        self.pitches = _pitches(lines)

    def pitch(self, size: float) -> float:
        return self.pitches.get(size, _USUAL_PITCH * size)


def _body(lines: list[Line]) -> Style:
    sizes: Counter[Style] = Counter()
    for line in lines:
        sizes[line.style] += len(line.text)
    return sizes.most_common(1)[0][0]


def _right(edges: list[float]) -> float:
    edges.sort()
    return edges[int(0.97 * (len(edges) - 1))]


def _pitches(lines: list[Line]) -> dict[float, float]:
    """Distance from one line to the next within paragraphs, for each size of font.

    Of the distances that are common the smallest: larger ones are those between paragraphs."""
    seen: dict[float, Counter[float]] = {}
    for before, line in pairwise(lines):
        distance = round(2 * (line.y - before.y)) / 2
        beside = (before.page, before.column, before.style.size) == (line.page, line.column, line.style.size)
        if beside and 0.8 * line.style.size <= distance <= 2.6 * line.style.size:
            seen.setdefault(line.style.size, Counter())[distance] += 1
    return {size: min(d for d, n in found.items() if n >= 0.2 * max(found.values())) for size, found in seen.items()}


def paragraphs(lines: list[Line], layout: Layout) -> list[Paragraph]:
    made: list[Paragraph] = []
    for line in lines:
        if made and _goes_on(made[-1], line, layout):
            made[-1].lines.append(line)
        else:
            made.append(Paragraph([line], _bullet(line)))
    return made


def _bullet(line: Line) -> str:
    """The mark of a list that a line begins with."""
    pieces = line.pieces
    if len(pieces) < 2 or pieces[1].glued or not BULLET.fullmatch(pieces[0].text):
        return ""
    return pieces[0].text


def _goes_on(paragraph: Paragraph, line: Line, layout: Layout) -> bool:
    before = paragraph.lines[-1]
    if abs(before.style.size - line.style.size) > _APART:
        return False
    # One word in bold makes no heading of the last line of a paragraph.
    if before.style.bold != line.style.bold and not _is_tail(before, line, layout):
        return False
    if before.text.endswith(HYPHEN):
        return True
    if _begins_item(paragraph, before, line):
        return False
    heading = _is_heading_style(line.style, layout.body)
    if (before.page, before.column) != (line.page, line.column) or line.y < before.y:
        return not heading and _runs_over(before, line)
    if line.y - before.y > _WIDER * layout.pitch(line.style.size):
        return False
    if heading or (line.text[0].islower() and before.text[-1].isalpha()):
        return True
    if _would_have_fitted(before, line, layout):
        return False
    return not _is_indented(paragraph, before, line)


def _is_tail(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a line in another weight goes on with what the full line before it began."""
    close = 0 < line.y - before.y <= _WIDER * layout.pitch(line.style.size)
    mixed = len({piece.style.bold for piece in [*before.pieces, *line.pieces]}) > 1
    return close and mixed and not _would_have_fitted(before, line, layout) and not _ENDED.search(before.text)


def _is_heading_style(style: Style, body: Style) -> bool:
    return style.size > body.size + _APART or (style.bold and not body.bold)


def _begins_item(paragraph: Paragraph, before: Line, line: Line) -> bool:
    bullet = _bullet(line)
    if bullet and not _DASH.match(bullet):
        return True
    moved = abs(line.x0 - before.x0) > _APART * line.style.size
    if bullet:
        return moved or bool(_LISTED.search(before.text)) or bool(paragraph.bullet)
    if find_label(line.text, heading=False) is None:
        return False
    return moved or bool(_LISTED.search(before.text))


def _runs_over(before: Line, line: Line) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    return not _ENDED.search(before.text) or line.text[:1].islower()


def _would_have_fitted(before: Line, line: Line, layout: Layout) -> bool:
    """The first word of a line would have found room on the one before: it was put on a new line on purpose."""
    if layout.body.size and _is_ideographic(line.text):
        room = 1.5 * line.style.size
    else:
        first = line.pieces[0]
        room = first.x1 - first.x0 + 0.8 * line.style.size
    return before.x1 + room < layout.right[before.column]


def _is_ideographic(text: str) -> bool:
    return "\u2e80" <= text[:1] <= "\uffef"


def _is_indented(paragraph: Paragraph, before: Line, line: Line) -> bool:
    """The first line of a paragraph stands further in than those before it, or further out than those of an item."""
    shift = line.x0 - before.x0
    if abs(shift) <= _APART * line.style.size or not _ENDED.search(before.text):
        return False
    # The second line of an item stands under its text, or of a paragraph left of its indented first line.
    return len(paragraph.lines) > 1 or (shift > 0 and not _hangs(paragraph, line))


def _hangs(paragraph: Paragraph, line: Line) -> bool:
    pieces = paragraph.lines[0].pieces
    return any(abs(piece.x0 - line.x0) <= 1.5 for piece in pieces[1:4])


def inline(paragraph: Paragraph, joints: Joints) -> Inline:
    """The text, with its bold runs and links, and with the words mended that its lines broke."""
    builder = InlineBuilder()
    link = ""
    pieces = _mended(paragraph, joints)
    for piece, space in pieces:
        if link and link != piece.link:
            builder.close_link()
            link = ""
        if space:
            _add(builder, " ", bold=False)
        if piece.link and not link:
            builder.open_link(piece.link)
            link = piece.link
        _add(builder, piece.text, bold=piece.style.bold)
    if link:
        builder.close_link()
    return builder.take()


def _add(builder: InlineBuilder, text: str, *, bold: bool) -> None:
    if bold:
        builder.open_bold()
    builder.add(text)
    if bold:
        builder.close_bold()


def _mended(paragraph: Paragraph, joints: Joints) -> list[tuple[Piece, bool]]:
    """Every piece, and whether a space stands before it."""
    made: list[tuple[Piece, bool]] = []
    for number, line in enumerate(paragraph.lines):
        pieces = line.pieces[1:] if paragraph.bullet and number == 0 else line.pieces
        for i, piece in enumerate(pieces):
            space = bool(i) and not piece.glued
            if i == 0 and made:
                last = made[-1][0]
                text, between = joints.between(last.text, piece.text)
                made[-1] = (_with_text(last, text), made[-1][1])
                space = bool(between)
            made.append((_with_text(piece, piece.text), space))
    return [(_with_text(p, p.text.replace(HYPHEN, "-")), space) for p, space in made]


def _with_text(piece: Piece, text: str) -> Piece:
    return Piece(text, piece.x0, piece.x1, piece.y, piece.style, piece.link, piece.glued)
