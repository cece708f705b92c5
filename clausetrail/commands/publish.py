"""`changelog` and `serve`."""

from __future__ import annotations

import click

from clausetrail.commands.common import database_path, emit_json, emit_text, format_option, reading


@click.command(short_help="Write the changelog of a document.")
@click.argument("document")
@click.option("--since", help="Leave out what was first seen before this day, month or year.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=25,
    show_default=True,
    help="Changes told in full in each entry, the weightiest; the rest is counted. 0 tells all. JSON has all.",
)
@format_option("markdown", "html", "json")
def changelog(document: str, since: str | None, limit: int, format_: str) -> None:
    """Write the changelog of a document: what changed, when, how much it matters, and whether it was announced."""
    from clausetrail import changelog as render
    from clausetrail.pipeline.ends import start_of

    with reading() as store:
        info = store.document(document)
        entries = store.dated_changes(info.slug, since=start_of(since) if since else None)
    if format_ == "json":
        emit_json(render.changelog_json(info, entries))
    else:
        text = {"markdown": render.changelog_markdown, "html": render.changelog_html}[format_]
        emit_text(text(info, entries, limit=limit))


@click.command(short_help="Open the database as a site, in Datasette.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="Open a browser window too.")
def serve(host: str, port: int, open_browser: bool) -> None:
    """Open the database as a site: policies, timelines, comparisons, clauses, search; and its tables in Datasette."""
    from clausetrail.web.serve import serve as run

    with reading():
        path = database_path()
    run(path, host=host, port=port, open_browser=open_browser)
