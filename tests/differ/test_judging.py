"""A workspace's own rules raise and lower changes, say so, and cannot hang."""

from __future__ import annotations

import time

import pytest

from clausetrail.differ import SIGNALS, compare, overruled
from clausetrail.model import Comparison, Significance, UserRule, fingerprint
from tests.differ.loader import outline

OLD = """
# Lamps
Every keeper lights a lamp at dusk.
Keepers may sell oil.
Disputes go to the harbour master.
"""
NEW = """
# Lamps
Every keeper lights the lamp at dusk.
Keepers must sell oil.
Disputes go to the harbour tribunals.
"""


def compared(language: str = "en") -> Comparison:
    return compare(outline(OLD), outline(NEW), language=language)


def raising(**fields: object) -> UserRule:
    return UserRule("ours", Significance.SUBSTANTIVE, True, **fields)  # type: ignore[arg-type]


def lowering(**fields: object) -> UserRule:
    return UserRule("ours", Significance.EDITORIAL, False, **fields)  # type: ignore[arg-type]


def classes(comparison: Comparison) -> dict[int, str]:
    return {change.new[0]: change.significance.value for change in comparison.changes}


PLAIN = {1: "editorial", 2: "substantive", 3: "editorial"}


@pytest.mark.parametrize(
    ("rule", "document", "turned"),
    [
        (raising(words=("tribunal*",)), "", {3: "substantive"}),
        (raising(words=("tribunal",)), "", {}),
        (raising(words=("dusk",)), "", {}),
        (raising(words=("dusk",), whole=True), "", {1: "substantive"}),
        (raising(pattern="(?i)TRIB"), "", {3: "substantive"}),
        (raising(pattern="master\ntribunals$"), "", {3: "substantive"}),
        (raising(pattern="the h", whole=True, words=("lamp",)), "", {}),
        (raising(words=("tribunal*",), documents=("acme",)), "acme/terms", {3: "substantive"}),
        (raising(words=("tribunal*",), documents=("acme/t*",)), "acme/terms", {3: "substantive"}),
        (raising(words=("tribunal*",), documents=("acme/t*",)), "acme/privacy", {}),
        (raising(words=("tribunal*",), documents=("*",)), "", {}),
        (lowering(signals=("modal",)), "", {2: "editorial"}),
        (lowering(signals=("age", "modal"), words=("must",)), "", {2: "editorial"}),
        (lowering(signals=("age",)), "", {}),
        (raising(signals=("modal",)), "", {}),
    ],
)
def test_what_fits_all_that_a_rule_names_is_turned(rule: UserRule, document: str, turned: dict[int, str]) -> None:
    if rule.pattern:
        pytest.importorskip("re2")
    before = compared()
    assert classes(before) == PLAIN
    after = overruled(before, [rule], document)
    assert classes(after) == PLAIN | turned
    assert [c.importance for c in after.changes] == sorted((c.importance for c in after.changes), reverse=True)
    for change in after.changes:
        told = [s for s in change.signals if s.name in ("raised", "lowered")]
        assert bool(told) is (change.new[0] in turned)
        assert all((s.old, s.new) == (PLAIN[change.new[0]], f"{turned[change.new[0]]} (ours)") for s in told)


def test_no_rules_change_nothing() -> None:
    before = compared()
    assert overruled(before, ()) is before
    assert overruled(before, [lowering(signals=("age",))]).changes == before.changes
    assert fingerprint(()) == 0 != fingerprint([lowering()]) != fingerprint([raising()])


def test_the_first_rule_that_fits_decides() -> None:
    rules = [lowering(signals=("modal",)), raising(words=("must",))]
    assert classes(overruled(compared(), rules)) == PLAIN | {2: "editorial"}
    assert classes(overruled(compared(), rules[::-1])) == PLAIN


def test_what_nobody_assessed_is_raised_and_never_lowered() -> None:
    before = compared(language="ja")
    assert set(classes(before).values()) == {"not assessed"}
    assert overruled(before, [lowering(words=("must", "tribunals"))]).changes == before.changes
    assert classes(overruled(before, [raising(words=("must",))]))[2] == "substantive"


def test_a_pattern_that_would_hang_does_not() -> None:
    pytest.importorskip("re2")
    text = "a" * 50_000
    before = compare(outline("Keepers light lamps."), outline(f"Keepers light lamps.\n{text}b"), language="en")
    began = time.process_time()
    overruled(before, [raising(pattern="(a+)+$"), raising(pattern="(a|aa)*c"), raising(pattern="(.*a){20}c")])
    assert time.process_time() - began < 5


def test_every_signal_can_be_named() -> None:
    seen = {s.name for change in compared().changes for s in change.signals}
    assert seen <= SIGNALS
