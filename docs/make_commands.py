"""Writes `docs/commands.md`: the help of every command, as it is printed.  Run it after changing one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from clausetrail.cli import COMMANDS, cli

PAGE = Path(__file__).with_name("commands.md")

_HEAD = """# Commands

The help of every command, as `clausetrail COMMAND --help` prints it.  Every command takes the global options before
its name: `clausetrail --database FILE COMMAND …`.

Exit codes: 0 nothing to tell; 1 differences found (`diff`, `diff-files`), pages that could not be read (`import
files`) or something to look after (`health`, `track`); 2 wrong usage, an unknown document, date, version or clause; 3
a source that could not be read; 4 bytes that are no policy; 5 a comparison that failed; 6 the database: missing,
locked, damaged, of a newer version; 7 the corrections file; 8 a page or server that could not be made; 9 the network;
70 a mistake of ours; 74 a file or the output could not be written; 130 stopped by hand.
"""


def pages() -> Iterator[str]:
    """One section for each command and subcommand, in the order of `clausetrail --help`."""
    context = click.Context(cli, info_name="clausetrail", terminal_width=100, **cli.context_settings)
    yield _HEAD
    yield _section(cli, context)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        if command is None:
            raise SystemExit(f"{name} is in the table of commands and nowhere else")
        yield from _sections(command, context, name)


def _sections(command: click.Command, parent: click.Context, name: str) -> Iterator[str]:
    context = click.Context(command, parent=parent, info_name=name)
    yield _section(command, context)
    if isinstance(command, click.Group):
        for sub, each in command.commands.items():
            yield from _sections(each, context, sub)


def _section(command: click.Command, context: click.Context) -> str:
    return f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text("\n".join(pages()), "utf-8")
