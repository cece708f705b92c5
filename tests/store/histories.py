"""Made-up histories, told line by line in `cases/histories/*.txt`, as what the store is given to record.

A version begins with `== DAY STANDING [ORIGIN]`.  Each line is a clause: the name of its lineage and its words; a
line `name<parent` is split off from another lineage; words that begin with `# ` are a heading, and hold the clauses
after it.  What a reader must find follows under `>> QUESTION`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from pathlib import Path

from clausetrail.model import (
    Certainty,
    Change,
    Clause,
    ClauseKind,
    ClauseTree,
    DateKind,
    DeclaredDate,
    Derivation,
    Descent,
    Lineage,
    Operation,
    OperationKind,
    Origin,
    Reading,
    RelationKind,
    Signal,
    Significance,
    Snapshot,
    SnapshotKey,
    Span,
    Standing,
    Traced,
    Variant,
    Verdict,
    Version,
    VersionOrigin,
)
from clausetrail.store import Revisions, SnapshotRow, Store, bundle

REVISIONS = Revisions(1, 2, 3)
FOLDER = Path(__file__).parent / "cases" / "histories"


@dataclass(frozen=True)
class Line:
    lineage: str
    parent: str
    words: str


@dataclass(frozen=True)
class State:
    day: date
    standing: Standing
    origin: VersionOrigin
    lines: tuple[Line, ...]

    @property
    def body(self) -> bytes:
        return "\n".join(line.words for line in self.lines).encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class History:
    name: str
    states: tuple[State, ...]
    questions: dict[str, list[str]] = field(default_factory=dict)

    def numbers(self) -> dict[str, int]:
        """Lineage numbers by name, in the order of first appearance."""
        names = dict.fromkeys(line.lineage for state in self.states for line in state.lines)
        return {name: number for number, name in enumerate(names, 1)}


def histories() -> list[History]:
    return [parse(path.stem, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.txt"))]


def parse(name: str, text: str) -> History:
    states: list[State] = []
    questions: dict[str, list[str]] = {}
    answers: list[str] | None = None
    for line in filter(None, text.splitlines()):
        if line.startswith("== "):
            day, standing, *origin = line[3:].split()
            usual = "change" if states else "first"
            found = VersionOrigin(origin[0] if origin else usual)
            states.append(State(date.fromisoformat(day), Standing(standing), found, ()))
        elif line.startswith(">> "):
            answers = questions.setdefault(line[3:], [])
        elif answers is not None:
            answers.append(line)
        else:
            label, words = line.split(" ", 1)
            lineage, _, parent = label.partition("<")
            states[-1] = replace(states[-1], lines=(*states[-1].lines, Line(lineage, parent, words)))
    return History(name, tuple(states), questions)


def moment(state: State) -> datetime:
    return datetime.combine(state.day, datetime.min.time(), UTC) + timedelta(hours=12)


def reading(state: State) -> Reading:
    sections: list[tuple[Line | None, list[Clause]]] = [(None, [])]
    for number, line in enumerate(state.lines, 1):
        if line.words.startswith("# "):
            sections.append((line, []))
        else:
            words = line.words
            sections[-1][1].append(Clause(ClauseKind.PARAGRAPH, words, text=words.replace("'", "’"), line=number))
    children: list[Clause] = []
    for heading, own in sections:
        if heading is None:
            children += own
        else:
            title = heading.words[2:]
            children.append(Clause(ClauseKind.SECTION, title, heading=title, depth=1, children=tuple(own)))
    return Reading(ClauseTree(Clause(ClauseKind.SECTION, "", children=tuple(children))), Verdict(True), _dates(state))


def _dates(state: State) -> tuple[DeclaredDate, ...]:
    return tuple(
        DeclaredDate(DateKind.EFFECTIVE, date.fromisoformat(line.words.split()[-1]), line.words, position)
        for position, line in enumerate(state.lines)
        if line.words.startswith("Effective ")
    )


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def snapshot(state: State) -> SnapshotRow:
    key = SnapshotKey(moment(state), "main", hashlib.sha256(state.body).hexdigest())
    words = "\n".join(line.words for line in state.lines)
    commit = digest(f"{key}")[:40]
    return SnapshotRow(
        key,
        Origin.FILE,
        "text/plain",
        provenance=(("commit", commit),),
        state=digest(f"state {words}"),
        print=digest(f"print {words}"),
    )


def derivation(history: History, upto: int | None = None, keep: int = 0) -> Derivation:
    """What a history room would answer for the first `upto` versions, of which `keep` are known."""
    states = history.states[:upto]
    versions = tuple(_versions(states))
    numbers = replace(history, states=states).numbers()
    traced = tuple(
        Traced(version, tuple(numbers[line.lineage] for line in state.lines), tuple(_changes(states, i)))
        for i, (version, state) in enumerate(zip(versions, states, strict=True))
    )
    return Derivation(versions, keep, traced[keep:], tuple(_lineages(states, numbers)), tuple(_spans(states, numbers)))


def _versions(states: Sequence[State]) -> Iterator[Version]:
    latest: dict[str, int] = {}
    for number, state in enumerate(states, 1):
        row, at = snapshot(state), moment(state)
        before = moment(states[number - 2]) if number > 1 else None
        confirmed = at + timedelta(hours=48) if state.standing is Standing.CONFIRMED else None
        variant = Variant(at, at, row.key, row.print)
        yield Version(
            *(number, row.state, state.origin, at, at, before, state.standing, confirmed, latest.get(row.state)),
            snapshots=(row.key,),
            variants=(variant,),
        )
        latest[row.state] = number


def clause_words(line: Line) -> str:
    return line.words.removeprefix("# ")


def _changes(states: Sequence[State], index: int) -> Iterator[Change]:
    if not index:
        return
    old = {line.lineage: (at, clause_words(line)) for at, line in enumerate(states[index - 1].lines)}
    new = {line.lineage: (at, clause_words(line)) for at, line in enumerate(states[index].lines)}
    parents = {
        line.lineage: line.parent
        for line in states[index].lines
        if line.parent in old and line.lineage not in old and line.parent in new
    }
    for importance, change in enumerate(reversed(list(_told(old, new, parents)))):
        yield replace(change, importance=100.0 - importance)


_Side = dict[str, tuple[int, str]]


def _told(old: _Side, new: _Side, parents: dict[str, str]) -> Iterator[Change]:
    for parent in dict.fromkeys(parents.values()):
        places = sorted(new[name][0] for name in (parent, *(n for n, p in parents.items() if p == parent)))
        after = "\n".join(words for at, words in sorted(new.values()) if at in places)
        yield _change(RelationKind.SPLIT, (old[parent][0],), tuple(places), old[parent][1], after)
    for name in dict.fromkeys((*old, *new)):
        if name in parents or name in parents.values():
            continue
        if name not in new:
            yield _change(RelationKind.REMOVED, (old[name][0],), (), old[name][1], "")
        elif name not in old:
            yield _change(RelationKind.ADDED, (), (new[name][0],), "", new[name][1])
        elif old[name][1] != new[name][1]:
            yield _change(RelationKind.EDITED, (old[name][0],), (new[name][0],), old[name][1], new[name][1])


def _change(kind: RelationKind, old: tuple[int, ...], new: tuple[int, ...], before: str, after: str) -> Change:
    signals = (Signal(kind.value, quoted(before), quoted(after)), Signal("modal", "…", "must"))
    return Change(
        *(kind, old, new, Certainty.LIKELY, Significance.SUBSTANTIVE, signals, operations(before, after)),
        evidence='shares "it"',
    )


def quoted(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


def operations(old: str, new: str) -> tuple[Operation, ...]:
    """Common beginning and end kept, the rest replaced."""
    head = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))))
    rest = list(zip(reversed(old[head:]), reversed(new[head:]), strict=False))
    tail = len(list(takewhile(lambda pair: pair[0] == pair[1], rest)))
    runs = (
        (OperationKind.EQUAL, old[:head]),
        (OperationKind.DELETE, old[head : len(old) - tail]),
        (OperationKind.INSERT, new[head : len(new) - tail]),
        (OperationKind.EQUAL, old[len(old) - tail :]),
    )
    return tuple(Operation(kind, text) for kind, text in runs if text)


def _lineages(states: Sequence[State], numbers: dict[str, int]) -> Iterator[Lineage]:
    for name, number in numbers.items():
        seen = [n for n, state in enumerate(states, 1) if any(line.lineage == name for line in state.lines)]
        lines = states[seen[0] - 1].lines
        position, line = next((at, line) for at, line in enumerate(lines) if line.lineage == name)
        parents = ((numbers[line.parent], Descent.SPLIT, seen[0]),) if line.parent else ()
        yield Lineage(number, seen[0], position, parents, seen[-1] + 1 if seen[-1] < len(states) else None)


def _spans(states: Sequence[State], numbers: dict[str, int]) -> Iterator[Span]:
    for name, number in numbers.items():
        span: Span | None = None
        for n, state in enumerate(states, 1):
            words = next((clause_words(line) for line in state.lines if line.lineage == name), None)
            if span and words == span.words:
                span = replace(span, last=n)
                continue
            if span:
                yield span
            span = None if words is None else Span(number, words, n, n)
        if span:
            yield span


def enter(store: Store, slug: str, history: History, upto: int | None = None, keep: int = 0) -> None:
    """Put a history into a store, the way an import does."""
    states = history.states[:upto]
    store.keep(served(slug, state) for state in states)
    with store.transaction():
        store.declare(slug, slug.split("/")[0].title(), slug.split("/")[1].title())
        store.add_trees(bundle((snapshot(state).print, reading(state)) for state in states))
        store.add_snapshots(slug, map(snapshot, states))
        store.record(slug, derivation(history, upto, keep), revisions=REVISIONS)


def put_bodies(store: Store, page: str, bodies: Sequence[bytes]) -> None:
    """Put the bodies of a page into the archive, those left out that are there."""
    start = datetime(2024, 1, 1, tzinfo=UTC)
    store.keep(
        Snapshot(page, "main", start + timedelta(hours=hour), Origin.FILE, "text/plain", body)
        for hour, body in enumerate(bodies)
    )


def served(slug: str, state: State) -> Snapshot:
    """A state as what was served."""
    row = snapshot(state)
    return Snapshot(
        *(slug, row.key.source, row.key.fetched_at, row.origin, row.media_type, state.body), provenance=row.provenance
    )


def changes_of(store: Store, slug: str, number: int) -> tuple[Change, ...]:
    """What happened in a version, as recorded."""
    found = store.comparison(slug, number)
    return found.changes if found else ()
