"""Words as tokens: for spaced scripts a word, for scripts written without spaces a pair of characters.

Stems are the first letters of a word.  Cutting words off is the one stemming that needs no language and does about as
well as real stemmers over many (McNamee, Nicholas and Mayfield, "Addressing morphological variation in alphabetic
languages", SIGIR 2009).  How rare a stem is over both documents takes the place of stop lists.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Inside a regular expression's set: Thai, Lao, Burmese, Khmer, kana and Han."""
MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0963\u0966-\u0dff"
"""Likewise: vowel signs and accents that stand apart from their letter, which `\\w` does not take for one."""

_TOKEN = re.compile(rf"[{UNSPACED}]+|(?:[^\W_{UNSPACED}]|[{MARKS}])+")
_RUN = re.compile(rf"[{UNSPACED}]")
_STEM = 6
_SCALE = 1000


def tokens(text: str) -> list[str]:
    """Tokens of `text`, case folded, in order; punctuation is dropped."""
    found = _TOKEN.findall(text.casefold())
    return found if _RUN.search(text) is None else [t for run in found for t in _parts(run)]


def _parts(run: str) -> Sequence[str]:
    if _RUN.match(run) is None or len(run) == 1:
        return (run,)
    return [run[i : i + 2] for i in range(len(run) - 1)]


class Vocabulary:
    """Numbers for stems, in order of appearance, shared by both sides of a comparison."""

    def __init__(self) -> None:
        self._of_token: dict[str, int] = {}
        self._of_stem: dict[str, int] = {}
        self._surface: list[str] = []

    def ids(self, found: Iterable[str]) -> list[int]:
        """Stem numbers of tokens, in order."""
        known = self._of_token
        return [known[t] if t in known else self._learn(t) for t in found]

    def surface(self, stem: int) -> str:
        """The first token that was seen with this stem."""
        return self._surface[stem]

    def __len__(self) -> int:
        return len(self._surface)

    def _learn(self, token: str) -> int:
        stem = token[:_STEM] if token.isalpha() else token
        number = self._of_stem.setdefault(stem, len(self._surface))
        if number == len(self._surface):
            self._surface.append(token)
        self._of_token[token] = number
        return number


def rarity(size: int, bags: Sequence[frozenset[int]]) -> list[int]:
    """Weight of each of `size` stems: its inverse document frequency over `bags`, in whole thousandths, at least 1.

    Whole numbers, so that sums do not depend on their order."""
    seen = [0] * size
    for bag in bags:
        for stem in bag:
            seen[stem] += 1
    total = len(bags) + 1
    return [max(1, round(_SCALE * math.log(total / n))) if n else 1 for n in seen]
