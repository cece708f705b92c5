"""Reads the cases and renders them.

`case.toml` holds two outlines and their relations, or a list of `entries` of that form for a changelog; every other
file of a case is what the rendering of that name must come to.  In an outline each line is a clause, indented by two
spaces below its parent: `# heading`, `* item`, `| row`, `> quote`, or a paragraph; then a label in braces, a lead in
`**`, the text; of a row before it the names of its columns in `[[` and `]]`.  Clauses that no relation names must be
the same on both sides, in the same order.

`python -m tests.changelog.loader` writes the expected files anew, to be read before they are committed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from clausetrail import changelog
from clausetrail.model import (
    JOINT,
    Alignment,
    Announced,
    Announcement,
    Certainty,
    Change,
    Clause,
    ClauseKind,
    ClauseTree,
    Comparison,
    DatedChanges,
    DateKind,
    DeclaredDate,
    Diff,
    DocumentInfo,
    End,
    LogEntry,
    Operation,
    OperationKind,
    Relation,
    RelationKind,
    Signal,
    Significance,
    SnapshotKey,
    Standing,
    Version,
    VersionOrigin,
)

CASES = Path(__file__).parent / "cases"
SHA = "5e1f" * 16
_CLAUSE = re.compile(r"(?:(#+|[*|>]) )?(?:\{(.*?)\} ?)?(?:\*\*(.+?)\*\* ?)?(.*)", re.DOTALL)
_KINDS = {"*": ClauseKind.ITEM, "|": ClauseKind.ROW, ">": ClauseKind.QUOTE}


def outline(text: str) -> ClauseTree:
    """The tree that an outline draws."""
    lines = [line for line in text.split("\n") if line.strip()]
    return ClauseTree(Clause(ClauseKind.SECTION, "", children=_children(lines, 0, 0)))


def _children(lines: list[str], level: int, items: int) -> tuple[Clause, ...]:
    starts = [i for i, line in enumerate(lines) if len(line) - len(line.lstrip()) == level]
    made = []
    for start, stop in zip(starts, [*starts, len(lines)][1:], strict=True):
        clause = _clause(lines[start].strip(), items)
        inner = items + (clause.kind is ClauseKind.ITEM)
        made.append(replace(clause, children=_children(lines[start + 1 : stop], level + 2, inner)))
    return tuple(made)


def _clause(line: str, items: int) -> Clause:
    match = _CLAUSE.fullmatch(line)
    assert match
    mark, label, lead, text = (part or "" for part in match.groups())
    if mark.startswith("#"):
        return Clause(ClauseKind.SECTION, text, label=label, heading=text, depth=len(mark))
    kind = _KINDS.get(mark, ClauseKind.PARAGRAPH)
    if text.startswith("[["):
        names, _, text = text[2:].partition("]] ")
        return Clause(kind, text, text=text, depth=items, columns=tuple(names.split(" | ")))
    depth = items + (kind is ClauseKind.ITEM)
    return Clause(kind, f"{lead} {text}".strip(), label=label, lead=lead, text=text, depth=depth)


def operations(old: str, new: str) -> tuple[Operation, ...]:
    """Word operations by difflib: not the differ's, but of the same form."""
    before, after = re.findall(r"\s+|\w+|[^\w\s]", old), re.findall(r"\s+|\w+|[^\w\s]", new)
    made = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(Operation(OperationKind.EQUAL, "".join(before[a:b])))
            continue
        runs = ((OperationKind.DELETE, before[a:b]), (OperationKind.INSERT, after[c:d]))
        made += [Operation(kind, "".join(run)) for kind, run in runs if run]
    return tuple(made)


def comparison(old: ClauseTree, new: ClauseTree, told: list[dict[str, Any]]) -> Comparison:
    """`told`: relations with what their changes weigh, most important first."""
    before, after = list(old.walk()), list(new.walk())
    changes = tuple(_change(one, before, after, 1.0 / rank) for rank, one in enumerate(told, 1))
    gone, come = {p for c in changes for p in c.old}, {p for c in changes for p in c.new}
    stayed = zip(*([i for i in range(len(s)) if i not in t] for s, t in ((before, gone), (after, come))), strict=True)
    relations = [Relation(RelationKind.SAME, (a,), (b,)) for a, b in stayed]
    assert all(before[r.old[0]].words == after[r.new[0]].words for r in relations)
    relations += [Relation(c.kind, c.old, c.new, c.certainty, 0.5, c.evidence) for c in changes]
    return Comparison(old, new, Alignment(tuple(in_reading_order(relations))), changes)


def in_reading_order(relations: list[Relation]) -> list[Relation]:
    """By first new position, a removed clause after the relation of the clause before it in the old text."""
    ordered = sorted((r for r in relations if r.new), key=lambda r: r.new[0])
    for gone in sorted((r for r in relations if not r.new), key=lambda r: r.old[0]):
        spot = next((i for i, r in enumerate(ordered) if gone.old[0] - 1 in r.old), -1)
        ordered.insert(spot + 1, gone)
    return ordered


