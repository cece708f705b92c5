"""What is remembered changes no answer, and does not grow without bound."""

from __future__ import annotations

import pytest

from clausetrail.differ import memory
from clausetrail.differ.tokens import wording


def test_an_answer_is_given_again() -> None:
    assert wording("A lamp, at noon") is wording("A lamp, at noon")
    assert wording("A lamp, at noon").tokens == ("a", "lamp", "at", "noon")


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_CHARACTERS", 10)
    asked: list[str] = []

    def upper(text: str) -> str:
        asked.append(text)
        return text.upper()

    shout = memory.remembered(upper)
    assert [shout(t) for t in ("lamp", "lamp", "kettle", "kettle", "a very long harbour")] == [
        "LAMP", "LAMP", "KETTLE", "KETTLE", "A VERY LONG HARBOUR",
    ]  # fmt: skip
    assert asked == ["lamp", "kettle", "a very long harbour"]
    assert [shout(t) for t in ("violin", "a very long harbour", "violin")] == [
        "VIOLIN",
        "A VERY LONG HARBOUR",
        "VIOLIN",
    ]
    assert asked[3:] == ["violin", "a very long harbour"]
