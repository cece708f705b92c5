"""Feeds that readers take without a word of complaint, whatever a page holds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from clausetrail.alerts.views import Site
from clausetrail.changelog.feeds import LONGEST, Entry, Feed, atom, json_feed, rss
from clausetrail.cli import cli
from clausetrail.model import Wish
from clausetrail.pipeline.alerting import correct_events
from clausetrail.pipeline.feeds import FORMATS, feed
from tests.alerts.live import RULES, kept, page, workspace

AT = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
SITE = Site("https://policies.example")
EVIL = "a\x00b\x1b[31m\u202e\ufffe\uffff<script>alert(1)</script>]]>&nbsp;\ud800\r\nx"
XML = {"atom": atom, "rss": rss}


def entry(number: int, text: str = "words") -> Entry:
    name = f"00000000-0000-5000-8000-{number:012}"
    return Entry(name, text, "<p>what</p>", AT, AT, f"https://policies.example/{number}", text)


@pytest.mark.parametrize("format_", XML)
def test_readers_take_it(format_: str) -> None:
    made = Feed(
        "0b7c", EVIL, tuple(entry(n, EVIL) for n in range(3)), "https://policies.example/", "https://f.example/"
    )
    read = feedparser.parse(XML[format_](made).encode())
    assert read.bozo == 0
    assert [each.id for each in read.entries] == [f"urn:uuid:{entry(n).id}" for n in range(3)]
    assert all(each.published_parsed[:5] == (2026, 1, 10, 12, 0) for each in read.entries)
    assert "<script" not in XML[format_](made)


@settings(deadline=None, max_examples=150)
@given(st.text(st.characters(), max_size=60))
def test_any_text_makes_xml_and_json(text: str) -> None:
    made = Feed("0b7c", text, (entry(1, text),), text, text)
    for render in XML.values():
        etree.fromstring(render(made).encode("utf-8"))
    json.loads(json_feed(made).encode("utf-8"))


def test_a_feed_is_bounded() -> None:
    made = Feed("0b7c", "many", tuple(map(entry, range(LONGEST + 50))))
    assert len(feedparser.parse(atom(made)).entries) == LONGEST
    assert len(json.loads(json_feed(made))["items"]) == LONGEST


def test_an_empty_feed() -> None:
    made = Feed("0b7c", "none", ())
    assert feedparser.parse(atom(made)).bozo == feedparser.parse(rss(made)).bozo == 0


def test_changes_of_everything_and_of_one_document_or_clause(tmp_path: Path) -> None:
    with workspace(tmp_path, RULES, "papilio/terms") as live:
        live.confirmed(30)
        live.confirmed(30, 40, document="papilio/terms")
        live.confirmed(60)
        live.looks(kept(90), kept(60))
        every = feed(live.store, Wish(), site=SITE)
        assert [one.document for one in every.entries] == [RULES, "papilio/terms"]
        assert [one.document for one in feed(live.store, Wish(publisher="lampion")).entries] == [RULES]
        assert len(feed(live.store, Wish(document=RULES, clause="We keep what you")).entries) == 1
        assert feed(live.store, Wish(document=RULES, clause="You may not sell")).entries == ()
        assert every.entries[0].link.startswith("https://policies.example/-/policy/lampion/rules@20260")
        assert '<del style="background:#fbdcd9">30</del>' in every.entries[0].html
        again = feed(live.store, Wish(), site=SITE)
        assert [render(every) for render in FORMATS.values()] == [render(again) for render in FORMATS.values()]
        ids = [one.id for one in every.entries]
        live.confirmed(120)
        assert [one.id for one in feed(live.store, Wish()).entries][1:] == ids


def test_words_of_a_page_stay_words(tmp_path: Path) -> None:
    with workspace(tmp_path) as live:
        live.confirmed(30)
        live.looks(*[page(escape("We keep <script>alert(1)</script> ]]> & <img src=x onerror=alert(2)>."))] * 3)
        made = feed(live.store, Wish(), site=SITE)
        for render in XML.values():
            read = feedparser.parse(render(made), sanitize_html=False)
            html = read.entries[0].get("content", [{"value": read.entries[0].get("summary")}])[0]["value"]
            assert "&lt;script&gt;" in html
            assert "<script" not in html
            assert "<img" not in html


def test_a_change_that_does_not_hold_stays_and_says_so(tmp_path: Path) -> None:
    with workspace(tmp_path) as live:
        live.confirmed(30, 60)
        (before,) = feed(live.store, Wish()).entries
        correct_events(live.store, RULES, live.store.versions(RULES)[:1])
        correction, after = feed(live.store, Wish()).entries
        assert after.id == before.id != correction.id
        assert "does not hold any more" in after.html


def test_the_command(tmp_path: Path) -> None:
    with workspace(tmp_path) as live:
        live.confirmed(30, 60)
    options = ["--database", str(tmp_path / "policies.db"), "feed", "--site", "https://policies.example"]
    assert feedparser.parse(CliRunner().invoke(cli, options).output).bozo == 0
    said = CliRunner().invoke(cli, [*options, "--format", "json", "--document", RULES]).output
    assert json.loads(said)["items"][0]["tags"] == [RULES]
    written = [*options, "--format", "rss", "--output", str(tmp_path / "feed.xml")]
    assert CliRunner().invoke(cli, written).output.endswith("written.\n")
    assert CliRunner().invoke(cli, written).output.endswith("as it was.\n")
    assert feedparser.parse(str(tmp_path / "feed.xml")).bozo == 0
