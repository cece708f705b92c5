"""What Clausetrail exports, another tool replays byte for byte."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import replay
from tests.pipeline.test_warc import SLUG, URL, done, filled
from tests.warcs import page


@pytest.fixture(scope="module")
def programs() -> Path:
    """pywb's; without them the test is skipped, and in CI it fails."""
    found = replay.find()
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no pywb: run python tests/replay.py")
    return found


def test_pywb_replays_an_export(tmp_path: Path, programs: Path) -> None:
    warc = tmp_path / "x.warc.gz"
    done(filled(tmp_path), "export", "warc", SLUG, "-o", str(warc))
    expected = {"20240101": "sell", "20240106": "sell", "20240108": "rent", "20240110": "keep"}
    with replay.replaying(programs, tmp_path, warc) as port:
        for day, word in expected.items():
            media_type, body = replay.get(port, f"/case/{day}000000id_/{URL}")
            assert body == page(word)
            assert media_type.startswith("text/html")
        _, listing = replay.get(port, f"/case/cdx?url={URL}")
    assert [line.split()[1] for line in listing.decode().splitlines()] == [f"{day}000000" for day in expected]
