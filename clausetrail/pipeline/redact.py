"""Taking a snapshot's bytes, and all that was derived from them, out for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clausetrail.changelog.phrases import counted
from clausetrail.errors import UsageError
from clausetrail.model import Exhibit
from clausetrail.pipeline.corrections import corrections_file, rulings_for
from clausetrail.pipeline.ingest import rederive
from clausetrail.pipeline.searching import search
from clausetrail.store import Store


@dataclass(frozen=True, slots=True)
class Redacted:
    """What a redaction did."""

    hashes: tuple[str, ...]
    """SHA-256 of the bytes that are gone."""
    documents: tuple[str, ...]
    """Those that were derived again."""
    rulings: tuple[str, ...]
    """Documents of whose rulings in the corrections file some quote words, which a person has to look through."""
    file: str
    """The corrections file."""

    def sentences(self) -> str:
        """What was done and what is left to do, for people."""
        names = ", ".join(self.documents)
        said = f"Redacted {counted(len(self.hashes), 'snapshot')} and derived again: {names}. The hashes stay."
        if self.rulings:
            quoted = ", ".join(self.rulings)
            said += f"\n{self.file} quotes words of {quoted}: look through it, and run the command again."
        return f"{said}\nBackups, exports and sites that were made before still hold the bytes: redact or replace them."


def meant(store: Store, prefixes: Sequence[str]) -> tuple[Exhibit, ...]:
    """The snapshots that are to go: all that share the bytes with one of these hashes.

    Raises UsageError for a beginning of a hash that no snapshot has, or several different ones."""
    found: dict[str, tuple[Exhibit, ...]] = {}
    for prefix in prefixes:
        own = store.find_snapshot(prefix)
        hashes = {one.key.sha256 for one in own}
        if len(hashes) != 1:
            told = "no snapshot has a hash" if not hashes else f"{len(hashes)} snapshots have a hash"
            raise UsageError(f"{prefix}: {told} that begins so; `clausetrail evidence DOCUMENT --all` lists them")
        found[hashes.pop()] = own
    return tuple(one for own in found.values() for one in own)


def question(found: Sequence[Exhibit]) -> str:
    """What would go, line by line."""
    lines = [f"{one.document}  {one.key.fetched_at:%Y-%m-%d %H:%M}  {one.key.sha256[:12]}" for one in found]
    return "\n".join([*lines, "Their bytes, and all text that only they hold, are to go for good; the hashes stay."])


def redact(store: Store, found: Sequence[Exhibit], reason: str) -> Redacted:
    """Take the bytes out of the archive, derive the documents again without them, and write both files anew.

    Done again after a crash at any moment, it ends the same.  Raises UsageError without a reason."""
    if not reason.strip():
        raise UsageError("a redaction needs a reason: it is kept in the chain in the place of the bytes")
    hashes = tuple(dict.fromkeys(one.key.sha256 for one in found))
    documents = tuple(dict.fromkeys(one.document for one in found))
    for sha256 in hashes:
        store.redact(sha256, reason.strip())
    for document in documents:
        rederive(store, document, anew=True, more=True)
    search(store)
    store.scrub()
    quoting = (slug for slug in documents if any(c.old or c.new for c in rulings_for(store, slug)[0]))
    return Redacted(hashes, documents, tuple(quoting), corrections_file(store).name)
