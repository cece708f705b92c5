"""The data that ships with the code is what it says it is."""

from __future__ import annotations

import json
import tomllib
from datetime import datetime
from itertools import pairwise

import jsonschema
import pytest

from clausetrail.errors import UsageError
from clausetrail.resources import collection, collections, data_path

MANIFEST = [json.loads(line) for line in data_path("demo", "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
REVISIONS = sorted({line["path"] for line in MANIFEST})


@pytest.mark.parametrize("name", [each.name for each in collections()])
def test_every_collection_fits_the_schema(name: str) -> None:
    schema = json.loads(data_path("collections", "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    values = tomllib.loads(data_path("collections", f"{name}.toml").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(values)
    assert collection(name).licence == values["licence"]


def test_open_terms_archive_is_credited_as_its_licence_asks() -> None:
    archive = collection("open-terms-archive")
    assert archive.licence == "ODC-By-1.0"
    assert archive.attribution == "Open Terms Archive contributors"


def test_an_unknown_collection_names_those_that_exist() -> None:
    with pytest.raises(UsageError, match="open-terms-archive"):
        collection("nobody")


@pytest.mark.parametrize(
    "parts", [("..", "pyproject.toml"), ("/etc", "passwd"), ("demo", "../../LICENSE"), ("demo", "no.md"), ("",)]
)
def test_nothing_outside_the_data_can_be_reached(parts: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        data_path(*parts)


def test_every_line_of_the_manifest_is_an_observation_of_a_file() -> None:
    for line in MANIFEST:
        assert set(line) == {"path", "document", "url", "fetched_at", "media_type"}
        assert data_path("demo", *line["path"].split("/")).is_file()
        assert datetime.fromisoformat(line["fetched_at"]).tzinfo is not None


def test_observations_come_in_the_order_of_time() -> None:
    times = [datetime.fromisoformat(line["fetched_at"]) for line in MANIFEST]
    assert all(earlier < later for earlier, later in pairwise(times))


def test_every_file_of_the_demonstration_is_observed_and_described() -> None:
    folder = data_path("demo", "usage-policy")
    assert sorted(f"usage-policy/{entry.name}" for entry in folder.iterdir()) == REVISIONS
    described = data_path("demo", "README.md").read_text(encoding="utf-8")
    assert all(path.split("/")[1] in described for path in REVISIONS)


def test_no_changelog_ever_mentions_the_silent_change() -> None:
    """The point of the demonstration: `opts in` became `opts out`, and nobody said so."""
    before, after, last = (
        data_path("demo", "usage-policy", f"{day}.md").read_text(encoding="utf-8")
        for day in ("2024-03-14", "2024-09-12", "2025-05-06")
    )
    assert "unless a customer opts in" in before
    assert "unless a customer opts out" in after
    assert before.split("Changelog")[1] == after.split("Changelog")[1]
    assert "Effective: December 5, 2023" in before
    assert "Effective: December 5, 2023" in after
    assert "2024-" not in last.split("Changelog")[1]
