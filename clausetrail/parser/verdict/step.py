"""What the way from the last good version to a page tells."""

from __future__ import annotations

from dataclasses import dataclass

from clausetrail.parser.verdict.policy_words import GENERIC
from clausetrail.parser.verdict.sketch import Sketch, shared


@dataclass(frozen=True, slots=True)
class Step:
    """Measures of two sketches; shares are from 0 to 1."""

    old: Sketch
    new: Sketch
    kept: float
    """Share of the old runs of words that the new text has."""
    known: float
    """Share of the new runs of words that the old text had."""
    vocabulary: float
    """The larger share of the different words of one side that the other has."""

    @property
    def size(self) -> float:
        """New words to old words."""
        return self.new.count / self.old.count if self.old.count else float("inf")

    @property
    def languages_differ(self) -> bool:
        """Both are known."""
        return self.old.language != self.new.language and bool(self.old.language and self.new.language)

    @property
    def same_kind(self) -> bool:
        """Whether a name of both says which policy it is, and the same; `policy` alone says nothing."""
        return bool(self.old.kinds & self.new.kinds - {GENERIC})

    @property
    def same_name(self) -> bool:
        """Whether the names have at least half their words in common, those of the shorter one."""
        shorter = min(len(self.old.names), len(self.new.names))
        return shorter > 0 and 2 * len(self.old.names & self.new.names) >= shorter

    @property
    def same_headings(self) -> bool:
        shorter = min(len(self.old.headings), len(self.new.headings))
        return shorter > 0 and 4 * len(self.old.headings & self.new.headings) >= shorter

    @property
    def foreign(self) -> bool:
        """Next to no wording in common, though there is enough of it on both sides to tell."""
        return max(self.kept, self.known) < 0.03 and self.old.count >= 60

    @property
    def finds_its_name(self) -> bool:
        """The new page is named as a policy, and the old one was not: a wrong page that was taken for the first good
        one must not shut out the policy for ever."""
        return bool(self.new.kinds and not self.old.kinds)

    @property
    def nobler(self) -> bool:
        """The new page is more of a policy than the old one was."""
        return self.finds_its_name or density(self.new) > 1.5 * density(self.old) > 0


def density(sketch: Sketch) -> float:
    """Binding words to words of prose."""
    return sketch.binding / max(sketch.prose, 40)


def step(old: Sketch, new: Sketch) -> Step:
    kept, known = shared(old.runs, new.runs)
    return Step(old, new, kept, known, max(shared(old.words, new.words)))
