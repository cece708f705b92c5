"""One expression for many words finds what the words, tried from the longest, would find."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.parser.one_of import one_of

_WORDS = st.lists(st.text("ab.é ", min_size=1, max_size=4), min_size=1, max_size=8)


@settings(deadline=None, max_examples=100)
@given(_WORDS, st.text("ab.é ", max_size=20))
def test_the_longest_word_that_stands_at_a_place(words: list[str], text: str) -> None:
    longest_first = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    assert re.findall(one_of(words), text) == re.findall(longest_first, text)
