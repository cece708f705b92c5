"""Words as tokens: for spaced scripts a word, for scripts written without spaces a pair of characters.

Stems are the first letters of a word.  Cutting words off is the one stemming that needs no language and does about as
well as real stemmers over many (McNamee, Nicholas and Mayfield, "Addressing morphological variation in alphabetic
languages", SIGIR 2009).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from sys import intern

from clausetrail.differ.memory import remembered

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Inside a regular expression's set: Thai, Lao, Burmese, Khmer, kana and Han."""
MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0963\u0966-\u0dff"
"""Likewise: vowel signs and accents that stand apart from their letter, which `\\w` does not take for one."""

_ASCII_TOKEN = re.compile(r"[a-z0-9]+")
"""For a text that is all ASCII the same as `_token()`, several times faster."""
_STEM = 6


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A text as its tokens."""

    key: str
    """The text without case and punctuation; empty where nothing is left."""
    tokens: tuple[str, ...]
    stems: tuple[str, ...]
    """One a token, in order, repeats included."""
    bag: frozenset[str]
    """Distinct stems."""


_stem = remembered(lambda token: intern(token[:_STEM]) if len(token) > _STEM and token.isalpha() else token)


def _read(text: str) -> Wording:
    found = tuple(map(intern, cut(text)))
    stems = tuple(map(_stem, found))
    return Wording(" ".join(found), found, stems, frozenset(stems))


wording = remembered(_read)
"""Reads the text of a clause."""


def tokens(text: str) -> tuple[str, ...]:
    """Tokens of the text of a clause, as `cut` finds them."""
    return wording(text).tokens


def cut(text: str) -> list[str]:
    """Tokens of any text, case folded, in order; punctuation is dropped."""
    if text.isascii():
        return _ASCII_TOKEN.findall(text.lower())
    found = _token().findall(text.casefold())
    return [t for run in found for t in _parts(run)] if is_unspaced(text) else found


def is_unspaced(text: str) -> bool:
    """Whether some of a text is in a script that is written without spaces."""
    return not text.isascii() and _unspaced().search(text) is not None


def _parts(run: str) -> Sequence[str]:
    if _unspaced().match(run) is None or len(run) == 1:
        return (run,)
    return [run[i : i + 2] for i in range(len(run) - 1)]


@cache
def _token() -> re.Pattern[str]:
    """Made when it is first wanted: its sets take longer to read than a short page."""
    return re.compile(rf"[{UNSPACED}]+|(?:[^\W_{UNSPACED}]|[{MARKS}])+")


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(rf"[{UNSPACED}]")
