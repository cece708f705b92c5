"""The command line: names of the commands, global options, and how errors are told.

Commands live in `clausetrail/commands/` and are imported only when they run, so that `--help` is quick.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
from pathlib import Path

import click

from clausetrail import __version__
from clausetrail.errors import ClausetrailError

COMMANDS = {
    "init": ("sources:init", "Make a workspace: settings, a data folder, and what git should ignore."),
    "sources": ("sources:sources", "Say which documents are followed, and where their pages are."),
    "import": ("ingest:import_", "Bring snapshots in: from archives and from files."),
    "export": ("ingest:export", "Hand the evidence, or the whole site, on as files."),
    "demo": ("ingest:demo", "Build the demonstration corpus in a new folder and look around."),
    "rebuild": ("ingest:rebuild", "Derive every version again from the stored bytes."),
    "track": ("watch:track", "Follow a policy from its address: today's text, and what it said before."),
    "fetch": ("watch:fetch", "Look once at the pages that are due."),
    "watch": ("watch:watch", "Look at every page when it is due, until stopped."),
    "health": ("watch:health", "Tell how fetching fares; for monitors too."),
    "alerts": ("alerts:alerts", "What there is to tell, and what would have been."),
    "subscribe": ("alerts:subscribe", "Tell somebody of changes from now on."),
    "subscriptions": ("alerts:subscriptions", "List who hears of what."),
    "unsubscribe": ("alerts:unsubscribe", "End a subscription, and take back what is queued for it."),
    "subscribers": ("alerts:subscribers", "Forget somebody, or take that back."),
    "feed": ("feeds:feed", "Write what changed as a feed: Atom, RSS or JSON Feed."),
    "deliver": ("alerts:deliver", "Tell those who asked of what was raised."),
    "templates": ("templates:templates", "Write files for systemd, cron, GitHub Actions or Docker."),
    "parse": ("compare:parse", "Show the clause tree of a file."),
    "diff": ("compare:diff", "Compare two states of a document, clause by clause."),
    "diff-files": ("compare:diff_files", "Compare two files, clause by clause, without a database."),
    "documents": ("documents:documents", "List the documents, join two of them, or take one out."),
    "log": ("read:log", "List the versions of a document."),
    "show": ("read:show", "Print a document, or one clause, as it stood on a day."),
    "blame": ("read:blame", "Tell for each clause when it came and when it last changed."),
    "history": ("read:history", "Tell the life of one clause."),
    "search": ("read:search", "Find words in the wordings of all clauses, present and past."),
    "stats": ("read:stats", "Count what the database holds."),
    "evidence": ("evidence:evidence", "Show the snapshots behind a version, or save their bytes."),
    "verify": ("evidence:verify", "Prove the archive: every link of its chain, and every byte."),
    "redact": ("evidence:redact", "Take a snapshot's bytes and text out for good, and leave its hash."),
    "backup": ("backup:backup", "Write database, evidence and rulings, of one moment, to one file."),
    "restore": ("backup:restore", "Put a backup into a folder, and prove it."),
    "changelog": ("publish:changelog", "Write the changelog of a document."),
    "serve": ("publish:serve", "Open the database as a site, in Datasette."),
    "correct": ("correct:correct", "Rule against the machine, in the corrections file."),
}
"""Command -> (module of `clausetrail.commands` and attribute, first line of its help)."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports each when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(f"clausetrail.commands.{module}"), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - the table above says so, and a test checks it
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="CLAUSETRAIL_DATABASE",
    help="The database; otherwise the one of the workspace that this folder is in, or policies.db here.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, database: Path | None) -> None:
    """Keep the trail of policy documents: clause by clause, version by version, with the evidence.

    Exit codes: 0 nothing to tell, 1 differences found (diff, diff-files), pages that could not be read (import
    files) or something to look after (health), 2 and above an error.
    """
    ctx.obj = database


def main() -> None:
    """Entry point: every error of ours is one line on standard error and its exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Trees are many small objects without cycles: looking for some every 700 takes a tenth of a comparison's time.
    gc.set_threshold(100_000)
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except ClausetrailError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except (click.Abort, KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _complain("stopped; what was recorded so far is kept")
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except OSError as error:
        _complain(f"{error.filename or 'output'}: {error.strerror or error}")
        sys.exit(74)
    except Exception as error:
        _crash(error)
        sys.exit(70)


def _crash(error: Exception) -> None:
    import traceback

    _complain("".join(traceback.format_exception(error)))
    _complain("this is a mistake in Clausetrail, please report it with the lines above; the database is as it was")


def _complain(message: str) -> None:
    from clausetrail.changelog.safe import visible

    click.echo("Error: " + "\n".join(map(visible, message.splitlines())), err=True)
