"""Sources, looks and small state in the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clausetrail.model import Agenda, Look, Outcome, Source, Validators
from clausetrail.store import Store

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SLUG = "lampion/rules"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "policies.db", create=True) as store:
        store.declare(SLUG, "Lampion", "Rules")
        store.declare_sources(SLUG, [Source("https://lampion.example/rules")], AT)
        yield store


def look(outcome: Outcome = Outcome.OK, hours: int = 0, *, junk: str = "", reason: str = "") -> Look:
    at = AT + hours * HOUR
    cause = "" if outcome in (Outcome.OK, Outcome.NOT_MODIFIED) else outcome.value
    return Look(outcome, at, at, junk, cause, reason, 200, "https://lampion.example/rules")


def test_the_same_outcome_again_is_no_new_row(store: Store) -> None:
    outcomes = [Outcome.OK, Outcome.ERROR, Outcome.ERROR, Outcome.ERROR, Outcome.OK, Outcome.OK]
    for hours, outcome in enumerate(outcomes):
        store.add_look(SLUG, "main", look(outcome, hours, reason=f"try {hours}"), Agenda(AT + 24 * HOUR))
    found = store.looks(SLUG, "main")
    assert [(one.outcome, one.times) for one in found] == [(Outcome.OK, 1), (Outcome.ERROR, 3), (Outcome.OK, 2)]
    assert (found[1].first, found[1].last, found[1].reason) == (AT + HOUR, AT + 3 * HOUR, "try 3")


def test_failures_are_counted_since_the_policy_was_last_seen(store: Store) -> None:
    for hours, one in enumerate([Outcome.OK, Outcome.ERROR, Outcome.BLOCKED, Outcome.BLOCKED]):
        store.add_look(SLUG, "main", look(one, hours), Agenda(AT))
    (watched,) = store.watched()
    assert (watched.failures, watched.failing_since, watched.good_at) == (3, AT + HOUR, AT)
    store.add_look(SLUG, "main", look(Outcome.OK, 5, junk="empty"), Agenda(AT))
    assert store.watched()[0].failures == 4
    store.add_look(SLUG, "main", look(Outcome.NOT_MODIFIED, 6), Agenda(AT))
    assert (store.watched()[0].failures, store.watched()[0].failing_since) == (0, None)


def test_the_agenda_comes_back_as_it_was_given(store: Store) -> None:
    known = Validators("https://lampion.example/rules", '"a-b"', "Sun, 01 Mar 2026 08:00:00 GMT")
    agenda = Agenda(AT + HOUR, known, "https://lampion.example/rules", "ab" * 32, "https://lampion.example/new")
    store.add_look(SLUG, "main", look(), agenda)
    assert store.watched()[0].agenda == agenda
    store.put_off(SLUG, "main", AT)
    assert store.watched()[0].agenda.next_at == AT + HOUR
    store.put_off(SLUG, "main", AT + 2 * HOUR)
    assert store.watched()[0].agenda.next_at == AT + 2 * HOUR


def test_an_address_that_changes_is_due_at_once_and_asked_for_whole(store: Store) -> None:
    known = Validators("https://lampion.example/rules", '"a"')
    store.add_look(SLUG, "main", look(), Agenda(AT + 24 * HOUR, known))
    store.declare_sources(SLUG, [Source("https://lampion.example/rules")], AT + HOUR)
    assert store.watched()[0].agenda.validators == known
    store.declare_sources(SLUG, [Source("https://lampion.example/legal/rules")], AT + HOUR)
    (watched,) = store.watched()
    assert (watched.agenda, watched.url) == (Agenda(AT + HOUR), "https://lampion.example/legal/rules")
    assert len(store.looks(SLUG, "main")) == 1


def test_pages_that_are_declared_no_more_are_not_watched_and_come_back(store: Store) -> None:
    one, two = Source("https://lampion.example/1", "one"), Source("https://lampion.example/2", "two")
    for declared in ([two, one], [one], [one, two], []):
        store.declare_sources(SLUG, declared, AT)
        assert {watched.source for watched in store.watched()} == {source.name for source in declared}
    assert store.looks(SLUG, "main") == ()


def test_state_is_kept_by_kind_and_name(store: Store) -> None:
    store.set_state("hosts", {"a.example": "1", "b.example": "2"})
    store.set_state("robots", {"a.example": "3"})
    store.set_state("hosts", {"b.example": None, "c.example": "4"})
    assert store.state("hosts") == {"a.example": "1", "c.example": "4"}
    assert store.state("robots") == {"a.example": "3"}
