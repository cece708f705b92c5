"""Pages that are no policy, by reason, and real policies that look like them: one file for each verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from clausetrail.model import VerdictReason
from clausetrail.parser import read
from clausetrail.parser.verdict import Finding, finding, look_of, marks_of

CASES = Path(__file__).parent / "verdict_cases"
_MEDIA = {"html": "text/html", "md": "text/markdown", "plain": "text/plain"}
_HEAD = re.compile(r"^=== (\S+) (html|md|plain)\n", re.MULTILINE)


def pages() -> Iterator[tuple[str, str, str, str]]:
    """(expected, name, media type, text) of every page of every file."""
    for path in sorted(CASES.glob("*.txt")):
        _, *parts = _HEAD.split(path.read_text(encoding="utf-8"))
        for name, kind, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            yield path.stem, name, _MEDIA[kind], text


def found(text: str, media_type: str) -> Finding | None:
    """What the rules find, with the evidence, in the content that the parser keeps."""
    reading = read(text.encode(), media_type)
    html = media_type == "text/html"
    root = etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8")) if html else None
    marks = marks_of(root)
    return finding(
        look_of(tuple(reading.tree.walk()), title=marks.title, language=reading.language, marks=lambda: marks)
    )


@pytest.mark.parametrize(
    ("expected", "media_type", "text"),
    [pytest.param(verdict, kind, text, id=f"{verdict}:{name}") for verdict, name, kind, text in pages()],
)
def test_verdict(expected: str, media_type: str, text: str) -> None:
    saw = found(text, media_type)
    assert (saw.reason.value if saw else "policy") == expected, saw
    if media_type == "text/html":
        assert (read(text.encode(), media_type).verdict.reason or "policy") == expected


def test_a_long_text_is_a_document_whatever_it_is_called() -> None:
    text = "# 404 Not Found\n\n" + "Keepers carry their lamps home before the tide turns.\n\n" * 200
    assert found(text, "text/markdown") is None


def test_every_reason_has_its_cases() -> None:
    steps = {"other-document", "other-language", "collapse"}
    assert {path.stem for path in CASES.glob("*.txt")} == {reason.value for reason in VerdictReason} - steps | {
        "policy"
    }
