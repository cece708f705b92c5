"""Readings in a compact form that worker processes make and the store keeps.  Pure.

A *form* is a clause without its place: kind, words and all that was printed.  Each distinct one stands once; a tree
is a list of forms with, for each, how deep it is nested, its own `depth` and its line.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from clausetrail.errors import StoreError
from clausetrail.model import Announcement, Clause, ClauseKind, ClauseTree, PageFacts, Reading, Verdict
from clausetrail.store.codec import clean, date_row, declared_date, dumps, loads, pack
from clausetrail.store.codec import day as day_of
from clausetrail.store.prints import patch


class Form(NamedTuple):
    """A form as a row.  `heading` and `text` are None where `derived` gives them, or gives what `patch` makes the
    text from; `links` is JSON or None."""

    wording: int
    kind: str
    label: str
    lead: str
    heading: str | None
    text: str | None
    patch: str | None
    links: str | None
    anchor: str


class BundledTree(NamedTuple):
    print: str
    forms: array[int]
    """Index of each clause's form, in reading order."""
    places: bytes
    """`pack` of nesting, depth and line."""
    facts: str
    """JSON of what the reading says beside its tree; see `facts`."""


@dataclass(frozen=True, slots=True)
class TreeBundle:
    """Any number of readings, their forms and wordings shared.  Picklable."""

    wordings: tuple[str, ...] = field(repr=False)
    forms: tuple[Form, ...] = field(repr=False)
    trees: tuple[BundledTree, ...] = field(repr=False)


_Key = tuple[ClauseKind, str, str, str, str, str, tuple[Any, ...], str]


class _Interner:
    def __init__(self) -> None:
        self.wordings: dict[str, int] = {}
        self.keys: dict[_Key, int] = {}
        self.forms: dict[Form, int] = {}

    def form(self, c: Clause) -> int:
        key = (c.kind, c.words, c.label, c.heading, c.lead, c.text, c.links, c.anchor)
        found = self.keys.get(key)
        if found is None:
            # Two clauses that differ in lone surrogates only have one form.
            form = self._made(c)
            found = self.keys[key] = self.forms.setdefault(form, len(self.forms))
        return found

    def _made(self, c: Clause) -> Form:
        words, lead, heading, text = clean(c.words), clean(c.lead), clean(c.heading), clean(c.text)
        wording = self.wordings.setdefault(words, len(self.wordings))
        usual_heading, usual_text = derived(c.kind, words, lead)
        runs = None if text == usual_text else patch(usual_text, text)
        return Form(
            wording,
            c.kind.value,
            clean(c.label),
            lead,
            None if heading == usual_heading else heading,
            None if runs or text == usual_text else text,
            runs,
            dumps([[clean(link.text), clean(link.target)] for link in c.links]) if c.links else None,
            clean(c.anchor),
        )


def derived(kind: ClauseKind, words: str, lead: str) -> tuple[str, str]:
    """(heading, text) of most clauses: those whose print is their normal form."""
    if kind is ClauseKind.SECTION:
        return words, ""
    if not lead:
        return "", words
    # The lead may be printed otherwise than its normal form, which most often is as long.
    return "", words[len(lead) + 1 :]


def bundle(readings: Iterable[tuple[str, Reading]]) -> TreeBundle:
    """Readings under their prints.  A print that comes again is passed over."""
    interner = _Interner()
    trees: dict[str, BundledTree] = {}
    for name, reading in readings:
        if name not in trees:
            trees[name] = _bundled(name, reading, interner)
    return TreeBundle(tuple(interner.wordings), tuple(interner.forms), tuple(trees.values()))


def _bundled(name: str, reading: Reading, interner: _Interner) -> BundledTree:
    root = reading.tree.root
    if root != Clause(ClauseKind.SECTION, "", children=root.children):
        raise StoreError("the root of a tree to be kept says something of its own; this is a fault of the parser")
    forms, nesting, depths, lines = array("I"), [], [], []
    for level, clause in nested(root):
        forms.append(interner.form(clause))
        nesting.append(level)
        depths.append(clause.depth)
        lines.append(clause.line)
    return BundledTree(name, forms, pack(nesting, depths, lines), facts(reading))


def nested(root: Clause) -> Iterator[tuple[int, Clause]]:
    """(level of nesting from 0, clause) in reading order."""
    stack = [(0, child) for child in reversed(root.children)]
    while stack:
        level, clause = stack.pop()
        yield level, clause
        if clause.children:
            stack.extend([(level + 1, child) for child in reversed(clause.children)])


def facts(reading: Reading) -> str:
    """What a reading says beside its tree, as JSON; what is as usual is left out."""
    said = {
        "declared": [date_row(declared) for declared in reading.declared],
        "announcements": [[a.on.isoformat(), clean(a.text), a.position] for a in reading.announcements],
        "language": clean(reading.language),
        "title": clean(reading.title),
        "lang": clean(reading.facts.language),
        "junk": None if reading.verdict.policy else True,
        "reason": clean(reading.verdict.reason),
        "columns": _columns(reading.tree),
    }
    return dumps({name: value for name, value in said.items() if value})


def _columns(tree: ClauseTree) -> list[Any]:
    """[names, first position, count] for each run of rows whose columns are called the same."""
    runs: list[Any] = []
    for position, clause in enumerate(tree.walk()):
        if not clause.columns:
            continue
        names = [clean(name) for name in clause.columns]
        if runs and runs[-1][0] == names and sum(runs[-1][1:]) == position:
            runs[-1][2] += 1
        else:
            runs.append([names, position, 1])
    return runs


def columns(said: str) -> dict[int, tuple[str, ...]]:
    """Position → `Clause.columns`, from `facts`; positions without any are left out."""
    if '"columns":' not in said:
        return {}
    runs = ((tuple(names), first, count) for names, first, count in loads(said).get("columns", ()))
    return {first + i: names for names, first, count in runs for i in range(count)}


def reading(tree: ClauseTree, said: str) -> Reading:
    """The reading again, from its tree and `facts`."""
    values = loads(said)
    return Reading(
        tree=tree,
        verdict=Verdict(not values.get("junk"), values.get("reason", "")),
        declared=tuple(declared_date(row) for row in values.get("declared", ())),
        announcements=tuple(Announcement(day_of(on), text, at) for on, text, at in values.get("announcements", ())),
        language=values.get("language", ""),
        title=values.get("title", ""),
        facts=PageFacts(language=values.get("lang", "")),
    )
