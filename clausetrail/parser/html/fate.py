"""What becomes of an element before anything is known of the rest of the page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fate:
    """Decided by one rule for one element."""

    rule: str
    """Name of the rule."""
    drop: bool = True
    """Gone with all that it holds; otherwise it is read, and carries the rule's name as a mark."""
    level: int = 0
    """It acts as a heading of this level; `OPEN_LEVEL`: one beneath the last real heading."""


OPEN_LEVEL = 7


def dropped(rule: str) -> Fate:
    return Fate(rule)


def marked(rule: str) -> Fate:
    return Fate(rule, drop=False)


def heading(rule: str, level: int = OPEN_LEVEL) -> Fate:
    return Fate(rule, drop=False, level=level)
