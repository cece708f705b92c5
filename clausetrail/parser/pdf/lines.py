"""Pieces of text → lines in reading order, column after column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from clausetrail.parser.pdf.page import Piece, RawPage, Rule, Style

_WIDE_GAP = 1.5
"""White space, in heights of the font, that parts what stands on one line."""
_FEWEST = 5
_FULL = 0.55
_MOST_CROSSING = 0.4
_ONE_LINE = 0.35
_MARKERS = 3
BULLET = re.compile(r"[•·▪◦‣●○■□⁃➢➤✓✔∙◆◇►▶\uf000-\uf0ff]+|[-–—*]|o")
_MARKER = re.compile(rf"(?:{BULLET.pattern}|[(（\[]?\w{{1,5}}[.)）\]]|(?:\d{{1,3}}\.){{0,4}}\d{{1,3}}|§+\s?\d+\.?)$")


@dataclass(slots=True)
class Segment:
    """What stands on one line without a wide gap in it."""

    pieces: list[Piece]

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1].x1

    @property
    def text(self) -> str:
        return "".join(f"{'' if i == 0 or p.glued else ' '}{p.text}" for i, p in enumerate(self.pieces))


@dataclass(slots=True)
class Line:
    """A line of one column."""

    segments: list[Segment]
    page: int
    column: str
    """`full`, `left` or `right`."""
    y: float
    height: float
    """Of the page."""
    style: Style
    """Of most of its characters; bold where all of them are."""
    text: str = field(default="")
    rules: tuple[float, ...] = ()
    """Heights on the page of ruled lines that run across it."""

    @property
    def x0(self) -> float:
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        return max(segment.x1 for segment in self.segments)

    @property
    def pieces(self) -> list[Piece]:
        return [piece for segment in self.segments for piece in segment.pieces]


def lines_of(page: RawPage) -> list[Line]:
    """In reading order: a page of two columns is read down the left one, then down the right one, between what runs
    across both."""
    segments = _segments(page.pieces)
    gutter = _gutter(segments, page.rules)
    if gutter is None:
        return _grouped(segments, page, "full")
    done: list[Line] = []
    left: list[Segment] = []
    right: list[Segment] = []
    for segment in [*sorted(segments, key=_height), None]:
        if segment is None or segment.x0 < gutter - 1 < segment.x1:
            done += [*_grouped(left, page, "left"), *_grouped(right, page, "right")]
            left, right = [], []
        if segment is not None and segment.x0 < gutter - 1 < segment.x1:
            done += _grouped([segment], page, "full")
        elif segment is not None:
            (left if segment.x1 < gutter else right).append(segment)
    return done


def _height(segment: Segment) -> tuple[float, float]:
    return segment.pieces[0].y, segment.x0


def _segments(pieces: list[Piece]) -> list[Segment]:
    """Pieces that stand on one base line, in order of their left edges, parted at wide gaps."""
    made: list[Segment] = []
    for row in _rows(pieces):
        row.sort(key=lambda piece: piece.x0)
        current: list[Piece] = []
        for piece in row:
            if current and piece.x0 - current[-1].x1 > _WIDE_GAP * max(piece.style.size, current[-1].style.size):
                made.append(Segment(current))
                current = []
            if current and piece.glued and piece.x0 - current[-1].x1 > 0.25 * piece.style.size:
                piece.glued = False
            current.append(piece)
        made.append(Segment(current))
    return made


def _rows(pieces: list[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.y, p.x0)):
        if rows and piece.y - rows[-1][0].y <= _ONE_LINE * min(piece.style.size, rows[-1][0].style.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _gutter(segments: list[Segment], rules: list[Rule]) -> float | None:
    """Left edge of the right one of two columns of running text; None where there are none.

    A left edge that several segments share, with hardly anything across it; the segments of both sides fill their
    side, which those of a table do not, and no ruled lines run across.
    """
    if len(segments) < 2 * _FEWEST:
        return None
    first, last = min(s.x0 for s in segments), max(s.x1 for s in segments)
    edges = Counter(round(s.x0) for s in segments if first + 0.3 * (last - first) < s.x0 < first + 0.7 * (last - first))
    for edge, count in edges.most_common(3):
        if count < _FEWEST:
            break
        if sum(rule.x0 < edge - 6 and rule.x1 > edge + 6 for rule in rules) < 3 and _parts(segments, edge, first, last):
            return float(edge)
    return None


def _parts(segments: list[Segment], edge: float, first: float, last: float) -> bool:
    left = [s for s in segments if s.x1 < edge]
    right = [s for s in segments if s.x0 >= edge - 1]
    crossing = len(segments) - len(left) - len(right)
    if min(len(left), len(right)) < _FEWEST or crossing > _MOST_CROSSING * len(segments):
        return False
    return _median_width(left) > _FULL * (edge - first) and _median_width(right) > _FULL * (last - edge)


def _median_width(segments: list[Segment]) -> float:
    widths = sorted(s.x1 - s.x0 for s in segments)
    return widths[len(widths) // 2]


def _grouped(segments: list[Segment], page: RawPage, column: str) -> list[Line]:
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=_height):
        size = segment.pieces[0].style.size
        if lines and abs(segment.pieces[0].y - lines[-1][0].pieces[0].y) <= _ONE_LINE * size:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return [_line(sorted(group, key=lambda s: s.x0), page, column) for group in lines]


def _line(segments: list[Segment], page: RawPage, column: str) -> Line:
    for _ in range(_MARKERS):
        # A bullet or number stands apart from what it marks.
        if len(segments) < 2 or not _MARKER.match(segments[0].text):
            break
        segments = [Segment([*segments[0].pieces, *segments[1].pieces]), *segments[2:]]
    pieces = [piece for segment in segments for piece in segment.pieces]
    y = max((p.y for p in pieces), default=0.0)
    x0, x1 = segments[0].x0, segments[-1].x1
    rules = tuple(sorted(rule.y for rule in page.rules if rule.x0 < x1 and rule.x1 > x0))
    return Line(segments, page.number, column, y, page.height, _style(pieces), _text(segments), rules)


def _text(segments: Iterable[Segment]) -> str:
    return " ".join(segment.text for segment in segments)


def _style(pieces: list[Piece]) -> Style:
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[piece.style.size] += len(piece.text)
    worded = [piece for piece in pieces if any(c.isalnum() for c in piece.text)] or pieces
    return Style(sizes.most_common(1)[0][0], all(piece.style.bold for piece in worded))
