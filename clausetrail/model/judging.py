"""What a workspace rules on the significance of changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from clausetrail.model.comparison import Significance


@dataclass(frozen=True, slots=True)
class UserRule:
    """Raises or lowers changes that fit all that it names."""

    name: str
    significance: Significance
    """What a change becomes."""
    raises: bool
    """Whether it leaves alone what is weightier already, or else what is lighter."""
    signals: tuple[str, ...] = ()
    """One of these fired."""
    words: tuple[str, ...] = ()
    """One of these terms came or went; `*` stands for any ending."""
    pattern: str = ""
    """A regular expression, in the syntax of RE2, that finds something in what came or went."""
    documents: tuple[str, ...] = ()
    """Publishers (`acme`) or documents (`acme/terms`); `*` and `?` as in file names."""
    whole: bool = False
    """Whether words and pattern are looked for in all the words of the clauses."""


UserRules = Sequence[UserRule]


def fingerprint(rules: UserRules) -> int:
    """Equal for equal rules, and 0 for none; below 2³²."""
    return crc32(repr(tuple(rules)).encode("utf-8", "surrogatepass")) or 1 if rules else 0
