"""`correct`: rule against the machine, in the corrections file."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from clausetrail.commands.common import emit, emit_json, format_option, reading, say

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
    """The clause OLD became the clause NEW.

    Each is named by its words, its lineage (L12), its outline path, or some of its words: OLD as it stood before the
    step to --version, NEW as it stood after it, and without --version as before and after the last change.
    """
    _write("link", document, who, why, old=old, new=new, version=version)


@correct.command()
@_ruling
@click.argument("old")
@click.argument("new")
@click.option("--version", help="Only in the step to this version; otherwise wherever the words fit.")
def unlink(document: str, old: str, new: str, version: str | None, who: str, why: str) -> None:
    """The clause OLD did not become the clause NEW; they are named as for `link`."""
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
@click.option("--old", default="", help="The clause before, named as for link.")
@click.option("--new", default="", help="The clause after, named as for link.")
@click.option("--version", help="Only in the step to this version; otherwise wherever the words fit.")
def false_alarm(document: str, old: str, new: str, version: str | None, who: str, why: str) -> None:
    """The change between these clauses is no change of substance."""
    _write("false-alarm", document, who, why, old=old, new=new, version=version)


@correct.command("list")
@format_option("terminal", "json")
def list_(format_: str) -> None:
    """List the rulings of the file, and say of each whether it is applied, or no longer fits."""
    from clausetrail import changelog
    from clausetrail.pipeline.corrections import listed

    with reading() as store:
        found = listed(store)
    if format_ == "json":
        emit_json([changelog.correction_json(one.correction) | {"status": one.status} for one in found])
    else:
        emit(changelog.corrections_lines([(one.correction, one.status) for one in found]))


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
    say(f"Written to {path}; `clausetrail rebuild {document}` applies it.")


def today() -> date:
    return datetime.now(UTC).date()
