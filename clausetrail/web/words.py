"""What the pages say beyond the words that every surface shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clausetrail.changelog import folding, phrases
from clausetrail.changelog.search import snippet, stood
from clausetrail.model import (
    Clause,
    ClauseKind,
    Exhibit,
    LifeEvent,
    LogEntry,
    Place,
    RelationKind,
    SearchHit,
    Significance,
    Version,
    VersionOrigin,
)

__all__ = [
    "KINDS",
    "WEIGHTS",
    "anchor",
    "event_claim",
    "event_kind",
    "folded",
    "grade",
    "heading_level",
    "heavy",
    "is_section",
    "marked",
    "remarks",
    "silent",
    "snippet",
    "stood",
    "what",
]

KINDS = tuple(kind for kind in RelationKind if kind is not RelationKind.SAME)
WEIGHTS = tuple(Significance)


def what(entry: LogEntry) -> str:
    """What a version changed, in few words."""
    if entry.version.origin is VersionOrigin.FIRST:
        return phrases.FIRST
    return phrases.kinds(entry.counts) or "the same words, nested otherwise"


def silent(entry: LogEntry) -> bool:
    return phrases.is_silent(entry.version, entry.announced)


def remarks(entry: LogEntry) -> list[str]:
    """What stands against taking a version at face value."""
    version = entry.version
    told = [phrases.origin(version) if version.origin is not VersionOrigin.FIRST else ""]
    told += [phrases.standing(version), phrases.reverts(version), *map(phrases.ruled, entry.rulings)]
    return [text for text in told if text]


def folded(versions: Sequence[Version]) -> str:
    """A run of flaps in one sentence."""
    return folding.sentence(versions)


def heavy(value: Significance | None) -> bool:
    return value is not None and value not in phrases.SMALL


def event_claim(event: LifeEvent) -> str:
    if event.change and event.what == event.change.kind.value:
        return phrases.claim(event.change)
    return event.what


def anchor(event: LifeEvent) -> str:
    """Where the comparison that an event belongs to tells of it."""
    change = event.change
    if change is None:
        return ""
    return f"#new-{change.new[0]}" if change.new else f"#old-{change.old[0]}"


def event_kind(event: LifeEvent) -> str:
    """A class of the style sheet."""
    return {"introduced": "added", "reinstated": "added"}.get(event.what, event.what).replace("+", "-")


def heading_level(place: Place) -> int:
    """Below the heading `Text`, which is of the second level."""
    return min(6, 2 + max(1, place.clause.depth))


def is_section(clause: Clause) -> bool:
    return clause.kind is ClauseKind.SECTION


def marked(hit: SearchHit) -> Iterator[tuple[str, bool]]:
    """(text, whether it matched): all of the words."""
    done = 0
    for start, stop in hit.marks:
        yield hit.words[done:start], False
        yield hit.words[start:stop], True
        done = stop
    yield hit.words[done:], False


def grade(page: Exhibit) -> str:
    return phrases.GRADES[page.row.origin]
