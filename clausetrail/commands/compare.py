"""`parse`, `diff` and `diff-files`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from clausetrail.commands.common import emit, emit_json, emit_text, format_option, reading, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from clausetrail.model import Diff

DIFFERENT = 1
"""Exit code where differences were found, as of `diff`."""

_FILE = click.Path(path_type=Path)
KINDS = (
    "relabelled", "edited", "moved", "moved+edited", "split", "merged", "rewritten", "added", "removed",
)  # fmt: skip


def _rendering(command: Callable[..., None]) -> Callable[..., None]:
    """Options of everything that prints a comparison."""
    for option in reversed(
        (
            format_option("terminal", "json", "markdown", "html", "unified"),
            click.option("--stat", is_flag=True, help="Only count, section by section."),
            click.option("--only", type=click.Choice(KINDS), multiple=True, help="Only changes of this kind."),
            click.option(
                "--context", type=click.IntRange(0), help="Unchanged clauses around each (unified: 3, else 0)."
            ),
            click.option("--all", "all_", is_flag=True, help="With json: the clauses that stayed too."),
        )
    ):
        command = option(command)
    return command


@click.command(short_help="Show the clause tree of a file.")
@click.argument("file", type=_FILE)
@click.option("--url", default="", help="Where the file came from.")
@click.option("--media-type", default="", help="text/markdown, text/html or text/plain; otherwise found out.")
@click.option("--explain", is_flag=True, help="Show why each block was kept or dropped, by which rule.")
@format_option("outline", "json", "markdown")
def parse(file: Path, url: str, media_type: str, format_: str, *, explain: bool) -> None:
    """Show the clause tree of a file."""
    from clausetrail import changelog
    from clausetrail.pipeline.compare import explain_file, read_file

    if explain:
        why = explain_file(file, media_type=media_type, url=url)
        return emit_json(changelog.decisions_json(why)) if format_ == "json" else emit(changelog.decision_lines(why))
    found = read_file(file, media_type=media_type, url=url)
    if format_ == "json":
        emit_json(changelog.reading_json(found))
    elif format_ == "markdown":
        emit_text(changelog.tree_markdown(found.tree))
    else:
        emit(changelog.reading_lines(found))
    return None


@click.command(short_help="Compare two states of a document, clause by clause.")
@click.argument("document")
@click.argument("start", metavar="[FROM]", required=False)
@click.argument("end", metavar="[TO]", required=False)
@click.option(
    "--by",
    type=click.Choice(["observed", "declared"]),
    default="observed",
    show_default=True,
    help="Whether a date means what was seen that day, or what was in force by the document's own dates.",
)
@_rendering
def diff(document: str, start: str | None, end: str | None, by: str, **options: object) -> None:
    """Compare two states of a document, clause by clause.

    FROM and TO are each a date (2024-01-10, 2024-01, 2024), a version number (3), first, latest, previous, or a
    version's id.  Without them: the last change.  Exits with 1 where there are differences, with 0 where there are
    none.
    """
    from clausetrail.pipeline.compare import diff as compared

    with reading() as store:
        found = compared(store, document, start, end, by=by)
    _print(found, **options)  # type: ignore[arg-type]


@click.command("diff-files", short_help="Compare two files, clause by clause, without a database.")
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@_rendering
def diff_files(old: Path, new: Path, **options: object) -> None:
    """Compare two files, clause by clause, without a database, by the rules of significance of the workspace.

    Exits with 1 where there are differences, with 0 where there are none.
    """
    from clausetrail.pipeline.compare import diff_files as compared

    _print(compared(old, new, workspace()), **options)  # type: ignore[arg-type]


def _print(found: Diff, *, format_: str, stat: bool, only: tuple[str, ...], context: int | None, all_: bool) -> None:
    from clausetrail import changelog
    from clausetrail.model import RelationKind

    if stat and format_ != "terminal":
        raise click.UsageError("--stat is for the terminal only: leave out --format, or --stat")
    kinds = frozenset(map(RelationKind, only))
    around = (3 if format_ == "unified" else 0) if context is None else context
    if format_ == "json":
        emit_json(changelog.diff_json(found, all_clauses=all_, only=kinds))
    elif stat:
        emit(changelog.stat_lines(found, only=kinds))
    elif format_ == "terminal":
        emit(changelog.diff_lines(found, context=around, only=kinds))
    else:
        texts = {"markdown": changelog.diff_markdown, "html": changelog.diff_html, "unified": changelog.diff_unified}
        emit_text(texts[format_](found, context=around, only=kinds))
    if found.comparison.changes:
        click.get_current_context().exit(DIFFERENT)
