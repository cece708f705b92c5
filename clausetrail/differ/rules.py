"""The rules of significance, read from `signals/*.toml`: one file a signal, with a table for each language.

A file holds `name`, `weight` (how much the signal counts in the order of importance; 0 decides nothing) and any of

- `[terms.LANGUAGE]`: groups of words that mean the same; what counts is how often a group is named, so that one word
  for another of its group is no signal.  `*` stands for any ending.  What a term of the group `ignored` covers is not
  looked at by the other groups: "minor breach" is no word for the young.  In scripts written without spaces each
  character is a word.
- `[patterns]`: regular expressions by language, or under `any`; what counts is the text that they find.
  `case = true` for those that see capitals; `masks = true` hides what was found from the files after it.
- `headings = true`: it decides in a heading too, which rules nothing, but may say what is forbidden.
- `digits = true`, and `[signs]` likewise by language: patterns are tried only on a text with a digit, or with one of
  these in its lower case.
- `[prefixes]`: parts before a word that turn it round, and beside them `[pairs]`: terms that say the opposite of one
  another, as pairs of lists.  They count where one took the place of the other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from clausetrail.differ.lexicon import Found, Lexicon, Term, term
from clausetrail.differ.memory import remembered

ORDER = (
    "reference", "date", "amount", "percentage", "age", "period", "number", "modal", "negation", "opposite",
    "permission", "scope", "discretion", "liability", "arbitration", "price", "law", "ownership", "data", "sensitive",
    "training", "party", "address", "name",
)  # fmt: skip
"""The files, in the order in which they look at a text."""
DECLARED = "declared-date"
IGNORED = "ignored"
# No importlib.resources: it imports mail and archive formats, which takes longer than to compare two short pages.
_FOLDER = Path(__file__).with_name("signals")
_NOTHING: tuple[tuple[Found, ...], ...] = ((),) * len(ORDER)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Rule:
    """One signal in one language."""

    name: str
    weight: float
    patterns: tuple[str, ...]
    flags: re.RegexFlag
    prefixes: tuple[str, ...]
    pairs: Lexicon
    """Each pair by its number; the meanings of its two lists differ."""
    masks: bool
    headings: bool
    digits: bool
    signs: tuple[str, ...]

    def find(self, text: str) -> list[Found]:
        """All that the patterns find in `text`."""
        return self.search(text) if self.promises(text.casefold(), numeric=_is_numeric(text)) else []

    def promises(self, folded: str, *, numeric: bool) -> bool:
        """Whether the patterns may find anything in a text, by its case folding and whether it has a digit."""
        if numeric and self.digits:
            return True
        if self.digits or self.signs:
            return any(sign in folded for sign in self.signs) if self.signs else False
        return bool(self.patterns)

    def search(self, text: str) -> list[Found]:
        """The same as `find`, without asking first."""
        return [
            Found(" ".join(match[0].casefold().split()), match[0], *match.span())
            for pattern in _compiled(self.patterns, self.flags)
            for match in pattern.finditer(text)
        ]


class Rules:
    """All signals in one language."""

    def __init__(self, language: str) -> None:
        self.rules = tuple(_rule(name, language) for name in ORDER)
        self.lexicon = Lexicon(t for name in ORDER for t in _terms(name, language))
        """Their terms."""
        self.date = self.rules[ORDER.index("date")]
        self.declared = Lexicon(_terms(DECLARED, language))
        """What a line that declares the document's date may say beside the date."""
        self.assessed = language in _read("modal")["terms"]
        """Whether there are rules for the language, and not only those that need none, such as amounts."""
        self.find = remembered(self._find)
        """What each rule finds in a text."""

    def _find(self, text: str) -> tuple[tuple[Found, ...], ...]:
        terms, folded, numeric = self.lexicon.find(text), text.casefold(), _is_numeric(text)
        found = list(_NOTHING)
        hidden = False
        for at, rule in self._asked(terms):
            seen = rule.search(text) if rule.promises(folded, numeric=numeric) else []
            if rule.masks and seen:
                text, hidden = masked(text, seen), True
            said = [f for f in terms.get(rule.name, ()) if f.meaning != IGNORED]
            if hidden and not rule.masks:
                said = [f for f in said if _stands(f, text)]
            found[at] = (*seen, *said)
        return tuple(found)

    def _asked(self, terms: Collection[str]) -> Iterator[tuple[int, Rule]]:
        """The rules that may find something, with their places: those with patterns, and those of these terms."""
        for at, rule in enumerate(self.rules):
            if rule.patterns or rule.name in terms:
                yield at, rule


def _is_numeric(text: str) -> bool:
    return _DIGIT.search(text) is not None


def _stands(found: Found, text: str) -> bool:
    """Whether a text, some of it masked, still has what was found before: the month of May permits nothing."""
    return not text[found.start : found.end].isspace()


def masked(text: str, found: Iterable[Found]) -> str:
    """`text` with spaces in place of what was found."""
    letters = list(text)
    for f in found:
        letters[f.start : f.end] = " " * (f.end - f.start)
    return "".join(letters)


@cache
def rules(language: str) -> Rules:
    """Rules for a language (ISO 639-1 code; any other text, and none, has only those that need no language)."""
    return Rules(language)


@cache
def _compiled(patterns: tuple[str, ...], flags: re.RegexFlag) -> tuple[re.Pattern[str], ...]:
    """Patterns that are asked for the first time: to read them all takes longer than to compare two short pages."""
    return tuple(re.compile(p, flags) for p in patterns)


def _rule(name: str, language: str) -> Rule:
    data = _read(name)
    flags = re.NOFLAG if data.get("case") else re.IGNORECASE
    return Rule(
        name=data["name"],
        weight=data["weight"],
        patterns=_of(data, "patterns", language),
        flags=flags,
        prefixes=tuple(data.get("prefixes", {}).get(language, ())),
        pairs=Lexicon(_opposites(data.get("pairs", {}).get(language, ()))),
        masks=data.get("masks", False),
        headings=data.get("headings", False),
        digits=data.get("digits", False),
        signs=_of(data, "signs", language),
    )


def _of(data: Mapping[str, Any], table: str, language: str) -> tuple[str, ...]:
    """What a table holds for any language and for this one."""
    found = data.get(table, {})
    return (*found.get("any", ()), *found.get(language, ()))


def _opposites(pairs: Iterable[Iterable[list[str]]]) -> Iterator[Term]:
    for number, pair in enumerate(pairs):
        for side, written in enumerate(pair):
            yield from (term(str(number), str(side), w) for w in written)


def _terms(name: str, language: str) -> Iterator[Term]:
    for group, written in _read(name).get("terms", {}).get(language, {}).items():
        yield from (term(name, group, w) for w in written)


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
