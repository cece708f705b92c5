"""Cells that are stored for machines, as people see them."""

from __future__ import annotations

import re

import pytest

from clausetrail.web.cells import render
from clausetrail.web.functions import match_expression, word_changes


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("signals", '[["period","30 days","90 days"]]', "period: 30 days → 90 days"),
        ("signals", '[["<b>","","<i>"]]', "&lt;b&gt;: — → &lt;i&gt;"),
        ("signals", "[]", "&nbsp;"),
        ("signals", "not json", None),
        ("signals", '[["too few"]]', None),
        ("words_changed", '[["equal","a<b"],["equal","\\u202e"]]', "a&lt;b\\u202e"),
        ("words_changed", '[["equal","one\\ntwo"]]', "one ¶ two"),
        ("words_changed", '[["equal","in "],["insert","a"],["equal","b"]]', 'in <ins style="background:#d9f2dc;'),
        ("words_changed", '[["other","x"]]', None),
        ("silent", 1, "yes"),
        ("silent", 0, "no"),
        ("silent", None, None),
        ("new", "words of a clause", None),
        ("lineages", b"1234", "packed, 4 bytes"),
        ("first_seen", "2024-09-12T09:00:00.123456+00:00", '<time datetime="2024-09-12T09:00:00.123456+00:00"'),
        ("first_seen", "2024-09-12T09:00:00\"><script>+00:00", None),
        ("words", "plain words", None),
        ("words", "good\u202ebye <b>", "good\\u202ebye &lt;b&gt;"),
        ("why", "two\nlines", None),
        ("anything", 5, None),
    ],
)  # fmt: skip
def test_cell(column: str, value: object, shown: str | None) -> None:
    found = render(value, column)
    assert found is None if shown is None else str(found).startswith(shown)


def test_words_that_went_and_came_are_told_apart_without_colour() -> None:
    shown = str(render('[["equal","after "],["delete","30"],["insert","90"],["equal"," days"]]', "words_changed"))
    assert re.sub("<[^>]*>", "", shown) == "after 30 90 days"
    assert "line-through" in shown
    assert "underline" in shown


@pytest.mark.parametrize(
    ("operations", "old", "new", "changed"),
    [
        ("=2-1+1", "a b", "a c", '[["equal", "a "], ["delete", "b"], ["insert", "c"]]'),
        ("", "same", "same", '[["equal", "same"]]'),
        ("", "old", "new", '[["delete", "old"], ["insert", "new"]]'),
        ("", None, "新", '[["insert", "新"]]'),
        ("", None, None, '[["equal", ""]]'),
        (None, "a", "b", None),
    ],
)
def test_words_of_a_change(operations: str | None, old: str | None, new: str | None, changed: str | None) -> None:
    assert word_changes(operations, old, new) == changed


@pytest.mark.parametrize("words", ["", None, "   ", '"', "!?"])
def test_nothing_to_look_for_finds_nothing(words: str | None) -> None:
    assert match_expression(words) == '""'
