"""`track`, `fetch`, `watch` and `health`."""

from __future__ import annotations

import signal
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from clausetrail.commands.common import (
    emit,
    emit_json,
    format_option,
    progress_bar,
    reading,
    say,
    workspace_folder,
    writing,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clausetrail.model import Told
    from clausetrail.pipeline.engine import Engine
    from clausetrail.pipeline.tools import StoppableClock
    from clausetrail.pipeline.tracking import Tracked

UNWELL = 1
"""Exit code of `health` where somebody should look after something, of `track` where nothing is known in the end."""
STOPPED = 130


@click.command(short_help="Follow a policy from its address: today's text, and what it said before.")
@click.argument("url")
@click.option("--since", help="How far back to look in the Wayback Machine: a year, month or day.")
@click.option("--every", default="change", show_default=True, help="One capture a day, week, month or year; or all.")
@click.option("--document", default="", help="publisher/policy; otherwise taken from the address.")
@click.option("--publisher", default="", help="The publisher's name; otherwise taken from the address.")
@click.option("--title", default="", help="The document's title; otherwise taken from the address.")
def track(url: str, since: str | None, every: str, **named: str) -> None:
    """Follow the policy at URL, from today and as far back as the Wayback Machine goes.

    Makes a workspace here if there is none, adds the page, fetches it, brings in what the archive kept, and prints the
    history with its gaps.  Stopped anywhere and given again, it goes on.
    """
    from clausetrail.pipeline import tracking
    from clausetrail.pipeline.fetching import fetch as fetched
    from clausetrail.pipeline.tools import StoppableClock
    from clausetrail.pipeline.workspace import given

    page = given(url, language="", browser=None, select=(), remove=(), **named)
    slug = tracking.settle_in(workspace_folder(), page, say)
    clock = StoppableClock()
    with writing() as store, progress_bar("Importing") as progress:
        with _stopping(clock) as waking:
            fetched(store, [slug], clock=clock, telling=_teller("terminal"), waking=waking)
        if clock.stopped:
            raise KeyboardInterrupt
        found = tracking.look_back(store, slug, since=since, every=every, say=say, progress=progress)
    _show_tracked(found)


def _show_tracked(found: Tracked) -> None:
    from clausetrail import changelog
    from clausetrail.changelog.dates import day

    say("")
    emit(changelog.log_lines(found.info, found.log))
    for start, end in found.gaps:
        say(f"Nothing is known between {day(start)} and {day(end)}.")
    if not found.log or not found.asked:
        click.get_current_context().exit(UNWELL)


@click.command(short_help="Look once at the pages that are due.")
@click.argument("documents", nargs=-1)
@click.option("--all", "every", is_flag=True, help="At all pages, due or not.")
@format_option("terminal", "json")
def fetch(documents: tuple[str, ...], every: bool, format_: str) -> None:
    """Look once, politely, at the pages that are due; at those of DOCUMENTS whether they are due or not.

    For cron and timers: run it often, and each page is asked for when its interval is over.  What failed is told by
    `clausetrail health`; this exits with 0 whenever the pass was made.  --format json prints a line of JSON for each
    document as it is done.
    """
    from clausetrail.changelog.watching import pass_sentence
    from clausetrail.pipeline.fetching import fetch as fetched
    from clausetrail.pipeline.tools import StoppableClock

    clock = StoppableClock()
    with _stopping(clock) as waking, writing() as store:
        done = fetched(store, documents, every=every, clock=clock, telling=_teller(format_), waking=waking)
    if done.stamped:
        say(done.stamped, err=True)
    say(pass_sentence(done.told, done.next_at, stopped=done.stopped), err=format_ == "json")
    if done.stopped:
        click.get_current_context().exit(STOPPED)


@click.command(short_help="Look at every page when it is due, until stopped.")
@format_option("terminal", "json")
def watch(format_: str) -> None:
    """Look at every page when it is due, until stopped by SIGTERM or Ctrl-C.

    A restart forgets nothing; settings that change are taken up; `fetch` and `watch` never run at once.
    """
    from clausetrail.pipeline.fetching import watch as watched
    from clausetrail.pipeline.tools import StoppableClock

    clock = StoppableClock()
    with _stopping(clock) as waking, writing() as store:
        say(f"Watching for {store.path}; stop with Ctrl-C.", err=True)
        watched(
            store,
            clock=clock,
            telling=_teller(format_, stamped=True),
            saying=lambda text: say(text, err=True),
            waking=waking,
        )
    say("Stopped; nothing is lost.", err=True)


@click.command(short_help="Tell how fetching fares; for monitors too.")
@format_option("terminal", "json")
def health(format_: str) -> None:
    """Tell when fetching was last at work, which pages are overdue or failing and why, and which came back smaller.

    Exits with 1 where somebody should look after something, with 0 where all is well.
    """
    from clausetrail.changelog.watching import health_json, health_lines
    from clausetrail.pipeline.health import health as found_of

    with reading() as store:
        found = found_of(store, datetime.now(UTC))
    if format_ == "json":
        emit_json(health_json(found))
    else:
        emit(health_lines(found))
    if not found.good:
        click.get_current_context().exit(UNWELL)


def _teller(format_: str, *, stamped: bool = False) -> Callable[[Told], None]:
    """Prints what a look at a document brought, with the time where `stamped`."""
    from clausetrail.changelog.styled import Span, Style, line
    from clausetrail.changelog.watching import told_json, told_lines

    def tell(told: Told) -> None:
        if format_ == "json":
            emit_json([told_json(told)], lines=True)
            return
        first, *rest = told_lines(told)
        time = Span(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%SZ} ", Style.MUTED)
        emit([line(time, *first.spans, indent=first.indent) if stamped else first, *rest])

    return tell


@contextmanager
def _stopping(clock: StoppableClock) -> Iterator[Callable[[Engine], None]]:
    """Within, SIGTERM and Ctrl-C end the pass in good order: what came is kept, what is still due stays due.  Asked
    twice, it ends at once."""
    engines: list[Engine] = []

    def stop(number: int, frame: object) -> None:
        if clock.stopped:
            raise KeyboardInterrupt
        clock.stop()
        for engine in engines:
            engine.wake()

    before = {}
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(ValueError):  # Only a main thread may say what a signal does.
            before[number] = signal.signal(number, stop)
    try:
        yield engines.append
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
