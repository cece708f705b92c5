"""The views of the reading commands, on a terminal and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from clausetrail import changelog
from clausetrail.changelog import Line
from clausetrail.model import Standing, Verdict
from tests.changelog import views
from tests.changelog.test_diff import UNSAFE

LINES: dict[str, Callable[[], Sequence[Line]]] = {
    "show": lambda: changelog.end_lines(f"northlight {views.EVIL}", views.end()),
    "parse": lambda: changelog.reading_lines(views.reading()),
    "blame": lambda: changelog.blame_lines("northlight/usage", views.blame()),
    "history": lambda: changelog.life_lines("northlight/usage", 7, views.life()),
    "search": lambda: changelog.search_lines(views.hits()),
    "documents": lambda: changelog.documents_lines([views.info(), views.info()]),
    "stats": lambda: changelog.stats_lines(views.stats()),
    "log": lambda: changelog.log_lines(views.info(), [one.entry for one in views.published()[1]], flaps=True),
}
DATA: dict[str, Callable[[], object]] = {
    "show": lambda: changelog.end_json("northlight", views.end()),
    "parse": lambda: changelog.reading_json(views.reading()),
    "blame": lambda: changelog.blame_json("northlight/usage", views.blame()),
    "history": lambda: changelog.life_json("northlight/usage", 7, views.life()),
    "search": lambda: [changelog.hit_json(hit) for hit in views.hits()],
    "documents": lambda: [changelog.document_json(views.info())],
    "stats": lambda: changelog.stats_json(views.stats()),
    "log": lambda: changelog.log_json(views.info(), [one.entry for one in views.published()[1]]),
    "changelog": lambda: changelog.changelog_json(*views.published()),
}


def text(view: str) -> str:
    return changelog.plain(LINES[view]())


@pytest.mark.parametrize("view", LINES)
def test_safe_on_a_terminal(view: str) -> None:
    lines = LINES[view]()
    assert not UNSAFE.search(changelog.plain(lines, 40))
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]+m", "", changelog.ansi(lines, 40))


@pytest.mark.parametrize("view", DATA)
def test_json_is_safe_to_print_and_keeps_its_data(view: str) -> None:
    printed = changelog.json_text(DATA[view]())
    assert not UNSAFE.search(printed)
    assert json.loads(printed) == json.loads(json.dumps(DATA[view]()))
    assert changelog.json_text(DATA[view](), indent=None).count("\n") == 1


def test_show_indents_and_labels() -> None:
    assert "\n# Usage policy\n  § 3 Keep to the law.\n  • (a) Be kind. Always.\n    • No gambling.\n" in text("show")


def test_parse_tells_what_the_page_declares() -> None:
    assert "declares   effective 2024-01-10, updated 2024-01, effective 2023-01-10\n" in text("parse")
    assert "changelog  2 dated from 2023-01-09 to 2024-01-09\n" in text("parse")
    data = changelog.reading_json(views.reading())
    assert data["declared"] == {"effective": "2024-01-10", "updated": "2024-01"}
    junk = replace(views.reading(), verdict=Verdict(False, "empty"))
    assert "no policy: empty" in changelog.plain(changelog.reading_lines(junk))


def test_blame_names_versions_dates_and_lineage() -> None:
    rows = text("blame").splitlines()
    assert rows[2:4] == ["since v1 by 2024-01-02", "  L7   # Usage policy"]
    assert rows[5:7] == ["changed v2 2024-02-01…2024-02-03  since v1 by 2024-01-02", "  L8     § 3 Keep to the law."]
    assert rows[7].startswith("  L9     • (a) Be kind.")


def test_history_tells_what_happened() -> None:
    told = text("history")
    assert "v1  by 2024-01-02 (UTC)  introduced  1 › a\n    Be\n" in told
    assert "v2  between 2024-02-01 and 2024-02-03 (UTC)  likely edited" in told
    assert "together with L4, L5" in told
    assert "    Be {+<script>" in told
    assert "announced 2024-01-09" in told
    assert "silent" in told


def test_search_marks_what_matched_and_says_when_it_stood() -> None:
    gone, stands = text("search").split("\n\n")
    assert "there by 2024-01-02" in gone
    assert "last seen 2024-02-01" in gone
    assert "gone from the latest version" in gone
    assert "no «gambling» here" in gone
    assert "    …" in gone
    assert len(gone) < 500
    assert "in the latest version" in stands


def test_tables_line_up_whatever_the_script() -> None:
    head, first, _ = text("documents").splitlines()
    assert head.index("changes") + len("changes") == first.index("1,234") + 5 + 2  # two wide characters before it
    assert "12.3 MB" in text("stats")
    assert "999 B" in text("stats")


def test_log_folds_flaps_unless_asked() -> None:
    info, entries = views.published()
    log = [one.entry for one in entries]
    folded = changelog.plain(changelog.log_lines(info, log))
    assert "v3  On 2023-06-01 (UTC) the page showed other words for no more than 26 hours and went back" in folded
    assert "v4" not in folded
    open_ = changelog.plain(changelog.log_lines(info, log, flaps=True))
    assert "v4" in open_
    assert "flap: the words went back" in open_
    assert "goes back to the words of version 2" in open_


def test_nothing_to_show_is_said() -> None:
    assert changelog.plain(changelog.search_lines([])) == "Nothing found.\n"
    assert changelog.plain(changelog.documents_lines([])) == "No documents.\n"
    assert "No versions." in changelog.plain(changelog.log_lines(views.info(), []))
    assert "No clauses." in changelog.plain(changelog.blame_lines("a/b", []))
    assert "Nothing is recorded" in changelog.plain(changelog.life_lines("a/b", 1, []))
    assert "No versions are recorded" in changelog.changelog_markdown(views.info(), [])
    assert "No versions are recorded" in changelog.changelog_html(views.info(), [])


def test_a_lone_flap_is_not_said_to_have_gone_back() -> None:
    info, entries = views.published()
    alone = [one for one in entries if one.entry.version.standing is Standing.FLAP]
    assert "which did not last (version 3)" in changelog.changelog_markdown(info, alone)


def test_changelog_counts_what_it_leaves_out() -> None:
    info, entries = views.published()
    short = changelog.changelog_markdown(info, entries, limit=1)
    assert "… and 1 more change of this weight" in short
    assert "… and" not in changelog.changelog_markdown(info, entries, limit=0)
    assert "… and 1 more change" in changelog.changelog_html(info, entries, limit=1)


def test_changelog_is_the_same_in_any_order() -> None:
    info, entries = views.published()
    assert changelog.changelog_markdown(info, entries) == changelog.changelog_markdown(info, entries[::-1])


def test_changelog_credits_its_source_and_escapes_it() -> None:
    text = changelog.changelog_markdown(views.info(), [])
    assert "Text collected by Some Archive; licence: ODC-By-1.0." in text
    assert "\n# heading" not in text
    assert "<script" not in changelog.changelog_html(views.info(), [])
