"""Templates can arrange what they are given, and nothing else."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from clausetrail.alerts import sandbox
from clausetrail.alerts.sandbox import LONGEST_TEMPLATE, render
from clausetrail.errors import PublishError

ESCAPES = [
    line.replace(";;", "\n")
    for line in (Path(__file__).parent / "cases" / "escapes.txt").read_text("utf-8").splitlines()[1:]
]


def event() -> dict[str, Any]:
    return {"title": "<b>\x1b[31m\n{{ 7 * 7 }}", "facts": ["one"] * 20, "long": "x" * 200_000}


@pytest.mark.parametrize("source", ESCAPES)
@pytest.mark.parametrize("html", [True, False])
def test_escapes(source: str, html: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 0.2)
    given = event()
    with pytest.raises(PublishError):
        render(source, html=html, event=given)
    assert given == event()


def test_everything_is_shown_and_escaped() -> None:
    assert render("{{ event.title }}", html=True, event=event()) == "&lt;b&gt;␛[31m␊{{ 7 * 7 }}"
    assert render("{{ event.title }}", html=False, event=event()) == "<b>␛[31m␊{{ 7 * 7 }}"
    assert render("{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m('<') }}", html=True) == "<i>&lt;</i>"
    assert render("{{ 2 + 3 * 4 }} {{ 'a' ~ 1 }}", html=True) == "14 a1"


def test_a_template_is_bounded() -> None:
    with pytest.raises(PublishError, match="longer than"):
        render("x" * (LONGEST_TEMPLATE + 1), html=True)


def test_the_trace_of_others_stays() -> None:
    import sys

    before = sys.gettrace()
    render("{{ 1 }}", html=True)
    assert sys.gettrace() is before


@pytest.mark.parametrize("name", ["mail.html", "mail.txt", "entry.html"])
def test_our_own_templates_take_an_empty_message(name: str) -> None:
    source = files("clausetrail.alerts").joinpath("templates", name).read_text("utf-8")
    empty = {"title": "", "what": "", "facts": [], "note": "", "changes": [], "more": "", "links": []}
    render(source, html=name.endswith("html"), subject="", events=[], event=empty, why="", leave="")
