"""Every folder of `cases` holds a page and the outline that it must be read as."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clausetrail.model import Clause, Reading
from clausetrail.parser import media_type_of, read

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
    for link in clause.links:
        yield "  " * clause.depth + f"  -> {link.text} | {link.target}"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(case: Path) -> None:
    page = next(path for path in case.iterdir() if path.stem == "input")
    body = page.read_bytes()
    expected = (case / "expected.txt").read_text(encoding="utf-8")
    assert outline(read(body, media_type_of(page.name, body))) == expected
