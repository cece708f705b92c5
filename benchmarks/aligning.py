"""Which clause became which: time and quality beside other tools on the labelled pairs, and time at hostile sizes.

Times are of the processor, in a process of its own for each round: nothing is remembered from an earlier look at the
same words.  The rules have been read by then; what that takes is a row of its own.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks import labelled, made, peers
from benchmarks.measure import Row, cpu, fresh, ratio, shown
from clausetrail.model import ClauseTree

ROUNDS = 3
OURS, ALIGNED = "Clausetrail", "Clausetrail, aligned"
LANGUAGES = ("en", "fr", "de")
LARGE, HUGE = 3_400, 50_000
"""Clauses."""
WORST, HOSTILE = 8_700, 200_000
"""Words of one clause."""


def rows(_folder: Path) -> list[Row]:
    return [*_labelled(), *(fresh(row) for row in (_first, _large, _rewritten, _huge, _worst, _other, _hostile))]


def _labelled() -> list[Row]:
    if not labelled.present():
        return [Row("labelled pairs", "-", labelled.ABSENT)]
    times = _times()
    scores = {name: _score(name) for name in times if name != ALIGNED}
    pairs = f"{len(times[OURS])} labelled pairs"
    mine = _told(times[OURS])
    found = [
        Row(f"{pairs}, aligned", _told(times[ALIGNED]), goal="≤ 15 ms, ≤ 100 ms"),
        Row(f"{pairs}, with words and significance", mine),
    ]
    for name, (module, _) in peers.PEERS.items():
        there = peers.installed(module)
        theirs = _told(times[name]) if there else "not installed"
        share = ratio(*(statistics.median(times[tool]) for tool in (OURS, name))) if there else ""
        found.append(Row("the same", mine, theirs, name, share))
    mine = _f1(scores.pop(OURS))
    found.append(Row("links, easy / hard F1", mine, goal="≥ .99 / ≥ .80"))
    return found + [Row("the same", mine, _f1(score), name) for name, score in scores.items()]


def _f1(score: tuple[float, float] | None) -> str:
    return " / ".join(f"{value:.3f}".removeprefix("0") for value in score) if score else "gives no links"


def _told(seconds: list[float]) -> str:
    return f"median {shown(statistics.median(seconds))}, largest {shown(max(seconds))}"


def _times() -> dict[str, list[float]]:
    """Seconds by tool and pair, the median of the rounds."""
    rounds = [{**fresh(_round), **fresh(_aligned)} for _ in range(ROUNDS)]
    return {
        tool: [statistics.median(each) for each in zip(*(r[tool] for r in rounds), strict=True)] for tool in rounds[0]
    }


def _round() -> dict[str, list[float]]:
    _read_rules()
    pairs = _pairs()
    return {name: [cpu(tool, *pair) for pair in pairs] for name, tool in _tools().items()}


def _aligned() -> dict[str, list[float]]:
    from clausetrail.differ import align

    _read_rules()
    return {ALIGNED: [cpu(align, *pair) for pair in _pairs()]}


def _tools() -> dict[str, Callable[[ClauseTree, ClauseTree], Any]]:
    from clausetrail.differ import compare

    others = {name: ask for name, (module, ask) in peers.PEERS.items() if peers.installed(module)}
    return {OURS: compare, **others}


@cache
def _pairs() -> list[tuple[ClauseTree, ClauseTree]]:
    from clausetrail.pipeline.compare import read_file

    folders = [labelled.BENCH / "align" / "gold-dev" / gold["id"] for gold in labelled.golds()]
    return [(read_file(f / "old.md").tree, read_file(f / "new.md").tree) for f in folders]


def _score(name: str) -> tuple[float, float] | None:
    """Easy and hard link F1; None for a tool that gives no links."""
    predicted = {}
    for gold, (old, new) in zip(labelled.golds(), _pairs(), strict=True):
        links = _links(name, old, new)
        if links is None:
            return None
        predicted[gold["id"]] = labelled.linked(gold, [_printed(old), _printed(new)], links)
    return labelled.link_f1(predicted)


def _links(name: str, old: ClauseTree, new: ClauseTree) -> list[dict[str, Any]] | None:
    answer = _tools()[name](old, new)
    if name == OURS:
        return [{"old": r.old, "new": r.new, "kind": r.kind.value} for r in answer.alignment.relations]
    return None if answer is None else [{"old": [o], "new": [n], "kind": ""} for o, n in answer]


def _printed(tree: ClauseTree) -> list[dict[str, Any]]:
    return [
        {"id": at, "label": c.label, "lead": c.lead, "text": c.text, "heading": c.heading}
        for at, c in enumerate(tree.walk())
    ]


def _first() -> Row:
    """The very first comparison of a process."""
    from clausetrail.differ import compare

    old, new = made.tree(["You may sing in the tower."]), made.tree(["You must sing in the tower."])
    return Row("first comparison of a process, rules read", shown(cpu(compare, old, new)))


def _large() -> Row:
    return _made(f"two documents of {LARGE:,} clauses, 8 % changed", LARGE, 0.08, "< 2 s")


def _rewritten() -> Row:
    return _made(f"two documents of {LARGE:,} clauses, all changed", LARGE, 1.0)


def _huge() -> Row:
    return _made(f"two documents of {HUGE:,} clauses, 8 % changed", HUGE, 0.08)


def _made(what: str, clauses: int, changed: float, goal: str = "") -> Row:
    from clausetrail.differ import compare

    _read_rules()
    old, new = made.pair(clauses, changed=changed)
    ours = cpu(lambda: compare(old, new, language="en"))
    theirs = cpu(peers.difflib, old, new)
    return Row(what, shown(ours), shown(theirs), "difflib, lines", ratio(ours, theirs), goal)


def _worst() -> Row:
    writer = made.Writer(3)
    old = writer.text(WORST)
    return _clause(f"one clause of {WORST:,} words, a tenth edited", old, writer.edited(old, 0.1), "< 100 ms")


def _other() -> Row:
    writer = made.Writer(4)
    return _clause(f"one clause of {WORST:,} words, rewritten", writer.text(WORST), writer.text(WORST), "< 100 ms")


def _hostile() -> Row:
    writer = made.Writer(5)
    old = writer.text(HOSTILE)
    return _clause(
        f"one clause of {HOSTILE:,} words, a tenth edited", old, writer.edited(old, 0.1), "no hang", alone=True
    )


def _clause(what: str, old: str, new: str, goal: str, *, alone: bool = False) -> Row:
    from clausetrail.differ import operations

    _read_rules()
    ours = cpu(operations, old, new)
    if alone:
        return Row(what, shown(ours), goal=goal)
    theirs = cpu(_plain_words, old, new)
    return Row(what, shown(ours), shown(theirs), "diff-match-patch over words", ratio(ours, theirs), goal)


def _plain_words(old: str, new: str) -> None:
    """The recipe that diff-match-patch's documentation gives for words, without its limit of one second."""
    from diff_match_patch import diff_match_patch

    tool = diff_match_patch()
    tool.Diff_Timeout = 0
    x, y, words = tool.diff_linesToChars(old.replace(" ", "\n"), new.replace(" ", "\n"))
    diffs = tool.diff_main(x, y, False)
    tool.diff_charsToLines(diffs, words)
    tool.diff_cleanupSemantic(diffs)


def _read_rules() -> None:
    from clausetrail.differ import compare

    old, new = made.tree(["You may sing for 3 days."]), made.tree(["You must not sing for 4 days."])
    for language in LANGUAGES:
        compare(old, new, language=language)
