"""Trees and readings: kept once per print, given back exactly as they were."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from clausetrail.errors import StoreError
from clausetrail.model import Clause, ClauseKind, ClauseTree, Link, Reading
from clausetrail.store import bundles, wordings
from clausetrail.store.bundles import BundledTree, Form, TreeBundle
from clausetrail.store.codec import dumps, ids, loads, pack, unpack
from clausetrail.store.prints import patched

_KINDS = {kind.value: kind for kind in ClauseKind}
_EMPTY: tuple[Clause, ...] = ()


def add(db: sqlite3.Connection, bundle: TreeBundle) -> None:
    """Keep what is new in a bundle."""
    names = dumps([tree.print for tree in bundle.trees])
    rows = db.execute("SELECT print, facts FROM _trees WHERE print IN (SELECT value FROM json_each(?))", (names,))
    present = dict(rows.fetchall())
    _complete(db, [tree for tree in bundle.trees if tree.print in present], present)
    new = [tree for tree in bundle.trees if tree.print not in present]
    if not new:
        return
    form_ids = _intern_forms(db, bundle.forms, wordings.intern(db, bundle.wordings))
    db.executemany(
        "INSERT INTO _trees (print, clauses, forms, places, facts) VALUES (?, ?, ?, ?, ?)",
        (
            (tree.print, len(tree.forms), pack([form_ids[i] for i in tree.forms]), tree.places, tree.facts)
            for tree in new
        ),
    )


def _complete(db: sqlite3.Connection, trees: Iterable[BundledTree], present: Mapping[str, str]) -> None:
    """Header cells are no part of a print: a tree that was kept without any gets them when it is read again."""
    learnt = [(t.facts, t.print) for t in trees if bundles.columns(t.facts) and not bundles.columns(present[t.print])]
    db.executemany("UPDATE _trees SET facts = ? WHERE print = ?", learnt)


def _intern_forms(db: sqlite3.Connection, forms: Iterable[Form], wording_ids: list[int]) -> list[int]:
    """Row ids of the forms, in order; those that are new are kept."""
    wanted = [form._replace(wording=wording_ids[form.wording]) for form in forms]
    rows = db.execute(
        "SELECT f.id, f.wording_id, f.kind, f.label, f.lead, f.heading, f.text, f.patch, f.links, f.anchor"
        " FROM json_each(?) k CROSS JOIN _forms f ON f.wording_id = k.value",
        (ids({form.wording for form in wanted}),),
    )
    found = {Form(*row[1:]): row[0] for row in rows}
    first = db.execute("SELECT coalesce(max(id), 0) + 1 FROM _forms").fetchone()[0]
    new = {form: i for i, form in enumerate((form for form in wanted if form not in found), first)}
    db.executemany(
        "INSERT INTO _forms (id, wording_id, kind, label, lead, heading, text, patch, links, anchor)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((i, *form) for form, i in new.items()),
    )
    found.update(new)
    return [found[form] for form in wanted]


class TreeReader:
    """Reads trees, each form once for all of them; clauses that are alike are one object."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._forms: dict[int, tuple[Any, ...]] = {}
        self._leaves: dict[tuple[int, int, int, tuple[str, ...]], Clause] = {}

    def tree(self, name: str) -> ClauseTree:
        """By print.  Raises StoreError where it is not kept."""
        return self._read(name)[0]

    def reading(self, name: str) -> Reading:
        """By print.  Raises StoreError where it is not kept."""
        return bundles.reading(*self._read(name))

    def by_id(self, tree: int) -> ClauseTree:
        row = self._db.execute("SELECT forms, places, facts FROM _trees WHERE id = ?", (tree,)).fetchone()
        return self._tree(*row)

    def facts(self, name: str) -> Reading:
        """By print, what a reading says beside its tree; the tree is empty."""
        row = self._db.execute("SELECT facts FROM _trees WHERE print = ?", (name,)).fetchone()
        return bundles.reading(_NO_TREE, row[0])

    def _read(self, name: str) -> tuple[ClauseTree, str]:
        row = self._db.execute("SELECT forms, places, facts FROM _trees WHERE print = ?", (name,)).fetchone()
        if row is None:
            raise StoreError(f"the reading {name[:12]} is not in the database; run `clausetrail rebuild`")
        return self._tree(*row), row[2]

    def _tree(self, forms: bytes, places: bytes, facts: str) -> ClauseTree:
        (form_ids,) = unpack(forms, 1)
        self._load(form_ids)
        nesting, depths, lines = unpack(places, 3)
        return _grown(form_ids, nesting, depths, lines, bundles.columns(facts), self._clause)

    def _load(self, form_ids: Iterable[int]) -> None:
        missing = set(form_ids).difference(self._forms)
        if not missing:
            return
        rows = self._db.execute(
            "SELECT f.id, w.words, f.wording_id, f.kind, f.label, f.lead, f.heading, f.text, f.patch, f.links, f.anchor"
            " FROM json_each(?) k CROSS JOIN _forms f ON f.id = k.value JOIN wordings w ON w.id = f.wording_id",
            (ids(missing),),
        )
        for form, words, *values in rows:
            self._forms[form] = _form(Form(*values), words)

    def _clause(
        self, form: int, depth: int, line: int, children: tuple[Clause, ...], columns: tuple[str, ...]
    ) -> Clause:
        if children:
            return _made(self._forms[form], depth, line, children, columns)
        key = (form, depth, line, columns)
        leaf = self._leaves.get(key)
        if leaf is None:
            leaf = self._leaves[key] = _made(self._forms[form], depth, line, _EMPTY, columns)
        return leaf


