"""A page of a PDF as pieces of text where they stand, and the lines that are ruled on it."""

from __future__ import annotations

from dataclasses import dataclass, field

HYPHEN = "\x02"
"""In a piece: a hyphen at the end of a line, which may or may not belong to the word."""


@dataclass(frozen=True, slots=True)
class Style:
    size: float
    """Height of the font in points, rounded to a half."""
    bold: bool = False


@dataclass(slots=True)
class Piece:
    """Characters of one style that follow one another, without white space."""

    text: str
    x0: float
    x1: float
    y: float
    """Of the base line; grows downwards, 0 at the top of the page."""
    style: Style
    link: str = ""
    glued: bool = False
    """No white space stands between it and the piece before it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""

    x0: float
    x1: float
    y: float


@dataclass(slots=True)
class RawPage:
    number: int
    """Counted from 1."""
    width: float
    height: float
    objects: int
    """How many things are drawn on it."""
    pieces: list[Piece] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
