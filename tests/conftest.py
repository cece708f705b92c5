"""One loader for cases, and the places that tests share."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
CORPUS = Path(os.environ.get("CLAUSETRAIL_CORPUS", TESTS.parent.parent / "shared" / "corpus")).resolve()


def blocks(path: Path) -> list[tuple[str, str, str]]:
    """Cases of a file, divided by `===` lines: (first comment line as the name, input, expected after `---`)."""
    cases = []
    for block in path.read_text("utf-8").split("\n===\n"):
        head, _, expected = block.strip("\n").partition("\n---\n")
        name, _, given = head.partition("\n")
        cases.append((name.lstrip("# "), given, expected.strip("\n")))
    return cases


def table(path: Path) -> list[tuple[str, ...]]:
    """Rows of a file: cells divided by `|`, white space around them dropped; a line that begins with # is a comment.
    `\\u....` stands for a character that an editor would not show."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    return [
        tuple(_ESCAPE.sub(lambda m: chr(int(m[1], 16)), c.strip()) for c in re.split(r"\s\|(?=\s|$)", line))
        for line in lines
    ]


_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Folder of the real histories; where they are absent the test is skipped, and in CI it fails."""
    if not CORPUS.is_dir():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no corpus at {CORPUS}: set CLAUSETRAIL_CORPUS")
    return CORPUS
