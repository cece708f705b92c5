"""What was removed, looked for outside the two trees: what stands there still was not said to be gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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
    found = _found({r.old[0]: wording(words[r.old[0]]) for r in firm}, texts())
    if not found:
        return comparison
    relations = tuple(_doubted(r, found) for r in comparison.alignment.relations)
    alignment = replace(comparison.alignment, relations=relations)
    return replace(comparison, alignment=alignment, changes=tuple(_doubted(c, found) for c in comparison.changes))


def _is_firm_removal(one: Relation | Change) -> bool:
    return one.kind is RelationKind.REMOVED and one.certainty is Certainty.FIRM


def _doubted(one: T, found: Mapping[int, str]) -> T:
    if not _is_firm_removal(one) or one.old[0] not in found:
        return one
    return replace(one, certainty=Certainty.LIKELY, evidence=found[one.old[0]])


def _found(gone: Mapping[int, Wording], texts: Texts) -> dict[int, str]:
    """By position of a clause that is gone, where it stands."""
    runs = {at: frozenset(_runs(clause)) for at, clause in gone.items()}
    wanted = frozenset[str]().union(*runs.values())
    found: dict[int, str] = {}
    left = MOST_SEARCHED
    for where, text in texts:
        left -= len(text)
        if left < 0:
            return dict.fromkeys(gone, _NOT_ALL) | found
        here = wording(text)
        held = wanted.intersection(_runs(here))
        for at, own in runs.items():
            if at not in found and _stands(gone[at], own, here, held):
                found[at] = f"still said {where}: \u201c{_beginning(text)}\u201d"
    return found


def _stands(clause: Wording, runs: frozenset[str], text: Wording, held: frozenset[str]) -> bool:
    if not runs:
        return bool(clause.key) and f" {clause.key} " in f" {text.key} "
    return len(runs & held) >= HELD * len(runs)


def _runs(text: Wording) -> Iterator[str]:
    return map(" ".join, zip(text.stems, text.stems[1:], text.stems[2:], strict=False))


def _beginning(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN].rpartition(" ")[0] + "…"
