"""Documents in settings: what they mean, and what of them is wrong where."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from clausetrail.errors import UsageError
from clausetrail.model import Declaration, Extraction, Range, Rendering, Selector, Source
from clausetrail.settings import (
    FILE,
    Fetching,
    document_text,
    documents_in,
    headers_of,
    read,
    schema_text,
    unset,
    with_documents,
    with_page,
)
from clausetrail.settings.places import line_of, places
from tests.conftest import blocks

CASES = Path(__file__).parent / "cases"
MISTAKES, DOCUMENTS = blocks(CASES / "mistakes.txt"), blocks(CASES / "documents.txt")


@pytest.mark.parametrize(("name", "text", "expected"), MISTAKES, ids=[c[0] for c in MISTAKES])
def test_mistakes(tmp_path: Path, name: str, text: str, expected: str) -> None:
    path = tmp_path / FILE
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        read(path)
    assert str(caught.value) == "\n".join(f"{path}:{line}" for line in expected.splitlines())


@pytest.mark.parametrize(("name", "text", "expected"), DOCUMENTS, ids=[c[0] for c in DOCUMENTS])
def test_documents(name: str, text: str, expected: str) -> None:
    found = documents_in(Path(FILE), text)
    assert "\n".join(line for document in found for line in told(document)) == expected
    assert documents_in(Path(FILE), "\n".join(map(document_text, found))) == found


def told(document: Declaration) -> Iterator[str]:
    said = f"{document.slug}: {document.publisher}, {document.title}"
    yield f"{said}, {document.jurisdiction}" if document.jurisdiction else said
    for source in document.sources:
        parts = [source.name, source.url, source.language, str(source.interval or ""), source.rendering or ""]
        yield "  " + " ".join(filter(None, [*parts, *(f"{name}={value}" for name, value in source.headers)]))
        for each in source.extractions:
            when = f"until {each.until.isoformat()}" if each.until else "today"
            without = f" without {written(each.remove)}" if each.remove else ""
            yield f"    {when}: {written(each.select) or 'all'}{without}"


def written(selectors: tuple[Selector, ...]) -> str:
    return " + ".join(each if isinstance(each, str) else _range(each) for each in selectors)


def _range(given: Range) -> str:
    start, end = "after" if given.start_after else "from", "to" if given.end_after else "before"
    return f"({start} {given.start} - {end} {given.end})"


def test_how_pages_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(
        '[fetch]\ncontact = "https://acme.example/us"\ninterval = "7 d"\ndelay = "500s"\nbrowser = "always"\n'
        'allow = ["10.0.0.0/8"]\nauthorities = "ca.pem"\nalarm_after = 5\n',
        "utf-8",
    )
    expected = Fetching(
        contact="https://acme.example/us",
        interval=timedelta(days=7),
        delay=timedelta(seconds=500),
        rendering=Rendering.ALWAYS,
        allow=("10.0.0.0/8",),
        authorities=str(tmp_path / "ca.pem"),
        alarm_after=5,
    )
    assert read(path).fetching == expected


def test_values_of_header_fields_come_from_the_environment_late() -> None:
    source = Source("https://acme.example/", headers=(("X-Key", "env:ACME_KEY"), ("X-Plain", "yes")))
    assert headers_of(source, {"ACME_KEY": "secret"}) == (("X-Key", "secret"), ("X-Plain", "yes"))
    assert list(unset(source, {})) == [("X-Key", "ACME_KEY")]
    with pytest.raises(UsageError, match=r"X-Key takes its value from .* ACME_KEY, which is not set"):
        headers_of(source, {})
    with pytest.raises(UsageError, match="'X-Key' cannot be sent") as caught:
        headers_of(source, {"ACME_KEY": "secret\r\nX-More: 1"})
    assert "secret" not in str(caught.value)


def test_a_page_is_added_where_it_belongs_and_nothing_else_changes() -> None:
    text = (
        '# mine\n[[document]]\nslug = "acme/terms"   # the first\nurl = "https://acme.example/terms"\n\n'
        '# the second\n[[document]]\nslug = "acme/rules"\nurl = "https://acme.example/rules"\n\n[history]\n'
    )
    first = with_page(Path(FILE), text, "acme/terms", Source("https://acme.example/a", "annex"))
    block = '\n[[document.page]]\nname = "annex"\nurl = "https://acme.example/a"\n'
    assert first == text.replace('terms"\n\n', f'terms"\n{block}\n')
    second = with_page(Path(FILE), first, "acme/rules", Source("https://acme.example/b", "annex"))
    assert second == first.replace('rules"\n\n', f'rules"\n{block.replace("e/a", "e/b")}\n')
    found = documents_in(Path(FILE), second)
    assert [[source.name for source in document.sources] for document in found] == [["main", "annex"]] * 2


def test_what_cannot_be_added_to_stays_as_it_is() -> None:
    inline = 'document = [{slug = "acme/terms", url = "https://acme.example/"}]\n'
    for text in (inline, '[[document]]\nslug = "a/b"\n'):
        with pytest.raises(UsageError):
            with_documents(Path(FILE), text, [Declaration("a/c", "A", "C", (Source("https://acme.example/c"),))])


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(str.strip)
SENT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=12)
SELECTORS = st.one_of(
    st.sampled_from(["main", ".a > p", "#x"]), st.builds(Range, st.just("h1"), st.just("p"), st.booleans())
)
EXTRACTIONS = st.lists(SELECTORS, max_size=3).map(lambda found: (Extraction(tuple(found)),) if found else ())
SOURCES = st.builds(
    Source,
    url=st.just("https://acme.example/"),
    language=st.sampled_from(["", "en", "pt-BR"]),
    headers=st.dictionaries(st.sampled_from(["X-A", "X-B"]), SENT).map(lambda found: tuple(found.items())),
    rendering=st.sampled_from([None, *Rendering]),
    interval=st.sampled_from([None, timedelta(hours=5), timedelta(days=2)]),
    extractions=EXTRACTIONS,
)
PAGES = st.lists(
    st.tuples(st.sampled_from(["main", "annex", "b c"]), SOURCES),
    min_size=1,
    max_size=3,
    unique_by=lambda page: page[0],
).map(lambda pages: tuple(replace(source, name=name) for name, source in pages))
DECLARATIONS = st.builds(Declaration, st.just("acme/terms"), WORDS, WORDS, PAGES)


@given(DECLARATIONS)
@how(deadline=None, max_examples=60)
def test_what_is_written_is_read_as_it_was(document: Declaration) -> None:
    assert documents_in(Path(FILE), with_documents(Path(FILE), "# mine\n", [document])) == (document,)


def test_lines_are_found_in_every_form_that_toml_has() -> None:
    text = (CASES / "places.toml").read_text("utf-8")
    lines = places(text)
    expected = {
        ("a",): 2, ("b c", "d"): 3, ("list", 1): 6, ("list", 2, "x"): 7, ("text",): 9, ("after",): 12,
        ("t",): 13, ("t", "k"): 14, ("aot", 0): 15, ("aot", 0, "inner", 0): 17, ("aot", 0, "inner", 1, "z"): 20,
        ("aot", 1, "inner", 0, "z"): 23, ("last", "deep", "k"): 25,
    }  # fmt: skip
    assert {key: lines[key] for key in expected} == expected
    assert line_of(lines, ("aot", 0, "inner", 1, "missing", 3)) == 19
    assert line_of(lines, ("nowhere",)) == 1


def test_the_schema_says_of_every_value_what_it_must_be() -> None:
    schema = json.loads(schema_text())
    silent = list(without_words(schema, schema, ("properties",)))
    assert silent == []


def without_words(schema: Mapping[str, Any], node: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    for name, value in {**node.get("properties", {}), "items": node.get("items", {})}.items():
        if not value:
            continue
        found = value
        if "$ref" in value:
            found = schema["$defs"][value["$ref"].rpartition("/")[2]]
        if "x-must-be" not in found:
            yield ".".join((*path, name))
        if len(path) < 6:
            yield from without_words(schema, found, (*path, name))
