"""Which language a text is in, by its script and, within one script, by its most frequent function words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from clausetrail.parser.function_words import BY_WORD, LANGUAGES

_SAMPLE = 4_000
"""Words looked at."""
_ENOUGH = 800
"""Words that settle it where they leave no doubt."""
_LEAST = 3
"""Function words found, below which nothing is said."""

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
# Letters that only one of the languages of a script has.
_OWN_LETTERS = {"ru": (("uk", "іїєґ"),), "ar": (("fa", "پچژگکی"),)}
_RUSSIAN = re.compile("[ыэёЫЭЁ]")
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u3040-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-zÀ-ÿ]")
_WIDE_WORDS = 0.2
"""A character of Chinese or Japanese says as much as several Latin letters."""


def language_of(texts: Iterable[str]) -> str:
    """ISO 639-1 code, from the first few thousand words; empty where too little is recognised."""
    return _of_sample(_sample(texts))


def with_region(found: str, declared: str) -> str:
    """The declared tag (`en-GB`) where it says more of the language that was found, else the language found."""
    tag = declared.strip().replace("_", "-").lower()
    return tag if found and tag.partition("-")[0] == found else found


@lru_cache(maxsize=512)
def _of_sample(sample: str) -> str:
    if sample.isascii() or not _OTHER_SCRIPT.search(sample):
        return _by_words(sample)
    counts = {code: len(script.findall(sample)) for code, script in _SCRIPTS}
    latin = len(_LATIN.findall(sample))
    # Japanese is written in both scripts, and its kana tell it from Chinese.
    if counts["ja"] * 10 > counts["zh"]:
        counts["ja"] += counts["zh"]
    code = max(counts, key=counts.__getitem__)
    return _within_script(code, sample) if counts[code] > _WIDE_WORDS * latin else _by_words(sample)


def _sample(texts: Iterable[str]) -> str:
    taken: list[str] = []
    left = _SAMPLE
    for text in texts:
        taken.append(text[: 8 * left])
        left -= 1 + text.count(" ") + len(text) // 12
        if left <= 0:
            break
    return " ".join(taken)


def _within_script(code: str, sample: str) -> str:
    for other, letters in _OWN_LETTERS.get(code, ()):
        if sum(map(sample.count, letters)) * 200 > len(sample):
            return other
    # Bulgarian writes its commonest vowel with a letter that is rare in Russian, and has none of these.
    if code == "ru" and not _RUSSIAN.search(sample) and sample.count("ъ") * 200 > len(sample):
        return "bg"
    return code


def _by_words(sample: str) -> str:
    small = sample.lower()
    first = [match.group() for match in islice(_WORD.finditer(small), _ENOUGH)]
    return _decided(first, margin=3) or _decided(_WORD.findall(small), margin=1)


def _decided(words: list[str], *, margin: float) -> str:
    """The language whose words are at least `margin` times as many as those of any other."""
    counts = Counter(words)
    scores: dict[str, float] = dict.fromkeys(LANGUAGES, 0.0)
    kinds: Counter[str] = Counter()
    for word in BY_WORD.keys() & counts.keys():
        for code in BY_WORD[word]:
            # A word that several languages share says less.
            scores[code] += counts[word] / len(BY_WORD[word])
            kinds[code] += 1
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    best, second = scores[ranked[0]], scores[ranked[1]]
    return ranked[0] if best >= _LEAST and kinds[ranked[0]] > 1 and best >= margin * second else ""
