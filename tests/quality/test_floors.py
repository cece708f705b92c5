"""What the program reaches on real, labelled policies does not fall: see `floors.toml`."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from benchmarks import labelled

FLOORS: dict[str, dict[str, float]] = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))
LONG = {"memos", "noise"}
"""Sets that take more than a few seconds."""


@pytest.fixture
def labels() -> None:
    """Where the sets are absent the test is skipped, and in CI it fails."""
    if not labelled.present():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(labelled.ABSENT)


def test_every_set_has_floors() -> None:
    assert FLOORS.keys() == labelled.SETS.keys()


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # the scorers leave that to Python
@pytest.mark.usefixtures("labels")
@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow) if n in LONG else n for n in FLOORS])
def test_no_figure_falls(name: str) -> None:
    found = labelled.SETS[name]()
    assert found.keys() == FLOORS[name].keys()
    fallen = {figure: (value, FLOORS[name][figure]) for figure, value in found.items() if value < FLOORS[name][figure]}
    assert not fallen, f"(figure, floor) of {name}: {fallen}"
