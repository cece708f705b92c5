"""A live workspace into one file, and back."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from clausetrail import settings
from clausetrail.changelog.phrases import counted
from clausetrail.errors import StoreError, UsageError
from clausetrail.pipeline import proof
from clausetrail.pipeline.corrections import corrections_file
from clausetrail.pipeline.pool import Progress
from clausetrail.store import Store
from clausetrail.store.connection import private_path

FORMAT = "clausetrail-backup/1"
_MANIFEST = "manifest.json"
_BLOCK = 1 << 20
_LARGEST_MANIFEST = 1 << 20
_RATIO, _FREE = 200, 64 * 1024 * 1024
"""A backup may unpack to so many times its size, and to so many bytes in any case; ours come to a tenth."""
_PART = re.compile(r"[^\x00-\x1f\x7f/\\:*?\"<>|]{1,255}")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored."""

    database: Path
    rows: int
    made_at: str

    def sentence(self) -> str:
        return f"Restored {self.database} as of {self.made_at}, {counted(self.rows, 'row')} of evidence, all proved."


def backup(store: Store, output: Path) -> str:
    """Write database, archive, corrections and settings (with the certificates of time-stamps), all of one moment, to
    a zip; a sentence on what it holds.

    The file is there only once it is whole and on the disk.  Raises UsageError where there is one already, StoreError
    where a copy is not sound.  The private file of subscribers is never part of it."""
    if output.exists():
        raise UsageError(f"{output}: is there already; name another file, or take it away")
    if not output.parent.is_dir():
        raise UsageError(f"{output}: the folder {output.parent} does not exist; make it first")
    with tempfile.TemporaryDirectory(prefix=".clausetrail-backup-", dir=output.parent) as folder:
        found = _copied(store, Path(folder))
        with Store.open(Path(folder) / store.path.name) as copy:
            rows, link = copy.chain_head()
        said = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "tool": proof.tool(store),
            "database": _place(store),
            "chain": {"rows": rows, "head": link},
        }
        part = Path(folder) / "part"
        pack(part, found, said)
        part.rename(output)
    size = f"{output.stat().st_size / 1e6:.1f} MB"
    private = private_path(store.path)
    left_out = f" {private.name}, with the addresses of subscribers, is left out." if private.exists() else ""
    return f"{output}: {counted(rows, 'row')} of evidence, {size}, as of {said['made_at']}.{left_out}"


def _copied(store: Store, folder: Path) -> dict[str, Path]:
    """Name in the backup -> file to put there."""
    copies = folder / store.path.name, folder / store.archive_path.name
    store.copy_to(*copies)
    place = PurePosixPath(_place(store)).parent
    found = {str(place / copy.name): copy for copy in copies}
    corrections = corrections_file(store)
    if corrections.is_file():
        found[str(place / corrections.name)] = corrections
    own = settings.find(store.path.parent)
    if own is not None and _is_of(own, store):
        found[own.name] = own
        certificates = settings.read(own).timestamp_certificates
        if certificates and _is_inside(certificates) and (own.parent / certificates).is_file():
            found[certificates] = own.parent / certificates
    return found


def _place(store: Store) -> str:
    """Path of the database in its workspace; its name alone, where it has none."""
    own = settings.find(store.path.parent)
    if own is not None and _is_of(own, store):
        return store.path.resolve().relative_to(own.parent.resolve()).as_posix()
    return store.path.name


def _is_of(file: Path, store: Store) -> bool:
    """Whether a settings file names this database, within its own folder."""
    named = (file.parent / settings.read(file).database).resolve()
    return named == store.path.resolve() and named.is_relative_to(file.parent.resolve())


def pack(output: Path, files: Mapping[str, Path], said: Mapping[str, Any]) -> None:
    """Write files and what is said of them to a zip, and see it to the disk."""
    listed = {name: {"sha256": _sha256(path), "size": path.stat().st_size} for name, path in files.items()}
    with output.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            archive.writestr(_MANIFEST, json.dumps({**said, "files": listed}, indent=1))
            for name, path in files.items():
                archive.write(path, name)
        file.flush()
        os.fsync(file.fileno())


