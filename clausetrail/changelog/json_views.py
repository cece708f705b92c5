"""Every view as JSON data: dates as ISO 8601 in UTC, positions as integers, texts as fetched."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from clausetrail.changelog import phrases
from clausetrail.changelog.dates import moment
from clausetrail.changelog.json_diff import (
    Json,
    clauses_json,
    comparison_json,
    correction_json,
    declared_json,
    end_facts,
    key_json,
    lone_change_json,
    place_json,
)
from clausetrail.changelog.safe import json_visible
from clausetrail.model import (
    Announced,
    BlameLine,
    ClauseTree,
    DatedChanges,
    DeclaredDate,
    DocumentInfo,
    End,
    LifeEvent,
    LogEntry,
    Reading,
    SearchHit,
    Stats,
    Version,
)

PARSE_FORMAT = "clausetrail-parse/1"
SHOW_FORMAT = "clausetrail-show/1"
LOG_FORMAT = "clausetrail-log/1"
BLAME_FORMAT = "clausetrail-blame/1"
HISTORY_FORMAT = "clausetrail-history/1"
CHANGELOG_FORMAT = "clausetrail-changelog/1"


def json_text(data: object, *, indent: int | None = 2) -> str:
    """JSON data as text, ended by a line feed: readable in every script, and safe to print, since characters that a
    terminal would obey are written as escapes.  `indent=None` makes one line, for JSON Lines."""
    return json_visible(json.dumps(data, ensure_ascii=False, indent=indent)) + "\n"


def changelog_json(document: DocumentInfo, entries: Iterable[DatedChanges]) -> Json:
    """A document's published changelog, entries in the order given."""
    return {
        "format": CHANGELOG_FORMAT,
        "document": document_json(document),
        "entries": [_dated(one) for one in entries],
    }


def reading_json(view: Reading) -> Json:
    """`parse`: the clauses of a page in reading order, and what it declares."""
    return {
        "format": PARSE_FORMAT,
        "title": view.title,
        "language": view.language or None,
        "verdict": {"policy": view.verdict.policy, "reason": view.verdict.reason},
        "facts": {
            "language": view.facts.language or None,
            "canonical": view.facts.canonical or None,
            "modified": view.facts.modified or None,
            "published": view.facts.published or None,
            "times": [{"datetime": when, "text": text} for when, text in view.facts.times],
        },
        "declared": _by_kind(view.declared),
        "dates": [declared_json(date) for date in view.declared],
        "announcements": [
            {"on": one.on.isoformat(), "text": one.text, "clause": one.position} for one in view.announcements
        ],
        "clauses": _tree(view.tree),
    }


def _by_kind(dates: Iterable[DeclaredDate]) -> Json:
    """The first date of each kind in reading order: `{"effective": "2025-10-29"}`."""
    found: Json = {}
    for date in dates:
        found.setdefault(date.kind.value, declared_json(date)["on"])
    return found


def _tree(view: ClauseTree, lineages: Sequence[int] = ()) -> list[Json]:
    return clauses_json(view.places(), None, lineages)


def end_json(title: str, end: End) -> Json:
    """`show`: the version that answers, with its clauses; `title` names the document, or a clause of it."""
    return {"format": SHOW_FORMAT, "title": title} | end_facts(end) | {"clauses": _tree(end.tree, end.lineages)}


def version_json(version: Version) -> Json:
    """A version, with the snapshots that show it: of a document of several pages, those of the pages that changed or
    were looked at again."""
    return {
        "version": version.number,
        "state": version.state,
        "origin": version.origin.value,
        "standing": version.standing.value,
        "before": moment(version.before),
        "first_seen": moment(version.first_seen),
        "last_seen": moment(version.last_seen),
        "confirmed_at": moment(version.confirmed_at),
        "reverts_to": version.reverts_to,
        "observations": len(version.snapshots),
        "sha256": version.snapshots[0].sha256 if version.snapshots else None,
        "snapshots": [key_json(key) for key in version.snapshots],
        "variants": [
            {"first_seen": moment(one.first_seen), "last_seen": moment(one.last_seen), "sha256": one.snapshot.sha256}
            for one in version.variants
        ],
    }


