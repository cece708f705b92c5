"""Every rendering of every case is what its file says."""

from pathlib import Path

import pytest

from tests.changelog.loader import RENDERINGS, expectations, facts_of


@pytest.mark.parametrize("path", expectations(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_rendering(path: Path) -> None:
    assert RENDERINGS[path.name](facts_of(path.parent)) == path.read_text("utf-8")
