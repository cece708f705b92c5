"""Word operations: they replay, keep words whole, and stay within their bounds."""

from __future__ import annotations

import random
import re
import time
from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.differ import operations, replay, tokens, words
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


@pytest.mark.parametrize(
    ("plain", "general"), [(words._ASCII_TOKEN, words._token()), (tokens._ASCII_TOKEN, tokens._token())]
)
@given(st.text(st.sampled_from("ab09 _-'.,:/\n\t\x1c\x1f\x0b!"), max_size=40))
def test_the_fast_way_to_cut_ascii_is_the_same(plain: re.Pattern[str], general: re.Pattern[str], text: str) -> None:
    assert plain.findall(text) == general.findall(text)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.sampled_from([-1, 0, 1]), st.text("xy ", min_size=1, max_size=4)), max_size=14))
def test_crumbs_go_as_the_tool_makes_them_go(found: list[tuple[int, str]]) -> None:
    from diff_match_patch import diff_match_patch  # type: ignore[import-untyped]

    diffs = [next(run) for _, run in groupby(found, key=lambda d: d[0])]
    diffs = [d for at, d in enumerate(diffs) if d[0] != -1 or at == 0 or diffs[at - 1][0] != 1]
    diffs = [next(run) for _, run in groupby(diffs, key=lambda d: d[0])]
    expected = list(diffs)
    diff_match_patch().diff_cleanupSemantic(expected)
    fewer = words._without_crumbs(diffs)
    words._tool(merges=fewer is not diffs).diff_cleanupSemantic(fewer)
    assert fewer == expected


def test_two_long_texts_with_nothing_but_crumbs_in_common() -> None:
    """Work in the square of the length would take minutes."""
    dice = random.Random(3)
    old, new = (" ".join(f"lantern{dice.randrange(400)}" for _ in range(12_000)) for _ in range(2))
    assert replay(operations(old, new)) == (old, new)


def test_a_very_long_clause_against_an_edited_copy() -> None:
    dice = random.Random(7)
    stock = [f"{a}{b}" for a in ("lan", "har", "ket", "vio", "war") for b in ("tern", "bour", "tle", "lin", "den")]
    old = [dice.choice(stock) for _ in range(8_700)]
    new = [w if dice.random() > 0.03 else dice.choice(stock) for w in old]
    began = time.process_time()
    done = operations(" ".join(old), " ".join(new))
    assert time.process_time() - began < 0.5, "some 40 ms are usual; word by word in plain Python it is 10 s"
    assert replay(done) == (" ".join(old), " ".join(new))
    kept = sum(len(o.text) for o in done if o.kind is OperationKind.EQUAL)
    assert kept > 0.9 * len(" ".join(old))
