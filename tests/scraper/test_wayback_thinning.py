"""Which captures are chosen of many: laws that hold for any listing, wherever it is broken off."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from clausetrail.scraper.wayback import Capture, Every, Thinner
from clausetrail.scraper.wayback.captures import timestamp_of

START = datetime(2020, 1, 1, tzinfo=UTC)
URL = "https://lampion.example/rules"


@st.composite
def listings(draw: st.DrawFn) -> list[Capture]:
    """Captures of pages, of redirects (digests of their own) and of what was archived before, by time."""
    hours = draw(st.lists(st.integers(1, 400), max_size=40))
    captures, at = [], START
    for step in hours:
        at += timedelta(hours=step)
        kind = draw(st.sampled_from("pppr-"))
        status = {"p": 200, "r": 301, "-": None}[kind]
        digest = draw(st.sampled_from(["R", "Q"] if kind == "r" else ["A", "B", "C", ""]))
        captures.append(Capture(timestamp_of(at), URL, "", status, digest))
    return captures


def chosen(every: Every, captures: list[Capture]) -> list[Capture]:
    thinner = Thinner(every)
    found = [*thinner.feed(captures), *thinner.rest()]
    assert len({one.key for one in found}) == len(found)
    return sorted(found, key=lambda one: one.timestamp)


@settings(deadline=None, max_examples=200)
@given(listings())
def test_both_sides_of_every_change_are_chosen(captures: list[Capture]) -> None:
    found = chosen(Every.CHANGE, captures)
    assert set(found) <= set(captures)
    assert {one.digest for one in found} == {one.digest for one in captures}
    for kind in (False, True):
        stream = [one for one in captures if one.redirects is kind]
        for old, new in pairwise(stream):
            if old.digest != new.digest or not old.digest:
                assert {old, new} <= set(found)
        assert set(stream[:1] + stream[-1:]) <= set(found)
    assert chosen(Every.CHANGE, found) == found
    assert chosen(Every.ALL, captures) == captures


@settings(deadline=None, max_examples=100)
@given(listings(), st.sampled_from([Every.DAY, Every.WEEK, Every.MONTH, Every.YEAR]))
def test_a_period_has_at_most_one_capture_of_a_kind(captures: list[Capture], every: Every) -> None:
    form = {Every.DAY: "%j %Y", Every.WEEK: "%V %G", Every.MONTH: "%m %Y", Every.YEAR: "%Y"}[every]
    for kind in (False, True):
        found = [one for one in chosen(every, captures) if one.redirects is kind]
        periods = [one.at.strftime(form) for one in found]
        assert len(set(periods)) == len(periods)
        firsts: dict[str, Capture] = {}
        for one in captures:
            if one.redirects is kind:
                firsts.setdefault(one.at.strftime(form), one)
        assert set(found) <= set(firsts.values())
        assert {one.digest for one in found} == {one.digest for one in firsts.values()}


@settings(deadline=None, max_examples=100)
@given(listings(), st.sampled_from(list(Every)), st.data())
def test_it_is_the_same_wherever_the_listing_was_broken_off(
    captures: list[Capture], every: Every, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(captures)))
    overlap = data.draw(st.integers(0, min(1, cut)))
    first = Thinner(every)
    found = list(first.feed(captures[:cut]))
    second = Thinner(every, json.loads(json.dumps(first.carry())))
    found += [*second.feed(captures[cut - overlap :]), *second.rest()]
    assert sorted(found, key=lambda one: one.timestamp) == chosen(every, captures)


def test_a_page_archived_again_under_a_redirects_digest_is_a_redirect() -> None:
    captures = [
        Capture("20200101000000", URL, status=301, digest="R"),
        Capture("20200102000000", URL, status=200, digest="A"),
        Capture("20200103000000", URL, digest="R"),
        Capture("20200104000000", URL, status=200, digest="A"),
        Capture("20200105000000", URL, status=200, digest="A"),
    ]
    found = chosen(Every.CHANGE, captures)
    assert [one.timestamp[6:8] for one in found] == ["01", "02", "03", "05"]
