"""A firm removal is looked for outside the trees, and told as likely where it stands there still."""

from __future__ import annotations

from collections.abc import Iterator

from clausetrail.differ import compare, elsewhere, looked_for
from clausetrail.model import Certainty, Comparison
from tests.differ.loader import outline

OLD = outline("# Boats\nRowers scrub the hull with vinegar each spring.\nNo dogs.\nThe quay opens at noon.")
NEW = outline("# Boats\nThe quay opens at noon.")
FIRM, LIKELY = Certainty.FIRM, Certainty.LIKELY


def removed(*texts: tuple[str, str]) -> dict[int, tuple[Certainty, str]]:
    found = looked_for(compare(OLD, NEW, language="en"), lambda: texts)
    told = {c.old[0]: (c.certainty, c.evidence) for c in found.changes if not c.new}
    assert told == {r.old[0]: (r.certainty, r.evidence) for r in found.alignment.relations if not r.new}
    return told


def test_what_stands_nowhere_is_firmly_gone() -> None:
    other = ("in pier/rules", "Rowers paint the hull. Dogs sleep, and vinegar is sold each spring.")
    assert removed(other) == {1: (FIRM, ""), 2: (FIRM, "")}


def test_what_stands_elsewhere_is_likely_gone_and_says_where() -> None:
    other = (
        "in pier/rules",
        "All rowers scrub the hull with vinegar, and the oars with sand.\nThere are no dogs here.",
    )
    why = "still said in pier/rules: “All rowers scrub the hull with vinegar, and the…”"
    assert removed(("in pier/fees", "Nothing."), other) == {1: (LIKELY, why), 2: (LIKELY, why)}


def test_beyond_the_bound_nothing_is_firm() -> None:
    long = "lantern " * (elsewhere.MOST_SEARCHED // 8 + 1)
    assert {certainty for certainty, _ in removed(("in pier/rules", long)).values()} == {LIKELY}


def test_nothing_is_read_where_nothing_is_gone() -> None:
    def texts() -> Iterator[tuple[str, str]]:
        raise AssertionError

    same: Comparison = compare(NEW, NEW)
    assert looked_for(same, texts) is same
