"""Signals as JSON, without the words that the change holds anyway.

A signal that a clause came or went quotes the beginning of its words; such a quotation is kept as a bare `…`.
"""

from __future__ import annotations

from collections.abc import Iterable

from clausetrail.model import Signal
from clausetrail.store.codec import clean, dumps, loads

_REST = "…"
_WIDTH = 60


def encode(signals: Iterable[Signal], old: str, new: str) -> str:
    """`old` and `new` are the words of both sides of the change."""
    return dumps([[s.name, _shortened(clean(s.old), old), _shortened(clean(s.new), new)] for s in signals])


def decode(text: str, old: str, new: str) -> tuple[Signal, ...]:
    """The signals again, from the same words."""
    return tuple(Signal(name, _restored(gone, old), _restored(come, new)) for name, gone, come in loads(text))


def _beginning(words: str) -> str:
    """As the rules of significance quote a clause."""
    return words if len(words) <= _WIDTH else words[: _WIDTH - 1].rstrip() + _REST


def _shortened(text: str, words: str) -> str:
    if text and text == _beginning(words):
        return _REST
    # What is but dots already gets one more, so that it is not taken for a quotation.
    return text + _REST if text and not text.strip(_REST) else text


def _restored(text: str, words: str) -> str:
    if text == _REST:
        return _beginning(words)
    return text[:-1] if text and not text.strip(_REST) else text
