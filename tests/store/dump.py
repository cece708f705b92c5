"""All that a database holds, by natural keys: equal dumps, equal databases whatever their row ids."""

from __future__ import annotations

from clausetrail.store import Store

_QUERIES = (
    "SELECT d.slug, d.title, d.policy, p.slug, p.title FROM documents d JOIN publishers p ON p.id = d.publisher_id",
    """SELECT d.slug, v.number, v.title, v.origin, v.standing, v.seen_before, v.first_seen, v.last_seen, v.confirmed_at,
        v.reverts_to, v.significance, v.silent, v.effective, v.updated, v.published, v.clauses, v.relabelled, v.edited,
        v.moved, v.moved_edited, v.split, v.merged, v.rewritten, v.added, v.removed, v.state, hex(v.lineages)
        FROM versions v JOIN documents d ON d.id = v.document_id""",
    """SELECT v.number, a.rank, a.first_seen, a.last_seen, s.fetched_at, s.sha256, t.print FROM variants a
        JOIN versions v ON v.id = a.version_id JOIN snapshots s ON s.id = a.snapshot_id JOIN _trees t
        ON t.id = a.tree_id""",
    "SELECT v.number, d.* FROM declared_dates d JOIN versions v ON v.id = d.version_id",
    "SELECT v.number, a.* FROM announcements a JOIN versions v ON v.id = a.version_id",
    "SELECT document_id, number, title, introduced, position, ended FROM lineages",
    """SELECT c.number, k.rank, p.number, k.descent, k.version FROM lineage_links k JOIN lineages c ON c.id = k.child_id
        JOIN lineages p ON p.id = k.parent_id""",
    "SELECT * FROM clauses",
    """SELECT v.number, c.rank, c.title, c.kind, c.certainty, c.significance, c.signals, c.operations, c.importance,
        c.evidence, k.side, k.position, l.number FROM changes c JOIN versions v ON v.id = c.version_id
        LEFT JOIN change_clauses k ON k.change_id = c.id LEFT JOIN lineages l ON l.id = k.lineage_id""",
)
_RECORDED = (
    """SELECT s.source, s.fetched_at, s.seen_until, s.sha256, s.origin, s.record, s.url, s.provenance, s.commit_id,
        s.verdict, s.state, s.print, v.number FROM snapshots s LEFT JOIN versions v ON v.id = s.version_id""",
    "SELECT print, clauses, facts FROM _trees",
    "SELECT words, bigrams FROM wordings",
)
# Row ids, which depend on the order of arrival.
_IDS = frozenset(("document_id", "version_id", "wording_id"))


def dump(store: Store, *, derived_only: bool = False) -> str:
    lines: list[str] = []
    for query in _QUERIES if derived_only else (*_QUERIES, *_RECORDED):
        cursor = store.connection.execute(query)
        names = [column[0] for column in cursor.description]
        rows = [[value for name, value in zip(names, row, strict=True) if name not in _IDS] for row in cursor]
        lines += [query.split(" FROM ")[0], *sorted(map(repr, rows))]
    return "\n".join(lines)
