"""A reading in a few kilobytes: enough to tell whether a later one is still the same document.

Computable from a stored tree alone, so that a history can be judged in order of time without keeping its trees.
Words are kept as samples of their hashes: the k smallest of a set (bottom-k sketch; Cohen & Kaplan, "Summarizing
data using bottom-k sketches", PODC 2007), from which the share that two sets have in common is estimated without
bias, and exactly where neither set has more than k.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from clausetrail.model import Clause
from clausetrail.parser.verdict.look import Line, calls_in, line_of
from clausetrail.parser.verdict.policy_words import binding_in, kinds_of

_KEPT = 384
_WORD = re.compile(r"[^\W_]+")
_WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_SCRIPTS = re.compile(f"[{_WIDE}]")
_WIDE_WORD = re.compile(rf"[{_WIDE}]{{1,2}}|[^\W_{_WIDE}]+")
_EVERY = 3
"""Of the runs of words one in four is looked at: those whose first word has a hash with these bits clear."""
_NAMES = 120
_BINDING_LINES = 80
_OPENING = 3
_SHORT = 10
"""Words of a line that may be a name."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The smallest hashes of a set."""

    hashes: frozenset[int]
    size: int
    """Of the set itself."""

    @property
    def limit(self) -> int:
        """All members of the set with smaller hashes are in the sample."""
        return max(self.hashes) + 1 if self.size > len(self.hashes) else 1 << 32


@dataclass(frozen=True, slots=True)
class Sketch:
    """Of one reading.  Equal trees, titles and languages give equal sketches; nothing here is text."""

    language: str
    """Of the words."""
    declares: str
    """Language that the page declares for itself; empty where it does not."""
    kinds: frozenset[str]
    """Kinds of policy that the title and the first headings name, in whatever language."""
    names: frozenset[int]
    """Hashes of the title's words and of the first heading's, but for those of the least weight."""
    headings: frozenset[int]
    """Hashes of whole headings; at most a hundred or so."""
    count: int
    """Words."""
    prose: int
    """Words in sentences outside of links."""
    linked: int
    """Words in clauses that are mostly links."""
    binding: int
    """Occurrences of words that bind, permit or inform, in the first lines."""
    calls: int
    """Different calls to sign up, buy or read on, in the first lines."""
    words: Sample
    """Different words, in lower case."""
    runs: Sample
    """Different runs of three words, one in four of them."""


def sketch_of(clauses: Iterable[Clause], *, title: str = "", language: str = "", declares: str = "") -> Sketch:
    """The sketch of a reading; `clauses` in reading order, as `ClauseTree.walk()` gives them; `declares`
    is the tag of the language that the page declares for itself."""
    everything = clauses if isinstance(clauses, Sequence) else tuple(clauses)
    lines = [line_of(clause) for clause in everything if clause.words]
    headings = [line.text for line in lines if line.heading][:_NAMES]
    first = [line.text for line in lines[:_OPENING] if line.words <= _SHORT and not line.linked]
    named = " \n ".join((title.lower(), *headings[:1], *first))
    words = tokens(" ".join(clause.words for clause in everything if clause.words))
    hashes = {word: crc32(word.encode()) for word in set(words)}
    return Sketch(
        language=language,
        declares=declares.lower().replace("_", "-").partition("-")[0],
        kinds=kinds_of(" \n ".join((named, *headings[:3]))),
        names=frozenset(crc32(word.encode()) for word in set(tokens(named)) if len(word) > 2 or not word.isascii()),
        headings=frozenset(crc32(" ".join(tokens(heading)).encode()) for heading in headings),
        count=sum(line.words for line in lines),
        prose=sum(line.words for line in lines if line.sentence),
        linked=sum(line.words for line in lines if line.linked),
        binding=_binding(lines),
        calls=calls_in(everything[:_BINDING_LINES]),
        words=_sample(hashes.values()),
        runs=_sample(_runs(words, hashes)),
    )


def tokens(text: str) -> list[str]:
    """Words in lower case; writing without spaces as pairs of characters."""
    text = text.lower()
    return (_WORD if text.isascii() or not _SCRIPTS.search(text) else _WIDE_WORD).findall(text)


def _runs(words: list[str], hashes: dict[str, int]) -> Iterable[int]:
    """Hashes of runs of three words, of those whose first word has a hash with certain bits clear."""
    row = [hashes[word] for word in words]
    return {
        (((a * 0x9E3779B1 + b) * 0x85EBCA6B + c) * 0xC2B2AE35) >> 8 & 0xFFFFFFFF
        for a, b, c in zip(row, row[1:], row[2:], strict=False)
        if not a & _EVERY
    }


def _sample(hashes: Iterable[int]) -> Sample:
    distinct = set(hashes)
    return Sample(frozenset(sorted(distinct)[:_KEPT]), len(distinct))


def _binding(lines: list[Line]) -> int:
    return sum(binding_in(line.text) for line in lines[:_BINDING_LINES] if line.sentence)


def shared(old: Sample, new: Sample) -> tuple[float, float]:
    """Estimated shares of the old set that is in the new one, and of the new set that is in the old; 0 for an empty
    set."""
    limit = min(old.limit, new.limit)
    mine = [value for value in old.hashes if value < limit]
    theirs = sum(value < limit for value in new.hashes)
    common = sum(value in new.hashes for value in mine)
    return common / len(mine) if mine else 0.0, common / theirs if theirs else 0.0
