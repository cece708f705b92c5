"""The chain of the evidence archive: what a row proves, and how each is tied to the one before.  Pure.

A row's *payload* is JSON of all that it says: keys sorted, no white space, everything but ASCII escaped.  Its *link*
is SHA-256 over the link before it and the SHA-256 of its payload, both as lower-case hexadecimal digits; before the
first stand 64 zeros.  So a row cannot be altered, dropped, moved or put in without changing every link after it (the
linear linking of Haber and Stornetta, How to Time-Stamp a Digital Document, 1991), and a stretch of the chain can be
shown to a stranger as the payloads' hashes alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clausetrail.model import Archived, Hop, Origin, RecordKind, Snapshot, SnapshotKey, SnapshotRow
from clausetrail.store.codec import moment, moment_or_none, stamp, stamp_or_none

BEGINNING = "0" * 64
"""What stands before the first link."""


class EntryKind(StrEnum):
    """What a row of the chain records."""

    SNAPSHOT = "snapshot"
    ADOPTED = "adopted"
    """Bytes that were in the archive before it had a chain; when and from where they came the database says."""
    REDACTION = "redaction"
    """Bytes that were taken out, and why."""


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    kind: EntryKind
    document: str
    source: str
    fetched_at: str
    """Empty for an adopted body."""
    recorded_at: str
    sha256: str
    size: int
    about: Mapping[str, Any]

    @property
    def payload(self) -> str:
        said = {
            "about": self.about,
            "document": self.document,
            "fetched_at": self.fetched_at,
            "kind": self.kind.value,
            "number": self.number,
            "recorded_at": self.recorded_at,
            "sha256": self.sha256,
            "size": self.size,
            "source": self.source,
        }
        return canonical(said)


def canonical(value: object) -> str:
    """JSON of which there is one form only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def link(previous: str, payload: str) -> str:
    """The link of a row with this payload after one with that link."""
    return joined(previous, hashlib.sha256(payload.encode("ascii")).hexdigest())


def joined(previous: str, digest: str) -> str:
    """The same, from the payload's SHA-256."""
    return hashlib.sha256(f"{previous}{digest}".encode("ascii")).hexdigest()


def about(snapshot: Snapshot) -> dict[str, Any]:
    """What the chain says of a snapshot beside page, time and bytes; what is as usual is left out."""
    said: dict[str, Any] = {
        "origin": snapshot.origin.value,
        "record": None if snapshot.record is RecordKind.OBSERVED else snapshot.record.value,
        "url": snapshot.url,
        "media_type": snapshot.media_type,
        "status": snapshot.status,
        "request": [list(pair) for pair in snapshot.request],
        "response": [list(pair) for pair in snapshot.headers],
        "hops": [_said(hop) for hop in snapshot.hops],
        "provenance": [list(pair) for pair in snapshot.provenance],
        "seen_until": stamp_or_none(snapshot.seen_until),
        "screenshot": hashlib.sha256(snapshot.screenshot).hexdigest() if snapshot.screenshot else "",
    }
    return {name: value for name, value in said.items() if value}


def entry_of(snapshot: Snapshot, sha256: str, number: int, recorded_at: str) -> Entry:
    """A snapshot as the row of this number."""
    return Entry(
        number,
        EntryKind.SNAPSHOT,
        snapshot.document,
        snapshot.source,
        stamp(snapshot.fetched_at),
        recorded_at,
        sha256,
        len(snapshot.body),
        about(snapshot),
    )


def archived(entry: Entry, digest: str, *, redacted: bool) -> Archived:
    """A row of a snapshot, as others see it."""
    said = entry.about
    row = SnapshotRow(
        key=SnapshotKey(moment(entry.fetched_at), entry.source, entry.sha256),
        origin=Origin(said["origin"]),
        media_type=said.get("media_type", ""),
        url=said.get("url", ""),
        status=said.get("status"),
        headers=_pairs(said.get("response", ())),
        record=RecordKind(said.get("record", RecordKind.OBSERVED)),
        provenance=_pairs(said.get("provenance", ())),
        seen_until=moment_or_none(said.get("seen_until")),
    )
    return Archived(
        number=entry.number,
        document=entry.document,
        row=row,
        recorded_at=moment(entry.recorded_at),
        payload=entry.payload,
        digest=digest,
        request=_pairs(said.get("request", ())),
        hops=tuple(map(_hop, said.get("hops", ()))),
        screenshot=said.get("screenshot", ""),
        redacted=redacted,
    )


def _said(hop: Hop) -> dict[str, Any]:
    """A hop, without what is not known of it."""
    said: dict[str, Any] = {
        "url": hop.url,
        "status": hop.status,
        "at": stamp(hop.at),
        "request": [list(pair) for pair in hop.request_headers],
        "response": [list(pair) for pair in hop.response_headers],
        "version": hop.http_version,
        "address": hop.address,
        "certificate": hop.certificate,
    }
    return {name: value for name, value in said.items() if value}


def _hop(said: Mapping[str, Any]) -> Hop:
    return Hop(
        said["url"],
        said["status"],
        moment(said["at"]),
        _pairs(said.get("request", ())),
        _pairs(said.get("response", ())),
        said.get("version", ""),
        said.get("address", ""),
        said.get("certificate", ""),
    )


def _pairs(rows: Any) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in rows)
