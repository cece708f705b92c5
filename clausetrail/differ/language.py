"""Which of the languages that have rules a text is in, and which of its words say nothing by themselves."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from clausetrail.differ.tokens import tokens

_SAMPLE = 2_000
"""Words looked at, at least, where there are so many."""
_DISTINCT = 2
"""Telling words that it takes; one may be a name, or a quotation."""
_SHARE = 0.1
"""Of all words; in running text it is a quarter."""
_MARGIN = 4
"""How many times more often its words must stand than those of any other language."""
_HAN = 0.6
"""Share of words in Han characters from which a text is Chinese..."""
_KANA = 0.05
"""...if no more than this share has kana: Japanese has a third."""


def language_of(texts: Iterable[str]) -> str:
    """ISO 639-1 code of the language that texts are in, if it is one that has rules and nothing speaks against it; else
    empty.  A few sentences are enough."""
    counts: Counter[str] = Counter()
    seen = 0
    for text in texts:
        counts.update(found := tokens(text))
        seen += len(found)
        if seen >= _SAMPLE:
            break
    if _is_chinese(counts, seen):
        return "zh"
    scores = sorted(((_score(words, counts), code) for code, words in _words("telling").items()), reverse=True)
    (best, code), (second, _) = scores[:2]
    distinct = len(_words("telling")[code] & counts.keys())
    return code if distinct >= _DISTINCT and best >= _SHARE * seen and best >= _MARGIN * second else ""


def _is_chinese(counts: Counter[str], seen: int) -> bool:
    """Whether words, of which all are pairs of characters in this script, are Chinese by their script alone."""
    han = sum(count for word, count in counts.items() if "\u4e00" <= word[0] <= "\u9fff")
    kana = sum(count for word, count in counts.items() if any("\u3040" <= letter <= "\u30ff" for letter in word))
    return han >= _DISTINCT and han >= _HAN * seen and kana <= _KANA * han


def _score(words: frozenset[str], counts: Counter[str]) -> int:
    return sum(counts[word] for word in words & counts.keys())


@cache
def plain_words() -> frozenset[str]:
    """Words of the known languages that hold sentences together and name nothing, as tokens."""
    return frozenset[str]().union(*_words("telling").values(), *_words("others").values())


@cache
def joining_words() -> frozenset[str]:
    """Words and marks of the known languages that join one thing to another in a list."""
    return frozenset[str]().union(*_words("joining").values())


@cache
def introducing_words() -> frozenset[str]:
    """Words of the known languages after which examples follow, or parts."""
    return frozenset[str]().union(*_words("introducing").values())


@cache
def _words(table: str) -> dict[str, frozenset[str]]:
    data = tomllib.loads(Path(__file__).with_name("languages.toml").read_text("utf-8"))
    return {code: frozenset(words.split()) for code, words in data[table].items()}
