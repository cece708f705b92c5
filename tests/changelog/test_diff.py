"""What every rendering of a comparison guarantees, whatever the words are."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from clausetrail import changelog
from clausetrail.changelog import phrases
from clausetrail.changelog.diff_unified import clause_lines
from clausetrail.changelog.items import Teller
from clausetrail.changelog.operations import PILCROW, elided
from clausetrail.changelog.safe import visible
from clausetrail.errors import UsageError
from clausetrail.model import JOINT, Diff, Operation, OperationKind, RelationKind
from tests.changelog.loader import CASES, diff, facts_of
from tests.changelog.strategies import diffs

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
FEW = settings(max_examples=40, deadline=None)
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "dl", "dt", "dd", "strong"),
    *("span", "p", "ol", "ul", "li", "a", "article", "ins", "del", "div"),
}
HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


@cache
def schema(name: str) -> Draft202012Validator:
    told = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(told)
    return Draft202012Validator(told)


@pytest.fixture
def every_kind() -> Diff:
    return diff(facts_of(CASES / "all-kinds"))


class Page(HTMLParser):
    """Tags, attributes, and the words of each `.words` paragraph with their operations."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[list[tuple[str, str]]] = []
        self._in: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        self._in.append("words" if found.get("class") == "words" else tag)
        if self._in[-1] == "words":
            self.words.append([])

    def handle_endtag(self, tag: str) -> None:
        self._in.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if "words" in self._in:
            self.words[-1].append((self._in[-1], data))


def void_closed(page: str) -> str:
    return re.sub(r"<(meta[^>]*)>", r"<\1/>", page)


@FEW
@given(diffs())
def test_json_fits_its_schema_and_replays(made: Diff) -> None:
    for all_clauses in (False, True):
        data = json.loads(changelog.json_text(changelog.diff_json(made, all_clauses=all_clauses)))
        schema("diff").validate(data)
        old, new = ({c["id"]: c["words"] for c in data[side]} for side in ("old", "new"))
        for change in data["changes"]:
            runs = [(o["op"], o["text"]) for o in change["operations"]]
            assert "".join(t for k, t in runs if k != "insert") == JOINT.join(old[i] for i in change["old"])
            assert "".join(t for k, t in runs if k != "delete") == JOINT.join(new[i] for i in change["new"])
    assert sorted(p for r in data["relations"] for p in r["old"]) == sorted(old)
    assert sorted(p for r in data["relations"] for p in r["new"]) == sorted(new)


@FEW
@given(diffs())
def test_nothing_unsafe_reaches_a_terminal(made: Diff) -> None:
    lines = changelog.diff_lines(made, context=1) + changelog.stat_lines(made)
    markdown, page = changelog.diff_markdown(made), changelog.diff_html(made)
    data = changelog.json_text(changelog.diff_json(made, all_clauses=True))
    for text in (
        changelog.plain(lines),
        changelog.plain(lines, 30),
        changelog.diff_unified(made),
        markdown,
        page,
        data,
    ):
        assert not UNSAFE.search(text.replace("\t", " "))
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]+m", "", changelog.ansi(lines, 30))


@FEW
@given(diffs())
def test_html_holds_no_tag_of_a_page(made: Diff) -> None:
    page = Page(void_closed(changelog.diff_html(made, context=1)))
    assert {tag for tag, _ in page.tags} <= TAGS
    for tag, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes)
        assert tag != "a" or (attributes["href"] or "").startswith(("#change-", "http://", "https://"))


@FEW
@given(diffs())
def test_html_shows_every_change_to_the_character(made: Diff) -> None:
    page = Page(void_closed(changelog.diff_html(made)))
    told = [item for item in Teller(made.comparison).reading_order() if item and item.operations]
    assert len(told) == len(page.words)
    for item, words in zip(told, page.words, strict=True):
        for kind, without in ((OperationKind.INSERT, "ins"), (OperationKind.DELETE, "del")):
            expected = "".join(o.text for o in item.operations if o.kind is not kind)
            shown = "".join(text for tag, text in words if tag not in (without, "span"))
            assert shown == visible(expected.replace(JOINT, PILCROW))


@FEW
@given(diffs())
def test_cells_hold_every_operation_under_the_names_of_its_columns(made: Diff) -> None:
    for item in Teller(made.comparison).ranked():
        for kind in OperationKind:
            told = "".join(o.text for _, cell in item.cells for o in cell if o.kind is not kind)
            assert told == "".join(o.text for o in item.operations if o.kind is not kind)
        names = [name for name, _ in item.cells]
        assert names in (list(item.columns), [" | ".join(item.columns)])


@FEW
@given(diffs())
def test_markdown_holds_no_markup_of_a_page(made: Diff) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(changelog.diff_markdown(made))
    flat = [t for token in tokens for t in (token, *(token.children or ()))]
    assert not {t.type for t in flat} & {"html_block", "html_inline", "image", "code_inline", "fence", "code_block"}
    assert not {t.type for t in flat} & {"ordered_list_open", "table_open", "hr"}
    assert sum(t.type == "heading_open" for t in flat) == 1 + len(made.comparison.changes)
    links = [t for t in flat if t.type == "link_open"]
    assert all(link.attrGet("href") in (made.old.permalink, made.new.permalink) for link in links)


@FEW
@given(diffs())
def test_every_change_is_in_every_format(made: Diff) -> None:
    count = len(made.comparison.changes)
    gutter = re.compile(rf"(?<=\n\n)[{re.escape(''.join(phrases.MARKS.values()).strip())}] (likely )?[a-z]+")
    terminal = changelog.plain(changelog.diff_lines(made))
    assert len(gutter.findall(terminal)) == count
    assert changelog.diff_markdown(made).count("\n## ") == count
    assert changelog.diff_html(made).count("<article ") == count
    assert len(changelog.diff_json(made)["changes"]) == count


