"""What readers are told agrees with what there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clausetrail.store import HIDDEN_TABLES
from clausetrail.store.connection import PUBLISHED, open_database
from clausetrail.web.metadata import Shape, describe

DEMO = (("Apache-2.0", "Clausetrail contributors"),)


@pytest.fixture(scope="module")
def schema(database: Path) -> dict[str, tuple[str, ...]]:
    """Columns of every table and view of today's schema."""
    opened = open_database(database, PUBLISHED)
    try:
        ask = opened.connection.execute
        names = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        return {name: tuple(row[1] for row in ask(f"PRAGMA table_xinfo({name})")) for name in names}
    finally:
        opened.close()


@pytest.fixture(scope="module")
def described(schema: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    return describe(Shape(schema, DEMO))


def test_every_table_and_column_that_a_reader_sees_is_described(
    schema: dict[str, tuple[str, ...]], described: dict[str, Any]
) -> None:
    for name, columns in schema.items():
        table = described["tables"][name]
        if not table.get("hidden"):
            assert table["description"], name
            assert set(columns) - {"id"} == set(table["columns"]), name


def test_helpers_of_the_store_are_hidden(described: dict[str, Any]) -> None:
    assert all(described["tables"][name]["hidden"] for name in HIDDEN_TABLES)


def test_nothing_is_said_of_what_is_not_there() -> None:
    found = describe(Shape({"documents": ("id", "slug"), "odd": ("x",)}))
    assert found["tables"]["documents"]["columns"].keys() == {"slug"}
    assert found["tables"]["documents"]["facets"] == []
    assert "label_column" not in found["tables"]["documents"]
    assert found["tables"]["odd"] == {"hidden": True}
    assert found["queries"] == {}
    assert "license" not in found


def test_questions_hold_no_unfilled_fragment(described: dict[str, Any]) -> None:
    assert len(described["queries"]) == 7
    assert not any("{" in query["sql"] for query in described["queries"].values())


@pytest.mark.parametrize(
    ("credited", "license_", "source"),
    [
        ((), None, None),
        ((("", ""),), None, None),
        (DEMO, "Apache License 2.0", "Clausetrail contributors"),
        (
            (("ODC-By-1.0", "Open Terms Archive contributors"), ("", "")),
            "Open Data Commons Attribution License 1.0",
            "Open Terms Archive contributors",
        ),
        ((("CC0-1.0", "Somebody"),), "CC0-1.0", "Somebody"),
        ((("CC0-1.0", "Somebody"), *DEMO), "several: see the documents", "Clausetrail contributors, Somebody"),
    ],
)
def test_licence_and_source_are_those_of_the_documents(
    credited: tuple[tuple[str, str], ...], license_: str | None, source: str | None
) -> None:
    found = describe(Shape({"documents": ("id",)}, credited))
    assert (found.get("license"), found.get("source")) == (license_, source)
