"""What runs Clausetrail for years: files for systemd, cron, GitHub Actions and Docker, filled in for a workspace."""

from __future__ import annotations

import getpass
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from clausetrail import __version__, settings
from clausetrail.errors import UsageError
from clausetrail.resources import data_path

_PLACE = re.compile(r"@(PROGRAM|USER|VERSION|WORKSPACE)@")
_PLAIN = re.compile(r"""[^"'\\$\x00-\x1f\x7f]+""")


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to run Clausetrail."""

    name: str
    about: str
    next: str
    """What to do with the files."""
    quoted: Callable[[str], str]
    """A path as these files write it."""


def _for_systemd(path: str) -> str:
    # Some settings take quotes and some take them for part of the path, so there must be none.
    if not _PLAIN.fullmatch(path):
        raise UsageError(f"{path}: systemd cannot be given a path with quotes, backslashes or $; rename the folder")
    return path.replace("%", "%%")


def _for_cron(path: str) -> str:
    if not path.isprintable():
        raise UsageError(f"{path!r}: a crontab cannot hold such a path; rename the folder")
    return shlex.quote(path).replace("%", r"\%")


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "systemd", "a hardened service, or a timer; and a check every morning", "see the first lines", _for_systemd
        ),
        Kind("cron", "two lines for a crontab", "add its lines with `crontab -e`", _for_cron),
        Kind("github-actions", "a workflow that fetches, and keeps the evidence", "see the first lines", str),
        Kind("docker", "an image, and a compose file that watches and serves", "run `docker compose up -d`", str),
    )
}


def templates(kind: str, workspace: Path, output: Path) -> tuple[Path, ...]:
    """Write the files of one kind into a folder; their paths.

    Nothing is overwritten: raises UsageError where one of the files is there already, and for an unknown kind, for a
    path that such a file cannot hold, and where Clausetrail is not installed as a program.
    """
    if kind not in KINDS:
        raise UsageError(f"there are no templates for {kind!r}; there are some for {', '.join(KINDS)}")
    values = _values(KINDS[kind], workspace)
    sources = sorted(data_path("templates", kind).iterdir(), key=lambda source: source.name)
    texts = {output / source.name: filled(source.read_text("utf-8"), values) for source in sources}
    for path in texts:
        if path.exists():
            raise UsageError(f"{path}: is there already; move it away, or choose another --output")
    output.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return tuple(texts)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with `@NAME@` replaced."""
    return _PLACE.sub(lambda found: values[found[1]], text)


def workspace_of(folder: Path) -> Path:
    """The workspace that a folder is in, else the folder itself."""
    found = settings.find(folder)
    return found.parent if found else folder.absolute()


def _values(kind: Kind, workspace: Path) -> dict[str, str]:
    return {
        "PROGRAM": kind.quoted(str(_program())),
        "USER": _user(),
        "VERSION": __version__,
        "WORKSPACE": kind.quoted(str(workspace)),
    }


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # A container's user need not have a name.
        return "clausetrail"


def _program() -> Path:
    """The command that runs this Clausetrail."""
    own = Path(sys.executable).with_name("clausetrail")
    found = own if own.exists() else shutil.which("clausetrail")
    if not found:
        raise UsageError("no program `clausetrail` is installed here; install it with `pip install clausetrail`")
    return Path(found).absolute()
