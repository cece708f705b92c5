"""`feed`."""

from __future__ import annotations

from pathlib import Path

import click

from clausetrail.commands.common import emit_text, reading, say


@click.command(short_help="Write what changed as a feed: Atom, RSS or JSON Feed.")
@click.option("--publisher", default="", help="Only documents of this publisher: the part of their names before the /.")
@click.option("--document", default="", help="Only this document.")
@click.option("--clause", default="", help="Only this clause of --document: its path, its lineage (L12), or its words.")
@click.option("--format", "format_", type=click.Choice(["atom", "rss", "json"]), default="atom", show_default=True)
@click.option("--site", envvar="CLAUSETRAIL_SITE", default="", help="Address of your site, for links in the feed.")
@click.option("--own", default="", help="Address at which the feed will be found.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file, in the place of the output.")
def feed(publisher: str, document: str, clause: str, format_: str, site: str, own: str, output: Path | None) -> None:
    """Write the confirmed changes that looking live has found, newest first, as a feed.

    The ids of its entries never change, and a feed without news is the same to the byte.
    """
    from clausetrail.model import Wish
    from clausetrail.pipeline.delivering import site_of
    from clausetrail.pipeline.feeds import FORMATS, write
    from clausetrail.pipeline.feeds import feed as made

    with reading() as store:
        wish = Wish(publisher=publisher, document=document, clause=clause)
        found = made(store, wish, site=site_of(site), own=own)
    if output is None:
        emit_text(FORMATS[format_](found))
    else:
        say(f"{output}: {'written' if write(output, found, format_) else 'as it was'}.")
