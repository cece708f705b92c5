"""A change with all its evidence in one zip, which a stranger can check offline and without Clausetrail."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from typing import Any

from clausetrail import changelog
from clausetrail.errors import StoreError, UsageError
from clausetrail.model import Archived, Diff, Exhibit, Hop, TimeStamp
from clausetrail.pipeline import proof, stamping
from clausetrail.pipeline.compare import diff
from clausetrail.pipeline.ends import resolve
from clausetrail.pipeline.ingest import settings_of
from clausetrail.resources import data_path
from clausetrail.store import Store

FORMAT = "clausetrail-dossier/1"
_SUFFIXES = {
    "text/html": "html",
    "application/xhtml+xml": "xhtml",
    "text/markdown": "md",
    "text/plain": "txt",
    "application/pdf": "pdf",
}
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""Of every file in the zip: when it was made stands in the README, and the same evidence gives the same zip."""
_CERTIFICATES = "timestamps/certificates.pem"
_STAMP_FILES = """\
timestamps/       what time-stamp authorities answered (RFC 3161) of the chain's links
"""
_STAMP_CHECK = """
Each time-stamp says that a link existed at its time, and so did every row up to there. check.py tells the row, the
time, and that the chain leads from these snapshots to that link; that the authority signed it, OpenSSL tells:

{commands}
{certificates}

Who signed, and when, is shown by

    openssl ts -reply -in {file} -text
    openssl ts -reply -in {file} -token_out | openssl pkcs7 -inform der -print_certs -noout

Certificates run out, and then OpenSSL refuses them: add `-attime SECONDS`, with the seconds that check.py gives for
the time-stamp, to have them judged by its own time.
"""
_OWN_CERTIFICATES = """\
timestamps/certificates.pem is the copy of whoever made this: compare it with what the authority itself publishes, or
take theirs."""
_NO_CERTIFICATES = """\
AUTHORITY.pem stands for the root certificate that the authority publishes, which is not here."""
_HEAD_FILES = """\
stamped-head.json the head of the chain on an earlier day
stamped-head.tsr  its time-stamp (RFC 3161)
"""
_HEAD_CHECK = """
The time-stamp says that the head in stamped-head.json existed at its time. To check it against the certificate of
the authority that gave it:

    openssl ts -verify -data stamped-head.json -in stamped-head.tsr -CAfile AUTHORITY.pem
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A head that was exported earlier, and what a time-stamp authority answered for that very file."""

    head: Path
    token: Path


@dataclass(slots=True)
class _Dossier:
    store: Store
    archived: Mapping[object, Archived]
    files: dict[str, bytes] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)
    """Number -> payload of the rows that are disclosed."""
    snapshots: list[dict[str, Any]] = field(default_factory=list)

    def add(self, one: Exhibit, side: str, role: str) -> None:
        """A snapshot, its bytes, and the row of the chain that records it."""
        place = f"{side}/{sum(said['side'] == side for said in self.snapshots) + 1}"
        name = f"{place}.{_SUFFIXES.get(one.row.media_type, 'bin')}"
        self.files[name] = self.store.body(one.key.sha256)
        row = self.archived.get(one.key)
        number, payload = (row.number, row.payload) if row else self.store.first_row(one.key.sha256)
        self.rows[number] = payload
        self.snapshots.append(
            {
                **changelog.exhibit_json(one),
                "side": side,
                "role": role,
                "file": name,
                "rows": [number],
                "request": [list(pair) for pair in row.request] if row else [],
                "hops": [_answer(hop) for hop in row.hops] if row else [],
                "screenshot": self._screenshot(row, f"{place}.png"),
            }
        )

    def _screenshot(self, row: Archived | None, name: str) -> str | None:
        if row is None or not row.screenshot:
            return None
        self.files[name] = self.store.body(row.screenshot)
        return name


def dossier(store: Store, document: str, on: str | None, output: Path, stamp: Stamp | None = None) -> str:
    """Write the change that made a version, with all its evidence, to a zip; a sentence on what it holds.

    `document` may be a permalink, and then names the version too; for a first version there is one side only.
    Raises UsageError where there is no such version, or the file is there already."""
    if output.exists():
        raise UsageError(f"{output}: is there already; name another file, or take it away")
    if "@" in document:
        document, number = store.resolve_permalink(document)[:2]
    else:
        document = store.document(document).slug
        end = resolve(store, document, on or "latest")
        assert end.version is not None  # noqa: S101 - `resolve` gives ends with versions
        number = end.version.number
    with store.reading():
        files = _files(store, document, number, stamp)
    _write(output, files)
    held = f"the evidence of version {number} of {document}, {len(files)} files"
    return f"{output}: {held}; README.txt says how to check it."


def _files(store: Store, document: str, number: int, stamp: Stamp | None) -> dict[str, bytes]:
    change = diff(store, document, str(max(number - 1, 1)), str(number))
    found = _Dossier(store, {one.row.key: one for one in store.archived(document)})
    for one, side, role in _shown(store, change, number):
        found.add(one, side, role)
    files = found.files
    files["change.md"] = changelog.diff_markdown(change).encode("utf-8", "replace")
    files["change.json"] = _json(changelog.diff_json(change))
    files |= {f"rows/{row}.json": payload.encode("ascii") for row, payload in found.rows.items()}
    covering = stamping.covering(store, found.rows)  # before the chain is read: it leads through what they speak of
    proved, files["chain.txt"] = _chain(store, min(found.rows))
    tool = proof.tool(store)
    said: dict[str, Any] = {"format": FORMAT, "document": document, "version": number, "chain": proved, "tool": tool}
    if covering:
        said["timestamps"] = [_stamp_json(one, rows) for one, rows in covering.items()]
        files |= _stamps(store, covering)
    files["evidence.json"] = _json({**said, "snapshots": found.snapshots})
    if stamp is not None:
        files |= _stamped(store, stamp, max(found.rows))
    files["check.py"] = data_path("evidence", "check.py").read_bytes()
    files["README.txt"] = _readme(change, number, min(found.rows), tool, _told(covering, files))
    sums = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return {**files, "SHA256SUMS": "".join(sums).encode("ascii")}