def restore(file: Path, folder: Path, progress: Progress | None = None) -> Restored:
    """Put a backup into a folder, brought to today's schema, and prove it.

    Nothing that is in the folder is overwritten.  Raises UsageError for what is no backup of ours, one that was
    altered, and one that would write elsewhere; then nothing has been written."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(file) as archive, tempfile.TemporaryDirectory(prefix=".restore-", dir=folder) as part:
            said = _manifest(file, archive)
            for name in said["files"]:
                if (folder / name).exists():
                    raise UsageError(f"{folder / name}: is there already; restore into another folder")
            for name, facts in said["files"].items():
                _extract(file, archive, name, facts, Path(part) / name)
            for name in said["files"]:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (Path(part) / name).rename(folder / name)
    except (OSError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile) as error:
        raise UsageError(f"{file}: cannot be read as a backup ({getattr(error, 'strerror', None) or error})") from error
    return _proved(folder / said["database"], said, progress)


def _proved(database: Path, said: Mapping[str, Any], progress: Progress | None) -> Restored:
    # Opened for writing, so that it is brought to today's schema here and now.
    with Store.open(database, write=True) as store:
        problems = list(proof.proved(store, progress=progress).problems)
        chain = said.get("chain")
        if chain:
            problems += filter(None, [store.head_problem(chain["rows"], chain["head"])])
        rows, _ = store.chain_head()
    if problems:
        many = counted(len(problems), "problem")
        raise StoreError(f"{database}: is restored, but does not prove: {problems[0]} ({many})")
    return Restored(database, rows, said["made_at"])


def _manifest(file: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    """What a backup says of itself, once it is known to be one, and to hold nothing else."""
    try:
        info = archive.getinfo(_MANIFEST)
        said = json.loads(archive.read(info)) if info.file_size <= _LARGEST_MANIFEST else None
    except (KeyError, ValueError) as error:
        raise UsageError(f"{file}: is no backup of Clausetrail") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT or not _is_whole(said):
        raise UsageError(f"{file}: is no backup that this Clausetrail knows")
    names = [each.filename for each in archive.infolist()]
    if sorted(names) != sorted([_MANIFEST, *said["files"]]):
        raise UsageError(f"{file}: holds other files than it says")
    for each in archive.infolist():
        if not _is_inside(each.filename) or stat.S_ISLNK(each.external_attr >> 16):
            raise UsageError(f"{file}: holds a file that would be written elsewhere ({each.filename!r}); nothing was")
    if sum(facts["size"] for facts in said["files"].values()) > max(_FREE, _RATIO * file.stat().st_size):
        raise UsageError(f"{file}: would unpack to more than {_RATIO} times its size, as no backup does")
    return said


def _is_whole(said: Mapping[str, Any]) -> bool:
    files, database, chain = said.get("files"), said.get("database"), said.get("chain")
    if not isinstance(files, dict) or not isinstance(database, str) or database not in files:
        return False
    facts = all(
        isinstance(each, dict) and isinstance(each.get("size"), int) and isinstance(each.get("sha256"), str)
        for each in files.values()
    )
    head = chain is None or (isinstance(chain.get("rows"), int) and isinstance(chain.get("head"), str))
    return facts and head and isinstance(said.get("made_at"), str)


def _is_inside(name: str) -> bool:
    """Whether a name leads to a file below the folder, on any system: no roots, drives, backslashes or `..`."""
    parts = name.split("/")
    return all(_PART.fullmatch(part) and part.strip(" .") for part in parts)


def _extract(file: Path, archive: zipfile.ZipFile, name: str, facts: Mapping[str, Any], target: Path) -> None:
    """Never more bytes than were announced."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), facts["size"]
    with archive.open(name) as source, target.open("wb") as out:
        while block := source.read(_BLOCK):
            left -= len(block)
            if left < 0:
                break
            digest.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if left or digest.hexdigest() != facts["sha256"]:
        raise UsageError(f"{file}: {name} is not what was backed up; the file is damaged or was altered")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
