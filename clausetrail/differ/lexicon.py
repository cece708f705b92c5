"""Finds all the terms of all the rules in one reading of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from clausetrail.differ.memory import remembered

_WORD = re.compile(r"(\w+|[^\w\s])")


class Found(NamedTuple):
    """Something that a rule looks for, in a text."""

    meaning: str
    """What counts: equal meanings on both sides cancel out."""
    words: str
    """As it stands in the text."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a rule, as the words that it is made of; a word may end in `*`, which stands for any ending."""

    rule: str
    group: str
    words: tuple[str, ...]

    def goes_on(self, found: list[str], at: int) -> bool:
        """Whether the words after the first stand after the place `at`."""
        if at + len(self.words) > len(found):
            return False
        return all(map(_fits, self.words[1:], found[at + 1 : at + len(self.words)]))


def term(rule: str, group: str, written: str) -> Term:
    """A term as it is written in a rule file."""
    words = [w.casefold() for w in re.findall(r"\w+\*?|[^\w\s]", written)]
    return Term(rule, group, tuple(words))


def _fits(mine: str, word: str) -> bool:
    return word.startswith(mine[:-1]) if mine.endswith("*") else word == mine


class Lexicon:
    """Terms, by the word that they begin with."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_first: dict[str, list[Term]] = {}
        for each in sorted(terms, key=lambda t: (-len(t.words), t.words)):
            self._by_first.setdefault(each.words[0], []).append(each)
        self._longest = max((len(first) for first in self._by_first), default=0)
        self._starting = remembered(self._look_up)

    def find(self, text: str) -> dict[str, list[Found]]:
        """By rule, what stands in `text`, in order; of the terms of one rule that overlap, the first and longest."""
        parts = _WORD.split(text)  # what is between words, a word, what is between, …
        ends = list(accumulate(map(len, parts)))
        words = [w.casefold() for w in parts[1::2]]
        found: dict[str, list[Found]] = {}
        for at, terms in enumerate(map(self._starting, words)):
            for each in terms:
                if len(each.words) == 1 or each.goes_on(words, at):
                    start, end = ends[2 * at], ends[2 * (at + len(each.words)) - 1]
                    _add(found.setdefault(each.rule, []), each.group, text, start, end)
        return found

    def _look_up(self, word: str) -> tuple[Term, ...]:
        return tuple(self._starting_with(word))

    def _starting_with(self, word: str) -> Iterator[Term]:
        starts = [word, *(word[:end] + "*" for end in range(min(len(word), self._longest), 0, -1))]
        found = [t for s in starts for t in self._by_first.get(s, ())]
        yield from sorted(found, key=lambda t: -len(t.words))


def _add(found: list[Found], group: str, text: str, start: int, end: int) -> None:
    if not found or start >= found[-1].end:
        found.append(Found(group, text[start:end], start, end))
