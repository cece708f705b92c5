"""Reading a git repository through the `git` command: no checkout, streaming, nothing written, no network."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from clausetrail.errors import ScrapeError

_SAFE = ("-c", "protocol.allow=never", "-c", "log.showSignature=false", "-c", "log.showRoot=true")
"""What a repository's own configuration must not decide: to fetch, to run a program, to leave a commit out."""
_FILE = "100"
"""How the mode of a plain file begins; links and submodules are none."""


def _environment(repository: Path) -> dict[str, str]:
    """The user's, less what would point git elsewhere; no questions, no locks, no network."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_CEILING_DIRECTORIES": str(repository.absolute().parent),
        "LC_ALL": "C",
    }


def check_repository(repository: Path) -> None:
    """Raise ScrapeError, with what to do, unless `repository` is a clone or bare repository with a commit."""
    if not repository.exists():
        raise ScrapeError(f"{repository}: no such repository; clone it first, then name the folder")
    if repository.is_file():
        raise ScrapeError(f"{repository}: is a file, not a repository; if it is a bundle, `git clone` it first")
    run = _run(repository, "rev-parse", "--git-dir", "--verify", "HEAD^{commit}")
    if run.returncode == 0:
        return
    reason = run.stderr.decode("utf-8", "replace").strip().splitlines()
    said = reason[-1].removeprefix("fatal: ") if reason else "git said nothing"
    raise ScrapeError(f"{repository}: cannot be read as a git repository with commits ({said})")


@dataclass(frozen=True, slots=True)
class Commit:
    name: str
    at: int
    """Author's time, Unix seconds."""
    files: tuple[tuple[str, str, str], ...]
    """(status, blob, path) of each plain file that it added, changed or removed."""


def log(repository: Path) -> Iterator[Commit]:
    """Commits reachable from HEAD, newest first.  A merge lists only files that differ from all of its parents."""
    form = "--format=commit %H %at"
    options = ("-c", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-show-signature")
    with _stream(repository, "log", *options, form, "HEAD") as out:
        head = ""
        files: list[tuple[str, str, str]] = []
        parts = _parts(out)
        for part in parts:
            if part.startswith(":"):
                files += _file(part, next(parts, ""))
            elif part:
                if head:
                    yield _commit(head, files)
                head, files = part, []
        if head:
            yield _commit(head, files)


def messages(repository: Path, commits: Iterable[str]) -> dict[str, str]:
    """Name -> message of each commit."""
    return {name: body.partition(b"\n\n")[2].decode("utf-8", "replace") for name, body in blobs(repository, commits)}


def blobs(repository: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each blob, in the order asked for."""
    wanted = list(names)
    with _stream(repository, "cat-file", "--batch", feed="\n".join(wanted) + "\n" if wanted else "") as out:
        for name in wanted:
            header = out.readline().decode("ascii", "replace").split()
            if len(header) != 3:
                raise ScrapeError(f"{repository}: blob {name} is missing; the clone is partial or damaged: clone anew")
            yield name, out.read(int(header[2]))
            out.read(1)


def _parts(out: IO[bytes]) -> Iterator[str]:
    """What stands between NULs, without the line breaks that git puts before it."""
    rest = b""
    while block := out.read(1 << 20):
        *whole, rest = (rest + block).split(b"\0")
        yield from (part.decode("utf-8", "surrogateescape").lstrip("\n") for part in whole)
    yield rest.decode("utf-8", "surrogateescape").lstrip("\n")


def _commit(head: str, files: list[tuple[str, str, str]]) -> Commit:
    _, name, at = head.split()
    return Commit(name, int(at), tuple(files))


def _file(entry: str, path: str) -> Iterator[tuple[str, str, str]]:
    """`:modes hashes status`, then the path; a merge has one more colon, mode and hash for each parent."""
    parents = len(entry) - len(entry.lstrip(":"))
    words = entry.lstrip(":").split(" ")
    status, mode, blob = words[-1][-1:], words[parents], words[2 * parents + 1]
    if status == "D" or mode.startswith(_FILE):
        yield status, blob, path


def _command(repository: Path, *arguments: str) -> list[str]:
    return ["git", *_SAFE, "-C", str(repository), *arguments]


def _run(repository: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            _command(repository, *arguments), capture_output=True, env=_environment(repository), check=False
        )
    except FileNotFoundError as error:
        raise ScrapeError("git is not installed; install it to import from repositories") from error


@contextmanager
def _stream(repository: Path, *arguments: str, feed: str = "") -> Iterator[IO[bytes]]:
    """Standard output of a git command.  What it is fed goes through a file, so that neither side can block."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as said:
        source.write(feed.encode())
        source.seek(0)
        process = subprocess.Popen(
            _command(repository, *arguments),
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=said,
            env=_environment(repository),
        )
        assert process.stdout is not None  # noqa: S101 - asked for above
        try:
            yield process.stdout
        except BaseException:
            process.kill()
            raise
        finally:
            process.stdout.close()
            code = process.wait()
        if code:
            said.seek(0)
            reason = said.read(2000).decode("utf-8", "replace").strip()
            raise ScrapeError(f"{repository}: git {arguments[0]} failed ({reason or f'exit {code}'})")
