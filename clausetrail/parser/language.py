"""Which language a text is in, by its script and, within one script, by its most frequent function words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_SAMPLE = 4_000
"""Words looked at."""
_ENOUGH = 800
"""Words that settle it where they leave no doubt."""
_LEAST = 3
"""Function words found, below which nothing is said."""

_FUNCTION_WORDS = {
    "en": "the and of to you your or in we our is for that this with are not may by any will be on as",
    "fr": "le la les des et vous nous de du que est pour dans une un vos ou à par ne pas sur aux avec votre",
    "de": "der die das und sie wir ist nicht zu den von mit für auf ein eine oder werden ihre im sich des dem durch",
    "es": "el la los las de que y en un una para por con su usted no es se del o sus al como nuestros",
    "pt": "o a os as de que e em um uma para por com você não é se do da ou dos das ao seu nossos",
    "it": "il la i gli di che e in un una per con non è si del della o dei le al nostri utente sono",
    "nl": "de het een en van je wij is niet te dat voor met op of uw onze in die zijn door u worden aan",
    "pl": "i w z na do nie się jest oraz lub przez że o dla od użytkownik może naszych twoje za po ich",
    "ro": "și în de la cu pe nu este sau care pentru din un o să noastre dumneavoastră prin aceste fi dvs",
    "sv": "och att det som för på av är med du vi en ett eller till inte om dina kan den våra från har",
    "da": "og at det som for på af er med du vi en et eller til ikke om dine kan den vores fra har dit",
    "fi": "ja on ei tai että joka voi sekä jos me sen ovat mukaan käyttäjä palvelun olla kun niiden",
    "cs": "a v na se je že pro nebo s do které vaše jsou jako k za podle naše může být ze",
    "tr": "ve bir bu için ile veya olarak da de olan hizmet kullanım tarafından sizin bizim ya gibi her",
}
_BY_WORD: dict[str, list[str]] = {}
for _language, _words in _FUNCTION_WORDS.items():
    for _word in set(_words.split()):
        _BY_WORD.setdefault(_word, []).append(_language)

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
_OWN_LETTERS = {"ru": (("uk", "іїєґ"),), "ar": (("fa", "پچژگ"),)}
_OTHER_SCRIPT = re.compile("[\u0370-\u1fff\u3040-\ud7af]")
_LATIN = re.compile("[A-Za-zÀ-ÿ]")
_WIDE_WORDS = 0.2
"""A character of Chinese or Japanese says as much as several Latin letters."""


def language_of(texts: Iterable[str]) -> str:
    """ISO 639-1 code, from the first few thousand words; empty where too little is recognised."""
    return _of_sample(_sample(texts))


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
    return code


def _by_words(sample: str) -> str:
    words = sample.lower().split()
    return _decided(words[:_ENOUGH], margin=3) or _decided(words, margin=1)


def _decided(words: list[str], *, margin: float) -> str:
    """The language whose words are at least `margin` times as many as those of any other."""
    counts = Counter(words)
    scores: dict[str, float] = dict.fromkeys(_FUNCTION_WORDS, 0.0)
    kinds: Counter[str] = Counter()
    for word in _BY_WORD.keys() & counts.keys():
        for code in _BY_WORD[word]:
            # A word that several languages share says less.
            scores[code] += counts[word] / len(_BY_WORD[word])
            kinds[code] += 1
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    best, second = scores[ranked[0]], scores[ranked[1]]
    return ranked[0] if best >= _LEAST and kinds[ranked[0]] > 1 and best >= margin * second else ""
