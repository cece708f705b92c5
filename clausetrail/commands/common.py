"""What commands share: the database, options, and how things are printed."""

from __future__ import annotations

import os
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clausetrail.errors import UsageError

if TYPE_CHECKING:
    from clausetrail.changelog.styled import Line
    from clausetrail.store import Store

DATABASE = "policies.db"
WORKSPACE = "clausetrail.toml"


def database_path() -> Path:
    """The database that `--database` names, else the workspace's, else `policies.db` here."""
    chosen = click.get_current_context().obj
    if isinstance(chosen, Path):
        return chosen
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / WORKSPACE).is_file():
            return folder / _workspace_database(folder / WORKSPACE)
    return Path(DATABASE)


def _workspace_database(settings: Path) -> str:
    try:
        named = tomllib.loads(settings.read_text("utf-8")).get("database", DATABASE)
    except (OSError, ValueError) as error:
        raise UsageError(f"{settings}: cannot be read ({error}); mend it or name --database") from error
    if not isinstance(named, str):
        raise UsageError(f"{settings}: `database` must be a file name")
    return named


@contextmanager
def reading() -> Iterator[Store]:
    """The database, for reading."""
    from clausetrail.store import Store

    with Store.open(database_path()) as store:
        yield store


@contextmanager
def writing(*, create: bool = True) -> Iterator[Store]:
    """The database, for writing; with `create` made if there is none."""
    from clausetrail.store import Store

    with Store.open(database_path(), write=True, create=create) as store:
        yield store


def format_option(*formats: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """`--format`; the first one is the default."""
    return click.option(
        "--format", "format_", type=click.Choice(formats), default=formats[0], show_default=True, help="How to print."
    )


def in_colour() -> bool:
    """Colour only on a terminal, and never where NO_COLOR is set (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def emit(lines: Iterable[Line]) -> None:
    """Print lines, wrapped to the terminal if there is one."""
    from clausetrail.changelog.styled import ansi, plain

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    emit_text(ansi(lines, width) if in_colour() else plain(lines, width))


def emit_text(text: str) -> None:
    """Print text that is safe already, byte for byte as UTF-8."""
    if text and not text.endswith("\n"):
        text += "\n"
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def emit_json(value: object, *, lines: bool = False) -> None:
    """Print a view, views, or data as JSON: one indented value, or with `lines` one value a line."""
    from clausetrail.changelog.json_views import json_text

    if lines and isinstance(value, Iterable):
        emit_text("".join(json_text(each, indent=None) for each in value))
    else:
        emit_text(json_text(value))
