"""The development lock: complete, hashed, and free of the names of hosts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def canonical(requirement: str) -> str:
    """Name of a requirement as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;@]", requirement, maxsplit=1)[0]).lower()


def test_names_no_host() -> None:
    assert "://" not in LOCK
    assert "--index-url" not in LOCK
    assert "--find-links" not in LOCK


def test_every_entry_is_pinned_and_hashed() -> None:
    entries = re.split(r"\n(?=[a-zA-Z])", LOCK.partition("\n")[2])[1:]
    assert len(entries) > 40
    for entry in entries:
        assert re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_holds_everything_that_the_project_asks_for() -> None:
    asked = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["dependency-groups"]["dev"],
        *(x for extra in PROJECT["project"]["optional-dependencies"].values() for x in extra),
        *PROJECT["build-system"]["requires"],
    ]
    held = {canonical(line) for line in LOCK.splitlines() if re.match(r"[a-zA-Z]", line)}
    assert {canonical(requirement) for requirement in asked} <= held
