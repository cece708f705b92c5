"""Reads the cases: trees in outline form, and what is expected of them.

An outline has one clause a line: `# Heading` (more `#` for deeper sections), `- item` (two spaces more for each level),
`| row`, `> quote`, anything else a paragraph; a label stands first, in braces: `- {(a)} text`.

`expected.txt` has settings first (`language: en`, `links: 0,1 -> 2`, `apart: 0 -> 3`), then one line for each change,
most important first: kind, old positions, `->`, new positions, certainty, significance, signals.  Where a line goes on,
two spaces deeper, it gives what the change itself says: `modal: may -> must` of a signal, `because: …` of the evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from clausetrail.differ import compare
from clausetrail.model import Change, Clause, ClauseKind, ClauseTree, Comparison

CASES = Path(__file__).parent / "cases"
_MARKS = {"- ": ClauseKind.ITEM, "| ": ClauseKind.ROW, "> ": ClauseKind.QUOTE}


def outline(text: str) -> ClauseTree:
    """The tree that an outline draws."""
    root: list[Clause] = []
    open_: list[tuple[int, Clause, list[Clause]]] = []
    for line in filter(str.strip, text.splitlines()):
        level, clause = _clause(line)
        while open_ and open_[-1][0] >= level:
            _close(open_, root)
        open_.append((level, clause, []))
    while open_:
        _close(open_, root)
    return ClauseTree(Clause(ClauseKind.SECTION, "", children=tuple(root)))


def _close(open_: list[tuple[int, Clause, list[Clause]]], root: list[Clause]) -> None:
    _, clause, children = open_.pop()
    (open_[-1][2] if open_ else root).append(replace(clause, children=tuple(children)))


def _clause(line: str) -> tuple[int, Clause]:
    """A clause and how deep it stands: headings 1 to 9, paragraphs 10, items 11 and more."""
    body = line.strip()
    if body.startswith("#"):
        depth = len(body) - len(body.lstrip("#"))
        label, words = _label(body.lstrip("#").strip())
        return depth, Clause(ClauseKind.SECTION, words, label=label, heading=words, depth=depth)
    kind = _MARKS.get(body[:2], ClauseKind.PARAGRAPH)
    label, words = _label(body if kind is ClauseKind.PARAGRAPH else body[2:].strip())
    depth = (len(line) - len(line.lstrip())) // 2 + 1 if kind is ClauseKind.ITEM else 0
    return 10 + depth, Clause(kind, words, label=label, text=words, depth=depth)


def _label(text: str) -> tuple[str, str]:
    if not text.startswith("{"):
        return "", text
    label, _, words = text[1:].partition("}")
    return label, words.strip()


@dataclass
class Case:
    name: str
    old: ClauseTree
    new: ClauseTree
    expected: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """Number of a change and what it must say."""
    language: str = "en"
    links: list[tuple[tuple[int, ...], tuple[int, ...]]] = field(default_factory=list)
    apart: list[tuple[int, int]] = field(default_factory=list)

    def compare(self) -> Comparison:
        return compare(self.old, self.new, language=self.language, links=self.links, apart=self.apart)


def cases() -> list[Case]:
    """All cases, by name."""
    return [load(folder) for folder in sorted(CASES.iterdir()) if folder.is_dir()]


def load(folder: Path) -> Case:
    old, new = (outline((folder / f"{side}.txt").read_text("utf-8")) for side in ("old", "new"))
    case = Case(folder.name, old, new)
    for line in (folder / "expected.txt").read_text("utf-8").splitlines():
        name, colon, value = line.partition(": ")
        if colon and name in ("language", "links", "apart"):
            _set(case, name, value.strip())
        elif line.startswith("  "):
            case.told.append(f"{len(case.expected) - 1} {line.strip()}")
        elif line.strip():
            case.expected.append(line.strip())
    return case


def _set(case: Case, name: str, value: str) -> None:
    if name == "language":
        case.language = "" if value == "none" else value
        return
    old, new = (tuple(int(p) for p in side.split(",")) for side in value.split("->"))
    if name == "links":
        case.links.append((old, new))
    else:
        case.apart.append((old[0], new[0]))


def shown(change: Change) -> str:
    """A change as a line of `expected.txt`."""
    old, new = (",".join(map(str, side)) for side in (change.old, change.new))
    sides = " -> ".join(filter(None, (old, new))) if old and new else old or f"-> {new}"
    signals = ", ".join(s.name for s in change.signals) or "-"
    return f"{change.kind} {sides} | {change.certainty} | {change.significance} | {signals}"


def told(changes: Sequence[Change]) -> Iterator[str]:
    """All that `Case.told` may hold."""
    for number, change in enumerate(changes):
        yield f"{number} because: {change.evidence}"
        yield from (f"{number} {s.name}: {f'{s.old} -> {s.new}'.strip()}" for s in change.signals)
