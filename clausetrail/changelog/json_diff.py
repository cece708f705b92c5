"""A comparison as JSON data; `docs/schemas/diff.schema.json` describes it field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from clausetrail.changelog.dates import moment
from clausetrail.changelog.operations import complete
from clausetrail.model import (
    Change,
    Comparison,
    Correction,
    DeclaredDate,
    Diff,
    End,
    Operation,
    Place,
    Relation,
    RelationKind,
    Significance,
    SnapshotKey,
)

DIFF_FORMAT = "clausetrail-diff/1"

Json = dict[str, Any]


def diff_json(diff: Diff, *, all_clauses: bool = False, only: Collection[RelationKind] = ()) -> Json:
    """The comparison with clause objects once at the top and positions everywhere else, changes most important first.

    Clauses and relations are those that a change names; with `all_clauses` all of both sides, those that stayed the
    same included.  `only`: kinds of change to list (none: all); summary and ranks are over all of them.  Texts are as
    fetched: data, not markup, and not safe to print unescaped.
    """
    lineages = (diff.old.lineages, diff.new.lineages)
    body = comparison_json(diff.comparison, all_clauses=all_clauses, only=only, lineages=lineages)
    return {
        "format": DIFF_FORMAT,
        "document": diff.document,
        "from": end_facts(diff.old),
        "to": end_facts(diff.new),
        "between": diff.between,
    } | body


def comparison_json(
    comparison: Comparison,
    *,
    all_clauses: bool = False,
    only: Collection[RelationKind] = (),
    lineages: tuple[Sequence[int], Sequence[int]] = ((), ()),
) -> Json:
    """`summary`, `old`, `new`, `relations` and `changes` of one comparison."""
    old, new = comparison.old.places(), comparison.new.places()
    ranked = [(rank, c) for rank, c in enumerate(comparison.changes, 1) if not only or c.kind in only]
    changed = {(c.old, c.new) for _, c in ranked}
    relations = [r for r in comparison.alignment.relations if all_clauses or (r.old, r.new) in changed]
    named_old = None if all_clauses else {p for _, change in ranked for p in change.old}
    named_new = None if all_clauses else {p for _, change in ranked for p in change.new}
    return {
        "summary": summary_json(comparison.changes),
        "old": clauses_json(old, named_old, lineages[0]),
        "new": clauses_json(new, named_new, lineages[1]),
        "relations": [_relation(relation) for relation in relations],
        "changes": [change_json(change, old, new, rank) for rank, change in ranked],
    }


def summary_json(changes: Sequence[Change]) -> Json:
    """Counts by kind and by significance; what has none is left out."""
    kinds = Counter(change.kind for change in changes)
    weights = Counter(change.significance for change in changes)
    return {
        "changes": len(changes),
        "by_kind": {kind.value: kinds[kind] for kind in RelationKind if kinds[kind]},
        "by_significance": {value.value: weights[value] for value in Significance if weights[value]},
    }


def clauses_json(places: Sequence[Place], wanted: Collection[int] | None, lineages: Sequence[int]) -> list[Json]:
    """Clause objects in reading order: those at the positions `wanted`, or all."""
    return [
        place_json(place, lineages[place.position] if place.position < len(lineages) else None)
        for place in places
        if wanted is None or place.position in wanted
    ]


def place_json(place: Place, lineage: int | None = None) -> Json:
    """One clause where it stands."""
    clause = place.clause
    return {
        "id": place.position,
        "kind": clause.kind.value,
        "depth": clause.depth,
        "parent": place.parent if place.parent >= 0 else None,
        "path": place.path,
        "label": clause.label,
        "lead": clause.lead,
        "heading": clause.heading,
        "text": clause.heading or clause.text,
        "words": clause.words,
        "line": clause.line or None,
        "anchor": clause.anchor,
        "links": [{"text": link.text, "target": link.target} for link in clause.links],
        "columns": list(clause.columns),
        "lineage": lineage,
    }


def _relation(relation: Relation) -> Json:
    return {
        "kind": relation.kind.value,
        "old": list(relation.old),
        "new": list(relation.new),
        "certainty": relation.certainty.value,
        "score": round(relation.score, 4),
        "evidence": relation.evidence,
    }


def change_json(change: Change, old: Sequence[Place], new: Sequence[Place], rank: int) -> Json:
    """One change; its operations replay the words of `old` into those of `new`."""
    return _bare_change(change) | {
        "rank": rank,
        "old": list(change.old),
        "new": list(change.new),
        "operations": operations_json(complete(change, old, new)),
    }


def lone_change_json(change: Change) -> Json:
    """A change without its trees, as a clause's history holds it."""
    return _bare_change(change) | {
        "old": list(change.old),
        "new": list(change.new),
        "operations": operations_json(change.operations),
    }


def _bare_change(change: Change) -> Json:
    return {
        "kind": change.kind.value,
        "certainty": change.certainty.value,
        "significance": change.significance.value,
        "signals": [{"name": one.name, "old": one.old, "new": one.new} for one in change.signals],
        "importance": round(change.importance, 6),
        "evidence": change.evidence,
    }


def operations_json(operations: Iterable[Operation]) -> list[Json]:
    return [{"op": each.kind.value, "text": each.text} for each in operations]


def end_facts(end: End) -> Json:
    """One end: what was asked for and what answers it.  A file has null for what only a version has."""
    version = end.version
    return {
        "asked": end.asked,
        "version": version.number if version else None,
        "origin": version.origin.value if version else None,
        "standing": version.standing.value if version else None,
        "before": moment(version.before) if version else None,
        "first_seen": moment(version.first_seen) if version else None,
        "last_seen": moment(version.last_seen) if version else None,
        "declared": [declared_json(date) for date in end.dates],
        "notes": list(end.notes),
        "grade": end.grade,
        "sha256": end.sha256,
        "snapshots": [
            key_json(page.key) | {"origin": page.row.origin.value, "url": page.row.url} for page in end.pages
        ],
        "rulings": [correction_json(ruling) for ruling in end.rulings],
        "permalink": end.permalink,
    }


def key_json(key: SnapshotKey) -> Json:
    """Which snapshot: the name of the page, when, and the hash of its bytes."""
    return {"source": key.source, "fetched_at": moment(key.fetched_at), "sha256": key.sha256}


def correction_json(ruling: Correction) -> Json:
    """A ruling by hand; what it does not speak of is empty or null."""
    return {
        "kind": ruling.kind.value,
        "document": ruling.document,
        "who": ruling.who,
        "when": ruling.when.isoformat(),
        "why": ruling.why,
        "snapshot": ruling.snapshot,
        "old": ruling.old,
        "new": ruling.new,
        "declared": declared_json(ruling.declared) if ruling.declared else None,
    }


def declared_json(date: DeclaredDate) -> Json:
    """A declared date; `on` has the form `2024-01` where only the month is named."""
    on = date.on.isoformat()
    return {
        "kind": date.kind.value,
        "on": on[:7] if date.precision == "month" else on,
        "precision": date.precision,
        "text": date.text,
        "clause": date.position,
    }
