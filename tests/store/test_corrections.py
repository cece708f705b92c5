"""The corrections file: what it must say, and what it must not lose."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.errors import CorrectionError
from clausetrail.model import Correction, CorrectionKind, DateKind, DeclaredDate
from clausetrail.store import Store, append_correction, read_corrections

BAD = tomllib.loads((Path(__file__).parent / "cases" / "corrections.toml").read_text("utf-8"))["bad"]
JUNK = Correction(CorrectionKind.JUNK, "a/b", "Ada", date(2024, 5, 17), "a login wall", snapshot="0a1b2c3d")
ALL = (
    JUNK,
    Correction(CorrectionKind.POLICY, "a/b", "Ada", date(2024, 5, 17), "no wall at all", snapshot="f" * 64),
    Correction(CorrectionKind.LINK, "a/b", "Bob", date(2024, 5, 18), "renamed", old='The "old" words', new="The new\\"),
    Correction(CorrectionKind.UNLINK, "a/b", "Bob", date(2024, 5, 18), "chance", "0a1b2c3d", "Old", "New"),
    Correction(CorrectionKind.FALSE_ALARM, "a/b", "Bob", date(2024, 5, 18), "typing error", old="teh"),
    Correction(
        CorrectionKind.DATE,
        "a/b",
        "Ada",
        date(2024, 5, 19),
        "the page says May",
        snapshot="0a1b2c3d",
        declared=DeclaredDate(DateKind.UPDATED, date(2024, 5, 1), "Updated: May 2024", 3, "month"),
    ),
)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["says"])
def test_what_is_wrong_is_named_with_its_entry(tmp_path: Path, case: dict[str, Any]) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(case["file"], "utf-8")
    with pytest.raises(CorrectionError) as caught:
        read_corrections(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert case["says"] in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_appended_is_read_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    assert read_corrections(path) == ()
    path.write_text("# Ours.  Ask Ada before you edit.", "utf-8")
    for number, correction in enumerate(ALL, 1):
        before = path.read_text("utf-8")
        append_correction(path, correction)
        assert path.read_text("utf-8").startswith(before)
        assert read_corrections(path) == ALL[:number]
    assert [entry.name for entry in tmp_path.iterdir()] == ["corrections.toml"]


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@settings(deadline=None, max_examples=60)
@given(old=WORDS, new=WORDS, why=WORDS, who=WORDS)
def test_any_words_survive_the_file(
    tmp_path_factory: pytest.TempPathFactory, old: str, new: str, why: str, who: str
) -> None:
    path = tmp_path_factory.mktemp("corrections") / "corrections.toml"
    correction = Correction(CorrectionKind.LINK, "a/b", who, date(2024, 1, 1), why, old=old, new=new)
    append_correction(path, correction)
    append_correction(path, JUNK)
    assert read_corrections(path) == (correction, JUNK)


def test_a_file_that_cannot_be_read_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    for content in ("correction = []\n", "[[correction]]\nkind = 'junk'\n", "no toml"):
        path.write_text(content, "utf-8")
        with pytest.raises(CorrectionError):
            append_correction(path, JUNK)
        assert path.read_text("utf-8") == content
    path.unlink()
    with pytest.raises(CorrectionError, match="snapshot"):
        append_correction(path, Correction(CorrectionKind.JUNK, "a/b", "Ada", date(2024, 1, 1), "why"))
    assert not path.exists()


def test_readers_see_which_corrections_fit(store: Store) -> None:
    store.mirror(ALL, {1: "no such snapshot"})
    found = store.corrections()
    assert tuple(each.correction for each in found) == ALL
    assert [each.problem for each in found] == ["", "no such snapshot", "", "", "", ""]
    store.mirror(ALL[:1], {})
    assert [each.correction for each in store.corrections()] == [JUNK]
    assert store.connection.execute("SELECT applied FROM corrections").fetchall() == [(1,)]
