"""Commands that only read: `documents`, `log`, `show`, `blame`, `history`, `search`, `stats`, `verify`."""

from __future__ import annotations

import click

from clausetrail.commands.common import emit, emit_json, emit_text, format_option, reading, writing
from clausetrail.errors import StoreError


@click.group(invoke_without_command=True, short_help="List the documents, or join two of them.")
@format_option("table", "json")
@click.pass_context
def documents(ctx: click.Context, format_: str) -> None:
    """List the documents, or join two of them."""
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
    from clausetrail.changelog.safe import visible
    from clausetrail.pipeline.rebuild import merge as joined

    with writing(create=False) as store:
        report = joined(store, absorbed, into)
    click.echo(visible(report))


@click.command(short_help="List the versions of a document.")
@click.argument("document")
@click.option("--flaps", is_flag=True, help="Show the versions that went back before they were confirmed too.")
@format_option("terminal", "json")
def log(document: str, flaps: bool, format_: str) -> None:
    """List the versions of a document, newest first."""
    from clausetrail import changelog

    with reading() as store:
        info = store.document(document)
        entries = store.log(info.slug)
    if format_ == "json":
        emit_json(changelog.log_json(info, entries))
    else:
        emit(changelog.log_lines(info, entries, flaps=flaps))


@click.command(short_help="Print a document, or one clause, as it stood on a day.")
@click.argument("document")
@click.option("--on", default="latest", help="A date, a version number, latest, …")
@click.option("--by", type=click.Choice(["observed", "declared"]), default="observed", help="As with diff.")
@click.option("--clause", default="", help="Outline path of a clause, or its lineage (L12): only it and what it holds.")
@format_option("outline", "markdown", "json")
def show(document: str, on: str, by: str, clause: str, format_: str) -> None:
    """Print a document, or one clause, as it stood on a day."""
    from clausetrail import changelog
    from clausetrail.pipeline.clauses import shown

    with reading() as store:
        end, title = shown(store, document, on, by=by, clause=clause)
    if format_ == "json":
        emit_json(changelog.end_json(title, end))
    elif format_ == "markdown":
        emit_text(changelog.tree_markdown(end.tree))
    else:
        emit(changelog.end_lines(title, end))


@click.command(short_help="Tell for each clause when it came and when it last changed.")
@click.argument("document")
@click.option("--on", default="latest", help="A date, a version number, latest, …")
@format_option("terminal", "json")
def blame(document: str, on: str, format_: str) -> None:
    """Tell for each clause when it came and when its words last changed."""
    from clausetrail import changelog
    from clausetrail.pipeline.ends import resolve

    with reading() as store:
        slug = store.document(document).slug
        version = resolve(store, slug, on).version
        assert version is not None  # noqa: S101 - `resolve` gives ends with versions
        lines = store.blame(slug, version.number)
    if format_ == "json":
        emit_json(changelog.blame_json(slug, lines))
    else:
        emit(changelog.blame_lines(slug, lines))


@click.command(short_help="Tell the life of one clause.")
@click.argument("document")
@click.argument("clause")
@click.option("--on", default="latest", help="The version in which CLAUSE is a path: a date, a number, …")
@format_option("terminal", "json")
def history(document: str, clause: str, on: str, format_: str) -> None:
    """Tell the life of one clause: every wording with its dates, moves, splits and merges.

    CLAUSE is its outline path ("2 › Respect privacy"), its lineage as `blame` prints it (L12), a permalink, or some
    of its words if only one clause has them.
    """
    from clausetrail import changelog
    from clausetrail.pipeline.clauses import life

    with reading() as store:
        slug, lineage, events = life(store, document, clause, on)
    if format_ == "json":
        emit_json(changelog.life_json(slug, lineage, events))
    else:
        emit(changelog.life_lines(slug, lineage, events))


@click.command(short_help="Find words in the wordings of all clauses, present and past.")
@click.argument("words", nargs=-1, required=True)
@click.option("--document", help="Only in this document.")
@click.option("--on", help="Only what stood on this day; otherwise what stands in the latest versions.")
@click.option("--removed", is_flag=True, help="Only what no longer stands.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@format_option("terminal", "json")
def search(
    words: tuple[str, ...], document: str | None, on: str | None, removed: bool, limit: int, format_: str
) -> None:
    """Find words in the wordings of all clauses, present and past.  "Quoted words" must stand together."""
    from clausetrail import changelog
    from clausetrail.pipeline.ends import moment_of

    with reading() as store:
        slug = store.document(document).slug if document else None
        moment = moment_of(on) if on else None
        hits = store.search(" ".join(words), document=slug, on=moment, removed=removed, limit=limit)
    if format_ == "json":
        emit_json([changelog.hit_json(hit) for hit in hits])
    else:
        emit(changelog.search_lines(hits))


@click.command(short_help="Count what the database holds.")
@format_option("terminal", "json")
def stats(format_: str) -> None:
    """Count what the database holds."""
    from clausetrail import changelog

    with reading() as store:
        found = store.stats()
    if format_ == "json":
        emit_json(changelog.stats_json(found))
    else:
        emit(changelog.stats_lines(found))


@click.command(short_help="Check the stored bytes against their hashes.")
def verify() -> None:
    """Check the stored bytes against their hashes, and that every version's are there."""
    from clausetrail.changelog.safe import visible

    with reading() as store:
        problems = list(store.verify())
    for problem in problems[:20]:
        click.echo(visible(problem), err=True)
    if problems:
        raise StoreError(f"{len(problems)} problems in the evidence; restore the file from a backup")
    click.echo("Every snapshot is there and matches its hash.")
