"""What commands share: the database, options, and how things are printed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clausetrail import settings
from clausetrail.errors import UsageError

if TYPE_CHECKING:
    from clausetrail.changelog.styled import Line
    from clausetrail.pipeline.pool import Progress
    from clausetrail.store import Store


def database_path() -> Path:
    """The database that `--database` names, else the workspace's, else `policies.db` here."""
    chosen = click.get_current_context().obj
    if isinstance(chosen, Path):
        return chosen
    file = settings.find(Path.cwd())
    return file.parent / settings.read(file).database if file else Path(settings.DATABASE)


def workspace_folder() -> Path:
    """Where the workspace is, or would be made: the folder of the database that `--database` names, else here."""
    chosen = click.get_current_context().obj
    return chosen.absolute().parent if isinstance(chosen, Path) else Path.cwd()


def workspace() -> settings.Settings:
    """The settings of the folder in which the command is given."""
    file = settings.find(Path.cwd())
    return settings.read(file) if file else settings.Settings()


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


def say(text: str, *, err: bool = False) -> None:
    """Print plain text, made safe; on standard error where asked."""
    from clausetrail.changelog.safe import visible

    click.echo("\n".join(visible(line) for line in text.split("\n")), err=err)


def _current(what: str | None) -> str:
    return what or ""


@contextmanager
def progress_bar(label: str) -> Iterator[Progress | None]:
    """A bar on standard error, if that is a terminal; it stays on one line however narrow that is."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = shutil.get_terminal_size().columns
    width = max(5, min(36, columns - len(label) - 40))
    room = columns - len(label) - width - 30
    with click.progressbar(length=1, label=label, width=width, file=sys.stderr, item_show_func=_current) as bar:

        def progress(done: int, total: int, what: str) -> None:
            from clausetrail.changelog.phrases import shortened
            from clausetrail.changelog.safe import visible

            bar.length = total
            bar.update(done - bar.pos, shortened(visible(what), room) if room > 3 else "")

        yield progress


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


def ask(told: str, question: str, *, yes: bool) -> None:
    """Go on if whoever sits at the terminal agrees, or with `yes`; else stop.  Raises UsageError where nobody sits
    there."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError(f"{told} Nobody is here to answer: give --yes")
    say(told)
    if not click.confirm(question):
        raise click.Abort
