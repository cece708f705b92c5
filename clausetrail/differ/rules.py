"""The rules of significance, read from `signals/*.toml`: one file a signal, with a table for each language.

A file holds `name`, `weight` (how much the signal counts in the order of importance; 0 decides nothing) and any of

- `[terms.LANGUAGE]`: groups of words that mean the same; what counts is how often a group is named, so that one word
  for another of its group is no signal.  `*` stands for any ending.
- `[patterns]`: regular expressions by language, or under `any`; what counts is the text that they find.
  `case = true` for those that see capitals; `masks = true` hides what was found from the files after it;
  `digits = true` spares texts without a digit.
- `[prefixes]`: parts before a word that turn it round.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from clausetrail.differ.lexicon import Found, Lexicon, Term, term

ORDER = (
    "reference", "date", "amount", "percentage", "age", "period", "number", "modal", "negation", "opposite",
    "permission", "scope", "discretion", "liability", "law", "data", "party", "name",
)  # fmt: skip
"""The files, in the order in which they look at a text."""
DECLARED = "declared-date"
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Rule:
    """One signal in one language."""

    name: str
    weight: float
    patterns: tuple[re.Pattern[str], ...]
    prefixes: tuple[str, ...]
    masks: bool
    digits: bool

    def find(self, text: str) -> list[Found]:
        """All that the patterns find in `text`."""
        if self.digits and _DIGIT.search(text) is None:
            return []
        return [
            Found(" ".join(match[0].casefold().split()), match[0], *match.span())
            for pattern in self.patterns
            for match in pattern.finditer(text)
        ]


@dataclass(frozen=True, slots=True)
class Rules:
    """All signals in one language."""

    rules: tuple[Rule, ...]
    """In `ORDER`."""
    lexicon: Lexicon
    """Their terms."""
    date: Rule
    declared: Lexicon
    """What a line that declares the document's date may say beside the date."""
    assessed: bool
    """Whether there are rules for the language, and not only those that need none, such as amounts."""

    def find(self, text: str) -> list[list[Found]]:
        """What each rule finds in `text`."""
        terms = self.lexicon.find(text)
        found = []
        for rule in self.rules:
            seen = rule.find(text)
            text = masked(text, seen) if rule.masks and seen else text
            found.append(seen + terms.get(rule.name, []))
        return found


def masked(text: str, found: Iterable[Found]) -> str:
    """`text` with spaces in place of what was found."""
    letters = list(text)
    for f in found:
        letters[f.start : f.end] = " " * (f.end - f.start)
    return "".join(letters)


@cache
def rules(language: str) -> Rules:
    """Rules for a language (ISO 639-1 code; any other text, and none, has only those that need no language)."""
    read = tuple(_rule(name, language) for name in ORDER)
    return Rules(
        rules=read,
        lexicon=Lexicon(t for name in ORDER for t in _terms(name, language)),
        date=read[ORDER.index("date")],
        declared=Lexicon(_terms(DECLARED, language)),
        assessed=language in _read("modal")["terms"],
    )


def _rule(name: str, language: str) -> Rule:
    data = _read(name)
    patterns = data.get("patterns", {})
    flags = re.NOFLAG if data.get("case") else re.IGNORECASE
    return Rule(
        name=data["name"],
        weight=data["weight"],
        patterns=tuple(re.compile(p, flags) for p in [*patterns.get("any", ()), *patterns.get(language, ())]),
        prefixes=tuple(data.get("prefixes", {}).get(language, ())),
        masks=data.get("masks", False),
        digits=data.get("digits", False),
    )


def _terms(name: str, language: str) -> Iterator[Term]:
    for group, written in _read(name).get("terms", {}).get(language, {}).items():
        yield from (term(name, group, w) for w in written)


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("signals", f"{name}.toml").read_text("utf-8"))
