"""Events in the store: written with what they tell of, or not at all, and never by anything but looking."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clausetrail.cli import cli
from clausetrail.model import Correction, CorrectionKind, EventKind, Outcome
from clausetrail.pipeline import looking
from clausetrail.pipeline.ingest import settle
from clausetrail.pipeline.rebuild import merge, rebuild
from clausetrail.store import Store, append_correction
from tests.alerts.live import RULES, Live, kept, workspace


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    with workspace(tmp_path) as found:
        yield found


def test_a_confirmed_change_is_raised_with_both_sides(live: Live) -> None:
    live.confirmed(30)
    live.looks(kept(60), kept(60))
    assert live.kinds() == ["seen"]
    live.look(kept(60))
    seen, change = live.store.events()
    assert (seen.kind, change.kind, change.at) == (EventKind.SEEN, EventKind.CHANGE, live.now)
    old, new = live.store.versions(RULES)
    assert (change.old, change.new) == (old.snapshots[0], new.snapshots[0])
    assert (change.state_before, change.state_after) == (old.state, new.state)
    assert (change.before, change.first_seen) == (old.last_seen, new.first_seen)
    live.looks(kept(60), kept(60))
    assert len({event.id for event in live.store.events()}) == 2 == live.store.events()[-1].number


def test_a_flap_is_kept_and_not_told(live: Live) -> None:
    live.confirmed(30)
    live.looks(kept(60), kept(30), kept(30), kept(30))
    assert live.kinds() == ["seen", "seen"]
    assert [version.standing.value for version in live.store.versions(RULES)] == ["confirmed", "flap", "confirmed"]


def test_rebuilds_and_a_second_weighing_raise_nothing(live: Live) -> None:
    live.confirmed(30, 60)
    before = live.store.events()
    rebuild(live.store)
    settle(live.store)
    assert live.store.events() == before
    live.look(kept(60))
    assert live.store.events() == before


def test_what_a_crash_left_in_the_archive_is_told_by_the_next_look(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    live.confirmed(30)
    live.looks(kept(60), kept(60))
    with monkeypatch.context() as patch:
        patch.setattr(looking, "write", _crash)
        with pytest.raises(KeyboardInterrupt):
            live.look(kept(60))
    assert live.kinds() == ["seen"]
    settle(live.store)
    live.look(kept(60))
    assert live.kinds() == ["seen", "change"]


def _crash(*arguments: object, **named: object) -> None:
    raise KeyboardInterrupt


def test_events_go_with_the_history_that_they_tell_of(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash after the event is written takes event and history back together."""
    live.confirmed(30)
    live.looks(kept(60), kept(60))
    with monkeypatch.context() as patch:
        patch.setattr(Store, "hear", _crash)
        with pytest.raises(KeyboardInterrupt):
            live.look(kept(60))
    assert live.kinds() == ["seen"]
    assert live.store.versions(RULES)[-1].confirmed_at is None
    settle(live.store)
    live.look(kept(60))
    assert live.kinds() == ["seen", "change"]


def test_a_ruling_takes_back_what_was_told(live: Live) -> None:
    live.confirmed(30, 60)
    bad = live.store.versions(RULES)[-1].snapshots
    for key in bad[:1]:
        append_correction(
            live.store.path.parent / "corrections.toml",
            Correction(CorrectionKind.JUNK, RULES, "Ada", live.now.date(), "a test page", snapshot=key.sha256),
        )
    rebuild(live.store)
    _, change, correction = live.store.events()
    assert correction.kind is EventKind.CORRECTION
    assert (correction.corrects, change.superseded_by) == (change.id, correction.id)
    rebuild(live.store)
    live.look(kept(30))
    assert len(live.store.events()) == 3


def test_a_page_that_fails_is_told_once_and_once_that_it_is_well(live: Live) -> None:
    live.looks(kept(30), None, None, None, None, kept(30), kept(30))
    failing, well = live.store.events()
    assert (failing.kind, failing.page, failing.note) == (EventKind.HEALTH, "main", "nobody answers")
    assert (well.kind, well.note) == (EventKind.HEALTH, "")


def test_a_document_that_is_withdrawn_and_comes_back_is_told_once_each(live: Live) -> None:
    live.confirmed(30)
    live.looks(Outcome.GONE, Outcome.GONE)
    assert live.kinds() == []
    live.looks(Outcome.GONE, Outcome.GONE, None, kept(30), kept(30))
    told = [kind for kind in live.kinds() if kind != "health"]
    assert told == ["withdrawn", "returned"]


def test_an_import_raises_nothing_and_can_be_simulated(tmp_path: Path) -> None:
    """30 days, then 60, then 90 for a moment and 60 again: one alert, three days after the change."""
    lines = []
    for number, (day, days) in enumerate([(1, 30), (4, 30), (5, 60), (8, 60), (9, 90), (10, 60)]):
        (tmp_path / f"{number}.html").write_bytes(kept(days))
        lines.append({"path": f"{number}.html", "document": RULES, "fetched_at": f"2024-01-{day:02}T00:00:00Z"})
    manifest, database = tmp_path / "manifest.jsonl", tmp_path / "policies.db"
    manifest.write_text("".join(json.dumps(each) + "\n" for each in lines), "utf-8")
    assert run(database, "import", "files", str(manifest)).exit_code == 0
    with Store.open(database) as store:
        assert store.events() == ()
    (one,) = json.loads(run(database, "alerts", "simulate", "--format", "json").output)["documents"]
    counts = {"versions": 4, "alerts": 1, "substantive": 1, "silent": 1, "flaps": 1, "pending": 0}
    assert one == {"document": RULES, **counts, "delay": 3 * 86400, "longest": 3 * 86400}
    assert "3 days" in run(database, "alerts", "simulate", RULES).output


def run(database: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--database", str(database), *arguments])


def test_documents_that_become_one_keep_their_events(tmp_path: Path) -> None:
    with workspace(tmp_path, RULES, "lampion/terms") as live:
        live.confirmed(30, 60)
        merge(live.store, RULES, "lampion/terms")
        assert {event.document for event in live.store.events()} == {"lampion/terms"}


def test_listing(live: Live) -> None:
    live.confirmed(30, 60)
    output = run(live.store.path, "alerts", "list").output
    assert output.splitlines()[0].startswith("2026-01-16  changed  lampion/rules")
    said = run(live.store.path, "alerts", "list", "--format", "json").output
    assert [event["kind"] for event in json.loads(said)] == ["change", "seen"]
