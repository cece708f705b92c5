"""What a reader does not see changes nothing in the tree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.parser import read
from tests.parser.dressings import LIBERTIES, Dressing, Policy, dressings, page, policies

PLAIN = Dressing()


def shown(body: bytes) -> list[tuple[object, ...]]:
    """Everything of a tree but the lines of the source."""
    reading = read(body, "text/html")
    assert reading.verdict.policy, reading.verdict
    return [
        (c.kind, c.depth, c.words, c.label, c.heading, c.lead, c.text, c.links, len(c.children))
        for c in reading.tree.walk()
    ]


def sentences(policy: Policy) -> list[str]:
    """All texts of a policy, in reading order."""
    found = [policy.title, *policy.opening]
    for _, heading, blocks in policy.sections:
        found += [heading, *(text for block in blocks for text in _texts(block[1]))]
    return found


def _texts(held: object) -> list[str]:
    if isinstance(held, str):
        return [] if held in ("ul", "ol") or held.startswith("https:") else [held]
    return [text for part in held for text in _texts(part)] if isinstance(held, tuple) else []


@settings(deadline=None, max_examples=40)
@given(policies())
def test_a_page_is_read_whole_and_nothing_else(policy: Policy) -> None:
    words = " ".join(str(row[2]) for row in shown(page(policy, PLAIN))).replace(" | ", " ")
    assert words.replace(" the board ", " ").split() == " ".join(sentences(policy)).split()


@pytest.mark.parametrize("liberty", LIBERTIES)
@settings(deadline=None, max_examples=15)
@given(policies(), st.integers(0, 1 << 32))
def test_each_liberty_changes_nothing(liberty: str, policy: Policy, seed: int) -> None:
    assert shown(page(policy, Dressing(seed=seed, **{liberty: True}))) == shown(page(policy, PLAIN))


@settings(deadline=None, max_examples=60)
@given(policies(), dressings, dressings)
def test_no_dressing_changes_anything(policy: Policy, one: Dressing, other: Dressing) -> None:
    assert shown(page(policy, one)) == shown(page(policy, other))