_NO_TREE = ClauseTree(Clause(ClauseKind.SECTION, ""))


def _form(row: Form, words: str) -> tuple[Any, ...]:
    """What all clauses of a form have in common, in the order that `_made` wants."""
    kind = _KINDS[row.kind]
    heading, text = bundles.derived(kind, words, row.lead)
    if row.patch is not None:
        text = patched(text, row.patch)
    return (
        kind,
        words,
        row.label,
        heading if row.heading is None else row.heading,
        row.lead,
        text if row.text is None else row.text,
        tuple(Link(shown, target) for shown, target in loads(row.links)) if row.links else (),
        row.anchor,
    )


def _made(
    form: tuple[Any, ...], depth: int, line: int, children: tuple[Clause, ...], columns: tuple[str, ...]
) -> Clause:
    kind, words, label, heading, lead, text, links, anchor = form
    return Clause(kind, words, label, heading, lead, text, links, depth, line, anchor, children, columns)


def _grown(
    forms: tuple[int, ...],
    nesting: tuple[int, ...],
    depths: tuple[int, ...],
    lines: tuple[int, ...],
    columns: Mapping[int, tuple[str, ...]],
    clause: Callable[[int, int, int, tuple[Clause, ...], tuple[str, ...]], Clause],
) -> ClauseTree:
    """The tree, grown from its last clause to its first: children are there before their parent."""
    waiting: list[list[Clause]] = [[] for _ in range(max(nesting, default=0) + 2)]
    for i in range(len(forms) - 1, -1, -1):
        level = nesting[i]
        below = waiting[level + 1]
        children = _EMPTY
        if below:
            children = tuple(reversed(below))
            below.clear()
        waiting[level].append(clause(forms[i], depths[i], lines[i], children, columns.get(i, ())))
    return ClauseTree(Clause(ClauseKind.SECTION, "", children=tuple(reversed(waiting[0]))))


def tree_ids(db: sqlite3.Connection, names: Iterable[str]) -> dict[str, int]:
    """Row ids by print.  Raises StoreError where one is not kept."""
    wanted = set(names)
    rows = db.execute(
        "SELECT t.print, t.id FROM json_each(?) k CROSS JOIN _trees t ON t.print = k.value", (dumps(list(wanted)),)
    )
    found = dict(rows.fetchall())
    for name in wanted.difference(found):
        raise StoreError(f"the reading {name[:12]} is to be recorded in a version, but its tree was never added")
    return found


def prune(db: sqlite3.Connection) -> int:
    """Drop trees that no snapshot and no version shows, then the forms and wordings that only they held; how many
    rows that were."""
    gone = db.execute(
        "DELETE FROM _trees WHERE print NOT IN (SELECT print FROM snapshots)"
        " AND id NOT IN (SELECT tree_id FROM variants)"
    ).rowcount
    live: set[int] = set()
    for (forms,) in db.execute("SELECT forms FROM _trees"):
        live.update(unpack(forms, 1)[0])
    dead = [(form,) for (form,) in db.execute("SELECT id FROM _forms") if form not in live]
    db.executemany("DELETE FROM _forms WHERE id = ?", dead)
    return int(gone) + len(dead) + wordings.forget(db)
