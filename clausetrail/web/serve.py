"""Opens a database in Datasette."""

from __future__ import annotations

import socket
from pathlib import Path

from clausetrail.errors import PublishError

SETTINGS = {
    "suggest_facets": "off",
    "default_page_size": "50",
    "max_returned_rows": "2000",
    "sql_time_limit_ms": "3000",
    "facet_time_limit_ms": "1000",
}
"""A history has few facets worth having, and they are declared; guessing at others costs a second a page."""


def serve(database: Path, *, host: str = "127.0.0.1", port: int = 8001, open_browser: bool = False) -> None:
    """Serve `database`, and nothing else, until stopped; port 0 lets the system choose one.

    The file is opened for reading only, but not as immutable, because an import may run beside.  The evidence archive
    is not served.  Raises PublishError where the file is missing or the port is taken."""
    if not database.is_file():
        raise PublishError(f"no database at {database}: import something first, or name one with --database")
    _require_free(host, port)
    from datasette.cli import cli  # takes half a second to import

    options = arguments(database, host=host, port=port, open_browser=open_browser)
    cli.main(options, prog_name="clausetrail", standalone_mode=False)


def arguments(database: Path, *, host: str, port: int, open_browser: bool) -> list[str]:
    """What `datasette` is to be called with, so that the database shows as it should."""
    settings = [part for name, value in SETTINGS.items() for part in ("--setting", name, value)]
    opening = ["--open"] if open_browser else []
    return ["serve", str(database.absolute()), "--host", host, "--port", str(port), *settings, *opening]


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PublishError(
                f"cannot listen on {host}, port {port} ({error.strerror}): choose another --port"
            ) from error
