"""The corrections file beside a database, and what of it bears on a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from clausetrail.errors import UsageError
from clausetrail.model import Correction, CorrectionKind, DateKind, DeclaredDate
from clausetrail.pipeline.clauses import words_of
from clausetrail.pipeline.ends import resolve
from clausetrail.store import Store, append_correction, read_corrections

FILE = "corrections.toml"


def corrections_file(store: Store) -> Path:
    """Where the rulings on a database are written: `corrections.toml` beside it."""
    return store.path.with_name(FILE)


def rulings_for(store: Store, document: str, *, known: bool = True) -> tuple[tuple[Correction, ...], bool]:
    """(rulings on a document, whether they differ from those that its history was derived with)."""
    names = {document, *(store.document(document).aliases if known else ())}
    path = corrections_file(store)
    everything = read_corrections(path) if path.exists() else ()
    now = tuple(replace(c, document=document) for c in everything if c.document in names)
    return now, now != tuple(c for c, _ in store.corrections() if c.document == document)


def note(store: Store, document: str, applied: Sequence[Correction], unused: Sequence[Correction]) -> None:
    """Show readers with which rulings a document's history was derived, and which of them fitted nothing."""
    before = store.corrections()
    names = {document, *store.document(document).aliases}
    others = [(c, problem) for c, problem in before if c.document not in names]
    if not applied and len(others) == len(before):
        return
    own = [(c, "no snapshot, clause or change that it could bear on" if c in unused else "") for c in applied]
    everything = sorted([*others, *own], key=lambda entry: (entry[0].document, entry[0].when))
    problems = {i: problem for i, (_, problem) in enumerate(everything) if problem}
    store.mirror((c for c, _ in everything), problems)


def strangers(store: Store) -> tuple[str, ...]:
    """Documents that the corrections file names and the database does not know."""
    path = corrections_file(store)
    known = {slug for d in store.documents() for slug in (d.slug, *d.aliases)}
    return tuple(sorted({c.document for c in read_corrections(path)} - known)) if path.exists() else ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A ruling, and what came of it."""

    correction: Correction
    status: str
    """`applied`, or why it is not."""


def listed(store: Store) -> tuple[Listed, ...]:
    """What the corrections file says, in its order, and after it what was taken out of the file and still holds."""
    path = corrections_file(store)
    written = list(read_corrections(path)) if path.exists() else []
    slugs = {name: d.slug for d in store.documents() for name in (d.slug, *d.aliases)}
    known: dict[Correction, str] = dict(store.corrections())
    found = []
    for ruling in written:
        slug = slugs.get(ruling.document)
        problem = known.pop(replace(ruling, document=slug or ruling.document), None)
        found.append(Listed(ruling, _status(ruling, slug, problem)))
    gone = "no longer in the file; `clausetrail rebuild {}` takes it back"
    return (*found, *(Listed(c, gone.format(c.document)) for c in known))


def _status(ruling: Correction, slug: str | None, problem: str | None) -> str:
    if slug is None:
        return "not applied: no such document here"
    if problem is None:
        return f"not applied yet: `clausetrail rebuild {slug}` applies it"
    return f"does not fit: {problem}" if problem else "applied"


def rule(store: Store, ruling: Correction, *, version: str | None, declared: tuple[str, str] | None) -> Path:
    """Write a ruling to the file, once it is known to name things that exist; the file's path.

    `version` restricts it to the step to that version; `declared` is (kind, date) of a date ruling.  The clauses of a
    ruling may be named by their words, or as `clauses.words_of` takes them.  Raises UsageError where the document,
    version, snapshot or clause is not to be found, or where the same has been ruled before.
    """
    document = store.document(ruling.document).slug
    ruling = replace(ruling, document=document, declared=_date(*declared) if declared else None)
    if ruling.kind is CorrectionKind.FALSE_ALARM and not (ruling.old or ruling.new):
        raise UsageError("a false alarm needs --old or --new: the clause before or after")
    step = _step(store, document, version)
    ruling = replace(
        ruling,
        old=words_of(store, document, ruling.old, step, new=False) if ruling.old else "",
        new=words_of(store, document, ruling.new, step, new=True) if ruling.new else "",
    )
    if step is not None:
        ruling = replace(ruling, snapshot=store.versions(document)[step - 1].snapshots[0].sha256)
    elif ruling.snapshot:
        ruling = replace(ruling, snapshot=_full_hash(store, document, ruling.snapshot))
    path = corrections_file(store)
    _refuse_twice(path, ruling, rulings_for(store, document)[0])
    append_correction(path, ruling)
    return path


def _step(store: Store, document: str, asked: str | None) -> int | None:
    """Number of the version that a ruling is restricted to."""
    if asked is None:
        return None
    version = resolve(store, document, asked).version
    assert version is not None  # noqa: S101 - `resolve` gives ends with versions
    return version.number


_GROUPS = {CorrectionKind.POLICY: CorrectionKind.JUNK, CorrectionKind.UNLINK: CorrectionKind.LINK}
"""Kinds that rule on the same question: the later ruling holds."""


def _refuse_twice(path: Path, ruling: Correction, others: Iterable[Correction]) -> None:
    """Raise UsageError where the last ruling on the same thing says the same."""
    same = [c for c in others if _thing(c) == _thing(ruling)]
    if same and (same[-1].kind, _day(same[-1])) == (ruling.kind, _day(ruling)):
        last = same[-1]
        raise UsageError(
            f"{ruling.document}: {last.who} has ruled the same on {last.when} ({last.why}); see {path}",
            document=ruling.document,
        )


def _thing(c: Correction) -> tuple[object, ...]:
    """What a ruling is about."""
    return _GROUPS.get(c.kind, c.kind), c.snapshot, c.old, c.new, c.declared and c.declared.kind


def _day(c: Correction) -> date | None:
    return c.declared.on if c.declared else None


def _full_hash(store: Store, document: str, prefix: str) -> str:
    found = {row.key.sha256 for row in store.snapshots(document) if row.key.sha256.startswith(prefix.lower())}
    if not found:
        raise UsageError(
            f"{document}: no snapshot has a hash that begins with {prefix};"
            f" `clausetrail evidence {document} --all` lists them",
            document=document,
        )
    if len(found) > 1:
        raise UsageError(f"{document}: {len(found)} snapshots have a hash that begins with {prefix}; give more of it")
    return found.pop()


def _date(kind: str, on: str) -> DeclaredDate:
    try:
        return DeclaredDate(DateKind(kind), date.fromisoformat(on), "", 0)
    except ValueError as error:
        raise UsageError(f"{on!r} is no date; write it as 2024-01-10") from error
