"""Who hears of what: wishes as data, against one change."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clausetrail.alerts.rules import check, heard
from clausetrail.alerts.telling import Telling
from clausetrail.errors import UsageError
from clausetrail.model import PATH_SEPARATOR, Change, EventKind, RelationKind, Significance, Wish
from clausetrail.pipeline.telling import Teller
from tests.alerts.live import RULES, workspace

DATA = tomllib.loads((Path(__file__).parent / "cases" / "rules.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Teller, Telling]]:
    with workspace(tmp_path_factory.mktemp("rules")) as live:
        for text in (DATA["old"], DATA["new"]):
            body = f"<html><head><title>Rules</title></head><body><main>{text}</main></body></html>".encode()
            live.looks(*[body] * 3)
        teller = Teller(live.store)
        event = next(event for event in live.store.events() if event.kind is EventKind.CHANGE)
        telling = teller.tell(event)
        assert telling is not None
        yield teller, telling


def wish_of(said: dict[str, Any]) -> Wish:
    lists = {"words": str, "kinds": RelationKind, "significances": Significance}
    return Wish(**{name: tuple(map(lists[name], v)) if name in lists else v for name, v in said.items()})


def heading(telling: Telling, change: Change) -> str:
    assert telling.diff is not None
    side = telling.diff.comparison.new if change.new else telling.diff.comparison.old
    return side.places()[(change.new or change.old)[0]].path.split(PATH_SEPARATOR)[1]


@pytest.mark.parametrize("case", DATA["case"], ids=lambda case: case["name"])
def test_wishes(case: dict[str, Any], told: tuple[Teller, Telling]) -> None:
    teller, telling = told
    wish = wish_of(case.get("wish", {}))
    check(wish)
    found = heard(wish, telling, teller.follow)
    assert (None if found is None else sorted(heading(telling, change) for change in found)) == case.get("hears")


def test_a_clause_that_nobody_knows_is_not_everything(told: tuple[Teller, Telling]) -> None:
    teller, telling = told
    assert heard(Wish(document=RULES, clause="lampion/rules@abcdefabcdef:3"), telling, teller.follow) is None


@pytest.mark.parametrize(
    "wish",
    [Wish(pattern="("), Wish(pattern="a" * 3000), Wish(words=("...",)), Wish(health=True, words=("oil",))],
)
def test_wishes_that_nobody_can_hear(wish: Wish) -> None:
    with pytest.raises(UsageError):
        check(wish)
