"""Whether one reading of a page goes on from another: what history asks of the parser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from clausetrail.model import Reading
from clausetrail.parser import verdict

_SAME = 0.5
"""Share of the earlier words, in clauses that stayed as they were, that settles the question at once."""


@dataclass(frozen=True, slots=True)
class _Clauses:
    words: frozenset[str]
    size: int
    language: str


@dataclass(slots=True)
class Continuity:
    """Answers for the readings of one document, each known by its print."""

    reading: Callable[[str], Reading]
    _clauses: dict[str, _Clauses] = field(default_factory=dict)
    _sketches: dict[str, verdict.Sketch] = field(default_factory=dict)
    _answers: dict[tuple[str, str], str] = field(default_factory=dict)

    def note(self, name: str, reading: Reading) -> None:
        """Remember the clauses of a reading while it is at hand."""
        words = frozenset(clause.words for clause in reading.tree.walk())
        self._clauses[name] = _Clauses(words, sum(map(len, words)), reading.language)

    def against(self, last: str, now: str) -> str:
        """Why `now` is no policy where `last` was one; empty: it is."""
        if (last, now) not in self._answers:
            self._answers[last, now] = "" if self._alike(last, now) else self._compared(last, now)
        return self._answers[last, now]

    def _alike(self, last: str, now: str) -> bool:
        """Most of the words stand in clauses that stayed, so that nothing else needs to be asked."""
        old, new = self._of(last), self._of(now)
        stayed = sum(map(len, old.words & new.words))
        return old.language == new.language and stayed >= _SAME * old.size

    def _of(self, name: str) -> _Clauses:
        if name not in self._clauses:
            self.note(name, self.reading(name))
        return self._clauses[name]

    def _compared(self, last: str, now: str) -> str:
        return verdict.against(self._sketch(last), self._sketch(now)).reason

    def _sketch(self, name: str) -> verdict.Sketch:
        if name not in self._sketches:
            read = self.reading(name)
            clauses = tuple(read.tree.walk())
            self._sketches[name] = verdict.sketch_of(
                clauses, title=read.title, language=read.language, declares=read.facts.language
            )
        return self._sketches[name]
