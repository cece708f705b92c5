"""A sentence that stays, but for words put into it or taken out of it: what it covers is narrower or wider now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clausetrail.differ.language import joining_words, plain_words
from clausetrail.differ.tokens import cut
from clausetrail.model import Operation, OperationKind, Signal

QUALIFYING = 2
"""Words that name something from which what came or went counts; one is enough where it joined a list."""


def qualified(operations: Sequence[Operation]) -> Signal | None:
    """The signal that something was put in, or taken out, where nothing stood or stands in its place."""
    gone: list[str] = []
    come: list[str] = []
    for run in _lone(operations):
        if len(naming(run.text)) >= (1 if _joins_a_list(run.text) else QUALIFYING):
            (gone if run.kind is OperationKind.DELETE else come).append(" ".join(run.text.split()))
    return Signal("qualified", "; ".join(gone), "; ".join(come)) if gone or come else None


def naming(text: str) -> list[str]:
    """The words of a text that name something, and do not only hold it together."""
    return [word for word in cut(text) if word not in plain_words() and not word.isdigit()]


def _lone(operations: Sequence[Operation]) -> Iterator[Operation]:
    """Runs that came or went with nothing in their place."""
    for at, run in enumerate(operations):
        beside = [*operations[max(0, at - 1) : at], *operations[at + 1 : at + 2]]
        if run.kind is not OperationKind.EQUAL and all(o.kind is OperationKind.EQUAL for o in beside):
            yield run


def _joins_a_list(run: str) -> bool:
    """Whether a comma, an "or", or their like joins the words to those beside them."""
    text, words = run.strip(), cut(run)
    ends = {text[0], text[-1], words[0], words[-1]} if words else set()
    return not ends.isdisjoint(joining_words())
