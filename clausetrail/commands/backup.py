"""`backup` and `restore`."""

from __future__ import annotations

from pathlib import Path

import click

from clausetrail.commands.common import progress_bar, reading, say


@click.command(short_help="Write database, evidence and rulings, of one moment, to one file.")
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write the database, its evidence, the corrections and the settings to FILE, a zip.

    All are of one moment, while imports and fetches go on.  Keep it where the workspace is not.
    """
    from clausetrail.pipeline.backup import backup as made

    with reading() as store:
        say(made(store, file))


@click.command(short_help="Put a backup into a folder, and prove it.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def restore(file: Path, folder: Path) -> None:
    """Put the backup in FILE into FOLDER, bring it to this Clausetrail's schema, and prove all of it.

    Nothing that is in FOLDER is overwritten.
    """
    from clausetrail.pipeline.backup import restore as restored

    with progress_bar("Proving") as progress:
        done = restored(file, folder, progress)
    say(done.sentence())
