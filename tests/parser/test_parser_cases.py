"""Every folder of `cases` holds a page (`input.*`) and the outline that it must be read as (`expected.txt`).

Beside them may stand `dropped.txt`: what is dropped from the page, in reading order, as `rule: words`; `words.txt`: the
normal form of every clause; `facts.txt`: what the page says of itself outside of its text; and `options.txt`: `url`,
`select` and `remove` as the source declares them, one a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from clausetrail.model import Clause, Reading
from clausetrail.parser import explain, media_type_of, read

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


def outline(reading: Reading) -> str:
    """What was read, one fact a line: title, language, dates, announcements, then `kind depth [label] <lead> text`."""
    return "\n".join([*_facts(reading), *(line for clause in reading.tree.walk() for line in _clause(clause)), ""])


def _facts(reading: Reading) -> Iterator[str]:
    if not reading.verdict.policy:
        yield f"verdict: {reading.verdict.reason}"
    yield f"title: {reading.title}"
    yield f"language: {reading.language}"
    for d in reading.declared:
        yield f"date: {d.kind} {d.on}{' (month)' if d.precision == 'month' else ''} at {d.position}: {d.text}"
    for a in reading.announcements:
        yield f"news: {a.on} at {a.position}: {a.text}"


def _clause(clause: Clause) -> Iterator[str]:
    label = f"[{clause.label}]" if clause.label else ""
    lead = f"<{clause.lead}>" if clause.lead else ""
    anchor = f"#{clause.anchor}" if clause.anchor else ""
    parts = ["  " * clause.depth + clause.kind, str(clause.depth), anchor, label, lead, clause.heading or clause.text]
    yield " ".join(part for part in parts if part)
    if clause.columns:
        yield "  " * clause.depth + f"  = {' | '.join(clause.columns)}"
    for link in clause.links:
        yield "  " * clause.depth + f"  -> {link.text} | {link.target}"


def dropped(case: Path) -> str:
    """What was dropped, one block or element a line, with the rule that dropped it."""
    told = explain(*page_of(case), **options_of(case))
    return "".join(f"{one.rule}: {one.text}\n" for one in told if not one.kept)


def words(case: Path) -> str:
    """The normal form of every clause, one a line."""
    return "".join(f"{clause.words}\n" for clause in reading_of(case).tree.walk())


def facts(case: Path) -> str:
    """What the page says of itself outside of its text."""
    found = reading_of(case).facts
    told = {
        "language": found.language,
        "canonical": found.canonical,
        "published": found.published,
        "modified": found.modified,
    }
    times = "".join(f"time: {said} | {printed}\n" for said, printed in found.times)
    return "".join(f"{name}: {fact}\n" for name, fact in told.items()) + times


def page_of(case: Path) -> tuple[bytes, str]:
    """The page of a case, and its media type."""
    page = next(path for path in case.iterdir() if path.stem == "input")
    body = page.read_bytes()
    return body, media_type_of(page.name, body)


def options_of(case: Path) -> dict[str, Any]:
    """Address and selectors that the source of a case declares."""
    path = case / "options.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = [(name, value) for name, _, value in (line.partition(": ") for line in lines)]
    options: dict[str, Any] = {name: tuple(v for n, v in pairs if n == name) for name in ("select", "remove")}
    return options | {name: value for name, value in pairs if name == "url"}


def reading_of(case: Path) -> Reading:
    return read(*page_of(case), **options_of(case))


BESIDE: dict[str, Callable[[Path], str]] = {"dropped.txt": dropped, "words.txt": words, "facts.txt": facts}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(case: Path) -> None:
    assert outline(reading_of(case)) == (case / "expected.txt").read_text(encoding="utf-8")
    for name, made in BESIDE.items():
        if (case / name).exists():
            assert made(case) == (case / name).read_text(encoding="utf-8")
