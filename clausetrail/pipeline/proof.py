"""Proving the archive, and the head that lets somebody else prove it later."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from clausetrail import __version__
from clausetrail.errors import UsageError
from clausetrail.pipeline.comparing import rules_of
from clausetrail.pipeline.ingest import revisions, settings_of
from clausetrail.pipeline.pool import Progress
from clausetrail.pipeline.stamping import worth
from clausetrail.store import Store, canonical

HEAD_FORMAT = "clausetrail-head/1"
_NEEDED = {"rows": int, "head": str, "digest": str}


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of proving an archive."""

    problems: tuple[str, ...]
    """One line each; none where all of it is proved."""
    stamps: str
    """What its time-stamps are worth; empty where there are none."""


def proved(store: Store, head: Path | None = None, progress: Progress | None = None) -> Proof:
    """Prove the whole archive, its time-stamps too, and that it goes on from the head in a file.

    Raises UsageError where the file holds no head, or one that was altered."""
    first = against(store, head) if head else ""
    stamps = worth(store, settings_of(store))
    return Proof((*filter(None, [first]), *store.verify(progress), *stamps.problems), stamps.note)


def tool(store: Store) -> dict[str, Any]:
    """Which Clausetrail says so: its version, and the revisions of what decides, the workspace's own rules included."""
    return {"clausetrail": __version__, **revisions(rules_of(settings_of(store)))._asdict()}


def head(store: Store) -> dict[str, Any]:
    """The head of the chain, to be given to somebody who keeps it apart from the archive.

    `digest` is SHA-256 over the other fields as canonical JSON, so that a slip in copying shows.  To be taken only
    once the archive has been proved."""
    rows, link = store.chain_head()
    said: dict[str, Any] = {
        "format": HEAD_FORMAT,
        "archive": store.archive_path.name,
        "rows": rows,
        "head": link,
        "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "tool": tool(store),
    }
    return {**said, "digest": _digest(said)}


def against(store: Store, file: Path) -> str:
    """Why the archive does not go on from the head in a file; empty where it does.

    Raises UsageError where the file holds no head, or one that was altered."""
    try:
        said = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{file}: holds no head ({error}); `clausetrail verify --export` prints one") from error
    if not isinstance(said, dict) or said.get("format") != HEAD_FORMAT:
        raise UsageError(f"{file}: holds no head; `clausetrail verify --export` prints one")
    whole = all(isinstance(said.get(name), kind) for name, kind in _NEEDED.items())
    if not whole or said.pop("digest") != _digest(said):
        raise UsageError(f"{file}: the head does not match its own digest: it was altered, or copied badly")
    return store.head_problem(said["rows"], said["head"])


def _digest(said: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(said).encode("ascii")).hexdigest()
