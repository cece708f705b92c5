"""The workspace's settings, `clausetrail.toml`:

    database = "policies.db"        # beside this file, or where else it is

    [history]
    confirm_after = "48h"           # m, h or d
    confirm_observations = 3        # instead: so many looks, however soon

    [evidence]
    timestamps = "https://tsa.example/tsr"      # authority that time-stamps the chain (RFC 3161)
    certificates = "tsa.pem"                    # that its signatures must lead to

    [[significance]]                # as many as are wanted; the first that fits a change decides
    raise = "substantive"           # or lower = "editorial"
    words = ["tribunal*"]           # and signals, pattern, documents, within, name

    [wayback]                       # another archive than the Wayback Machine
    cdx_url = "https://archive.example/cdx"
    replay_url = "https://archive.example/web"

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
from clausetrail.model import Confirmation, Declaration, Rendering, Significance, UserRule, WaybackService

FILE = "clausetrail.toml"
DATABASE = "policies.db"
"""The database where none is named."""

_BECOMES = {
    "raise": (Significance.SUBSTANTIVE, Significance.EDITORIAL),
    "lower": (Significance.EDITORIAL, Significance.STRUCTURAL, Significance.TYPOGRAPHIC),
}
"""What a rule of significance may make of a change."""
_LISTS = ("signals", "words", "documents")
_RULE = ("name", *_BECOMES, *_LISTS, "pattern", "within")
_LONGEST_PATTERN = 2_000
_DURATION = re.compile(r"(\d{1,5}) ?(m|h|d)")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Fetching:
    """How pages are asked for, where their source does not say."""

    contact: str = ""
    """Web or e-mail address that stands in the user agent."""
    interval: timedelta = timedelta(days=1)
    """Between two looks at a page."""
    delay: timedelta = timedelta(seconds=2)
    """Between two requests to one host."""
    rendering: Rendering = Rendering.NEVER
    allow: tuple[str, ...] = ()
    """Hosts and networks that may be asked though they are private (an intranet)."""
    authorities: str = ""
    """File of further certificate authorities, PEM, from the folder of the settings."""
    alarm_after: int = 3
    """Failures in a row after which a page counts as failing."""


@dataclass(frozen=True, slots=True)
class Settings:
    database: str = DATABASE
    """Path, from the folder of the file."""
    confirmation: Confirmation = field(default_factory=Confirmation)
    significance: tuple[UserRule, ...] = ()
    """In the order of the file."""
    fetching: Fetching = field(default_factory=Fetching)
    documents: tuple[Declaration, ...] = ()
    """What is followed, in the order of the file."""
    timestamps: str = ""
    """Address of the time-stamp authority (RFC 3161); empty: none is asked."""
    timestamp_certificates: str = ""
    """File of the certificates that its signatures must lead to, PEM, from the folder of the file; empty: signatures
    are not checked."""
    wayback: WaybackService = field(default_factory=WaybackService)


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
    _only(path, data, "", ("database", "history", "significance", "evidence", "wayback"))
    database, history = data.get("database", DATABASE), data.get("history", {})
    if not isinstance(database, str) or not database:
        raise UsageError(f"{path}: `database` must be a file name in quotes")
    if not isinstance(history, dict):
        raise UsageError(f"{path}: `history` must be a table, [history]")
    _only(path, history, "history.", ("confirm_after", "confirm_observations"))
    confirmation = Confirmation(_after(path, history), _observations(path, history))
    stamps, certificates = _evidence(path, data.get("evidence", {}))
    rules = _rules(path, data.get("significance", []))
    return Settings(
        database,
        confirmation,
        rules,
        timestamps=stamps,
        timestamp_certificates=certificates,
        wayback=_wayback(path, data.get("wayback", {})),
    )


def _only(path: Path, table: dict[str, Any], above: str, known: tuple[str, ...]) -> None:
    for name in table:
        if name not in known:
            raise UsageError(f"{path}: `{above}{name}` is no setting; known are {', '.join(above + k for k in known)}")


def _evidence(path: Path, given: Any) -> tuple[str, str]:
    """(address of the time-stamp authority, file of its certificates)."""
    if not isinstance(given, dict):
        raise UsageError(f"{path}: `evidence` must be a table, [evidence]")
    _only(path, given, "evidence.", ("timestamps", "certificates"))
    url, file = (_text(path, "evidence.", given, key) for key in ("timestamps", "certificates"))
    if url and not url.startswith(("https://", "http://")):
        raise UsageError(
            f"{path}: `evidence.timestamps` must be the address of an authority, https://... or http://..."
        )
    return url, file


def _wayback(path: Path, given: Any) -> WaybackService:
    if not isinstance(given, dict):
        raise UsageError(f"{path}: `wayback` must be a table, [wayback]")
    _only(path, given, "wayback.", ("cdx_url", "replay_url"))
    for name, url in given.items():
        if not isinstance(url, str) or not re.fullmatch(r"https?://\S+", url):
            raise UsageError(f"{path}: `wayback.{name}` must be an address in quotes that begins with https://")
    return WaybackService(**given)


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


def _rules(path: Path, given: Any) -> tuple[UserRule, ...]:
    if not isinstance(given, list) or not all(isinstance(rule, dict) for rule in given):
        raise UsageError(f"{path}: `significance` must be tables, each under a line [[significance]]")
    return tuple(_rule(path, rule, number) for number, rule in enumerate(given, 1))


def _rule(path: Path, given: dict[str, Any], number: int) -> UserRule:
    where = f"significance[{number}]."
    _only(path, given, where, _RULE)
    signals, words, documents = (_list(path, where, given, key) for key in _LISTS)
    name = _text(path, where, given, "name") or f"rule {number}"
    pattern = _text(path, where, given, "pattern")
    if not (signals or words or documents or pattern):
        raise UsageError(f"{path}: `{where}` fits every change; give it signals, words, a pattern or documents")
    for word in words:
        if not any(map(str.isalnum, word)):
            raise UsageError(f"{path}: `{where}words` has {word!r}, which is no word")
    _readable(path, where, pattern)
    within = _text(path, where, given, "within") or "change"
    if within not in ("change", "clause"):
        raise UsageError(f'{path}: `{where}within` must be "change" or "clause"')
    raises, becomes = _becomes(path, where, given)
    return UserRule(name, becomes, raises, signals, words, pattern, documents, whole=within == "clause")


def _becomes(path: Path, where: str, given: dict[str, Any]) -> tuple[bool, Significance]:
    named = [key for key in _BECOMES if key in given]
    if len(named) != 1:
        raise UsageError(f"{path}: `{where}` needs one of raise and lower")
    key = named[0]
    for significance in _BECOMES[key]:
        if given[key] == significance.value:
            return key == "raise", significance
    known = ", ".join(f'"{significance.value}"' for significance in _BECOMES[key])
    raise UsageError(f"{path}: `{where}{key}` must be one of {known}")


def _readable(path: Path, where: str, pattern: str) -> None:
    """Raises for what is no regular expression, or cannot be read here."""
    if not pattern:
        return
    if len(pattern) > _LONGEST_PATTERN:
        raise UsageError(f"{path}: `{where}pattern` is longer than {_LONGEST_PATTERN:,} characters; make it two rules")
    try:
        import re2
    except ImportError as error:
        raise UsageError(f"{path}: `{where}pattern` needs RE2: pip install 'clausetrail[rules]'") from error
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        raise UsageError(f"{path}: `{where}pattern` is no regular expression for RE2 ({_said(error)})") from error


def _said(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def _text(path: Path, where: str, given: dict[str, Any], key: str) -> str:
    found = given.get(key, "")
    if not isinstance(found, str) or (key in given and not found.strip()):
        raise UsageError(f"{path}: `{where}{key}` must be a text in quotes")
    return found


def _list(path: Path, where: str, given: dict[str, Any], key: str) -> tuple[str, ...]:
    found = given.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, str) and each.strip() for each in found):
        raise UsageError(f'{path}: `{where}{key}` must be a list of texts, such as ["one", "another"]')
    return tuple(found)
