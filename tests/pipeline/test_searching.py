"""How recorded removals are looked for: once for the same texts, within bounds, and again where somebody else wrote.

That they come out as `diff` tells them is held by `tests/laws/test_elsewhere.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clausetrail.differ import elsewhere
from clausetrail.errors import StoreError
from clausetrail.model import Change, RelationKind
from clausetrail.pipeline import searching
from clausetrail.pipeline.compare import diff
from clausetrail.pipeline.from_files import import_entries
from clausetrail.pipeline.searching import search
from clausetrail.scraper.files import Entry
from clausetrail.store import Finding, Store

SOLD = "Keepers who sell lamp oil to visitors write each sale down in the green book."
REST = "Every keeper of the tower lights the lamp at dusk and puts it out at dawn, and writes the hour down."
OIL = "A gallon of oil costs four crowns, and a wick for the lamp costs one, to be paid to the keeper at the gate."


@pytest.fixture
def store(tmp_path: Path) -> Iterable[Store]:
    with Store.open(tmp_path / "p.db", create=True) as opened:
        yield opened


def take(store: Store, document: str, month: int, *paragraphs: str, footer: str = "") -> None:
    path = store.path.with_name(f"{document.replace('/', '-')}-{month}.html")
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    foot = f"<footer><nav><p>{footer}</p></nav></footer>" if footer else ""
    whole = f"<body><main><h1>Rules</h1>{body}</main>{foot}</body>"
    path.write_text(f"<html><head><title>Rules</title></head>{whole}</html>", "utf-8")
    at = datetime(2024, month, 1, tzinfo=UTC)
    (outcome,) = import_entries(store, [Entry(path, path.name, document, at)])
    assert outcome.version, outcome


def removal(store: Store, document: str = "pier/lamps", number: int = 2) -> Change:
    found = store.comparison(document, number)
    assert found is not None
    (change,) = (c for c in found.changes if c.kind is RelationKind.REMOVED)
    return change


def test_what_was_looked_for_in_the_same_texts_is_not_looked_for_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    words_gone = Store.words_gone

    def counting(self: Store, changes: Iterable[int]) -> dict[int, str]:
        wanted = list(changes)
        asked.append(len(wanted))
        return words_gone(self, wanted)

    monkeypatch.setattr(Store, "words_gone", counting)
    take(store, "pier/lamps", 1, REST, SOLD)
    take(store, "pier/fees", 1, OIL, SOLD)
    take(store, "pier/lamps", 2, REST)
    take(store, "pier/lamps", 3, REST)
    assert removal(store).certainty == "likely"
    asked.clear()
    take(store, "pier/lamps", 4, REST)
    take(store, "pier/boats", 5, OIL)
    take(store, "quay/boats", 1, SOLD)
    assert set(asked) == {0}
    take(store, "pier/boats", 2, SOLD)
    assert 1 in asked
    assert removal(store).evidence.startswith("still said in pier/boats")


@pytest.mark.parametrize("footer", ["", SOLD])
def test_beyond_the_bound_a_record_says_what_diff_says(
    store: Store, monkeypatch: pytest.MonkeyPatch, footer: str
) -> None:
    for module in (elsewhere, searching):
        monkeypatch.setattr(module, "MOST_SEARCHED", 200)
    take(store, "pier/boats", 1, OIL)
    take(store, "pier/fees", 1, *[f"{OIL} It was {n} crowns more in the year before that." for n in range(9)], SOLD)
    take(store, "pier/lamps", 1, REST, SOLD)
    take(store, "pier/lamps", 2, REST, footer=footer)
    why = (
        "still said in a part of the page that was left out" if footer else "there is more elsewhere than was searched"
    )
    assert (removal(store).certainty, removal(store).evidence[: len(why)]) == ("likely", why)
    assert diff(store, "pier/lamps", None, None).comparison == store.comparison("pier/lamps", 2)


def test_a_removal_is_not_firm_where_the_page_can_no_longer_be_searched(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what else is written goes on; but one that another process has locked is waited for."""

    def fail(*, transient: bool) -> Callable[..., None]:
        def left_out(*_: object) -> None:
            raise StoreError("the page is damaged", transient=transient)

        return left_out

    take(store, "pier/lamps", 1, REST, SOLD)
    monkeypatch.setattr(searching, "left_out", fail(transient=True))
    with pytest.raises(StoreError, match="damaged"):
        take(store, "pier/lamps", 2, REST)
    assert store.unsearched() == ("pier",)
    monkeypatch.setattr(searching, "left_out", fail(transient=False))
    search(store)
    assert (removal(store).certainty, removal(store).evidence) == (
        "likely", "the page that was kept can no longer be searched",
    )  # fmt: skip


def test_where_somebody_else_wrote_meanwhile_it_is_done_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    take(store, "pier/lamps", 1, REST, SOLD)
    take(store, "pier/lamps", 3, REST)
    assert removal(store).certainty == "firm"
    findings, done = searching._findings, []

    def disturbed(reader: Store, scenes: object) -> Iterable[Finding]:
        found = list(findings(reader, scenes))  # type: ignore[arg-type]
        if not done:
            done.append(True)
            with monkeypatch.context() as patch, Store.open(store.path, write=True) as other:
                patch.setattr("clausetrail.pipeline.from_files.search", lambda _: None)
                take(other, "pier/fees", 1, OIL, SOLD)
        return found

    monkeypatch.setattr(searching, "_findings", disturbed)
    take(store, "pier/boats", 2, OIL)
    assert removal(store).evidence.startswith("still said in pier/fees")
    assert store.unsearched() == ()
    search(store)
    assert removal(store).evidence.startswith("still said in pier/fees")
