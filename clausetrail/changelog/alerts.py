"""Alerts on a terminal and as JSON: what would have been sent, what was, and what waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import chain
from statistics import median

from clausetrail.changelog import dates, phrases
from clausetrail.changelog.json_diff import Json, key_json
from clausetrail.changelog.styled import BLANK, Line, Span, Style, line, padded
from clausetrail.model import Event, EventKind, Simulated

SIMULATION_FORMAT = "clausetrail-alerts-simulation/1"
_COLUMNS = ("versions", "alerts", "substantive", "silent", "flaps", "pending", "delay", "longest")


def simulation_lines(found: Sequence[Simulated]) -> list[Line]:
    """A row for each document, and one for all; then what the columns mean."""
    rows = [(one.document, _cells(one)) for one in found]
    if len(found) > 1:
        rows.append((phrases.counted(len(found), "document"), _cells(total(found))))
    width = max((len(name) for name, _ in rows), default=0)
    heads = "".join(f"  {name:>{max(11, len(name))}}" for name in _COLUMNS)
    lines = [line(Span(padded("document", width) + heads, Style.HEADING))]
    lines += [
        line(Span(padded(name, width), Style.STRONG), "".join(f"  {cell:>11}" for cell in cells))
        for name, cells in rows
    ]
    return [*lines, BLANK, *(line(Span(text, Style.MUTED), indent=2) for text in _LEGEND)]


def _row(name: str, cells: Iterable[str]) -> Line:
    return line(Span(name, Style.STRONG), "".join(f"  {cell:>11}" for cell in cells))


_LEGEND = (
    "alerts: confirmed changes, against the last confirmed words; silent: no new date and no changelog entry.",
    "flaps: versions that went back before they were confirmed, and raised nothing; pending: not confirmed yet.",
    "delay: from the first sight of a change to its confirmation, median; longest: the longest of them.",
)


def _cells(one: Simulated) -> tuple[str, ...]:
    numbers = (one.versions, one.alerts, one.substantive, one.silent, one.flaps, one.pending)
    spans = (median(one.delays), max(one.delays)) if one.delays else ()
    told = tuple(_hours(seconds) for seconds in spans) or ("-", "-")
    return (*(f"{number:,}" for number in numbers), *told)


def _hours(seconds: float) -> str:
    return dates.duration(timedelta(seconds=seconds)) if seconds else "none"


def total(found: Sequence[Simulated]) -> Simulated:
    """All documents as one."""
    versions, alerts, substantive, silent, flaps, pending = (
        sum(getattr(one, name) for one in found) for name in _COLUMNS[:6]
    )
    delays = tuple(chain.from_iterable(one.delays for one in found))
    return Simulated("", versions, alerts, substantive, silent, flaps, pending, delays)


def simulation_json(found: Sequence[Simulated]) -> Json:
    """The same, delays in seconds; null where there was no alert."""
    return {
        "format": SIMULATION_FORMAT,
        "documents": [{"document": one.document} | _simulated(one) for one in found],
        "total": _simulated(total(found)),
    }


def _simulated(one: Simulated) -> Json:
    return {
        **{name: getattr(one, name) for name in _COLUMNS[:6]},
        "delay": median(one.delays) if one.delays else None,
        "longest": max(one.delays) if one.delays else None,
    }


def event_lines(events: Iterable[Event]) -> list[Line]:
    """Events, newest first."""
    return [each for event in events for each in _event_lines(event)] or [line("No events.")]


def _event_lines(event: Event) -> Iterator[Line]:
    style = Style.MUTED if event.superseded_by else Style.STRONG
    yield line(
        Span(f"{dates.day(event.at)}  ", Style.MUTED),
        Span(f"{event_word(event)}  ", style),
        Span(event.document),
        Span(f"  {event.page}" if event.page else ""),
        Span(f"  {event.id}", Style.MUTED),
        indent=4,
    )
    if event.note:
        yield line("    ", Span(event.note), indent=4)
    if event.superseded_by:
        yield line("    ", Span(f"does not hold any more; see {event.superseded_by}", Style.WARNING), indent=4)


EVENT_WORDS = {
    EventKind.CHANGE: "changed",
    EventKind.SEEN: "other words, not confirmed yet",
    EventKind.VARIANT: "other labels, links or typography",
    EventKind.WITHDRAWN: "withdrawn: gone from all of its pages",
    EventKind.RETURNED: "there again, after it was withdrawn",
    EventKind.CORRECTION: "correction",
}


def event_word(event: Event) -> str:
    """What happened, in few words."""
    if event.kind is EventKind.HEALTH:
        return "page fails" if event.note else "page is well again"
    return EVENT_WORDS[event.kind]


def event_json(event: Event) -> Json:
    """An event, with the snapshots that show both sides."""
    return {
        "id": event.id,
        "number": event.number,
        "kind": event.kind.value,
        "document": event.document,
        "at": dates.moment(event.at),
        "before": dates.moment(event.before),
        "first_seen": dates.moment(event.first_seen),
        "old": key_json(event.old) if event.old else None,
        "new": key_json(event.new) if event.new else None,
        "state_before": event.state_before,
        "state_after": event.state_after,
        "page": event.page,
        "note": event.note,
        "corrects": event.corrects,
        "superseded_by": event.superseded_by,
    }
