"""Every folder of `pdf_cases` holds what a PDF is drawn from, and the outline that it must be read as."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausetrail.parser import read
from tests.parser.pdf_maker import pdf_of
from tests.parser.test_parser_cases import outline

CASES = sorted(path for path in (Path(__file__).parent / "pdf_cases").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(case: Path) -> None:
    body = pdf_of((case / "input.txt").read_text(encoding="utf-8"))
    assert outline(read(body, "application/pdf")) == (case / "expected.txt").read_text(encoding="utf-8")
