"""The settings file: where it is, and what it says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from clausetrail.errors import UsageError
from clausetrail.model import Declaration, Rendering, WaybackService
from clausetrail.settings.documents import declarations, document_mistakes
from clausetrail.settings.places import line_of, places
from clausetrail.settings.rules import confirmation, rule_mistakes, rules
from clausetrail.settings.shape import Mistake, mistakes
from clausetrail.settings.times import span
from clausetrail.settings.values import DATABASE, FILE, Fetching, Settings

MAX_BYTES = 8 * 1024 * 1024
_MOST = 20
"""Mistakes that are told at once."""


def find(folder: Path) -> Path | None:
    """The settings file of a folder: its own, or that of the nearest folder above it that has one."""
    here = folder.absolute()
    return next((each / FILE for each in (here, *here.parents) if (each / FILE).is_file()), None)


def governing(database: Path) -> Settings:
    """The settings that a database is kept by: those of its own folder, wherever the command is given."""
    found = find(database.parent)
    return read(found) if found else Settings()


def read(path: Path) -> Settings:
    """Raises UsageError for a file with mistakes: one line for each, with its place in the file and how to mend it."""
    return _settings(path, text_of(path))


def text_of(path: Path) -> str:
    """The text of a settings file.  Raises UsageError where it cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{path}: is larger than {MAX_BYTES >> 20} MB; put documents into several workspaces")
        return path.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); mend it, or take it away") from error


def documents_in(path: Path, text: str) -> tuple[Declaration, ...]:
    """The documents that a text declares; `path` is what it is called in messages.  Raises UsageError."""
    return declarations(parsed(path, text).get("document", ()))


@lru_cache(maxsize=8)
def _settings(path: Path, text: str) -> Settings:
    data = parsed(path, text)
    return Settings(
        database=data.get("database", DATABASE),
        confirmation=confirmation(data.get("history", {})),
        significance=rules(data.get("significance", ())),
        fetching=_fetching(path, data.get("fetch", {})),
        documents=declarations(data.get("document", ())),
        timestamps=data.get("evidence", {}).get("timestamps", ""),
        timestamp_certificates=data.get("evidence", {}).get("certificates", ""),
        wayback=WaybackService(**data.get("wayback", {})),
    )


def parsed(path: Path, text: str) -> dict[str, Any]:
    """The data of a settings file without mistakes; `path` is what it is called in messages.  Raises UsageError."""
    try:
        data = tomllib.loads(text)
    except RecursionError as error:
        raise UsageError(f"{path}: cannot be read (it is nested too deeply); mend it, or take it away") from error
    except ValueError as error:
        said, _, place = str(error).partition(" (at ")
        line = place.removeprefix("line ").partition(",")[0] if place.startswith("line ") else text.count("\n") or 1
        raise UsageError(f"{path}:{line}: cannot be read as TOML ({said}); mend it or the line above") from error
    found = mistakes(data) or [
        *rule_mistakes(data.get("significance", ())),
        *document_mistakes(data.get("document", ())),
    ]
    if found:
        raise UsageError("\n".join(_told(path, text, found)))
    return data


def _told(path: Path, text: str, found: list[Mistake]) -> list[str]:
    lines = places(text)
    told = sorted({(line_of(lines, mistake.key), mistake.said) for mistake in found})
    more = [f"{path}: and {len(told) - _MOST} more mistakes"] if len(told) > _MOST else []
    return [*(f"{path}:{line}: {said}" for line, said in told[:_MOST]), *more]


def _fetching(path: Path, given: Mapping[str, Any]) -> Fetching:
    usual = Fetching()
    return Fetching(
        contact=given.get("contact", usual.contact),
        interval=span(given["interval"]) if "interval" in given else usual.interval,
        delay=span(given["delay"]) if "delay" in given else usual.delay,
        rendering=Rendering(given.get("browser", usual.rendering)),
        allow=tuple(given.get("allow", usual.allow)),
        authorities=str(path.parent / given["authorities"]) if "authorities" in given else usual.authorities,
        alarm_after=given.get("alarm_after", usual.alarm_after),
    )
