"""Open Terms Archive declarations as documents to follow; the collection is one that does not exist."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clausetrail.errors import ScrapeError
from clausetrail.model import Extraction, Range, Rendering
from clausetrail.scraper.ota_declarations import MAX_BYTES, page_name, read

FOLDER = Path(__file__).parent / "cases" / "ota_declarations"


def test_a_collection_is_read_as_its_archive_names_things() -> None:
    found = read(FOLDER)
    assert [document.slug for document in found.documents] == [
        "lumen-ai/cookies",
        "tamsorrel/privacy-policy",
        "tamsorrel/terms-of-service",
    ]
    cookies, privacy, terms = found.documents
    assert (cookies.publisher, cookies.title, cookies.sources[0].name) == ("Lümen · AI", "Cookies", "main")
    assert cookies.sources[0].extractions == ()
    assert privacy.sources[0].rendering is Rendering.ALWAYS
    assert privacy.sources[0].extractions == (
        Extraction(("#content",), (), datetime(2024, 3, 1, 10, tzinfo=UTC)),
        Extraction(("main", Range("h1", "footer", start_after=True)), (".share",)),
    )
    assert [source.name for source in terms.sources] == ["legal-Terms of use", "legal-annex_1", "legal-annex_1-2"]
    assert terms.sources[0].url == "https://tamsorrel.example/legal/Terms%20of%20use.html"
    assert terms.sources[0].extractions == (Extraction(("article",), ("img", "p:hover")),)
    assert terms.sources[1].extractions[-1].select == (Range("h1", "#end", end_after=True),)


def test_what_is_left_out_is_told() -> None:
    local = "file:///etc/passwd: is no address of the web; it must begin with https:// or http://"
    assert read(FOLDER).warnings == [
        "Broken: left out: Broken.json holds no object",
        f"Lümen · AI, Local: left out: {local}",
        "Lümen · AI, Odd: left out: it does not say what to fetch",
        "Tamsorrel, Privacy Policy: without the JavaScript filters removeDates, removeQueryParams",
        "Tamsorrel, Privacy Policy: an earlier declaration was left out (Invalid isoformat string: 'soon')",
        "Tamsorrel: Tamsorrel.filters.js is JavaScript and was not run",
    ]


def test_one_service_of_the_folder_itself() -> None:
    found = read(FOLDER / "declarations", services=["Tamsorrel"])
    assert {document.publisher for document in found.documents} == {"Tamsorrel"}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://acme.example/legal/terms.html", "legal-terms"),
        ("https://acme.example/Terms-of-Use/", "Terms-of-Use"),
        ("https://acme.example/v1.0/a%20b?x=1", "v1.0-a b"),
        ("https://acme.example/a:b/c%2Fd", "a_b-c-d"),
        ("https://acme.example/", "main"),
        ("https://acme.example/%00%1b[31m", "___[31m"[1:]),
    ],
)
def test_pages_are_named_by_the_words_of_their_path(url: str, name: str) -> None:
    assert page_name(url) == name


def service(folder: Path, terms: object) -> Path:
    (folder / "Acme.json").write_text(json.dumps({"name": "Acme", "terms": terms}), "utf-8")
    return folder


PAGE = {"fetch": "https://acme.example/terms"}


@pytest.mark.parametrize(
    ("terms", "warning"),
    [
        ({"Terms": []}, "it is no declaration"),
        ({"Terms": {"combine": []}}, "`combine` is no list of pages"),
        ({"Terms": {"combine": ["x"]}}, "`combine` is no list of pages"),
        ({"Terms": {**PAGE, "select": [3]}}, "'3' is neither a selector nor a range"),
        ({"Terms": {**PAGE, "select": {"startBefore": "h1"}}}, "is neither a selector nor a range"),
        ({"Terms": {**PAGE, "select": {"startBefore": "a", "startAfter": "b", "endAfter": "c"}}}, "neither a selector"),
        ({"Terms": {"fetch": "https://me:pw@acme.example/"}}, "user name"),
        ([], "it declares no terms"),
    ],
)
def test_what_is_no_declaration_is_left_out(tmp_path: Path, terms: object, warning: str) -> None:
    with pytest.raises(ScrapeError, match="holds no declarations that can be used") as caught:
        read(service(tmp_path, terms))
    assert warning in str(caught.value)


def test_a_key_that_is_not_known_is_told(tmp_path: Path) -> None:
    found = read(service(tmp_path, {"Terms": {**PAGE, "fetchAs": "x"}}))
    assert found.warnings == ["Acme, Terms: fetchAs is not known here and was left out"]
    assert len(found.documents) == 1


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "outside.json").write_text(json.dumps({"terms": {"Terms": PAGE}}), "utf-8")
    folder = tmp_path / "declarations"
    shutil.copytree(FOLDER / "declarations", folder)
    (folder / "Linked.json").symlink_to(tmp_path / "outside.json")
    (folder / "Tamsorrel.history.json").unlink()
    (folder / "Tamsorrel.history.json").symlink_to(tmp_path / "outside.json")
    found = read(tmp_path)
    assert {document.publisher for document in found.documents} == {"Lümen · AI"}
    assert "Linked: left out: Linked.json is no file of its own" in found.warnings
    assert "Tamsorrel: left out: Tamsorrel.history.json is no file of its own" in found.warnings


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"terms": {"Terms": ' + '{"a":' * 50_000, "\xff", " " * (MAX_BYTES + 1)]
)
def test_hostile_files_are_left_out(tmp_path: Path, text: str) -> None:
    (tmp_path / "Bad.json").write_text(text, "latin-1")
    found = read(service(tmp_path, {"Terms": PAGE}))
    assert [document.slug for document in found.documents] == ["acme/terms"]
    assert found.warnings[0].startswith("Bad: left out: Bad.json ")


def test_a_folder_without_declarations(tmp_path: Path) -> None:
    with pytest.raises(ScrapeError, match="holds no declarations"):
        read(tmp_path)
    with pytest.raises(ScrapeError, match="is no folder"):
        read(tmp_path / "nowhere")
