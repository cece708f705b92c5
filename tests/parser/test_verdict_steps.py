"""Pages after a last good version, and texts of two locales: one file each, our own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clausetrail.parser import read
from clausetrail.parser.locale_flip import locale_flip
from clausetrail.parser.verdict import Sketch, against, sketch_of

HERE = Path(__file__).parent / "verdict_steps"
TERMS = (HERE / "terms.md").read_text(encoding="utf-8")
IMPRINT = (HERE / "imprint.md").read_text(encoding="utf-8")
CASES_TEXT = (HERE / "cases.txt").read_text(encoding="utf-8")
_HEAD = re.compile(r"^=== (\S+) (\S+)\n", re.MULTILINE)


def cases() -> Iterator[tuple[str, str, str]]:
    """(name, what stood before, text); `@` lines stand for the terms, or for their body."""
    _, *parts = _HEAD.split(CASES_TEXT)
    for name, before, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        body = TERMS.split("\n", 1)[1]
        yield name, before, text.replace("@terms.md\n", TERMS).replace("@body\n", body)


ALL = {name: (before, text) for name, before, text in cases()}


def sketch(text: str, declares: str = "") -> Sketch:
    reading = read(text.encode(), "text/markdown")
    return sketch_of(tuple(reading.tree.walk()), title=reading.title, language=reading.language, declares=declares)


def stood(before: str) -> Sketch:
    article = ALL["other-document:an-article-of-the-help-centre"][1]
    texts = {"terms.md": TERMS, "doubled": TERMS + "\n\n" + TERMS, "article": article, "imprint": IMPRINT}
    return sketch(texts[before])


@pytest.mark.parametrize("name", ALL)
def test_step(name: str) -> None:
    before, text = ALL[name]
    verdict = against(stood(before), sketch(text))
    assert (verdict.reason or "policy") == name.partition(":")[0]


NO_POLICIES = sorted(
    name for name in ALL if name.startswith(("collapse", "listing", "marketing", "other-document:an-article"))
)
"""Where both pages are policies, only the language that is asked for, or a person, can tell which is the right one."""


@pytest.mark.parametrize("name", NO_POLICIES)
def test_the_way_back_is_open(name: str) -> None:
    """A wrong page that was taken for the first good one must not shut out the policy for ever."""
    before, text = ALL[name]
    assert against(sketch(text), stood(before)).policy


def test_a_text_that_changes_its_language_under_one_declared_language_is_a_change() -> None:
    german = ALL["other-language:german"][1]
    assert against(sketch(german, declares="en"), sketch(TERMS, declares="en")).policy
    assert not against(sketch(german, declares="de"), sketch(TERMS, declares="en")).policy


def test_equal_sketches_are_a_policy_and_small() -> None:
    first, again = sketch(TERMS), sketch(TERMS)
    assert first == again
    assert against(first, again).policy
    assert len(first.words.hashes) <= 384
    assert against(replace(first, count=0), again).policy


@pytest.mark.parametrize(
    ("old", "new", "flip"),
    [
        ("We organise our behaviour in the centre.", "We organize our behavior in the center.", True),
        ("The licence was cancelled whilst analysing.", "The license was canceled while analyzing.", True),
        ("Updated 3 April 2031.", "Updated April 3, 2031.", True),
        ("Updated 3 April 2031.", "Updated April 4, 2031.", False),
        ("From 31/12/2031 on.", "From 12/31/2031 on.", True),
        ("A fee of 1,000.50 is due.", "A fee of 1.000,50 is due.", True),
        ("A fee of €1,000 is due.", "A fee of 1.000 € is due.", True),
        ("A fee of 1,000.50 is due.", "A fee of 1,000.60 is due.", False),
        ("within 30 days", "within 60 days", False),
        ("We may organise it.", "We must organize it.", False),
        ("the same", "the same", False),
        ("Wir schließen ab.", "Wir schliessen ab.", True),
        ("a \0 b 3 April 2031", "a 3 April 2031 b \0", False),
    ],
)
def test_locale_flips(old: str, new: str, flip: bool) -> None:
    assert locale_flip([old], [new]) is flip
