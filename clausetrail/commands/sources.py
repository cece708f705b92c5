"""`init` and `sources`: a workspace, and what it follows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clausetrail.commands.common import emit, emit_json, format_option, say

if TYPE_CHECKING:
    from clausetrail.model import Declaration

WRONG = 2
"""Exit code where something must be mended."""
_SHOWN = 40
"""Warnings that are printed; the rest is counted."""


@click.command(short_help="Make a workspace: settings, a data folder, and what git should ignore.")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--starter", is_flag=True, help="Follow the starter set, policies of AI providers and large platforms.")
def init(folder: Path, starter: bool) -> None:
    """Make a workspace in DIR, or here: clausetrail.toml, the schema that editors check it by, and a folder for data.

    Nothing is overwritten.
    """
    from clausetrail.pipeline.workspace import init as made

    for line in made(folder, starter=starter):
        say(line)
    say("Next: `clausetrail sources add URL` there, or `clausetrail sources add --starter openai`.")


@click.group()
def sources() -> None:
    """Say which documents are followed, and where their pages are.

    All of it stands in clausetrail.toml, and can be written there by hand.
    """


@sources.command()
@click.argument("names", metavar="URL", nargs=-1, required=True)
@click.option("--document", default="", help="publisher/policy; one that is followed gets a further page.")
@click.option("--publisher", default="", help="The publisher's name; otherwise taken from the address.")
@click.option("--title", default="", help="The document's title; otherwise taken from the address.")
@click.option("--name", default="", help="Name of the page, in a document of several.")
@click.option("--language", default="", help="The language to ask for: en, de, pt-BR.")
@click.option("--jurisdiction", default="", help="For whom the document holds: EU, US-CA.")
@click.option("--browser", type=click.Choice(["never", "when-needed", "always"]), help="Whether it needs a browser.")
@click.option("--select", multiple=True, help="CSS selector: only what it finds is read; may be given several times.")
@click.option("--remove", multiple=True, help="CSS selector: what it finds is not read; may be given several times.")
@click.option("--starter", is_flag=True, help="The arguments are documents or publishers of the starter set, or all.")
def add(names: tuple[str, ...], starter: bool, **options: Any) -> None:
    """Follow the page at URL: as a new document, or with --document as a further page of one.

    With --starter, follow documents of the starter set: `sources add --starter openai anthropic/usage-policy`; `sources
    starter` lists it.
    """
    from clausetrail.pipeline import workspace

    file = workspace.workspace_file(Path.cwd())
    if starter:
        if any(options.values()):
            raise click.UsageError("The starter set says all else itself: give --starter with names alone")
        return say(workspace.add_starter(file, names).sentence(file))
    if len(names) > 1:
        raise click.UsageError("Give one address at a time, or --starter with names of the starter set")
    return say(workspace.add(file, workspace.given(names[0], **options)))


@sources.command("list")
@format_option("table", "json")
def list_(format_: str) -> None:
    """List what is followed: documents, their pages, how often they are looked at, and how."""
    from clausetrail.pipeline.workspace import followed, workspace_file

    _print(followed(workspace_file(Path.cwd())), format_)


@sources.command()
@format_option("table", "json")
def starter(format_: str) -> None:
    """List the starter set: policies of AI providers and large platforms, by name and address."""
    from clausetrail.pipeline.workspace import starter_set

    _print(starter_set(), format_)


def _print(documents: Sequence[Declaration], format_: str) -> None:
    from clausetrail import changelog

    if format_ == "json":
        emit_json(changelog.followed_json(documents))
    else:
        emit(changelog.followed_lines(documents))


@sources.command()
def check() -> None:
    """Check clausetrail.toml: its shape, addresses, selectors and header fields.

    Each mistake is told with its line and how to mend it.  Exits with 2 where something must be mended.
    """
    from clausetrail.pipeline.workspace import checked, workspace_file

    found = checked(workspace_file(Path.cwd()))
    for each in (*found.mistakes, *found.doubts):
        say(each)
    say(found.sentence())
    if found.mistakes:
        click.get_current_context().exit(WRONG)


@sources.command("import-ota")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--service", "services", multiple=True, help="Only this service; may be given several times.")
def import_ota(folder: Path, services: tuple[str, ...]) -> None:
    """Follow what Open Terms Archive declarations declare: a declarations repository, or its folder.

    Documents and pages get the names that `import ota` gives them, so that an imported history goes on.  Filters in
    JavaScript are named and left out.
    """
    from clausetrail.pipeline.workspace import import_declarations, workspace_file

    file = workspace_file(Path.cwd())
    found = import_declarations(file, folder, services)
    for warning in found.warnings[:_SHOWN]:
        say(f"Warning: {warning}", err=True)
    if len(found.warnings) > _SHOWN:
        say(f"Warning: … and {len(found.warnings) - _SHOWN:,} more", err=True)
    say(found.sentence(file))
