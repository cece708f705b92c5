"""The workspace's settings, `clausetrail.toml`:

    database = "policies.db"        # beside this file, or where else it is

    [history]
    confirm_after = "48h"           # m, h or d
    confirm_observations = 3        # instead: so many looks, however soon

All of it may be left out.  A key that is not known is an error, so that a slip of the pen is never taken for the
default.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from clausetrail.errors import UsageError
from clausetrail.model import Confirmation

FILE = "clausetrail.toml"
DATABASE = "policies.db"
"""The database where none is named."""

_DURATION = re.compile(r"(\d{1,5}) ?(m|h|d)")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Settings:
    database: str = DATABASE
    """Path, from the folder of the file."""
    confirmation: Confirmation = field(default_factory=Confirmation)


def find(folder: Path) -> Path | None:
    """The settings file of a folder: its own, or that of the nearest folder above it that has one."""
    here = folder.absolute()
    return next((each / FILE for each in (here, *here.parents) if (each / FILE).is_file()), None)


def governing(database: Path) -> Settings:
    """The settings that a database is kept by: those of its own folder, wherever the command is given."""
    found = find(database.parent)
    return read(found) if found else Settings()


def read(path: Path) -> Settings:
    """Raises UsageError, naming the file and the key, for what is no setting."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); mend it, or take it away") from error
    _only(path, data, "", ("database", "history"))
    database, history = data.get("database", DATABASE), data.get("history", {})
    if not isinstance(database, str) or not database:
        raise UsageError(f"{path}: `database` must be a file name in quotes")
    if not isinstance(history, dict):
        raise UsageError(f"{path}: `history` must be a table, [history]")
    _only(path, history, "history.", ("confirm_after", "confirm_observations"))
    return Settings(database, Confirmation(_after(path, history), _observations(path, history)))


def _only(path: Path, table: dict[str, Any], above: str, known: tuple[str, ...]) -> None:
    for name in table:
        if name not in known:
            raise UsageError(f"{path}: `{above}{name}` is no setting; known are {', '.join(above + k for k in known)}")


def _after(path: Path, history: dict[str, Any]) -> timedelta:
    if "confirm_after" not in history:
        return Confirmation().after
    given = history["confirm_after"]
    found = _DURATION.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise UsageError(f'{path}: `history.confirm_after` must be a time such as "48h", "90m" or "7d"')
    return int(found[1]) * _UNITS[found[2]]


def _observations(path: Path, history: dict[str, Any]) -> int | None:
    given = history.get("confirm_observations")
    if given is None or (isinstance(given, int) and not isinstance(given, bool) and given > 0):
        return given
    raise UsageError(f"{path}: `history.confirm_observations` must be a whole number from 1")
