"""Makes differ.svg from what the differ really finds: `.venv/bin/python docs/images/make_differ.py`.

The picture stands on a ground of its own, follows the reader's choice of light or dark, and asks no other host for its
letters.  Its letters are large, because a phone shows it at little more than half its size.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from clausetrail.model import Clause, ClauseKind, Diff, End, Relation, RelationKind
from clausetrail.pipeline.compare import diff_files

FOLDER = Path(__file__).parent
PICTURE = FOLDER / "differ.svg"
WIDTH, MARGIN, COLUMN = 680, 12, 262
LETTERS = 24
"""In a line of a column."""
LINE, PADDING, SPACE = 25, 10, 12
TOP = 56
BADGE = 28

STYLE = """
svg { --ground: #ffffff; --box: #f4f5f7; --edge: #c9ced6; --text: #1c2430; --dim: #5b6675;
  --same: #8a94a3; --edited: #a15c00; --moved: #6d3fc4; --split: #0b6bb5; --merged: #0b6bb5;
  --added: #12733b; --removed: #b3261e; }
@media (prefers-color-scheme: dark) { svg { --ground: #14181f; --box: #1f2630; --edge: #3b4554; --text: #e8ecf2;
  --dim: #a7b1bf; --same: #8a94a3; --edited: #f0b35a; --moved: #bb9cff; --split: #6cbcff; --merged: #6cbcff;
  --added: #64d391; --removed: #ff8f86; } }
text { font: 19px system-ui, "DejaVu Sans", sans-serif; fill: var(--text); }
.heading { font-weight: 700; } .title { fill: var(--dim); } .badge { font-size: 17px; text-anchor: middle; }
.box { fill: var(--box); stroke: var(--edge); stroke-width: 1.5; } .ground { fill: var(--ground); }
.link { fill: none; stroke-width: 3; } .plate { fill: var(--ground); }
"""
KINDS = ("same", "edited", "moved", "split", "merged", "added", "removed")


@dataclass(frozen=True)
class Box:
    """A clause where it is drawn."""

    left: int
    top: int
    lines: tuple[str, ...]
    heading: bool

    @property
    def height(self) -> int:
        return LINE * len(self.lines) + 2 * PADDING

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


def main() -> None:
    PICTURE.write_text(picture(), encoding="utf-8")


def picture() -> str:
    """The worked example of docs/differ.md as SVG."""
    diff = diff_files(FOLDER / "differ-old.md", FOLDER / "differ-new.md")
    old, new = (list(_column(end.tree.walk(), left)) for end, left in _sides(diff))
    height = max(box.top + box.height for box in [*old, *new]) + MARGIN
    kinds = "".join(f".{kind} {{ stroke: var(--{kind}); }} .{kind}-name {{ fill: var(--{kind}); }}\n" for kind in KINDS)
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}>',
        "<title>Nine clauses of an old version, and what became of each in the new one</title>",
        f"<style>{STYLE}{kinds}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{height}" rx="10"/>',
        *(_text(left, 36, name, "title") for left, name in ((MARGIN, "before"), (WIDTH - MARGIN - COLUMN, "after"))),
    ]
    relations = diff.comparison.alignment.relations
    parts += [line for relation in relations for line in _lines(relation, old, new)]
    parts += [line for box in [*old, *new] for line in _box(box)]
    parts += [line for relation in relations for line in _badge(relation, old, new)]
    return "\n".join([*parts, "</svg>", ""])


def _sides(diff: Diff) -> tuple[tuple[End, int], ...]:
    return (diff.old, MARGIN), (diff.new, WIDTH - MARGIN - COLUMN)


def _column(clauses: Iterable[Clause], left: int) -> Iterator[Box]:
    top = TOP
    for clause in clauses:
        lines = textwrap.wrap(f"{clause.label} {clause.words}".strip(), LETTERS)
        box = Box(left, top, tuple(lines), clause.kind is ClauseKind.SECTION)
        top += box.height + SPACE
        yield box


def _lines(relation: Relation, old: list[Box], new: list[Box]) -> Iterator[str]:
    """From each clause to the badge, and on to what became of it."""
    kind, start, end = relation.kind.value, MARGIN + COLUMN, WIDTH - MARGIN - COLUMN
    if relation.kind is RelationKind.SAME:
        yield _curve(start, old[relation.old[0]].middle, end, new[relation.new[0]].middle, kind)
        return
    x, y = _centre(relation, old, new)
    yield from (_curve(start, old[p].middle, x, y, kind) for p in relation.old)
    yield from (_curve(x, y, end, new[p].middle, kind) for p in relation.new)


def _curve(x: int, y: int, to_x: int, to_y: int, kind: str) -> str:
    half = (x + to_x) // 2
    return f'<path class="link {kind}" d="M{x} {y} C{half} {y} {half} {to_y} {to_x} {to_y}"/>'


def _badge(relation: Relation, old: list[Box], new: list[Box]) -> Iterator[str]:
    kind = relation.kind.value
    if relation.kind is RelationKind.SAME:
        return
    x, y = _centre(relation, old, new)
    width = 11 * len(kind) + 8
    yield f'<rect class="plate" x="{x - width // 2}" y="{y - BADGE // 2}" width="{width}" height="{BADGE}" rx="6"/>'
    yield _text(x, y + 6, kind, f"badge {kind}-name")


def _centre(relation: Relation, old: list[Box], new: list[Box]) -> tuple[int, int]:
    """Where its badge stands: nearer in height to what is new, so that a move crosses no badge of what stayed."""
    places = [old[p].middle for p in relation.old], [new[p].middle for p in relation.new]
    means = [sum(side) // len(side) for side in places if side]
    return WIDTH // 2, (means[0] + 2 * means[-1]) // 3


def _box(box: Box) -> Iterator[str]:
    yield f'<rect class="box" x="{box.left}" y="{box.top}" width="{COLUMN}" height="{box.height}" rx="6"/>'
    for number, line in enumerate(box.lines):
        y = box.top + PADDING + LINE * number + 18
        yield _text(box.left + PADDING, y, line, "heading" if box.heading else "")


def _text(x: int, y: int, text: str, style: str) -> str:
    named = f' class="{style}"' if style else ""
    return f'<text x="{x}" y="{y}"{named}>{escape(text)}</text>'


if __name__ == "__main__":
    main()