def _announced(announced: Announced, version: Version) -> Json:
    return {
        "silent": phrases.is_silent(version, announced),
        "declared": [declared_json(date) for date in announced.dates],
        "new_dates": [declared_json(date) for date in announced.new_dates],
        "entries": [{"on": one.on.isoformat(), "text": one.text} for one in announced.entries],
    }


def log_json(document: DocumentInfo, entries: Iterable[LogEntry]) -> Json:
    """`log`: a document and its versions, in the order given."""
    return {"format": LOG_FORMAT, "document": document_json(document), "versions": [_log(one) for one in entries]}


def _log(view: LogEntry) -> Json:
    return version_json(view.version) | {
        "significance": view.significance.value if view.significance else None,
        "counts": {kind.value: count for kind, count in view.counts},
        "announced": _announced(view.announced, view.version),
        "rulings": [correction_json(ruling) for ruling in view.rulings],
        "permalink": view.permalink,
    }


def blame_json(document: str, lines: Iterable[BlameLine]) -> Json:
    """`blame`: each clause with the versions that introduced it and that last changed its words."""
    return {"format": BLAME_FORMAT, "document": document, "clauses": [_blame(one) for one in lines]}


def _blame(view: BlameLine) -> Json:
    return place_json(view.place, view.lineage) | {
        "introduced": _brief(view.introduced),
        "changed": _brief(view.changed),
        "permalink": view.permalink,
    }


def _brief(version: Version) -> Json:
    return {
        "version": version.number,
        "before": moment(version.before),
        "first_seen": moment(version.first_seen),
        "last_seen": moment(version.last_seen),
    }


def life_json(document: str, lineage: int, events: Iterable[LifeEvent]) -> Json:
    """`history`: the life of one clause, event by event."""
    told = [_life(one) for one in events]
    return {"format": HISTORY_FORMAT, "document": document, "lineage": lineage, "events": told}


def _life(view: LifeEvent) -> Json:
    return _brief(view.version) | {
        "what": view.what,
        "path": view.path,
        "words": view.words,
        "change": lone_change_json(view.change) if view.change else None,
        "announced": _announced(view.announced, view.version),
        "others": list(view.others),
    }


def hit_json(view: SearchHit) -> Json:
    """One hit of `search`; `marks` are (start, end) offsets into `words`, in Unicode code points."""
    return {
        "document": view.document,
        "lineage": view.lineage,
        "path": view.path,
        "words": view.words,
        "marks": [list(mark) for mark in view.marks],
        "first": _brief(view.first),
        "last": _brief(view.last),
        "current": view.current,
        "permalink": view.permalink,
    }


def document_json(view: DocumentInfo) -> Json:
    """A document with its counts."""
    return {
        "document": view.slug,
        "publisher": view.publisher,
        "title": view.title,
        "url": view.url,
        "language": view.language or None,
        "licence": view.licence,
        "attribution": view.attribution,
        "aliases": list(view.aliases),
        "snapshots": view.snapshots,
        "versions": view.versions,
        "changes": view.changes,
        "flaps": view.flaps,
        "first_seen": moment(view.first_seen),
        "last_seen": moment(view.last_seen),
        "last_change": moment(view.last_change),
        "withdrawals": [
            {"at": moment(one.at), "returned": moment(one.returned), "provenance": dict(one.provenance)}
            for one in view.withdrawals
        ],
        "confirmation": view.confirmation,
        "junk": [
            {"reason": one.reason, "count": one.count, "first": moment(one.first), "last": moment(one.last)}
            for one in view.junk
        ],
    }


def stats_json(view: Stats) -> Json:
    """Counts over the whole database."""
    return {
        "documents": view.documents,
        "snapshots": view.snapshots,
        "versions": view.versions,
        "changes": view.changes,
        "lineages": view.lineages,
        "wordings": view.wordings,
        "flaps": view.flaps,
        "first_seen": moment(view.first_seen),
        "last_seen": moment(view.last_seen),
        "database_bytes": view.database_bytes,
        "archive_bytes": view.archive_bytes,
        "by_kind": dict(view.by_kind),
        "by_significance": dict(view.by_significance),
        "by_origin": dict(view.by_origin),
    }


def _dated(view: DatedChanges) -> Json:
    body = comparison_json(view.comparison) if view.comparison else None
    return _log(view.entry) | {"comparison": body}