@FEW
@given(diffs())
def test_unified_leads_from_one_end_to_the_other(made: Diff) -> None:
    for context in (0, 3):
        patch = changelog.diff_unified(made, context=context)
        assert applied(clause_lines(made.old.tree), patch) == clause_lines(made.new.tree)


def applied(old: list[str], patch: str) -> list[str]:
    """A small `patch`: strict about line numbers, counts and context."""
    new, at = [], 0
    for hunk in re.split(r"(?m)^(?=@@ )", patch)[1:]:
        head, *lines = hunk.rstrip("\n").split("\n")
        match = HUNK.match(head)
        assert match
        start, length, _, added = (int(number or 1) for number in match.groups())
        start -= length > 0
        new += old[at:start]
        at = start
        for line in lines:
            if line[0] in " -":
                assert old[at] == line[1:]
                at += 1
            if line[0] in " +":
                new.append(line[1:])
        assert at == start + length
        assert sum(line[0] in " +" for line in lines) == added
    return new + old[at:]


@pytest.mark.skipif(not shutil.which("patch"), reason="no `patch` on this machine")
@pytest.mark.parametrize("case", ["all-kinds", "hostile-text", "two-files", "chinese"])
def test_patch_accepts_the_unified_format(case: str, tmp_path: Path) -> None:
    made = diff(facts_of(CASES / case))
    target = tmp_path / "clauses.txt"
    target.write_text("".join(f"{line}\n" for line in clause_lines(made.old.tree)), "utf-8")
    command = ["patch", "--silent", str(target)]
    subprocess.run(command, input=changelog.diff_unified(made).encode(), check=True)
    assert target.read_text("utf-8").splitlines() == clause_lines(made.new.tree)


def test_unified_refuses_a_selection(every_kind: Diff) -> None:
    with pytest.raises(UsageError, match="--only"):
        changelog.diff_unified(every_kind, only=[RelationKind.ADDED])


def test_only_shows_some_kinds_and_counts_all(every_kind: Diff) -> None:
    text = changelog.plain(changelog.diff_lines(every_kind, only=[RelationKind.SPLIT]))
    assert "showing 1 of 14: split only" in text
    assert "÷ split" in text
    assert "+ added" not in text
    data = changelog.diff_json(every_kind, only=[RelationKind.SPLIT])
    assert [(c["kind"], c["rank"]) for c in data["changes"]] == [("split", 5)]
    assert data["summary"]["changes"] == 14
    assert [clause["id"] for clause in data["new"]] == [8, 9]
    assert changelog.diff_html(every_kind, only=[RelationKind.SPLIT]).count("<article ") == 1
    assert changelog.diff_markdown(every_kind, only=[RelationKind.SPLIT]).count("\n## ") == 1


def test_insertions_are_told_apart_with_and_without_colour(every_kind: Diff) -> None:
    lines = changelog.diff_lines(every_kind)
    assert "[-may-]{+must+} not" in changelog.plain(lines)
    assert "\x1b[31;9mmay\x1b[0m\x1b[32;4mmust\x1b[0m not" in changelog.ansi(lines)


def test_context_shows_neighbours_once_and_gaps() -> None:
    facts = facts_of(CASES / "two-files")
    text = changelog.plain(changelog.diff_lines(diff(facts), context=1))
    assert text.count("  unchanged  ") == 1
    assert "  …\n" in text


def test_html_page_is_closed_to_the_outside(every_kind: Diff) -> None:
    page = changelog.diff_html(replace(every_kind, new=replace(every_kind.new, language="de")))
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert "<script" not in page
    assert 'lang="de"' in page
    assert "prefers-color-scheme: dark" in page


def test_long_runs_are_cut_beside_edits() -> None:
    words = "one two three four five six seven eight nine ten " * 10
    runs = (
        Operation(OperationKind.EQUAL, words),
        Operation(OperationKind.INSERT, "x"),
        Operation(OperationKind.EQUAL, words),
    )
    head, edit, tail = elided(runs, 30)
    assert head.text.endswith("eight nine ten ")
    assert head.text.startswith("…")
    assert len(head.text) <= 32
    assert edit.text == "x"
    assert tail.text.endswith("…")
    assert words.startswith(tail.text.rstrip("…"))


def test_a_change_recorded_without_operations_shows_its_words(every_kind: Diff) -> None:
    from dataclasses import replace

    bare = tuple(replace(change, operations=()) for change in every_kind.comparison.changes)
    made = replace(every_kind, comparison=replace(every_kind.comparison, changes=bare))
    schema("diff").validate(changelog.diff_json(made))
    assert "The old harbour rule stands." in changelog.plain(changelog.diff_lines(made))


def test_parse_and_changelog_fit_their_schemas() -> None:
    from tests.changelog.views import published, reading

    schema("parse").validate(plain_json(changelog.reading_json(reading())))
    schema("changelog").validate(plain_json(changelog.changelog_json(*published())))


def test_every_field_of_the_schemas_is_described() -> None:
    for path in SCHEMAS.glob("*.schema.json"):
        schema(path.name.partition(".")[0])
        assert not list(undescribed(json.loads(path.read_text("utf-8")), path.name))


def undescribed(node: Any, where: str) -> Any:
    if isinstance(node, dict):
        for name, field in node.get("properties", {}).items():
            if "description" not in field:
                yield f"{where}.{name}"
        if node.get("type") == "object" and "properties" in node:
            assert node["additionalProperties"] is False
        for key, value in node.items():
            yield from undescribed(value, f"{where}/{key}")


def plain_json(data: Any) -> Any:
    return json.loads(changelog.json_text(data))
