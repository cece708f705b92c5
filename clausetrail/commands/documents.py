"""`documents`: which there are, joining two, taking one out."""

from __future__ import annotations

import click

from clausetrail.commands.common import ask, emit, emit_json, format_option, reading, say, writing


@click.group(invoke_without_command=True, short_help="List the documents, join two of them, or take one out.")
@format_option("table", "json")
@click.pass_context
def documents(ctx: click.Context, format_: str) -> None:
    """List the documents, join two of them, or take one out."""
    if ctx.invoked_subcommand:
        return
    from clausetrail import changelog

    with reading() as store:
        found = store.documents()
    if format_ == "json":
        emit_json([changelog.document_json(d) for d in found])
    else:
        emit(changelog.documents_lines(found))


@documents.command()
@click.argument("absorbed")
@click.argument("into")
def merge(absorbed: str, into: str) -> None:
    """Join the history of ABSORBED to that of INTO: one document under two names.

    Every version is derived again from the snapshots of both; the old name goes on working.
    """
    from clausetrail.pipeline.rebuild import merge as joined

    with writing(create=False) as store:
        report = joined(store, absorbed, into)
    say(report)


@documents.command()
@click.argument("document")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(document: str, yes: bool) -> None:
    """Take DOCUMENT out: its versions, lineages and changes, and the record of its snapshots.

    The bytes of its snapshots stay in the evidence archive, where nothing leads to them any more; rulings on it stay
    in corrections.toml.  To have the document again, import it again.
    """
    from clausetrail.pipeline.removal import question, remove_document

    with writing(create=False) as store:
        ask(question(store, document), "Take it out?", yes=yes)
        report = remove_document(store, document)
    say(report)
