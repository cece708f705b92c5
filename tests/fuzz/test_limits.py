"""What the largest and the deepest pages cost.  Each is read in a process of its own, which then tells its memory."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

pytest.importorskip("resource", reason="tells the memory of a process, and is not on Windows")

MEGABYTES = 500
SECONDS = 15.0
"""Three times what is promised: other tests run beside these, and measure in `make fuzz`."""

_READ = """
import json, resource, sys, time
from clausetrail.errors import ParseError
from clausetrail.parser import read
unit, size, media_type = json.loads(sys.argv[1])
body = unit.encode()
body = body * (size // len(body))
if media_type == "text/html" and size < 5_000_000:
    body += b"<script>" + b"var lamp = 1; " * ((50_000_000 - len(body)) // 14) + b"</script>"
began = time.process_time()
try:
    done = sum(1 for _ in read(body, media_type).tree.walk())
except ParseError as error:
    done = str(error)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 << 20 if sys.platform == "darwin" else 1 << 10)
print(json.dumps([done, time.process_time() - began, peak]))
"""
LINE = "The lamp is lit at dusk by whoever keeps it, and put out at dawn by the next keeper. "


def cost(unit: str, size: int, media_type: str = "text/html") -> tuple[int | str, float, int]:
    """Number of clauses or the refusal, seconds of processor time, megabytes."""
    argument = json.dumps([unit, size, media_type])
    done = subprocess.run([sys.executable, "-c", _READ, argument], capture_output=True, text=True, check=True)
    clauses, seconds, peak = json.loads(done.stdout)
    return clauses, seconds, peak


@pytest.mark.slow
@pytest.mark.parametrize(
    ("unit", "size"),
    [
        (f"<p class='{'x' * 1_500}'>{LINE}</p>", 50_000_000),
        (f"<script>{'var a = 1; ' * 300}</script><p>{LINE}</p>", 50_000_000),
        ("灯塔", 3_900_000),
        ("<b>a</b> ", 1_700_000),
        ("<p>a", 200_000),
        ("a ", 50_000_000),
        ("<p>a", 50_000_000),
        ("Ã©", 50_000_000),
    ],
    ids=["attributes", "scripts", "one-paragraph", "inline-tags", "paragraphs", "words", "tags", "double-encoded"],
)
def test_a_page_of_50_megabytes_is_read_in_500(unit: str, size: int) -> None:
    _, _, peak = cost(unit, size)
    assert peak < MEGABYTES


@pytest.mark.slow
@pytest.mark.parametrize("media_type", ["text/html", "text/markdown", "text/plain"])
@pytest.mark.parametrize(
    "unit",
    [
        "<p>a",
        "<b>a</b>",
        "<ul><li>a",
        "<table><tr><td>a",
        "**a** ",
        "- a\n",
        "a\n\n",
        "[a](b) ",
        LINE,
        f"<p>{LINE}",
        "(a) ",
    ],
    ids=str.strip,
)
def test_5_megabytes_take_no_longer_than_promised(unit: str, media_type: str) -> None:
    _, seconds, peak = cost(unit, 5_000_000, media_type)
    assert seconds < SECONDS
    assert peak < MEGABYTES


def test_what_is_too_much_is_refused_in_one_line() -> None:
    for unit, what in (("<b>", "400,000 tags"), ("<p>a", "400,000 tags"), ("lamp ", "4,000,000 characters of text")):
        said, _, _ = cost(unit, 21_000_000)
        assert isinstance(said, str)
        assert said.startswith(f"has more than {what}")