def _change(one: dict[str, Any], old: list[Clause], new: list[Clause], importance: float) -> Change:
    before = JOINT.join(old[p].words for p in one.get("old", ()))
    after = JOINT.join(new[p].words for p in one.get("new", ()))
    return Change(
        RelationKind(one["kind"]),
        tuple(one.get("old", ())),
        tuple(one.get("new", ())),
        Certainty(one.get("certainty", "firm")),
        Significance(one.get("significance", "substantive")),
        tuple(Signal(*signal) for signal in one.get("signals", ())),
        operations(before, after),
        importance,
        one.get("evidence", ""),
    )


def declared(kind: str, on: date) -> DeclaredDate:
    return DeclaredDate(DateKind(kind), on, f"{kind} {on}", 0)


def version(facts: dict[str, Any]) -> Version:
    first: datetime = facts["first_seen"]
    last = facts.get("last_seen", first + timedelta(days=30))
    standing = Standing(facts.get("standing", "confirmed"))
    return Version(
        number=facts["version"],
        state=f"{facts['version']:032x}",
        origin=VersionOrigin(facts.get("origin", "change" if facts.get("before") else "first")),
        first_seen=first,
        last_seen=last,
        before=facts.get("before"),
        standing=standing,
        confirmed_at=first + timedelta(hours=48) if standing is Standing.CONFIRMED else None,
        reverts_to=facts.get("reverts_to"),
        snapshots=(SnapshotKey(first, "main", SHA),),
        variants=(),
    )


def end(facts: dict[str, Any], tree: ClauseTree) -> End:
    dates = tuple(declared(*pair) for pair in facts.get("declared", ()))
    notes = tuple(facts.get("notes", ()))
    if "version" not in facts:
        return End(facts["asked"], tree, dates=dates, notes=notes)
    return End(
        facts["asked"],
        tree,
        version(facts),
        dates,
        notes,
        tuple(range(1, len(list(tree.walk())) + 1)),
        "ota-markdown",
        SHA,
        facts.get("permalink", ""),
    )


def diff(facts: dict[str, Any]) -> Diff:
    old, new = outline(facts["old"]), outline(facts["new"])
    compared = comparison(old, new, facts.get("relations", []))
    ends = end(facts["from"], old), end(facts["to"], new)
    return Diff(facts.get("document", ""), *ends, compared, facts.get("between", 0))


def dated(facts: dict[str, Any]) -> DatedChanges:
    dates = tuple(declared(*pair) for pair in facts.get("declared", ()))
    entries = tuple(Announcement(on, text, 0) for on, text in facts.get("announced", ()))
    compared = None
    if "old" in facts:
        compared = comparison(outline(facts["old"]), outline(facts["new"]), facts["relations"])
    changes = compared.changes if compared else ()
    kinds = tuple((k, n) for k in RelationKind if (n := sum(c.kind is k for c in changes)))
    weight = next((s for s in Significance if any(c.significance is s for c in changes)), None)
    announced = Announced(dates, dates if facts.get("new_date", True) else (), entries)
    permalink = f"https://trail.example/{facts['version']}"
    return DatedChanges(LogEntry(version(facts), announced, kinds, weight, permalink), compared)


def document(facts: dict[str, Any]) -> DocumentInfo:
    return DocumentInfo(facts["document"], facts.get("publisher", ""), facts.get("title", ""), url=facts.get("url", ""))


def _log(facts: dict[str, Any]) -> str:
    return changelog.plain(changelog.log_lines(document(facts), [dated(one).entry for one in facts["entries"]]), 80)


RENDERINGS: dict[str, Callable[[dict[str, Any]], str]] = {
    "terminal.txt": lambda f: changelog.plain(changelog.diff_lines(diff(f), context=f.get("context", 0)), 80),
    "stat.txt": lambda f: changelog.plain(changelog.stat_lines(diff(f)), 80),
    "diff.md": lambda f: changelog.diff_markdown(diff(f)),
    "unified.diff": lambda f: changelog.diff_unified(diff(f)),
    "diff.html": lambda f: _body(changelog.diff_html(diff(f))),
    "changelog.md": lambda f: changelog.changelog_markdown(document(f), map(dated, f["entries"])),
    "changelog.html": lambda f: _body(changelog.changelog_html(document(f), map(dated, f["entries"]))),
    "log.txt": _log,
}


def _body(page: str) -> str:
    """Without the head, whose style would be repeated in every case."""
    return page.partition("<main>")[2].partition("</main>")[0].strip() + "\n"


def facts_of(case: Path) -> dict[str, Any]:
    return tomllib.loads((case / "case.toml").read_text("utf-8"))


def expectations() -> list[Path]:
    """Every expected file of every case."""
    return [path for path in sorted(CASES.glob("*/*")) if path.name in RENDERINGS]


def _write_anew() -> None:
    for case in sorted(path.parent for path in CASES.glob("*/case.toml")):
        facts = facts_of(case)
        names = [name for name in RENDERINGS if (name.startswith(("changelog", "log"))) == ("entries" in facts)]
        for name in names:
            (case / name).write_text(RENDERINGS[name](facts), "utf-8")


if __name__ == "__main__":
    _write_anew()
