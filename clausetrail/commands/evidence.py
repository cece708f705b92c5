"""`evidence` and `verify`: the bytes that everything rests on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from clausetrail.commands.common import ask, emit, emit_json, format_option, progress_bar, reading, say, writing
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
@click.option(
    "--bundle",
    type=click.Path(path_type=Path),
    metavar="ZIP",
    help="Write the change that made the version, with all its evidence, to a zip that anybody can check offline.",
)
@click.option(
    "--stamped",
    type=(click.Path(path_type=Path), click.Path(path_type=Path)),
    metavar="HEAD TOKEN",
    help="With --bundle: a head from `verify --export`, and its RFC 3161 time-stamp.",
)
@format_option("terminal", "json")
def evidence(
    document: str,
    on: str | None,
    source: str | None,
    every: bool,
    output: Path | None,
    bundle: Path | None,
    stamped: tuple[Path, Path] | None,
    format_: str,
) -> None:
    """Show the snapshots behind a version of DOCUMENT: hash, address, time, and what kind of evidence each is.

    DOCUMENT may also be the beginning of a snapshot's hash (8 digits or more); with --bundle, a permalink.  With
    --output, the bytes from which the version was read are written out exactly as they were stored, so that sha256sum
    prints the same hash.
    """
    if every and on:
        raise click.UsageError("--all and --on exclude one another")
    if bundle and (every or source or output):
        raise click.UsageError("--bundle takes no --all, --source or --output")
    if stamped and not bundle:
        raise click.UsageError("--stamped needs --bundle")
    if bundle:
        _bundle(document, on, bundle, stamped)
    else:
        _show(document, on, source, every, output, format_)


def _bundle(document: str, on: str | None, bundle: Path, stamped: tuple[Path, Path] | None) -> None:
    from clausetrail.pipeline.dossier import Stamp, dossier

    with reading() as store:
        say(dossier(store, document, on, bundle, Stamp(*stamped) if stamped else None))


def _show(document: str, on: str | None, source: str | None, every: bool, output: Path | None, format_: str) -> None:
    from clausetrail import changelog
    from clausetrail.pipeline.evidence import evidence as gathered
    from clausetrail.pipeline.evidence import stored_bytes

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


@click.command(short_help="Prove the archive: every link of its chain, and every byte.")
@click.option("--export", is_flag=True, help="Then print the head of the chain, for somebody else to keep.")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also check that the archive goes on from the head in this file, which --export printed.",
)
@click.option("--timestamp", is_flag=True, help="Then have the head time-stamped by the authority of the settings.")
def verify(export: bool, against: Path | None, timestamp: bool) -> None:
    """Prove the archive: that no row of its chain was altered, dropped or put in, that all bytes match their hashes,
    that every snapshot of the database is borne out, and that every time-stamp speaks of a link of the chain.

    Rows cut off at the end show only against a head that was exported and kept elsewhere, or a time-stamp.
    --timestamp asks the authority that `timestamps` under [evidence] names in clausetrail.toml; needs the extra
    `clausetrail[timestamps]`.
    """
    from clausetrail.pipeline import proof, stamping

    with writing(create=False) if timestamp else reading() as store:
        with progress_bar("Verifying") as progress:
            found = proof.proved(store, against, progress)
        _refuse(found.problems)
        if export:
            emit_json(proof.head(store))
        else:
            say("Every snapshot is there and matches its hash, and the chain holds.")
        if found.stamps:
            say(found.stamps, err=export)
        if timestamp:
            say(stamping.stamp_now(store), err=export)


def _refuse(problems: Sequence[str]) -> None:
    """Print problems, if there are any, and raise StoreError."""
    for problem in problems[:_SHOWN]:
        say(problem, err=True)
    if problems:
        many = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
        raise StoreError(f"{many} in the evidence; restore the file from a backup")


@click.command(short_help="Take a snapshot's bytes and text out for good, and leave its hash.")
@click.argument("snapshots", metavar="SNAPSHOT...", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why; it is kept in the chain, in the place of the bytes.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def redact(snapshots: tuple[str, ...], reason: str, yes: bool) -> None:
    """Take the bytes of snapshots out of the archive, and all text that only they hold out of the database.

    SNAPSHOT is the beginning of a hash.  The chain still verifies: the hash, the time and the headers stay, with the
    reason; `rebuild` keeps it so, and the same bytes are never stored again.
    """
    from clausetrail.pipeline import redact as redaction

    with writing(create=False) as store:
        found = redaction.meant(store, snapshots)
        ask(redaction.question(found), "Redact them?", yes=yes)
        done = redaction.redact(store, found, reason)
    say(done.sentences())
