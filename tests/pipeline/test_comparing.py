"""What a reader's locale changes is no change of the policy, and says so."""

from __future__ import annotations

import pytest

from clausetrail.model import ClauseTree, Significance
from clausetrail.parser import read
from clausetrail.pipeline.comparing import LOCALE, compared


def tree(sentence: str) -> ClauseTree:
    return read(f"# Lantern rules\n\n{sentence}\n\nWe light every lamp at dusk.\n".encode(), "text/markdown").tree


@pytest.mark.parametrize(
    ("old", "new", "flip"),
    [
        ("We organize the catalog of colors.", "We organise the catalogue of colours.", True),
        ("It counts from August 28, 2025 for all lamps.", "It counts from 28 August 2025 for all lamps.", True),
        ("A lost lamp costs 1,000.50 dollars.", "A lost lamp costs 1.000,50 dollars.", True),
        ("It counts from August 28, 2025 for all lamps.", "It counts from 29 August 2025 for all lamps.", False),
        ("A lost lamp costs 1,000.50 dollars.", "A lost lamp costs 1,000.00 dollars.", False),
        ("We organize the catalog of colors.", "We organise the catalogue of colours, and sell it.", False),
        ("Lamps must be lit.", "Lamps may be lit.", False),
    ],
)
def test_locale_flips_are_typographic(old: str, new: str, flip: bool) -> None:
    (change,) = compared(tree(old), tree(new), language="en").changes
    assert ([s.name for s in change.signals] == [LOCALE]) is flip
    assert (change.significance is Significance.TYPOGRAPHIC) is flip