def _shown(store: Store, change: Diff, number: int) -> Iterator[tuple[Exhibit, str, str]]:
    """(snapshot, side, role): what each side was read from, and the last sight of the old words, which with the first
    of the new ones says between which times the page changed."""
    if number > 1:
        for one in change.old.pages:
            yield one, "before", "read from"
        named = {one.key for one in change.old.pages}
        again = [e for e in store.exhibits(change.document) if e.version == number - 1 and e.key not in named]
        if again:
            yield again[-1], "before", "last seen"
    for one in change.new.pages:
        yield one, "after", "read from"


def _chain(store: Store, first: int) -> tuple[dict[str, Any], bytes]:
    """What leads from the row before the first one that is disclosed to the head, and the digests between."""
    before = store.link_before(first)
    links = list(store.links(first))
    last = {"rows": first + len(links) - 1, "head": links[-1][1]}
    digests = "".join(f"{digest}\n" for digest, _ in links)
    return {"first": first, "before": before, "head": last}, digests.encode("ascii")


def _stamped(store: Store, stamp: Stamp, newest: int) -> dict[str, bytes]:
    """Raises UsageError where the head is none of this archive, or older than what it is to vouch for."""
    problem = proof.against(store, stamp.head)
    if problem:
        raise StoreError(f"{stamp.head}: {problem}")
    head = stamp.head.read_bytes()
    if json.loads(head)["rows"] < newest:
        raise UsageError(f"{stamp.head}: was taken before row {newest} of the chain, and so vouches for nothing here")
    try:
        return {"stamped-head.json": head, "stamped-head.tsr": stamp.token.read_bytes()}
    except OSError as error:
        raise UsageError(f"{stamp.token}: cannot be read ({error.strerror})") from error


def _stamps(store: Store, covering: Mapping[TimeStamp, object]) -> dict[str, bytes]:
    """The time-stamps, and the certificates that the settings name for them."""
    files = {_stamp_file(one): one.token for one in covering}
    certificates = stamping.certificates(store, settings_of(store))
    if certificates and certificates.is_file():
        files[_CERTIFICATES] = certificates.read_bytes()
    return files


def _stamp_file(one: TimeStamp) -> str:
    return f"timestamps/{one.number}.tsr"


def _stamp_json(one: TimeStamp, rows: Sequence[int]) -> dict[str, Any]:
    return {
        "file": _stamp_file(one),
        "row": one.number,
        "link": one.link,
        "covers": list(rows),
        "authority": one.authority,
        "requested_at": one.requested_at.isoformat(),
    }


def _told(covering: Mapping[TimeStamp, object], files: Mapping[str, bytes]) -> dict[str, str]:
    """What the README says of time-stamps, by the names of its blanks."""
    listed, check = "", ""
    if covering:
        named = _CERTIFICATES in files
        commands = "\n".join(map(_command, covering, repeat(_CERTIFICATES if named else "AUTHORITY.pem")))
        certificates = _OWN_CERTIFICATES if named else _NO_CERTIFICATES
        file = _stamp_file(next(iter(covering)))
        listed, check = _STAMP_FILES, _STAMP_CHECK.format(commands=commands, certificates=certificates, file=file)
    if "stamped-head.json" in files:
        listed, check = listed + _HEAD_FILES, check + _HEAD_CHECK
    return {"stamp_files": listed, "stamp_check": check}


def _command(one: TimeStamp, certificates: str) -> str:
    asked = f"Row {one.number}, asked of {one.authority} at {one.requested_at:%Y-%m-%d %H:%M} UTC:"
    command = f"openssl ts -verify -digest {one.link} \\\n        -in {_stamp_file(one)} -CAfile {certificates}"
    return f"{asked}\n\n    {command}\n"


def _readme(change: Diff, number: int, row: int, tool: Mapping[str, Any], stamps: Mapping[str, str]) -> bytes:
    notes = [*change.old.notes, *change.new.notes]
    text = data_path("evidence", "README.txt").read_text("utf-8")
    return text.format(
        document=change.document,
        change=f"from version {number - 1} to version {number}" if number > 1 else "the first version that is known",
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        version=tool["clausetrail"],
        row=row,
        revisions=", ".join(f"{name} {revision}" for name, revision in tool.items() if name != "clausetrail"),
        notes="".join(f"\nNote: {note}\n" for note in notes),
        **stamps,
    ).encode("utf-8", "replace")


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=True, indent=1) + "\n").encode("ascii")


def _write(output: Path, files: Mapping[str, bytes]) -> None:
    """There is no file before it is whole."""
    part = output.with_name(f"{output.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(files.items()):
                archive.writestr(zipfile.ZipInfo(f"evidence/{name}", _OLDEST), content, zipfile.ZIP_DEFLATED)
        part.rename(output)
    finally:
        part.unlink(missing_ok=True)


def _answer(hop: Hop) -> dict[str, Any]:
    return {"url": hop.url, "status": hop.status, "headers": [list(pair) for pair in hop.response_headers]}
