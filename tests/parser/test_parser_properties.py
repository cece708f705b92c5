"""What must hold of every text, made up by Hypothesis out of the pieces that policies are written with."""

from __future__ import annotations

import contextlib
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.errors import ParseError
from clausetrail.model import ClauseKind, ClauseTree, Reading
from clausetrail.parser import MEDIA_TYPES, read
from clausetrail.parser.block import Page
from clausetrail.parser.decode import TEXT_TYPES
from clausetrail.parser.markdown import read_markdown, read_whole
from clausetrail.parser.normal import normal
from clausetrail.parser.plain import read_lines
from clausetrail.parser.rules import decide
from clausetrail.parser.tree import tree

PIECES = (
    *(
        "\n",
        "\n\n",
        "\n    \n",
        "  \n",
        " ",
        "\t",
        "a",
        "words here",
        "Lamp.",
        "*   ",
        "- ",
        "1. ",
        "1\\. ",
        "2) ",
        "    ",
    ),
    *(
        "(a) ",
        "(i) ",
        "**",
        "_",
        "`",
        "```\n",
        "~~~",
        "# ",
        "## ",
        "\n===\n",
        "\n---\n",
        "* * *",
        "> ",
        "| a | b |\n",
        "| - | - |\n",
    ),
    *(
        "[",
        "]",
        "](x)",
        "[a]: b\n",
        "![i](j)",
        "<b>",
        "</b>",
        "<br>",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<script>",
        "<pre>\n",
    ),
    *(
        ": ",
        "“",
        "’",
        "—",
        "\u00a0",
        "\u200b",
        "\u00ad",
        "第三条 ",
        "（一）",
        "灯",
        "、",
        "Effective: ",
        "May 3, 2024",
        "2024-01-02",
    ),
    *(
        "Changelog\n---\n\n",
        "1.2.3 ",
        "§ 3 ",
        "Article 5. ",
        "&amp;",
        "\\",
        "<li>",
        "<ul>",
        "<h2>",
        "</h2>",
        "<td>",
        "<table>",
        "<dt>",
    ),
)
DATED = re.compile(r"[\d./-]+")
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=120)
pages = st.one_of(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), texts)
few = settings(deadline=None, max_examples=150)


def facts(blocks: list, lines: list[int]) -> tuple[ClauseTree, int]:
    page = Page(blocks, lines)
    decide(page)
    return tree(page), len(lines)


@few
@given(texts | pages)
def test_normal_form_is_stable(text: str) -> None:
    once = normal(text)
    assert normal(once) == once
    assert once == " ".join(once.split())


@few
@given(pages)
def test_pieces_and_cache_change_nothing(text: str) -> None:
    assert facts(*read_markdown(text)) == facts(*read_whole(text))
    assert facts(*read_markdown(text)) == facts(*read_markdown(text))


@few
@given(pages, st.sampled_from(TEXT_TYPES))
def test_any_text_is_read_and_well_formed(text: str, media_type: str) -> None:
    check(read(text.encode(), media_type))


@few
@given(st.binary(max_size=200), st.sampled_from(MEDIA_TYPES))
def test_any_bytes_are_read_or_refused(body: bytes, media_type: str) -> None:
    with contextlib.suppress(ParseError):
        check(read(body, media_type))


@few
@given(pages)
def test_lines_as_blocks_keep_every_line(text: str) -> None:
    blocks, lines = read_lines(text)
    assert lines == sorted(lines)
    assert len(blocks) == len(lines)


def check(reading: Reading) -> None:
    """The promises of `model.Clause`."""
    places = reading.tree.places()
    assert places or not reading.verdict.policy
    assert len({place.path for place in places}) == len(places)
    for place in places:
        clause = place.clause
        assert clause.words == normal(clause.words)
        # A date that could be read in two ways stands in the words in the one that the document means.
        assert DATED.sub("", clause.words) == DATED.sub("", normal(clause.printed))
        assert clause.words or (clause.kind is ClauseKind.ITEM and clause.children)
        assert not clause.heading or clause.kind is ClauseKind.SECTION
        around = places[place.parent].clause if place.parent >= 0 else reading.tree.root
        inside = around.depth if around.kind is ClauseKind.ITEM else 0
        if clause.kind is ClauseKind.SECTION:
            assert around.kind is ClauseKind.SECTION
            assert clause.depth == around.depth + 1
        else:
            assert clause.depth == inside + (clause.kind is ClauseKind.ITEM)
    for declared in reading.declared:
        assert 0 <= declared.position < len(places)
    for entry in reading.announcements:
        assert entry.text
        assert 0 <= entry.position < len(places)
