"""Remembers what a pure function lately said of a text: neighbouring versions hold the same texts again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MOST_CHARACTERS = 1_000_000
"""Of all texts that one function remembers its answers for: a bound on memory, whatever the texts are."""

T = TypeVar("T")


def remembered(answer: Callable[[str], T]) -> Callable[[str], T]:
    """A function with the same answers, which must depend on the text alone and must not be changed."""
    return _Memory(answer).__getitem__


class _Memory(dict[str, T]):
    """Answers by text.  When full it forgets all: what is in use is soon back, and a hit costs one look-up."""

    def __init__(self, answer: Callable[[str], T]) -> None:
        super().__init__()
        self._answer = answer
        self._characters = 0

    def __missing__(self, text: str) -> T:
        answer = self._answer(text)
        if len(text) > MOST_CHARACTERS:
            return answer
        if self._characters + len(text) > MOST_CHARACTERS:
            self.clear()
            self._characters = 0
        self[text] = answer
        self._characters += len(text)
        return answer
