"""The rules as data, and what they decide."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from clausetrail.differ import compare
from clausetrail.differ.rules import DECLARED, ORDER, rules
from clausetrail.model import Significance
from tests.differ.loader import outline

FOLDER = files("clausetrail.differ") / "signals"
LANGUAGES = ("en", "fr", "de", "zh")


def weigh(old: str, new: str, language: str = "en") -> tuple[Significance, dict[str, tuple[str, str]]]:
    change = compare(outline(old), outline(new), language=language).changes[0]
    return change.significance, {s.name: (s.old, s.new) for s in change.signals}


def test_every_file_is_in_the_order() -> None:
    names = {f.name.removesuffix(".toml") for f in FOLDER.iterdir() if f.name.endswith(".toml")}
    assert names == {*ORDER, DECLARED}


@pytest.mark.parametrize("name", [*ORDER, DECLARED])
def test_a_file_says_what_it_must(name: str) -> None:
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    assert data["name"] == name
    assert data["weight"] >= 0
    tables = {"signs", "terms", "patterns", "prefixes", "pairs"}
    assert set(data) <= {"name", "weight", "headings", "masks", "case", "digits"} | tables
    for groups in data.get("terms", {}).values():
        terms = [t for group in groups.values() for t in group]
        assert len(terms) == len(set(terms))


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_are_there_for(language: str) -> None:
    assert rules(language).assessed
    assert not rules("xx").assessed


@pytest.mark.parametrize(
    ("old", "new", "signal", "words"),
    [
        ("You may sing.", "You must sing.", "modal", ("may", "must")),
        ("Guests will sing at noon.", "Guests may not sing at noon.", "modal", ("will", "may not")),
        ("A lamp costs $5.", "A lamp costs $7.50.", "amount", ("$5", "$7.50")),
        ("We keep 10% of it.", "We keep 12.5% of it.", "percentage", ("10%", "12.5%")),
        ("Open to guests over 16.", "Open to guests over 18.", "age", ("over 16", "over 18")),
        ("We answer in two weeks.", "We answer in three weeks.", "period", ("two weeks", "three weeks")),
        ("Rules of 3 May 2021 apply.", "Rules of 4 May 2021 apply.", "date", ("3 May 2021", "4 May 2021")),
        ("We keep lamps.", "We keep lamps at our sole discretion.", "discretion", ("", "discretion")),
        ("Sing here.", "Sing here, except at night.", "scope", ("", "except")),
        ("Courts of Ireland decide.", "Courts of France decide.", "name", ("Ireland", "France")),
        ("Disputes go to the warden.", "Disputes go to arbitration.", "arbitration", ("", "arbitration")),
        ("A lawful song.", "An unlawful song.", "opposite", ("lawful", "unlawful")),
        ("We knock before we enter.", "We knock after we enter.", "opposite", ("before", "after")),
        ("Sing in public.", "Sing in private.", "opposite", ("public", "private")),
        ("Guests must not sing.", "Guests should not sing.", "modal", ("must not", "should not")),
        ("We will not sing.", "We may not sing.", "modal", ("will not", "may not")),
        ("You may opt out.", "You may opt in.", "discretion", ("opt out", "opt in")),
        ("Ask for LampAI at noon.", "Ask for QuillGPT at noon.", "name", ("LampAI", "QuillGPT")),
        ("Ask for Lamp at noon.", "Ask for McLamp Harbour AI at noon.", "name", ("Lamp", "McLamp Harbour AI")),
        (
            "Write to lamp@quay.example.",
            "Write to wick@quay.example.",
            "address",
            ("lamp@quay.example", "wick@quay.example"),
        ),
        ("We read letters.", "We train models on letters.", "training", ("", "train, models")),
    ],
)
def test_a_signal_fires_with_its_words(old: str, new: str, signal: str, words: tuple[str, str]) -> None:
    significance, signals = weigh(old, new)
    assert significance is Significance.SUBSTANTIVE
    assert signals[signal] == words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Guests shall sing.", "Guests must sing."),
        ("Please see section 4 of the songbook.", "Please see section 5 of the songbook."),
        ("The colour of lamps", "The color of lamps"),
        ("Lamps are boiled before tea.", "Lamps are boiled prior to tea."),
        ("It is a breach of the rules.", "It is a minor breach of the rules."),
        ("Lamps are lit by our staff.", "Lamps are lit by our trained staff."),
        ("The woman at the helm sings.", "The woman in charge at the helm sings."),
        ("See https://lamp.example/a1 for songs.", "See https://lamp.example/b2 for songs."),
    ],
)
def test_what_means_the_same_is_editorial(old: str, new: str) -> None:
    assert weigh(old, new)[0] is Significance.EDITORIAL


def test_much_new_text_is_substantive_without_any_signal() -> None:
    old = "Singing begins at noon."
    new = "Singing begins at noon. Soup, bread, walnuts and honey stand beside the piano."
    assert weigh(old, new) == (Significance.SUBSTANTIVE, {"new-text": ("", "")})


def test_a_date_line_in_each_language() -> None:
    lines = {
        "en": ("Last updated: 3 March 2024", "Last updated: 9 April 2025"),
        "fr": ("Dernière mise à jour : 3 mars 2024", "Dernière mise à jour : 9 avril 2025"),
        "de": ("Stand: 3. März 2024", "Stand: 9. April 2025"),
    }
    for language, (old, new) in lines.items():
        significance, signals = weigh(old, new, language)
        assert significance is Significance.EDITORIAL
        assert set(signals) == {"declared-date"}


def test_numbers_are_named_but_nothing_is_called_editorial_without_rules() -> None:
    significance, signals = weigh("Lampa kosztuje 5 EUR.", "Lampa kosztuje 7 EUR.", "pl")
    assert significance is Significance.NOT_ASSESSED
    assert signals["amount"] == ("5 EUR", "7 EUR")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_promises_nothing_has_nothing_to_find(language: str) -> None:
    """The look at digits and signs spares work and changes no answer."""
    said = "Within two Weeks we DAILY ask thirteen-year-olds over 16, on 3 May 2021, for $5 or 10%, pro Jahr, zwei Tage"
    more = "§ 4, section 5, 3 ans, 7 euros, unverzüglich, HTTPS://lamp.example/x WWW.lamp.example, mars 2020"
    parts = f"{said}, {more}".replace(",", " ,").split()
    texts = [" ".join(parts[at : at + width]) for width in (1, 2, 3, 5) for at in range(len(parts))]
    assert any(rule.search(text) for rule in rules(language).rules for text in texts)
    for rule in rules(language).rules:
        assert [rule.find(text) for text in texts] == [rule.search(text) for text in texts]


@pytest.mark.parametrize("part", ["1 ", "1.", "§", "a", "A", "a A", "1-", "(", "section ", "@", "é", "1,", "$", "- "])
def test_no_text_makes_a_pattern_slow(part: str) -> None:
    """Quadratic backtracking over so many characters would take minutes."""
    known = rules("en")
    text = part * (30_000 // len(part))
    assert len(known.find(text)) == len(ORDER)
