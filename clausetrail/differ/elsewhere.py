"""What was removed, looked for outside the two trees: what stands there still was not said to be gone."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from clausetrail.differ.tokens import Wording, wording
from clausetrail.model import Certainty, Change, Comparison, Relation, RelationKind

HELD = 0.5
"""Share of a clause's runs of three words that stand in one text, from which its removal is not firm."""
MOST_SEARCHED = 5_000_000
"""Characters of other texts that are read; where there are more, no removal is firm that was not found before."""
_NOT_ALL = "there is more elsewhere than was searched"
_SHOWN = 50

K = TypeVar("K", bound=Hashable)
T = TypeVar("T", Relation, Change)
Texts = Iterable[tuple[str, str]]
"""Where a text stands, for people (`in acme/privacy`), and its words."""


def looked_for(comparison: Comparison, texts: Callable[[], Texts]) -> Comparison:
    """The comparison, with a firm removal made likely where half of what the clause says, or all of a short one, stands
    word for word in one of `texts`; its evidence says where.  `texts` is asked only where something was firmly removed.
    """
    firm = [r for r in comparison.alignment.relations if _is_firm_removal(r)]
    if not firm:
        return comparison
    words = [clause.words for clause in comparison.old.walk()]
    found = still_said({r.old[0]: words[r.old[0]] for r in firm}, texts())
    if not found:
        return comparison
    relations = tuple(_doubted(r, found) for r in comparison.alignment.relations)
    alignment = replace(comparison.alignment, relations=relations)
    return replace(comparison, alignment=alignment, changes=tuple(_doubted(c, found) for c in comparison.changes))


def still_said(gone: Mapping[K, str], texts: Texts) -> dict[K, str]:
    """Of clauses that are gone, those that the first of `texts` to hold them makes doubtful, each with the evidence;
    all the others too, where the texts are more than `MOST_SEARCHED`."""
    sought = Sought(gone.values())
    found: dict[str, str] = {}
    left = MOST_SEARCHED
    for where, text in texts:
        left -= len(text)
        if left < 0:
            found = dict.fromkeys(gone.values(), _NOT_ALL) | found
            break
        for words in sought.within(text).difference(found):
            found[words] = f"still said {where}: \u201c{_beginning(text)}\u201d"
    return {at: found[words] for at, words in gone.items() if words in found}


class Sought:
    """Clauses that are looked for in other texts, many at a time: a text is cut into words once, whatever their
    number."""

    def __init__(self, clauses: Iterable[str]) -> None:
        self._by_run: dict[str, list[str]] = {}
        self._by_token: dict[str, list[tuple[str, str]]] = {}
        """First token of a clause that has no runs -> (key, clause)."""
        self._least: dict[str, float] = {}
        """Runs that a text must hold."""
        for words in dict.fromkeys(clauses):
            clause = wording(words)
            runs = frozenset(_runs(clause))
            self._least[words] = HELD * len(runs)
            for run in runs:
                self._by_run.setdefault(run, []).append(words)
            if not runs and clause.key:
                self._by_token.setdefault(clause.tokens[0], []).append((f" {clause.key} ", words))

    def within(self, text: str) -> set[str]:
        """The clauses of which a text holds enough."""
        here = wording(text)
        found = {words for words, held in self._held(here).items() if held >= self._least[words]}
        for token in self._by_token.keys() & here.tokens:
            found.update(words for key, words in self._by_token[token] if key in f" {here.key} ")
        return found

    def _held(self, text: Wording) -> dict[str, int]:
        """How many of its runs a text holds of each clause, of those of which it holds any."""
        held: dict[str, int] = {}
        for run in self._by_run.keys() & _runs(text):
            for words in self._by_run[run]:
                held[words] = held.get(words, 0) + 1
        return held


def _is_firm_removal(one: Relation | Change) -> bool:
    return one.kind is RelationKind.REMOVED and one.certainty is Certainty.FIRM


def _doubted(one: T, found: Mapping[int, str]) -> T:
    if not _is_firm_removal(one) or one.old[0] not in found:
        return one
    return replace(one, certainty=Certainty.LIKELY, evidence=found[one.old[0]])


def _runs(text: Wording) -> Iterator[str]:
    return map(" ".join, zip(text.stems, text.stems[1:], text.stems[2:], strict=False))


def _beginning(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN].rpartition(" ")[0] + "…"
