"""What readers of the database are told: titles, descriptions, labels, facets, ready-made questions, licences.

The words are in `tables.toml`.  Everything here is pure, and copes with a database that lacks tables or columns, as
one of an earlier or later schema does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from clausetrail.resources import collections

Settings = dict[str, Any]

CONFIGURATION = frozenset(
    ("hidden", "sort", "sort_desc", "size", "sortable_columns", "label_column", "facets", "fts_table", "fts_pk")
)
"""Keys of a table that Datasette 1.0 takes from its configuration, and 0.65 from metadata."""

_ONE_COLUMN = ("label_column", "sort", "sort_desc", "fts_pk")
_MANY_COLUMNS = ("facets", "sortable_columns")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a database holds, as far as it matters for describing it."""

    columns: Mapping[str, tuple[str, ...]]
    """Of every table and view, by name."""
    credits: tuple[tuple[str, str], ...] = ()
    """(licence, attribution) of its documents, each pair once."""


def site() -> Settings:
    """Metadata of a site that serves nothing but databases of ours."""
    return dict(_texts()["site"])


def statement(name: str) -> str:
    """One of the plugin's own SQL statements."""
    return _filled(_texts()["sql"][name])


def describe(shape: Shape) -> Settings:
    """Metadata of one database in Datasette's form, with `tables` and `queries`; only for what it holds."""
    texts = _texts()
    described = {
        name: _table(table, shape.columns[name]) for name, table in texts["tables"].items() if name in shape.columns
    }
    helpers = {name: {"hidden": True} for name in shape.columns if name not in described}
    return {
        **texts["database"],
        **_licence(shape.credits),
        "tables": described | helpers,
        "queries": dict(_queries(shape.columns)),
    }


def _table(table: Settings, columns: tuple[str, ...]) -> Settings:
    """The description of a table without whatever speaks of columns that it does not have."""
    kept = {key: value for key, value in table.items() if key not in (*_ONE_COLUMN, *_MANY_COLUMNS, "columns")}
    kept |= {key: table[key] for key in _ONE_COLUMN if table.get(key) in columns}
    kept |= {key: [name for name in table[key] if name in columns] for key in _MANY_COLUMNS if key in table}
    kept["columns"] = {name: text for name, text in table.get("columns", {}).items() if name in columns}
    return kept


def _queries(tables: Names[str]) -> Iterator[tuple[str, Settings]]:
    for name, query in _texts()["queries"].items():
        if set(query["needs"]) <= set(tables):
            texts = {key: value for key, value in query.items() if key != "needs"}
            yield name, {**texts, "sql": _filled(query["sql"]), "hide_sql": True}


def _licence(credited: Iterable[tuple[str, str]]) -> Settings:
    """Licence and source where all documents share one; else a hint at where each document says its own."""
    known = {(each.licence.casefold(), each.attribution): each for each in collections()}
    found = set(credited) - {("", "")}
    if not found:
        return {}
    if len(found) > 1:
        return {
            "license": "several: see the documents",
            "source": ", ".join(sorted(credit for _, credit in found if credit)),
        }
    ((licence, attribution),) = found
    named = known.get((licence.casefold(), attribution))
    if named is None:
        return {"license": licence, "source": attribution}
    return {
        "license": named.licence_title,
        "license_url": named.licence_url,
        "source": named.attribution,
        "source_url": named.url,
    }


def _filled(sql: str) -> str:
    """SQL with `{name}` replaced by the fragment of that name."""
    for name, fragment in _texts()["sql"].items():
        sql = sql.replace(f"{{{name}}}", fragment)
    return sql.strip()


@cache
def _texts() -> Settings:
    return tomllib.loads(files("clausetrail.web").joinpath("tables.toml").read_text(encoding="utf-8"))
