"""Corrections by hand: a text file that people keep under version control, and its image in the database."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from clausetrail.errors import CorrectionError
from clausetrail.model import Correction, CorrectionKind, DateKind, DeclaredDate
from clausetrail.store.codec import clean, date_row, day, declared_date, dumps, loads

_TABLE = "correction"
_ALWAYS = ("kind", "document", "who", "when", "why")
_SNAPSHOT = (CorrectionKind.JUNK, CorrectionKind.POLICY, CorrectionKind.DATE)
_PAIR = (CorrectionKind.LINK, CorrectionKind.UNLINK)
_KNOWN = {*_ALWAYS, "snapshot", "old", "new", "declared"}
_HEXADECIMAL = frozenset("0123456789abcdef")
_PREFIX = 8
_Kind = TypeVar("_Kind", CorrectionKind, DateKind)


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a file, in its order; none where there is no file.

    Raises CorrectionError, naming the entry by its number from 1, for what is no TOML or does not say what it must.
    """
    try:
        return _parsed(path, path.read_text("utf-8") if path.exists() else "")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{path}: cannot be read ({error}); mend it or take it away") from error


def _parsed(path: Path, text: str) -> tuple[Correction, ...]:
    import tomllib

    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CorrectionError(f"{path}: is not TOML: {error}") from error
    entries = content.pop(_TABLE, [])
    if content or not isinstance(entries, list):
        raise CorrectionError(f"{path}: may hold [[{_TABLE}]] entries only, not {', '.join(content) or _TABLE!r}")
    return tuple(_correction(f"{path}: correction {i}", entry) for i, entry in enumerate(entries, 1))


def _correction(where: str, entry: object) -> Correction:
    if not isinstance(entry, dict):
        raise CorrectionError(f"{where}: is not a table; begin it with [[{_TABLE}]]")
    _check(where, entry)
    kind = _choice(where, "kind", entry["kind"], CorrectionKind)
    found = Correction(
        kind=kind,
        declared=_declared(where, entry["declared"]) if "declared" in entry else None,
        **{name: entry[name] for name in _KNOWN - {"kind", "declared"} if name in entry},
    )
    _check_kind(where, found)
    return found


def _check(where: str, entry: Mapping[str, object]) -> None:
    """Names and types."""
    for name in _ALWAYS:
        if not entry.get(name):
            raise CorrectionError(f"{where}: does not say {name!r}")
    for name, value in entry.items():
        if name not in _KNOWN:
            raise CorrectionError(f"{where}: {name!r} is not known; it may say {', '.join(sorted(_KNOWN))}")
        wanted: type = date if name == "when" else dict if name == "declared" else str
        if type(value) is not wanted:
            example = "a day such as 2024-05-17, without quotes" if wanted is date else f"a {wanted.__name__}"
            raise CorrectionError(f"{where}: {name!r} must be {example}")


def _check_kind(where: str, found: Correction) -> None:
    """What a correction of its kind must say."""
    snapshot = found.snapshot
    if snapshot and not (_PREFIX <= len(snapshot) <= 64 and _HEXADECIMAL.issuperset(snapshot)):
        raise CorrectionError(f"{where}: 'snapshot' must be a SHA-256, or at least its first {_PREFIX} digits")
    missing = {
        "snapshot": found.kind in _SNAPSHOT and not snapshot,
        "old": found.kind in _PAIR and not found.old,
        "new": found.kind in _PAIR and not found.new,
        "declared": found.kind is CorrectionKind.DATE and found.declared is None,
        "old' or 'new": found.kind is CorrectionKind.FALSE_ALARM and not (found.old or found.new),
    }
    for name, absent in missing.items():
        if absent:
            raise CorrectionError(f"{where}: does not say '{name}', which a correction of kind {found.kind} must")


def _declared(where: str, entry: Mapping[str, Any]) -> DeclaredDate:
    kind = _choice(where, "declared.kind", entry.get("kind"), DateKind)
    on, text, precision = entry.get("on"), entry.get("text", ""), entry.get("precision", "day")
    if type(on) is not date:
        raise CorrectionError(f"{where}: 'declared.on' must be a day such as 2024-05-17, without quotes")
    if type(text) is not str or type(entry.get("position", 0)) is not int:
        raise CorrectionError(f"{where}: 'declared.text' must be a str, 'declared.position' a whole number")
    if precision not in ("day", "month"):
        raise CorrectionError(f"{where}: 'declared.precision' must be day or month")
    return DeclaredDate(kind, on, text, entry.get("position", 0), precision)


def _choice(where: str, name: str, value: Any, kinds: type[_Kind]) -> _Kind:
    try:
        return kinds(value)
    except ValueError as error:
        raise CorrectionError(f"{where}: {name!r} must be one of {', '.join(kinds)}, not {value!r}") from error


def append_correction(path: Path, correction: Correction) -> None:
    """Add one entry at the end; what is there stays as it is, comments too.  The file is replaced in one step.

    Raises CorrectionError where the file, or the entry, could not be read back.
    """
    import tomli_w

    before = path.read_text("utf-8") if path.exists() else ""
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    text = f"{before}{gap}{tomli_w.dumps({_TABLE: [_entry(correction)]}, multiline_strings=False)}"
    known = len(_parsed(path, before))
    if len(_parsed(path, text)) != known + 1:
        raise CorrectionError(f"{path}: cannot be added to; keep its entries as [[{_TABLE}]]")
    _replace(path, text)


def _entry(correction: Correction) -> dict[str, Any]:
    said = {name: getattr(correction, name) for name in (*_ALWAYS, "snapshot", "old", "new")}
    entry = {name: value for name, value in said.items() if value}
    entry["kind"] = correction.kind.value
    if correction.declared:
        kind, _, text, position, precision = date_row(correction.declared)
        entry["declared"] = {"kind": kind, "on": correction.declared.on, "precision": precision}
        entry["declared"] |= {"text": text, "position": position}
    return entry


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class Mirrored(NamedTuple):
    """A correction as the last derivation met it."""

    correction: Correction
    problem: str
    """Why it no longer fits; empty where it was applied."""


def mirror(db: sqlite3.Connection, corrections: Iterable[Correction], problems: Mapping[int, str]) -> None:
    """Show the corrections to readers of the database.  `problems` tells, by index, which were not applied, and why."""
    db.execute("DELETE FROM corrections")
    db.executemany(
        "INSERT INTO corrections (entry, kind, document, who, made_on, why, snapshot, old, new, declared, applied,"
        " problem)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(i + 1, c.kind.value, clean(c.document), clean(c.who), c.when.isoformat(), clean(c.why), c.snapshot),
                *(clean(c.old), clean(c.new), dumps(date_row(c.declared)) if c.declared else None),
                *(i not in problems, problems.get(i, "")),
            )
            for i, c in enumerate(corrections)
        ),
    )


def mirrored(db: sqlite3.Connection) -> tuple[Mirrored, ...]:
    """What was mirrored last, in the order of the file."""
    rows = db.execute(
        "SELECT problem, declared, kind, document, who, made_on, why, snapshot, old, new FROM corrections"
        " ORDER BY entry"
    )
    return tuple(
        Mirrored(
            Correction(
                kind=CorrectionKind(kind),
                document=document,
                who=who,
                when=day(made_on),
                why=why,
                snapshot=snapshot,
                old=old,
                new=new,
                declared=declared_date(loads(declared)) if declared else None,
            ),
            problem,
        )
        for problem, declared, kind, document, who, made_on, why, snapshot, old, new in rows
    )
