"""`import`, `export`, `rebuild` and `demo`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from clausetrail.commands.common import emit_json, format_option, progress_bar, reading, say, writing

FAILED = 1
"""Exit code of `import files` where some pages could not be read; the others are in."""

_SHOWN = 10
"""Lines of junk that are printed; the rest is counted."""


@click.group("import")
def import_() -> None:
    """Bring snapshots in: from archives and from files."""


@import_.command()
@click.argument("repository", type=click.Path(path_type=Path))
@click.option("--service", "services", multiple=True, help="Only this service; may be given several times.")
@click.option("--terms-type", "terms_types", multiple=True, help="Only documents of this type, such as Privacy Policy.")
@click.option("--snapshots", is_flag=True, help="A `snapshots` repository: the raw pages, in place of the texts.")
@click.option("--workers", type=click.IntRange(1), help="Processes that read; otherwise one for each core.")
def ota(
    repository: Path, services: tuple[str, ...], terms_types: tuple[str, ...], snapshots: bool, workers: int | None
) -> None:
    """Import an Open Terms Archive `versions` repository, cloned or bare; with --snapshots one of raw pages.

    A second run adds only what is new; stopped at any moment and run again, it ends the same.
    """
    from clausetrail.pipeline.from_ota import import_ota, look

    found = look(repository, services, terms_types, snapshots=snapshots)
    with writing() as store, progress_bar("Importing") as progress:
        report = import_ota(store, repository, found, progress=progress, workers=workers)
    for line in report.junk[:_SHOWN]:
        say(line)
    if len(report.junk) > _SHOWN:
        say(f"… and {len(report.junk) - _SHOWN:,} more that are no policy")
    say(report.summary())


@import_.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--document", required=True, help="Its document, publisher/policy; made if it is new.")
@click.option("--on", required=True, help="When the page said this: 2024-01-10, or with a time.")
@click.option("--source", default="main", show_default=True, help="Which page of a document of several pages.")
@click.option("--url", default="", help="Where the page stood.")
@click.option("--media-type", default="", help="text/markdown, text/html or text/plain; otherwise found out.")
def file(path: Path, document: str, on: str, source: str, url: str, media_type: str) -> None:
    """Import one Markdown, HTML or text file as what a page said at a time."""
    from clausetrail.pipeline.from_files import entry_of, import_entries

    entry = entry_of(path, document, on, source=source, url=url, media_type=media_type)
    with writing() as store:
        (found,) = import_entries(store, [entry])
    say(found.sentence())


@import_.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@format_option("terminal", "json")
def files(manifest: Path, format_: str) -> None:
    """Import the pages that a manifest lists.

    MANIFEST is JSON Lines; each line holds path, document and fetched_at, and may hold url, media_type and source.
    With --format json one line of JSON is printed for each page, once all are in.  Exits with 1 where a page could
    not be read; the others are in.
    """
    from dataclasses import asdict

    from clausetrail.pipeline.from_files import entries_of, import_entries

    entries = list(entries_of(manifest))
    with writing() as store, progress_bar("Importing") as progress:
        found = import_entries(store, entries, progress)
    if format_ == "json":
        emit_json([asdict(outcome) for outcome in found], lines=True)
    else:
        for outcome in found:
            say(outcome.sentence())
    if any(outcome.outcome == "error" for outcome in found):
        click.get_current_context().exit(FAILED)


@import_.command()
@click.argument("warc_files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--document", help="Whose page it is, publisher/policy; otherwise known by the address.")
@click.option("--url", "urls", multiple=True, help="Only this address; several are one page that moved.")
@click.option("--source", default="main", show_default=True, help="Which page of a document of several pages.")
def warc(warc_files: tuple[Path, ...], document: str | None, urls: tuple[str, ...], source: str) -> None:
    """Import pages from WARC files, as crawlers and browsers' recorders write them, and as `export warc` does.

    Without --document, pages at addresses that a document here was seen at are taken, and what Clausetrail exported.
    Needs the extra `clausetrail[warc]`.
    """
    from clausetrail.pipeline.warc import import_warc, look

    if urls and not document:
        raise click.UsageError("--url needs --document")
    with writing() as store, progress_bar("Importing") as progress:
        targets = look(store, warc_files, document, urls, source)
        report = import_warc(store, warc_files, targets, progress)
    for line in report.report.junk[:_SHOWN]:
        say(line)
    say(report.summary())


@import_.command()
@click.argument("document_or_url", metavar="DOCUMENT|URL")
@click.option("--document", help="Whose page the URL is, publisher/policy; otherwise known by the address.")
@click.option("--source", default="main", show_default=True, help="Which page of a document of several pages.")
@click.option("--from", "since", help="The first day, month or year that is wanted: 2020-01-31, 2020-01, 2020.")
@click.option("--to", "until", help="The last one.")
@click.option(
    "--every",
    type=click.Choice(["change", "day", "week", "month", "year", "all"]),
    default="change",
    show_default=True,
    help="How often, at most; `change`: whenever the bytes changed, from both sides.",
)
def wayback(
    document_or_url: str, document: str | None, source: str, since: str | None, until: str | None, every: str
) -> None:
    """Import what the Wayback Machine has of a document's addresses, or of a URL.

    Asks slowly, pauses where it is refused, and stops where that would take too long: the same command goes on where it
    stopped, and asks for nothing twice.  Older versions are put before the newer ones.
    """
    from clausetrail.pipeline.wayback import backfill

    with writing() as store, progress_bar("Importing") as progress:
        report = backfill(
            store,
            document_or_url,
            document=document,
            source=source,
            since=since,
            until=until,
            every=every,
            progress=progress,
            tell=partial(say, err=True),
        )
    for line in report.lines():
        say(line)


@click.group()
def export() -> None:
    """Hand the evidence, or the whole site, on as files."""


@export.command("warc")
@click.argument("document", required=False)
@click.option("--all", "every", is_flag=True, help="All documents.")
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), help="FILE.warc.gz, or FILE.warc.")
def export_warc(document: str | None, every: bool, output: Path) -> None:
    """Write the snapshots of DOCUMENT, or with --all of all, as a WARC file that web archives replay.

    What was seen over HTTP becomes `response` and `revisit` records with its headers, what came without becomes
    `resource` records.  Redacted snapshots are left out.  Needs the extra `clausetrail[warc]`.
    """
    from clausetrail.pipeline.warc import export_warc as written

    if bool(document) == every:
        raise click.UsageError("name a document, or give --all")
    with reading() as store, progress_bar("Exporting") as progress:
        slugs = [d.slug for d in store.documents()] if every else [store.document(document or "").slug]
        say(written(store, slugs, output, progress))


@export.command("site")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--url", required=True, help="Where FOLDER will stand, for citations: https://example.org/policies/")
def export_site(folder: Path, url: str) -> None:
    """Write the pages that `serve` shows into a new FOLDER, for any web host.

    Each document in every version, each change, each clause, as HTML and JSON, and the stored bytes. What needs an
    answer is left out: search, choices, and comparisons of versions that are no neighbours.
    """
    from clausetrail.web.export import export as written

    with reading() as store, progress_bar("Writing") as progress:
        count = written(store, folder, url, progress=progress)
    say(f"Wrote {count:,} pages to {folder}.")


@click.command(short_help="Derive every version again from the stored bytes.")
@click.argument("document", required=False)
def rebuild(document: str | None) -> None:
    """Derive every version of DOCUMENT, or of all, again from the stored bytes, corrections applied."""
    from clausetrail.pipeline.corrections import strangers
    from clausetrail.pipeline.rebuild import rebuild as rebuilt

    with writing(create=False) as store, progress_bar("Rebuilding") as progress:
        found = rebuilt(store, document, progress)
        unknown = strangers(store)
    for name in unknown:
        say(f"corrections.toml rules on {name}, which is no document here")
    for each in found:
        if each.before != each.after:
            say(f"{each.document}: versions before {each.before}, now {each.after}")
        for correction in each.unfit:
            say(f"{each.document}: the ruling of {correction.when} ({correction.why}) no longer fits anything")
    say("Rebuilt 1 document." if len(found) == 1 else f"Rebuilt {len(found):,} documents.")


@click.command(short_help="Build the demonstration corpus in a new folder and look around.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("clausetrail-demo"))
def demo(folder: Path) -> None:
    """Build the demonstration corpus in FOLDER, show its log and one comparison, and say what to type next."""
    from clausetrail import changelog
    from clausetrail.commands.common import emit
    from clausetrail.pipeline.demo import NEXT, build

    with progress_bar("Building") as progress:
        shown = build(folder, progress)
    say(f"Built {shown.database} from {shown.files} files.\n")
    emit(changelog.log_lines(shown.info, shown.log, flaps=True))
    say("")
    emit(changelog.diff_lines(shown.diff))
    say(NEXT.format(folder=folder, document=shown.info.slug))
