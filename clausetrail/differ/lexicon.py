"""Finds all the terms of all the rules in one reading of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from clausetrail.differ.memory import remembered
from clausetrail.differ.tokens import UNSPACED, is_unspaced

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
        for mine in self.words[1:]:
            at += 1
            if mine != found[at] and not (mine.endswith("*") and found[at].startswith(mine[:-1])):
                return False
        return True


def term(rule: str, group: str, written: str) -> Term:
    """A term as it is written in a rule file."""
    words = [w.casefold() for w in re.findall(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])\w)+\*?|[^\w\s]", written)]
    return Term(rule, group, tuple(words))


@cache
def _word_or_character() -> re.Pattern[str]:
    """For scripts written without spaces, in which each character is taken for a word."""
    return re.compile(rf"([{UNSPACED}]|(?:(?![{UNSPACED}])\w)+|[^\w\s])")


class Lexicon:
    """Terms, by the word that they begin with."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_first: dict[str, list[Term]] = {}
        for each in sorted(terms, key=lambda t: (-len(t.words), t.words)):
            self._by_first.setdefault(each.words[0], []).append(each)
        self._stars: dict[str, list[int]] = {}
        """By its first letter, where words that begin a term with any ending may be cut; the longest first."""
        for first in sorted(self._by_first, key=len, reverse=True):
            if first.endswith("*"):
                lengths = self._stars.setdefault(first[0], [])
                lengths += [len(first) - 1] if len(first) - 1 not in lengths else []
        self._starting = remembered(self._look_up)

    def find(self, text: str) -> dict[str, list[Found]]:
        """By rule, what stands in `text`, in order; of the terms of one rule that overlap, the first and longest."""
        # What is between words, a word, what is between, …
        parts = (_word_or_character() if is_unspaced(text) else _WORD).split(text)
        words = [w.casefold() for w in parts[1::2]]
        starting = [(at, terms) for at, terms in enumerate(map(self._starting, words)) if terms]
        ends = list(accumulate(map(len, parts))) if starting else []
        found: dict[str, list[Found]] = {}
        for at, terms in starting:
            for each in terms:
                if len(each.words) == 1 or each.goes_on(words, at):
                    start, end = ends[2 * at], ends[2 * (at + len(each.words)) - 1]
                    _add(found.setdefault(each.rule, []), each.group, text, start, end)
        return found

    def _look_up(self, word: str) -> tuple[Term, ...]:
        return tuple(self._starting_with(word))

    def _starting_with(self, word: str) -> Iterator[Term]:
        starts = [word, *(f"{word[:end]}*" for end in self._stars.get(word[0], ()) if end <= len(word))]
        found = [t for s in starts for t in self._by_first.get(s, ())]
        yield from sorted(found, key=lambda t: -len(t.words))


def _add(found: list[Found], group: str, text: str, start: int, end: int) -> None:
    if not found or start >= found[-1].end:
        found.append(Found(group, text[start:end], start, end))
