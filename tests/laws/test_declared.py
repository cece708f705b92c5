"""What a workspace declares of a document decides how its pages are read, from the first one on, and is no news."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from clausetrail.cli import cli
from clausetrail.model import VersionOrigin
from clausetrail.pipeline.from_files import entries_of, import_entries
from clausetrail.pipeline.rebuild import merge
from clausetrail.settings import FILE
from clausetrail.store import Store

PAGE = """<html><body><nav>Lamps, oils and wicks for every house</nav><div id="content"><h1>Rules</h1>
<p>You may not {verb} lamps at night.</p><p class="share">Tell {count} friends of these rules.</p></div>
<div id="notes"><h1>Notes</h1><p>These notes explain the rules.</p></div></body></html>"""


def manifest(folder: Path, lines: list[tuple[str, str, str]], document: str = "acme/rules") -> Path:
    """(time, page, text) of each."""
    rows = []
    for number, (at, source, text) in enumerate(lines):
        path = folder / f"{document.replace('/', '-')}-{number}.html"
        path.write_text(text, "utf-8")
        row = {"path": path.name, "document": document, "fetched_at": at, "source": source}
        rows.append({**row, "url": "https://acme.example/rules", "media_type": "text/html"})
    path = folder / f"{document.replace('/', '-')}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def declare(folder: Path, text: str) -> None:
    (folder / FILE).write_text(f'[[document]]\nslug = "acme/rules"\n{text}', "utf-8")


def recorded(folder: Path, document: str = "acme/rules") -> list[tuple[str, list[str]]]:
    """(origin, words) of each version."""
    with Store.open(folder / "p.db") as store:
        versions = store.versions(document)
        trees = [store.end(document, version.number).tree for version in versions]
        return [(v.origin.value, [c.words for c in t.walk()]) for v, t in zip(versions, trees, strict=True)]


def add(folder: Path, lines: list[tuple[str, str, str]], document: str = "acme/rules") -> None:
    with Store.open(folder / "p.db", write=True, create=True) as store:
        import_entries(store, entries_of(manifest(folder, lines, document)))


URL = 'url = "https://acme.example/rules"\n'
LINES = [(f"2024-01-{day:02}T00:00", "main", PAGE.format(verb="sell", count=day)) for day in (1, 5, 9)]


def test_selectors_hold_for_the_whole_history_and_make_no_change(tmp_path: Path) -> None:
    add(tmp_path, LINES)
    assert len(recorded(tmp_path)) == 3
    declare(tmp_path, f'{URL}select = "#content"\nremove = ".share"\n')
    add(tmp_path, LINES)
    assert recorded(tmp_path) == [("first", ["Rules", "You may not sell lamps at night."])]
    (tmp_path / FILE).unlink()
    add(tmp_path, LINES)
    assert len(recorded(tmp_path)) == 3


def test_only_the_document_is_derived_anew_whose_declaration_changed(tmp_path: Path) -> None:
    add(tmp_path, LINES)
    add(tmp_path, LINES[:1], "acme/other")
    with Store.open(tmp_path / "p.db") as store:
        before = {d.slug: store.revisions(d.slug) for d in store.documents()}
    declare(tmp_path, f'{URL}select = "#content"\n')
    add(tmp_path, LINES[:1], "acme/other")
    with Store.open(tmp_path / "p.db") as store:
        after = {d.slug: store.revisions(d.slug) for d in store.documents()}
    assert before["acme/other"] == after["acme/other"]
    assert before["acme/rules"] != after["acme/rules"]


def test_a_page_that_moved_is_the_same_page(tmp_path: Path) -> None:
    declare(tmp_path, URL)
    add(tmp_path, LINES)
    with Store.open(tmp_path / "p.db") as store:
        before = store.revisions("acme/rules")
    declare(tmp_path, 'url = "https://elsewhere.example/new-rules"\nlanguage = "en"\ninterval = "7d"\n')
    add(tmp_path, LINES)
    with Store.open(tmp_path / "p.db") as store:
        assert store.revisions("acme/rules") == before


def test_earlier_selectors_hold_until_their_time(tmp_path: Path) -> None:
    new = PAGE.replace('"content"', '"policy"')
    lines = [
        ("2024-01-01T00:00", "main", PAGE.format(verb="sell", count=1)),
        ("2024-01-05T00:00", "main", new.format(verb="sell", count=2)),
        ("2024-01-09T00:00", "main", new.format(verb="rent", count=3)),
    ]
    declare(
        tmp_path,
        f'{URL}select = "#policy"\nremove = ".share"\n'
        '[[document.earlier]]\nuntil = 2024-01-03\nselect = "#content"\nremove = ".share"\n',
    )
    add(tmp_path, lines)
    assert [(origin, words[1]) for origin, words in recorded(tmp_path)] == [
        ("first", "You may not sell lamps at night."),
        ("change", "You may not rent lamps at night."),
    ]


BOTH = """
[[document.page]]
name = "rules"
url = "https://acme.example/rules"
select = "#content"
remove = ".share"
[[document.page]]
name = "notes"
url = "https://acme.example/rules"
select = {start_before = "#notes h1", end_after = "#notes p"}
"""


def both(day: int, verb: str) -> list[tuple[str, str, str]]:
    text = PAGE.format(verb=verb, count=day)
    return [(f"2024-02-{day:02}T00:00", "rules", text), (f"2024-02-{day:02}T00:01", "notes", text)]


def test_the_same_bytes_are_two_pages_by_their_selectors_in_the_declared_order(tmp_path: Path) -> None:
    declare(tmp_path, BOTH)
    add(tmp_path, [*both(1, "sell"), *both(5, "rent")])
    words = ["Rules", "You may not sell lamps at night.", "Notes", "These notes explain the rules."]
    assert recorded(tmp_path) == [
        ("first", words),
        ("change", [text.replace("sell", "rent") for text in words]),
    ]


def test_a_page_that_is_declared_no_more_ends_when_the_others_are_seen(tmp_path: Path) -> None:
    """As where an archive kept several pages as one, and each is fetched by itself from now on."""
    declare(tmp_path, BOTH)
    add(tmp_path, [("2024-01-01T00:00", "main", PAGE.format(verb="sell", count=1)), *both(1, "sell"), *both(5, "rent")])
    found = recorded(tmp_path)
    assert [origin for origin, _ in found] == ["first", VersionOrigin.TECHNICAL.value, "change"]
    assert found[1][1] == ["Rules", "You may not sell lamps at night.", "Notes", "These notes explain the rules."]


@pytest.mark.parametrize("order", [0, 1])
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, order: int) -> None:
    parts = [[("2024-01-01T00:00", "main", PAGE.format(verb="sell", count=1))], [*both(1, "sell"), *both(5, "rent")]]
    declare(tmp_path, BOTH)
    for part in parts if order else reversed(parts):
        add(tmp_path, part)
    assert [origin for origin, _ in recorded(tmp_path)] == ["first", "technical", "change"]


def test_a_declaration_by_a_former_name_holds(tmp_path: Path) -> None:
    declare(tmp_path, f'{URL}select = "#content"\nremove = ".share"\n')
    add(tmp_path, LINES)
    add(tmp_path, LINES[:1], "tamsorrel/rules")
    with Store.open(tmp_path / "p.db", write=True) as store:
        merge(store, "acme/rules", "tamsorrel/rules")
    assert recorded(tmp_path, "tamsorrel/rules") == [("first", ["Rules", "You may not sell lamps at night."])]


def test_what_selectors_left_out_is_looked_at_where_a_clause_was_removed(tmp_path: Path) -> None:
    """The notes went from the page that is read to a part of it that is not."""
    keep = "These notes explain the rules of the tower and of its keepers."
    gone = PAGE.replace("These notes explain the rules.", keep)
    inside = gone.replace("</p><p class", f"</p><p>{keep}</p><p class", 1)
    declare(tmp_path, f'{URL}select = "#content"\nremove = ".share"\n')
    add(
        tmp_path,
        [
            ("2024-01-01T00:00", "main", inside.format(verb="sell", count=1)),
            ("2024-01-09T00:00", "main", gone.replace("#notes", "").format(verb="sell", count=1)),
        ],
    )
    output = CliRunner().invoke(cli, ["--database", str(tmp_path / "p.db"), "diff", "acme/rules", "--format", "json"])
    removed = [change for change in json.loads(output.stdout)["changes"] if change["kind"] == "removed"]
    assert [change["certainty"] for change in removed] == ["likely"]
    assert removed[0]["evidence"].startswith("still said in a part of the page that was left out (declared)")
