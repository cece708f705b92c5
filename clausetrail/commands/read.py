"""Commands that look at the database: `log`, `show`, `blame`, `history`, `search`, `stats`."""

from __future__ import annotations

import click

from clausetrail.commands.common import emit, emit_json, emit_text, format_option, reading

WHEN = "A date (2024-01-10, 2024-01, 2024), a version number, first, latest, previous, or a version's id."
"""Help of `--on`."""


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
@click.option("--on", default="latest", help=WHEN)
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
@click.option("--on", default="latest", help=WHEN)
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
@click.option(
    "--on", help=f"Only what stood then; otherwise in the latest versions. {WHEN} Without --document, a date."
)
@click.option("--removed", is_flag=True, help="Only what no longer stands.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@format_option("terminal", "json")
def search(
    words: tuple[str, ...], document: str | None, on: str | None, removed: bool, limit: int, format_: str
) -> None:
    """Find words in the wordings of all clauses, present and past.  "Quoted words" must stand together."""
    from clausetrail import changelog
    from clausetrail.pipeline.finding import search as searched

    with reading() as store:
        found = searched(store, " ".join(words), document=document, on=on, removed=removed, limit=limit)
    if format_ == "json":
        emit_json([changelog.hit_json(hit) for hit in found.hits])
    else:
        emit(changelog.search_lines(found.hits, found.notes))


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
