"""`templates`: files that keep Clausetrail running."""

from __future__ import annotations

from pathlib import Path

import click

from clausetrail.commands.common import say


@click.command(short_help="Write files for systemd, cron, GitHub Actions or Docker.")
@click.argument("kind", required=False)
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder to write them into.  [default: this one]",
)
def templates(kind: str | None, output: Path) -> None:
    """List the ways to keep Clausetrail running, or write the files of one KIND, filled in for this workspace.

    Nothing is overwritten, and nothing is installed.
    """
    from clausetrail.pipeline.templates import KINDS, workspace_of
    from clausetrail.pipeline.templates import templates as written

    if kind is None:
        for each in KINDS.values():
            say(f"{each.name:<16}{each.about}")
        return
    for path in written(kind, workspace_of(Path.cwd()), output):
        say(str(path))
    say(f"Next: {KINDS[kind].next}; docs/running.md tells the rest.", err=True)
