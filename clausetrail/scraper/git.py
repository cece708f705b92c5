"""Reading a git repository through the `git` command: no checkout, streaming, nothing written, no network."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from clausetrail.errors import ScrapeError

_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
_NO_NETWORK = ("-c", "protocol.allow=never", "-c", "core.quotePath=false")


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


def log(repository: Path) -> Iterator[tuple[list[str], list[tuple[str, str, str]]]]:
    """Commits reachable from HEAD, newest first: ([hash, author time, subject, body], [(status, blob, path), …]).

    Times are Unix seconds as text.  A merge lists only files that differ from all of its parents.
    """
    form = "--format=%x01%H%x02%at%x02%s%x02%b%x02"
    with _stream(repository, "log", "-c", "--raw", "-z", "--no-abbrev", "--no-renames", form, "HEAD") as out:
        for record in _records(out):
            head, *fields = record.split("\x02")
            subject_etc, raw = fields[:3], fields[3] if len(fields) > 3 else ""
            yield [head, *subject_etc], list(_raw(raw))


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


def _records(out: IO[bytes]) -> Iterator[str]:
    rest = ""
    while block := out.read(1 << 20):
        *whole, rest = (rest + block.decode("utf-8", "surrogateescape")).split("\x01")
        yield from (record for record in whole if record)
    if rest:
        yield rest


def _raw(text: str) -> Iterator[tuple[str, str, str]]:
    """Entries of `--raw -z`: `:modes hashes status NUL path NUL`; a merge has one more colon for each parent."""
    parts = iter(text.strip("\n\0").split("\0"))
    for entry in parts:
        entry = entry.lstrip("\n")
        if not entry.startswith(":"):
            continue
        parents = len(entry) - len(entry.lstrip(":"))
        words = entry.lstrip(":").split(" ")
        yield words[-1][-1:], words[2 * parents + 1], next(parts, "")


def _command(repository: Path, *arguments: str) -> list[str]:
    return ["git", *_NO_NETWORK, "-C", str(repository), *arguments]


def _run(repository: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            _command(repository, *arguments), capture_output=True, env={**os.environ, **_QUIET}, check=False
        )
    except FileNotFoundError as error:
        raise ScrapeError("git is not installed; install it to import from repositories") from error


@contextmanager
def _stream(repository: Path, *arguments: str, feed: str = "") -> Iterator[IO[bytes]]:
    """Standard output of a git command.  What it is fed goes through a file, so that neither side can block."""
    import tempfile

    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as said:
        source.write(feed.encode())
        source.seek(0)
        process = subprocess.Popen(
            _command(repository, *arguments),
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=said,
            env={**os.environ, **_QUIET},
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
