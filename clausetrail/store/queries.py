"""What a person types into a search box, made safe for FTS5, and found again in the words.

Every word must be there; words in quotes must be there side by side.  Nothing else has a meaning: operators, colons,
stars and brackets are so much punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clausetrail.store import bigrams

_PIECE = re.compile(r'"([^"]*)"?|([^\s"]+)')
_RUN = re.compile(rf"[{bigrams.CJK}]+|[^\W_{bigrams.CJK}]+")
_UNIT = re.compile(rf"[{bigrams.CJK}]|[^\W_{bigrams.CJK}]+")
_QUOTES = str.maketrans(dict.fromkeys("“”„«»「」『』", '"'))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Runs that must stand side by side: words, and unbroken stretches of scripts without spaces."""

    runs: tuple[str, ...]

    def expression(self) -> str:
        """As FTS5 wants it: one quoted phrase of tokens, whose last may be the beginning of one."""
        tokens = [token for run in self.runs[:-1] for token in _tokens(run)]
        last = _tokens(self.runs[-1])
        # The run that ends the phrase may go on in the text: its last character is not known to stand last.
        tokens += last[:-1] if len(last) > 1 else last
        prefix = " *" if len(last) == 1 and bigrams.RUN.fullmatch(last[0]) else ""
        return f'"{" ".join(tokens)}"{prefix}'

    def folded(self) -> tuple[str, ...]:
        """Words, and single characters of scripts without spaces, without case and accents."""
        return tuple(fold(unit) for run in self.runs for unit in _UNIT.findall(run))


def _tokens(run: str) -> list[str]:
    return bigrams.tokens(run) if bigrams.RUN.fullmatch(run) else [run]


def phrases(text: str) -> tuple[Phrase, ...]:
    """What a query asks for; empty where there is nothing in it to look for."""
    text = unicodedata.normalize("NFKC", text.translate(_QUOTES))
    pieces = (tuple(_RUN.findall(quoted or plain)) for quoted, plain in _PIECE.findall(text))
    return tuple(Phrase(runs) for runs in pieces if runs)


def fold(unit: str) -> str:
    """Without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", unit) if not unicodedata.combining(c)).casefold()


def marks(words: str, wanted: Sequence[Phrase]) -> tuple[tuple[int, int], ...]:
    """(start, end) of what the phrases match in the words, in order, none inside another."""
    units = [(fold(unit[0]), *unit.span()) for unit in _UNIT.finditer(words)]
    found: list[tuple[int, int]] = []
    for phrase in wanted:
        sought = phrase.folded()
        found += [
            (units[i][1], units[i + len(sought) - 1][2])
            for i in range(len(units) - len(sought) + 1)
            if all(units[i + k][0] == part for k, part in enumerate(sought))
        ]
    return tuple(_united(sorted(found)))


def _united(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = -1, -1
    for first, last in spans:
        if first > end:
            if end > 0:
                yield start, end
            start, end = first, last
        else:
            end = max(end, last)
    if end > 0:
        yield start, end
