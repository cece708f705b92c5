"""Answers requests for our pages inside Datasette: who may see them, which database, which view."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from clausetrail.errors import ClausetrailError, StoreError, UsageError
from clausetrail.store import Store
from clausetrail.web import pages
from clausetrail.web.links import ROOT, Links
from clausetrail.web.pages import Answer, Asked
from clausetrail.web.routes import ASSETS, DATABASES, FRONT, NOTHING, ROBOTS, ROUTES, View
from clausetrail.web.views.evidence import GoneError
from clausetrail.web.views.home import home

_TABLES = ("documents", "versions", "changes", "wordings", "snapshots")
"""Whoever may not see one of them sees none of our pages, which draw on all."""

Chosen = Callable[[Any], "str | None"]
"""Datasette -> name of the database that our pages show; None where there is none."""
Handler = Callable[..., Awaitable[Any]]


def routes(ours: Chosen, alone: Callable[[Any], bool]) -> list[tuple[str, Handler]]:
    """Every address of ours with what answers it.  `alone` tells whether a Datasette serves nothing else."""
    found = [(route.pattern, _handler(route.view, ours)) for route in (*ROUTES, NOTHING)]
    assets = (ASSETS, _asset)
    return [assets, *found, (FRONT, _front(ours, alone)), (DATABASES, _datasettes_own), (ROBOTS, _robots(alone))]


def _handler(view: View, ours: Chosen) -> Handler:
    async def handle(request: Any, datasette: Any) -> Any:
        return await _answered(view, ours, request, datasette)

    return handle


def _front(ours: Chosen, alone: Callable[[Any], bool]) -> Handler:
    async def handle(request: Any, datasette: Any, send: Any) -> Any:
        if alone(datasette):
            return await _answered(home, ours, request, datasette)
        return await _datasettes_own(request, datasette, send)

    return handle


async def _datasettes_own(request: Any, datasette: Any, send: Any) -> Any:
    from datasette.views.index import IndexView

    return await IndexView.as_view(datasette)(request, send)


async def _asset(request: Any) -> Any:
    return _response(pages.asset(request.url_vars["asset"]))


def _robots(alone: Callable[[Any], bool]) -> Handler:
    """Whoever crawls need not try all searches and queries; pages of ours may all be read."""

    async def handle(datasette: Any) -> Any:
        if not alone(datasette):
            return _response(Answer(404, {}, b"", "text/plain; charset=utf-8"))
        path = datasette.urls.path
        body = f"User-agent: *\nDisallow: {path(f'{ROOT}/search')}\nDisallow: {path('/*?sql=')}\n"
        return _response(Answer(200, {}, body.encode(), "text/plain; charset=utf-8"))

    return handle


async def _answered(view: View, ours: Chosen, request: Any, datasette: Any) -> Any:
    database = ours(datasette)
    links = Links(datasette.urls.path, database or "", _origin(request, datasette))
    if request.method not in ("GET", "HEAD"):
        return _response(pages.failure(405, "Not allowed", "These pages are for reading only.", links))
    if database is None:
        message = "No database here was written by this Clausetrail; open it with `clausetrail serve`."
        return _response(pages.failure(404, "Not found", message, links))
    await _check(datasette, request, database)
    path = Path(datasette.databases[database].path)
    parts = {name: unquote(value) for name, value in request.url_vars.items() if value is not None}
    query = {name: values for name in request.args if (values := [v for v in request.args.getlist(name) if v])}
    machine = parts.pop("format", "") == ".json"
    found = await asyncio.to_thread(_looked, view, path, links, parts, query, machine)
    return _response(found, cors=machine and datasette.cors)


def _looked(
    view: View,
    path: Path,
    links: Links,
    parts: Mapping[str, str],
    query: Mapping[str, list[str]],
    machine: bool,
) -> Answer:
    """Opens the database for one answer: readers come and go while others write."""
    try:
        with Store.open(path) as store:
            return pages.answer(view(Asked(store, links, parts, query)), links, machine=machine)
    except GoneError as error:
        return pages.failure(410, "Gone", str(error), links, machine=machine)
    except UsageError as error:
        return pages.failure(404, "Not found", str(error), links, machine=machine)
    except StoreError as error:
        busy = error.transient
        title = "Busy" if busy else "The database cannot be read"
        return pages.failure(503 if busy else 500, title, str(error), links, machine=machine)
    except ClausetrailError as error:
        return pages.failure(500, "This cannot be shown", str(error), links, machine=machine)


async def _check(datasette: Any, request: Any, database: str) -> None:
    """Raises Datasette's Forbidden for whoever may not see the database, or a table that our pages draw on."""
    from datasette import Forbidden

    if hasattr(datasette, "allowed"):
        if not await _allowed(datasette, request.actor, database):
            raise Forbidden("view-database")
        return
    for table in _TABLES:
        needed = [("view-table", (database, table)), ("view-database", database), "view-instance"]
        await datasette.ensure_permissions(request.actor, needed)


async def _allowed(datasette: Any, actor: Any, database: str) -> bool:
    """Datasette 1.0's way to ask."""
    from datasette.resources import DatabaseResource, TableResource

    resource = DatabaseResource(database=database)
    if not await datasette.allowed(action="view-database", resource=resource, actor=actor):
        return False
    for table in _TABLES:
        resource = TableResource(database=database, table=table)
        if not await datasette.allowed(action="view-table", resource=resource, actor=actor):
            return False
    return True


def _origin(request: Any, datasette: Any) -> str:
    return str(datasette.absolute_url(request, "/")).rstrip("/")


def _response(found: Answer, *, cors: bool = False) -> Any:
    from datasette import Response

    headers = dict(found.headers) | ({"Access-Control-Allow-Origin": "*"} if cors else {})
    return Response(found.body, status=found.status, headers=headers, content_type=found.media_type)
