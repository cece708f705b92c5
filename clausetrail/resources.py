"""What ships beside the code: source declarations, licences, and the demonstration corpus."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from clausetrail.errors import UsageError

_DATA = "data"


@dataclass(frozen=True, slots=True)
class Collection:
    """Where texts come from as a body: who gathered them, under which licence, and whom to credit.

    Read from `data/collections/NAME.toml`, whose shape `data/collections/schema.json` fixes.
    """

    name: str
    title: str
    about: str
    url: str
    licence: str
    """SPDX identifier."""
    licence_title: str
    licence_url: str
    attribution: str


def data_path(*parts: str) -> Traversable:
    """A file or folder of the data: `data_path("demo", "manifest.jsonl")`.

    In a checkout it lies in `data/` at the repository's root, in an installed wheel in `clausetrail/data`.
    Raises UsageError where there is no such file, or where the parts lead out of the data."""
    if any(part in ("", ".", "..") or "/" in part or "\\" in part for part in parts):
        raise UsageError(f"not a name of Clausetrail's own data: {'/'.join(parts)!r}")
    found = _root().joinpath(*parts)
    if not (found.is_file() or found.is_dir()):
        raise UsageError(f"Clausetrail's own data has no {'/'.join(parts)!r}: reinstall Clausetrail")
    return found


def collection(name: str) -> Collection:
    """The collection of that name.  Raises UsageError, with the names that exist, for an unknown one."""
    known = {each.name: each for each in collections()}
    if name not in known:
        raise UsageError(f"unknown collection {name!r}: there are {', '.join(known)}")
    return known[name]


@cache
def collections() -> tuple[Collection, ...]:
    """All collections, by name."""
    entries = (entry for entry in data_path("collections").iterdir() if entry.name.endswith(".toml"))
    return tuple(_read_collection(entry) for entry in sorted(entries, key=lambda entry: entry.name))


def _read_collection(entry: Traversable) -> Collection:
    values = tomllib.loads(entry.read_text(encoding="utf-8"))
    names = [field.name for field in fields(Collection) if field.name != "name"]
    return Collection(name=entry.name.removesuffix(".toml"), **{name: values[name] for name in names})


def _root() -> Traversable:
    shipped = files("clausetrail").joinpath(_DATA)
    return shipped if shipped.is_dir() else Path(__file__).resolve().parent.parent / _DATA
