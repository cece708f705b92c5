"""Large documents in made-up words, so that sizes can be had that no real policy offers."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from random import Random

from clausetrail.model import Clause, ClauseKind, ClauseTree

_STARTS = ("b", "br", "d", "f", "fl", "g", "h", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v", "w")
_MIDDLES = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_ENDS = ("", "n", "r", "l", "t", "s", "nd", "ck")
VOCABULARY = 6_000
SECTION = 20
"""Clauses under one heading."""


class Writer:
    """Writes sentences in which, as in any language, few words are frequent and most are rare."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        words = dict.fromkeys(self._word() for _ in range(4 * VOCABULARY))
        self._words = list(words)[:VOCABULARY]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))

    def _word(self) -> str:
        syllables = self.random.choice((1, 2, 2, 2, 3, 3))
        parts = (self.random.choice(_STARTS) + self.random.choice(_MIDDLES) for _ in range(syllables))
        return "".join(parts) + self.random.choice(_ENDS)

    def words(self, count: int) -> list[str]:
        return self.random.choices(self._words, cum_weights=self._weights, k=count)

    def text(self, count: int) -> str:
        """`count` words in sentences of some fifteen."""
        words = self.words(count)
        for at in range(0, count, 15):
            words[at] = words[at].capitalize()
            words[at - 1] += "." if at else ""
        return " ".join(words) + "."

    def edited(self, text: str, share: float) -> str:
        """The same text with about that share of its words replaced, one at least."""
        words = text.split(" ")
        for at in self.random.sample(range(len(words)), max(1, round(share * len(words)))):
            words[at] = self.words(1)[0]
        return " ".join(words)


def pair(clauses: int, *, changed: float, seed: int = 7) -> tuple[ClauseTree, ClauseTree]:
    """Two documents of about that many clauses; of these, that share was edited, added, removed or moved."""
    writer = Writer(seed)
    old = [writer.text(writer.random.randint(6, 45)) for _ in range(clauses)]
    new: list[str] = []
    moving: list[str] = []
    for text in old:
        if writer.random.random() >= changed:
            new.append(text)
            continue
        new += {
            "edited": [writer.edited(text, 0.15)],
            "added": [text, writer.text(20)],
            "removed": [],
            "moved": [],
        }[what := writer.random.choice(("edited", "edited", "edited", "added", "removed", "moved"))]
        moving += [text] if what == "moved" else []
    for text in moving:
        new.insert(writer.random.randrange(len(new)), text)
    return tree(old), tree(new)


def tree(texts: list[str]) -> ClauseTree:
    """Items under a heading each twenty."""
    sections = []
    for number, start in enumerate(range(0, len(texts), SECTION), 1):
        items = tuple(_clause(ClauseKind.ITEM, text) for text in texts[start : start + SECTION])
        heading = _clause(ClauseKind.SECTION, f"Part {number}")
        sections.append(replace(heading, heading=heading.words, children=items))
    return ClauseTree(Clause(ClauseKind.SECTION, "", children=tuple(sections)))


def _clause(kind: ClauseKind, words: str) -> Clause:
    return Clause(kind, words, text=words, depth=1)
