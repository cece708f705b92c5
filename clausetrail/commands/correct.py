"""`correct`: rule against the machine, in the corrections file."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from clausetrail.commands.common import reading

if TYPE_CHECKING:
    from collections.abc import Callable


def _ruling(command: Callable[..., None]) -> Callable[..., None]:
    """Arguments of every ruling."""
    for option in (
        click.option("--who", default="", help="Who rules; otherwise your user name."),
        click.option("--why", required=True, help="The reason; it is shown wherever the ruling bears on something."),
        click.argument("document"),
    ):
        command = option(command)
    return command


@click.group()
def correct() -> None:
    """Rule against the machine, in the corrections file.

    A ruling is kept in corrections.toml beside the database and is applied by the next `clausetrail rebuild`, and by
    every one after it.
    """


@correct.command()
@_ruling
@click.argument("snapshot")
def junk(document: str, snapshot: str, who: str, why: str) -> None:
    """The page in SNAPSHOT (its hash) is not the policy: it makes no version."""
    _write("junk", document, who, why, snapshot=snapshot)


@correct.command()
@_ruling
@click.argument("snapshot")
def policy(document: str, snapshot: str, who: str, why: str) -> None:
    """The page in SNAPSHOT (its hash) is the policy, whatever the parser thought."""
    _write("policy", document, who, why, snapshot=snapshot)


@correct.command()
@_ruling
@click.argument("old")
@click.argument("new")
@click.option("--version", help="Only in the step to this version; otherwise wherever the words fit.")
def link(document: str, old: str, new: str, version: str | None, who: str, why: str) -> None:
    """The clause with the words OLD became the one with the words NEW."""
    _write("link", document, who, why, old=old, new=new, version=version)


@correct.command()
@_ruling
@click.argument("old")
@click.argument("new")
@click.option("--version", help="Only in the step to this version; otherwise wherever the words fit.")
def unlink(document: str, old: str, new: str, version: str | None, who: str, why: str) -> None:
    """The clause with the words OLD did not become the one with the words NEW."""
    _write("unlink", document, who, why, old=old, new=new, version=version)


@correct.command("date")
@_ruling
@click.argument("snapshot")
@click.argument("on")
@click.option("--kind", type=click.Choice(["effective", "updated", "published"]), default="effective")
def date_(document: str, snapshot: str, on: str, kind: str, who: str, why: str) -> None:
    """The page in SNAPSHOT (its hash) declares the date ON."""
    _write("date", document, who, why, snapshot=snapshot, declared=(kind, on))


@correct.command("false-alarm")
@_ruling
@click.option("--old", default="", help="Words of the clause before.")
@click.option("--new", default="", help="Words of the clause after.")
@click.option("--version", help="Only in the step to this version; otherwise wherever the words fit.")
def false_alarm(document: str, old: str, new: str, version: str | None, who: str, why: str) -> None:
    """The change between these words is no change of substance."""
    _write("false-alarm", document, who, why, old=old, new=new, version=version)


@correct.command("list")
def list_() -> None:
    """List the rulings, and say which of them no longer fit."""
    with reading() as store:
        found = list(store.corrections())
    from clausetrail.changelog.safe import visible

    for correction, problem in found:
        said = f"{correction.kind.value:12} {correction.document}  by {correction.who} on {correction.when}: "
        click.echo(visible(f"{said}{correction.why}") + (f"\n    does not fit: {problem}" if problem else ""))
    if not found:
        click.echo("No rulings.")


def _write(
    kind: str,
    document: str,
    who: str,
    why: str,
    *,
    version: str | None = None,
    snapshot: str = "",
    old: str = "",
    new: str = "",
    declared: tuple[str, str] | None = None,
) -> None:
    from clausetrail.model import Correction, CorrectionKind
    from clausetrail.pipeline.corrections import rule

    ruling = Correction(
        kind=CorrectionKind(kind),
        document=document,
        who=who or getpass.getuser(),
        when=today(),
        why=why,
        snapshot=snapshot,
        old=old,
        new=new,
    )
    with reading() as store:
        path = rule(store, ruling, version=version, declared=declared)
    click.echo(f"Written to {path}; `clausetrail rebuild {document}` applies it.")


def today() -> date:
    return datetime.now(UTC).date()
