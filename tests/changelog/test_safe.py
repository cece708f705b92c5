"""Text made safe, lines wrapped, dates told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from clausetrail.changelog import Span, Style, ansi, dates, plain
from clausetrail.changelog.diff_markdown import word_diff
from clausetrail.changelog.safe import json_visible, markdown_link, markdown_text, safe_link, visible
from clausetrail.changelog.styled import columns, line, wrap
from clausetrail.model import Operation, OperationKind
from tests.changelog.loader import operations, version
from tests.changelog.strategies import texts

FEW = settings(max_examples=100, deadline=None)
MARKDOWN = MarkdownIt("commonmark").enable("strikethrough")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, “quoted” – 用户 é 👍", "plain, “quoted” – 用户 é 👍"),
        ("\x1b[31m", "␛[31m"),
        ("a\nb\tc\r\x00\x7f", "a␊b␉c␍␀␡"),
        ("\x9b31m\xad", "\\x9b31m\\xad"),
        ("\u202eevil\u2066\u200b\u2028\ufeff", "\\u202eevil\\u2066\\u200b\\u2028\\ufeff"),
        ("\ud800\U000e0041", "\\ud800\\U000e0041"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@FEW
@given(st.text())
def test_visible_is_one_line_and_settles(text: str) -> None:
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert visible(shown) == shown
    shown.encode("utf-8")


def test_json_escapes_stand_for_the_same_data() -> None:
    import json

    text = "\x9b \u202e \U000e0041 \u2028"
    escaped = json_visible(json.dumps(text, ensure_ascii=False))
    assert visible(escaped) == escaped
    assert json.loads(escaped) == text


@pytest.mark.parametrize(
    "target",
    ["https://a.example/x?y=1#z", "HTTP://a.example", "mailto:a@b.example", "/northlight/2"],
)
def test_safe_links(target: str) -> None:
    assert safe_link(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://a.example",
        "https://a.example/\n",
        "https://a.example/>x",
        'https://a.example/"onclick',
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "/\\evil.example",
        "file:///etc/passwd",
        "relative",
        "https://a.example/\u202e",
        "",
    ],
)
def test_unsafe_links(target: str) -> None:
    assert safe_link(target) == ""
    assert markdown_link("text", target) == "text"


@FEW
@given(texts)
def test_markdown_text_renders_to_itself(text: str) -> None:
    inline = MARKDOWN.parse(markdown_text(text))
    assert [token.type for token in inline] == ["paragraph_open", "inline", "paragraph_close"]
    assert {child.type for child in inline[1].children or ()} <= {"text", "text_special"}
    assert "".join(child.content for child in inline[1].children or ()) == visible(text).strip()


@FEW
@given(texts, texts)
def test_word_diffs_render_as_such_in_markdown(old: str, new: str) -> None:
    made = operations(old, new)
    inline = MARKDOWN.parse(f"x: {word_diff(made)}")[1]
    shown = dict.fromkeys(OperationKind, "")
    current = OperationKind.EQUAL
    opened = {"strong_open": OperationKind.INSERT, "s_open": OperationKind.DELETE}
    for token in inline.children or ():
        if token.type in opened:
            current = opened[token.type]
        elif token.type in ("strong_close", "s_close"):
            current = OperationKind.EQUAL
        else:
            shown[current] += token.content
    for kind in (OperationKind.DELETE, OperationKind.INSERT):
        expected = "".join(o.text for o in made if o.kind is kind)
        assert squeezed(shown[kind]) == squeezed(visible(expected))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_white_space_moves_out_of_the_markers() -> None:
    runs = (
        Operation(OperationKind.EQUAL, "You"),
        Operation(OperationKind.INSERT, " must not "),
        Operation(OperationKind.EQUAL, "share"),
        Operation(OperationKind.DELETE, " "),
    )
    assert word_diff(runs) == "You **must not** share"


def test_wrapping_hangs_and_keeps_words() -> None:
    long = line("+ ", Span("one two three four five six", Style.ADDED), indent=2)
    assert plain([long], 12) == "+ one two\n  three four\n  five six\n"
    assert plain([long]) == "+ one two three four five six\n"
    assert ansi([long], 12).splitlines()[1] == "  \x1b[32mthree \x1b[0m\x1b[32mfour\x1b[0m"


def test_marks_without_colour_survive_wrapping() -> None:
    text = plain([line("a ", Span("new words here", Style.INSERTED), " b")], 8)
    assert text == "a {+new\nwords\nhere+} b\n"


def test_wide_characters_take_two_columns_and_may_break() -> None:
    assert columns("用户e\u0301") == 5
    rows = plain([line("用户不得分享生成的内容，除非注明来源。")], 12).splitlines()
    assert all(columns(row) <= 14 for row in rows)
    assert len(rows) > 2
    assert not any(row.startswith(("，", "。")) for row in rows)


@FEW
@given(st.lists(texts, max_size=3), st.integers(1, 60))
def test_wrapping_loses_no_word(parts: list[str], width: int) -> None:
    one = line(*(Span(part, Style.ADDED) for part in parts), indent=4)
    wrapped = "".join(row.text for row in wrap([one], width))
    assert squeezed(wrapped) == squeezed(one.text)


@pytest.mark.parametrize(
    ("before", "first", "told"),
    [
        (None, "2024-01-10T10:00", "by 2024-01-10"),
        ("2024-01-10T01:00", "2024-01-10T23:00", "2024-01-10"),
        ("2024-01-09T23:00", "2024-01-10T01:00", "between 2024-01-09 and 2024-01-10"),
        ("2023-12-01T00:00", "2024-01-10T00:00", "between 2023-12-01 and 2024-01-10"),
    ],
)
def test_dates_claim_no_more_than_was_observed(before: str | None, first: str, told: str) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    facts = {"version": 2, "first_seen": at(first), "before": at(before) if before else None}
    assert dates.changed(version(facts)) == told


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (timedelta(seconds=1), "1 minute"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=25, minutes=1), "26 hours"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_durations_are_rounded_up(length: timedelta, told: str) -> None:
    assert dates.duration(length) == told
