"""`evidence` and `verify`: the bytes that everything rests on."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from clausetrail.commands.common import emit, emit_json, format_option, progress_bar, reading, say
from clausetrail.commands.read import WHEN
from clausetrail.errors import StoreError

_SHOWN = 20
"""Problems that are printed; the rest is counted."""


@click.command(short_help="Show the snapshots behind a version, or save their bytes.")
@click.argument("document")
@click.option("--on", help=f"{WHEN}  The beginning of a snapshot's hash means that snapshot.  [default: latest]")
@click.option("--source", metavar="PAGE", help="Only this page of a document of several pages.")
@click.option("--all", "every", is_flag=True, help="All snapshots of the document, those that are no policy too.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write the stored bytes to this file; - is standard output."
)
@format_option("terminal", "json")
def evidence(document: str, on: str | None, source: str | None, every: bool, output: Path | None, format_: str) -> None:
    """Show the snapshots behind a version of DOCUMENT: hash, address, time, and what kind of evidence each is.

    DOCUMENT may also be the beginning of a snapshot's hash (8 digits or more).  With --output, the bytes from which
    the version was read are written out exactly as they were stored, so that sha256sum prints the same hash.
    """
    from clausetrail import changelog
    from clausetrail.pipeline.evidence import evidence as gathered
    from clausetrail.pipeline.evidence import stored_bytes

    if every and on:
        raise click.UsageError("--all and --on exclude one another")
    with reading() as store:
        found = gathered(store, document, on, source=source, every=every)
        if output is not None:
            exhibit, body = stored_bytes(store, found)
            _write(output, body, exhibit.key.sha256)
            return
    told = (found.document, found.version, found.pages, found.again, found.notes)
    if format_ == "json":
        emit_json(changelog.evidence_json(*told))
    else:
        emit(changelog.evidence_lines(*told))


def _write(output: Path, body: bytes, sha256: str) -> None:
    """To a file, or to standard output; bytes are as served, so whoever asks for them on a terminal gets them raw."""
    if str(output) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
        return
    output.write_bytes(body)
    say(f"{output}: {len(body):,} bytes, sha256 {sha256}", err=True)


@click.command(short_help="Check the stored bytes against their hashes.")
def verify() -> None:
    """Check the stored bytes against their hashes, and that every version's are there."""
    with reading() as store, progress_bar("Verifying") as progress:
        problems = list(store.verify(progress))
    for problem in problems[:_SHOWN]:
        say(problem, err=True)
    if problems:
        many = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
        raise StoreError(f"{many} in the evidence; restore the file from a backup")
    say("Every snapshot is there and matches its hash.")
