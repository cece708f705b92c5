"""The corrections file beside a database, and what of it bears on a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from clausetrail.errors import UsageError
from clausetrail.model import Correction, CorrectionKind, DateKind, DeclaredDate
from clausetrail.parser import normal
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


def rule(store: Store, ruling: Correction, *, version: str | None, declared: tuple[str, str] | None) -> Path:
    """Write a ruling to the file, once it is known to name things that exist; the file's path.

    `version` restricts it to the step to that version; `declared` is (kind, date) of a date ruling.  Raises UsageError
    where the document, version, snapshot or words are not to be found.
    """
    document = store.document(ruling.document).slug
    ruling = replace(ruling, document=document, old=normal(ruling.old), new=normal(ruling.new))
    if version is not None:
        ruling = replace(ruling, snapshot=_first_snapshot(store, document, version))
    elif ruling.snapshot:
        ruling = replace(ruling, snapshot=_full_hash(store, document, ruling.snapshot))
    if declared is not None:
        ruling = replace(ruling, declared=_date(*declared))
    _check_words(store, ruling)
    path = corrections_file(store)
    append_correction(path, ruling)
    return path


def _first_snapshot(store: Store, document: str, asked: str) -> str:
    version = resolve(store, document, asked).version
    assert version is not None  # noqa: S101 - `resolve` gives ends with versions
    return version.snapshots[0].sha256


def _full_hash(store: Store, document: str, prefix: str) -> str:
    found = {row.key.sha256 for row in store.snapshots(document) if row.key.sha256.startswith(prefix.lower())}
    if len(found) != 1:
        raise UsageError(f"{document}: {len(found)} snapshots have a hash that begins with {prefix}; give more of it")
    return found.pop()


def _date(kind: str, on: str) -> DeclaredDate:
    try:
        return DeclaredDate(DateKind(kind), date.fromisoformat(on), "", 0)
    except ValueError as error:
        raise UsageError(f"{on!r} is no date; write it as 2024-01-10") from error


def _check_words(store: Store, ruling: Correction) -> None:
    if ruling.kind is CorrectionKind.FALSE_ALARM and not (ruling.old or ruling.new):
        raise UsageError("a false alarm needs --old or --new: the words of the clause before or after")
    known = {span.words for span in store.past(ruling.document).spans}
    for words in filter(None, (ruling.old, ruling.new)):
        if words not in known:
            raise UsageError(f"{ruling.document}: no clause ever had the words {words[:60]!r}")
