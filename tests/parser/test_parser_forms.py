"""Files of `forms` hold lines `input → normal form`; `#` begins a remark where a space follows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.parser.links import target
from clausetrail.parser.normal import normal

FORMS = Path(__file__).parent / "forms"
PAGE = "https://lamps.example/legal/terms?utm_source=mail"
ARROW = " →"
PIECES = (
    *("https://", "http:", "//", "lamps.example", ":80", "/", "/..", "/.", "?", "&", "#", "a=1", "utm_x=2", "sid=3"),
    *(
        "%7e",
        "%",
        "[",
        "]",
        "@",
        " ",
        "mailto:",
        "url=",
        "redirect",
        "ü",
        "javascript:",
        ";jsessionid=1",
        ".3f2a9b1c.css",
    ),
    *("/cdn-cgi/l/email-protection#", "5a3e3f29311a", "https%3A%2F%2Fa.example", "legal/terms", "utm_source=mail"),
)
DATED = (
    *(
        "Last updated: ",
        "Updated",
        "Effective ",
        "August 28, 2025",
        "28.08.25",
        "8/11/2026",
        "2025-08",
        "2 days ago",
        ".",
    ),
    *(
        " ",
        "...",
        "123e4567-e89b-12d3-a456-426614174000",
        "Ray ID: ",
        "5 min read",
        "views",
        "12 ",
        "© ",
        "- ",
        "•",
        "年",
    ),
)
few = settings(deadline=None, max_examples=150)


def rows(name: str) -> list[tuple[str, str]]:
    lines = (FORMS / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.split(ARROW) for line in lines if ARROW in line and not line.startswith("# href")]
    return [(given.strip(), form.strip()) for given, form in pairs if given != "# text"]


@pytest.mark.parametrize(("href", "expected"), rows("links.txt"))
def test_targets(href: str, expected: str) -> None:
    assert target(href, PAGE) == expected
    assert target(expected, PAGE) == expected


@pytest.mark.parametrize(("text", "expected"), rows("words.txt"))
def test_words(text: str, expected: str) -> None:
    assert normal(text) == expected
    assert normal(expected) == expected


@few
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from([PAGE, ""]))
def test_targets_are_stable(href: str, base: str) -> None:
    once = target(href, base)
    assert target(once, base) == once


@few
@given(st.lists(st.sampled_from(DATED), max_size=8).map("".join))
def test_words_are_stable(text: str) -> None:
    once = normal(text)
    assert normal(once) == once
