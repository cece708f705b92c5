from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clausetrail.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty database, open for writing."""
    with Store.open(tmp_path / "policies.db", create=True) as opened:
        yield opened
