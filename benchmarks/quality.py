"""Figures over the labelled sets, beside the floors that the tests hold and the goals.

`python -m benchmarks.quality` pins the figures of today.
"""

from __future__ import annotations

import math
import sys
import tomllib
from pathlib import Path

from benchmarks import labelled
from benchmarks.measure import Row

HAIR = 0.002
"""By how much a floor lies below its figure."""
FLOORS = Path(__file__).parents[1] / "tests" / "quality" / "floors.toml"
GOALS = {
    "align": {
        "easy_f1": 0.99,
        "hard_f1": 0.80,
        "macro_hard_f1": 0.88,
        "hard_kinds": 0.85,
        "removed_precision": 0.80,
        "added_precision": 0.85,
        "firm_links": 0.97,
        "firm_removed": 0.97,
        "firm_added": 0.97,
    },
    "memos": {"hit_at_1": 0.80, "hit_at_3": 0.95, "auc": 0.90, "editorial_hidden": 0.80, "substantive_shown": 0.95},
    "extract": {"token_f1": 0.995, "block_f1": 0.97, "depth": 0.95},
    "noise": {"unchanged_kept": 0.99, "substantive_seen": 1.0, "good_pages_kept": 1.0, "junk_caught": 0.92},
}


def rows(_folder: Path) -> list[Row]:
    if not labelled.present():
        return [Row("labelled sets", "-", labelled.ABSENT)]
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    return [
        Row(f"{name}: {figure}", f"{value:.3f}", f"{floors[name][figure]:.3f}", "floor", goal=_goal(name, figure))
        for name, figures in labelled.SETS.items()
        for figure, value in figures().items()
    ]


def _goal(name: str, figure: str) -> str:
    goal = GOALS[name].get(figure)
    return "" if goal is None else f"≥ {goal:g}"


def main() -> None:
    if not labelled.present():
        sys.exit(labelled.ABSENT)
    head = FLOORS.read_text("utf-8").partition("\n\n")[0]
    tables = [
        "\n".join([f"[{name}]", *(f"{figure} = {_floor(value)}" for figure, value in figures().items())])
        for name, figures in labelled.SETS.items()
    ]
    FLOORS.write_text("\n\n".join([head, *tables]) + "\n", "utf-8")


def _floor(value: float) -> float:
    return math.floor((value - HAIR) * 1000) / 1000


if __name__ == "__main__":
    main()
