"""Finds the pywb of the replay tests, in an environment of its own; run as a program, it sees to it that there is one.

pywb brings a web server and patches of the standard library: it is never installed beside Clausetrail.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

# setuptools, because pywb asks for the pkg_resources that newer ones have dropped.
PINNED = ("pywb==2.10.0", "setuptools==80.9.0")
_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
FOLDER = Path(os.environ.get("CLAUSETRAIL_PYWB") or _CACHE / "clausetrail" / PINNED[0].replace("==", "-"))


def find() -> Path | None:
    """Folder of its programs, where it was installed whole."""
    return FOLDER / "bin" if (FOLDER / "ready").is_file() else None


def provide() -> Path:
    """The same, installed if need be."""
    if found := find():
        return found
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(FOLDER)], check=True)
    pip = [str(FOLDER / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *PINNED], check=True)
    (FOLDER / "ready").touch()
    return FOLDER / "bin"


@contextmanager
def replaying(programs: Path, folder: Path, warc: Path) -> Iterator[int]:
    """Port of a pywb that serves a file, on the loopback alone."""
    for arguments in (["init", "case"], ["add", "case", str(warc)]):
        subprocess.run([programs / "wb-manager", *arguments], cwd=folder, check=True, capture_output=True)
    port = _free_port()
    command = [programs / "wayback", "--bind", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _await(port, server)
        yield port
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until it answers; there is no sign of it but the answer."""
    for _ in range(600):
        with suppress(ConnectionError):
            get(port, "/case/")
            return
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.1)
            break
    raise RuntimeError("pywb does not answer")


def get(port: int, path: str) -> tuple[str, bytes]:
    """(media type, content) of what is served there."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.headers["Content-Type"], answer.read()
    finally:
        connection.close()


if __name__ == "__main__":
    sys.stdout.write(f"pywb: {provide()}\n")
