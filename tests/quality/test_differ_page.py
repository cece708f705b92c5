"""docs/differ.md says what the differ does: its passes, its signals, its numbers, and the picture."""

from __future__ import annotations

import importlib
import re
import runpy
from pathlib import Path

import pytest

from clausetrail.differ.passes import PASSES
from clausetrail.differ.rules import DECLARED, ORDER

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "differ.md").read_text("utf-8")
NUMBER = re.compile(r"^\| `([\w.]+)\.(\w+)` \| ([\d.,]+) \|", re.MULTILINE)


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_the_passes_in_order() -> None:
    named = re.findall(r"^\| `(\w+)` \|", section("The passes"), re.MULTILINE)
    assert named == list(dict.fromkeys(run.__module__.rpartition(".")[2] for run in PASSES))


def test_every_signal() -> None:
    rows = [line.split("|")[1] for line in section("Significance").splitlines() if line.startswith("| `")]
    assert sorted(re.findall(r"`([\w-]+)`", "".join(rows))) == sorted([*ORDER, DECLARED])


@pytest.mark.parametrize(("module", "name", "value"), NUMBER.findall(section("Numbers")))
def test_the_numbers(module: str, name: str, value: str) -> None:
    assert getattr(importlib.import_module(f"clausetrail.differ.{module}"), name) == float(value.replace(",", ""))


def test_the_picture_shows_what_the_differ_finds() -> None:
    script = runpy.run_path(str(DOCS / "images" / "make_differ.py"))
    assert (DOCS / "images" / "differ.svg").read_text("utf-8") == script["picture"](), "run docs/images/make_differ.py"
