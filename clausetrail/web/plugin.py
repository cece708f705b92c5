"""The Datasette plugin: describes Clausetrail's databases, shows them as a site, and leaves all others alone.

One source for Datasette 0.65, which asks plugins for metadata at every page, and 1.0, where a plugin writes it down
once at the start.  What the owner of the site has configured always wins.
"""

from __future__ import annotations

import copy
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from markupsafe import Markup
from pluggy import HookimplMarker

from clausetrail.errors import PublishError
from clausetrail.store.connection import PRIVATE, PUBLISHED
from clausetrail.web import cells, functions
from clausetrail.web.metadata import CONFIGURATION, Settings, Shape, describe, site, statement
from clausetrail.web.site import routes

hookimpl = HookimplMarker("datasette")


@dataclass(frozen=True, slots=True)
class _Site:
    databases: dict[str, Settings] = field(default_factory=dict)
    """Descriptions of those of ours, by name."""
    own: Settings = field(default_factory=dict)
    """Title and description of the site, if it serves nothing else."""
    readable: str | None = None
    """The database that our pages show: the first whose schema is today's.  Looking at an older one must not move it
    to today's, which would be writing."""


_NOTHING = _Site()
_DESCRIBED: WeakKeyDictionary[Any, _Site] = WeakKeyDictionary()
"""By Datasette, from its start on."""


@hookimpl
def startup(datasette: Any) -> Callable[[], Awaitable[None]]:
    """Looks at every database once, and describes those that are ours."""

    async def look() -> None:
        served = {name: database for name, database in datasette.databases.items() if not name.startswith("_")}
        shapes = {name: await _shape(database) for name, database in served.items()}
        described = {name: describe(shape) for name, shape in shapes.items() if shape}
        own = site() if len(described) == len(shapes) else {}
        _DESCRIBED[datasette] = _Site(described, own, await _readable(served, described))
        if hasattr(datasette, "set_resource_metadata"):
            await _write_down_site(datasette, _DESCRIBED[datasette])

    return look


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """The site's own pages; see `routes`."""
    return routes(_shown, _is_alone)


def _shown(datasette: Any) -> str | None:
    return _DESCRIBED.get(datasette, _NOTHING).readable


def _is_alone(datasette: Any) -> bool:
    """Whether the site serves one database of ours, and nothing else."""
    found = _DESCRIBED.get(datasette, _NOTHING)
    return bool(found.own and found.readable and len(found.databases) == 1)


@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """SQL functions; after Datasette's own, one of which is replaced so that search finds parts of Chinese words.

    Raises PublishError for the file of subscribers' addresses, which no page is to reach."""
    if _application_id(conn) == PRIVATE.application_id:
        conn.close()
        raise PublishError("this file holds the addresses of subscribers; Datasette must not open it")
    if _is_ours(conn):
        functions.register(conn)


@hookimpl(optionalhook=True)
def get_metadata(datasette: Any, database: str | None, table: str | None) -> Settings:
    """Datasette 0.65: the part of the description that is asked for, as a copy, because Datasette writes into it."""
    known = _DESCRIBED.get(datasette, _NOTHING)
    if database is None:
        return copy.deepcopy({**known.own, "databases": known.databases})
    if database not in known.databases:
        return {}
    description = known.databases[database]
    if table is not None:
        tables = description["tables"]
        description = {**description, "tables": {table: tables[table]} if table in tables else {}}
    return copy.deepcopy({"databases": {database: description}})


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> object:
    """Word operations as marked words, and what else reads better than as stored."""
    if database not in _DESCRIBED.get(datasette, _NOTHING).databases:
        return None
    if (table, column) == ("changes", "operations"):
        return _words_changed(datasette.get_database(database), row["id"])
    if (table, column) == ("changes_by_day", "change_id"):
        return Markup('<a href="{}">{}</a>').format(datasette.urls.row(database, "changes", str(value)), value)
    return cells.render(value, column)


async def _words_changed(database: Any, change: int) -> Markup | None:
    """The words of a change: the table itself holds lengths only."""
    found = (await database.execute(statement("change"), [change])).first()
    return cells.render(found[0], "words_changed") if found else None


async def _shape(database: Any) -> Shape | None:
    if not await database.execute_fn(_is_ours):
        return None
    names = [*await database.table_names(), *await database.view_names()]
    columns = {name: tuple(await database.table_columns(name)) for name in names}
    has_credits = {"licence", "attribution"} <= set(columns.get("documents", ()))
    credited = await database.execute(statement("credits")) if has_credits else ()
    return Shape(columns, tuple((licence, attribution) for licence, attribution in credited))


def _is_ours(connection: sqlite3.Connection) -> bool:
    """By the number that SQLite keeps in a file's header for this."""
    return _application_id(connection) == PUBLISHED.application_id


def _application_id(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


async def _readable(served: Mapping[str, Any], ours: Mapping[str, Settings]) -> str | None:
    for name in ours:
        if served[name].path and await served[name].execute_fn(_schema) == PUBLISHED.version:
            return name
    return None


def _schema(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


async def _write_down_site(datasette: Any, found: _Site) -> None:
    said = await datasette.get_instance_metadata()
    for key in found.own.keys() - said.keys():
        await datasette.set_instance_metadata(key, found.own[key])
    for name, description in found.databases.items():
        await _write_down(datasette, name, description)


async def _write_down(datasette: Any, database: str, description: Settings) -> None:
    """Datasette 1.0: puts a description where its pages look, without replacing anything."""
    said = await datasette.get_database_metadata(database)
    for key, value in description.items():
        if key not in ("tables", "queries") and key not in said:
            await datasette.set_database_metadata(database, key, value)
    for name, table in description["tables"].items():
        await _write_down_table(datasette, database, name, table)
    for name, query in description["queries"].items():
        if await datasette.get_query(database, name) is None:
            await datasette.add_query(database, name, **query)


async def _write_down_table(datasette: Any, database: str, name: str, table: Settings) -> None:
    configured = _configured(datasette, database, name)
    for key in CONFIGURATION & table.keys():
        configured.setdefault(key, table[key])
    said = await datasette.get_resource_metadata(database, name)
    if "description" in table and "description" not in said:
        await datasette.set_resource_metadata(database, name, "description", table["description"])
    for column, text in table.get("columns", {}).items():
        if not await datasette.get_column_metadata(database, name, column):
            await datasette.set_column_metadata(database, name, column, "description", text)


def _configured(datasette: Any, database: str, table: str) -> Settings:
    found: Settings = datasette.config
    for part in ("databases", database, "tables", table):
        found = found.setdefault(part, {})
    return found
