"""One pass over 200 pages of a site on this machine, beside curl, which keeps files, and beside other page watchers.

With no delay between requests, which no tool may leave out on the web.  Whole processes; the median of the rounds, of
which each begins with nothing.  The watchers are installed from PyPI into environments of their own, in the benchmark's
folder.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
from abc import ABC, abstractmethod
from collections import defaultdict
from pathlib import Path

from benchmarks import site
from benchmarks.measure import Row, clausetrail, ratio, seconds

ROUNDS = 3
CHANGED = site.PAGES // 10
COLD, WARM, CHANGE = "200 new pages", "none changed: 304", f"{CHANGED} of them changed"


class Tool(ABC):
    """Something that can look at all pages."""

    name = ""

    @abstractmethod
    def prepare(self, folder: Path, port: int) -> None:
        """Once per round, not timed."""

    @abstractmethod
    def command(self, folder: Path) -> list[str]:
        """One pass, given in that folder."""

    def installed(self, folder: Path) -> bool:
        """Makes it so, if that can be."""
        return True


class Ours(Tool):
    """Evidence, clauses, versions, changes, full text; each page's bytes are on the disk before its history is made."""

    name = "Clausetrail"

    def prepare(self, folder: Path, port: int) -> None:
        (folder / "clausetrail.toml").write_text(settings(port), "utf-8")

    def command(self, folder: Path) -> list[str]:
        return clausetrail("fetch", "--all")


def settings(port: int, *, interval: str = "24h", pages: int = site.PAGES) -> str:
    """A workspace that follows the pages of the site, as fast as it can."""
    documents = (
        f'[[document]]\nslug = "guild/part-{number}"\npublisher = "Guild"\ntitle = "Part {number}"\n'
        f'url = "{site.url(port, number)}"\n'
        for number in range(pages)
    )
    fetch = f'[fetch]\ndelay = "0s"\ninterval = "{interval}"\nallow = ["127.0.0.0/8"]\n'
    return "\n".join((fetch, *documents))


class Curl(Tool):
    """Files and entity tags; no history."""

    def __init__(self, *options: str) -> None:
        self.name = " ".join(("curl", *options))
        self._options = options

    def prepare(self, folder: Path, port: int) -> None:
        parts = [
            f'url = "{site.url(port, n)}"\noutput = "{n}.html"\netag-save = "{n}.etag"\netag-compare = "{n}.etag"'
            for n in range(site.PAGES)
        ]
        (folder / "curl.txt").write_text("\nnext\n".join(parts), "utf-8")

    def command(self, folder: Path) -> list[str]:
        return ["curl", "--silent", *self._options, "--config", "curl.txt"]

    def installed(self, folder: Path) -> bool:
        return shutil.which("curl") is not None


class Watcher(Tool):
    """A page watcher from PyPI: text of the page by html2text, its unified diff; SQLite."""

    def __init__(self, name: str, jobs: str, cache: str, reading: str) -> None:
        """`jobs` and `cache` are its options for these files; `reading` is the filter that makes text of a page."""
        self.name, self._jobs, self._cache, self._reading = name, jobs, cache, reading

    def prepare(self, folder: Path, port: int) -> None:
        jobs = [f'name: "{n}"\nurl: "{site.url(port, n)}"\nfilter: [{self._reading}]' for n in range(site.PAGES)]
        (folder / "jobs.yaml").write_text("\n---\n".join(jobs), "utf-8")
        (folder / "config.yaml").write_text("report: {stdout: {enabled: false}}\n", "utf-8")

    def command(self, folder: Path) -> list[str]:
        files = (f"--{self._jobs}", "jobs.yaml", "--config", "config.yaml", f"--{self._cache}", "cache.db")
        return [str(_environment(folder.parent, self.name) / "bin" / self.name), *files]

    def installed(self, folder: Path) -> bool:
        target = _environment(folder, self.name)
        if not target.exists():
            subprocess.run([sys.executable, "-m", "venv", str(target)], check=True)
            pip = [str(target / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            return subprocess.run([*pip, self.name, "html2text"], check=False).returncode == 0
        return True


def _environment(folder: Path, name: str) -> Path:
    return folder / f"{name}-environment"


TOOLS = (
    Ours(),
    Curl(),
    Curl("--parallel"),
    Watcher("urlwatch", "urls", "cache", "html2text: pyhtml2text"),
    Watcher("webchanges", "jobs", "database", "html2text"),
)


def rows(folder: Path) -> list[Row]:
    tools = [tool for tool in TOOLS if tool.installed(folder)]
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for turn in range(ROUNDS):
        for tool in tools:
            for what, took in _round(tool, folder / f"{turn} {tool.name}").items():
                found[what, tool.name].append(took)
    middle = {key: statistics.median(times) for key, times in found.items()}
    return [_row(what, tool.name, middle) for what in (COLD, WARM, CHANGE) for tool in tools[1:]]


def _round(tool: Tool, folder: Path) -> dict[str, float]:
    """Seconds of each pass; raises where the server says that it was no such pass."""
    folder.mkdir()
    with site.serving() as port:
        tool.prepare(folder, port)
        return {
            COLD: _pass(tool, folder, port, {"whole": site.PAGES, "unmodified": 0}),
            WARM: _pass(tool, folder, port, {"whole": 0, "unmodified": site.PAGES}),
            CHANGE: _changed(tool, folder, port),
        }


def _changed(tool: Tool, folder: Path, port: int) -> float:
    site.tell(port, f"edition/1/{CHANGED}")
    return _pass(tool, folder, port, {"whole": CHANGED, "unmodified": site.PAGES - CHANGED})


def _pass(tool: Tool, folder: Path, port: int, expected: dict[str, int]) -> float:
    took = seconds(tool.command(folder), cwd=folder)
    answered = site.tell(port, "answered")
    if answered != expected:
        raise SystemExit(f"{tool.name}: the server answered {answered} and not {expected}")
    return took


def _row(what: str, peer: str, middle: dict[tuple[str, str], float]) -> Row:
    ours, theirs = middle[what, Ours.name], middle[what, peer]
    speeds = [f"{site.PAGES / took:.0f} pages/s" for took in (ours, theirs)]
    return Row(what, speeds[0], speeds[1], peer, ratio(ours, theirs))
