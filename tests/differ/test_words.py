"""Word operations: they replay, keep words whole, and stay within their bounds."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.differ import operations, replay, words
from clausetrail.model import Operation, OperationKind

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
PROSE = st.lists(st.sampled_from(["you ", "may", "must", " not", ", ", "30", "%", "条", "款", "\n", "é", "𐐷"])).map(
    "".join
)


def shown(old: str, new: str) -> str:
    marks = {OperationKind.EQUAL: "{}", OperationKind.DELETE: "[-{}-]", OperationKind.INSERT: "[+{}+]"}
    return "".join(marks[o.kind].format(o.text) for o in operations(old, new))


@settings(deadline=None, max_examples=100)
@given(TEXT | PROSE, TEXT | PROSE)
def test_replay(old: str, new: str) -> None:
    done = operations(old, new)
    assert replay(done) == (old, new)
    assert all(o.text for o in done)
    order = [o.kind for o in done]
    assert all(a is not b for a, b in pairwise(order))
    assert (OperationKind.INSERT, OperationKind.DELETE) not in pairwise(order)


@settings(deadline=None, max_examples=60)
@given(PROSE, PROSE)
def test_replay_by_sentences(old: str, new: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "LARGEST_TABLE", 12)
        assert replay(words.operations(old, new)) == (old, new)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("You may share it.", "You must not share it.", "You [-may-][+must not+] share it."),
        ("Keep it for 30 days.", "Keep it for 90 days.", "Keep it for [-30-][+90+] days."),
        ("It costs 1,000.50 coins", "It costs 1,000.75 coins", "It costs [-1,000.50-][+1,000.75+] coins"),
        ("We don't sell it", "We do sell it", "We [-don't-][+do+] sell it"),
        ("用户可以饲养刺猬", "用户不可以饲养刺猬", "用户[+不+]可以饲养刺猬"),
        ("red and blue lamps", "old or tall lamps", "[-red and blue-][+old or tall+] lamps"),
        ("", "A lamp.", "[+A lamp.+]"),
        ("A lamp.", "A lamp.", "A lamp."),
        ("", "", ""),
    ],
)
def test_shown_to_readers(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_beyond_the_table_sentences_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "LARGEST_TABLE", 100)
    old = "Begin. The lamp is red. Oil is dear. The wick is long. End."
    new = "Start. The lamp is red. Oil is cheap. The wick is long. Stop."
    assert replay(words.operations(old, new)) == (old, new)
    kept = [o.text for o in words.operations(old, new) if o.kind is OperationKind.EQUAL]
    assert any("The lamp is red." in text for text in kept)


def test_beyond_sentences_all_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "LARGEST_TABLE", 1)
    assert words.operations("Same. a b c. Same end", "Same. d e f. Same end") == (
        Operation(OperationKind.EQUAL, "Same. "),
        Operation(OperationKind.DELETE, "a b c"),
        Operation(OperationKind.INSERT, "d e f"),
        Operation(OperationKind.EQUAL, ". Same end"),
    )


def test_a_very_long_clause_against_an_edited_copy() -> None:
    dice = random.Random(7)
    stock = [f"{a}{b}" for a in ("lan", "har", "ket", "vio", "war") for b in ("tern", "bour", "tle", "lin", "den")]
    old = [dice.choice(stock) for _ in range(8_700)]
    new = [w if dice.random() > 0.03 else dice.choice(stock) for w in old]
    done = operations(" ".join(old), " ".join(new))
    assert replay(done) == (" ".join(old), " ".join(new))
    kept = sum(len(o.text) for o in done if o.kind is OperationKind.EQUAL)
    assert kept > 0.9 * len(" ".join(old))
