"""From the bytes of a real page to its clauses, beside tools that find the main text of a page.

Processor time for each page once, the tools by turns, in a new process that has read one page of our own words before;
medians.  First one page of each document; then every page of every series, of which each is much like the one before
it, and we remember pieces of that.  Ours gives a tree with labels, leads, links, dates and a verdict; the others give
text or cleaned HTML.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import labelled
from benchmarks.measure import Row, cpu, fresh, ratio, shown
from benchmarks.peers import installed

Read = Callable[[str, bytes], object]
"""From a page's address and bytes."""
OURS, BARE = "Clausetrail", "lxml.html, parse only"
GOALS = {"trafilatura": "≤ 0.33", "jsdom + turndown": "≤ 0.05"}
_FIRST = (
    "<html lang=en><title>Rules</title><body><main><h1>Rules of the house</h1><p>Effective 3 May 2024.</p>"
    + "".join(
        f"<h2>{n}. Part</h2><p>You may not bring more than {n} lamps.</p><ul><li>Oil</li></ul>" for n in range(30)
    )
    + "</main></body></html>"
).encode()
"""A page in our own words: what reads it has read its tables and patterns."""
_SCRIPT = """
const fs = require("fs");
const { JSDOM } = require("jsdom");
const Turndown = require("turndown");
const read = (file) => {
  const began = process.cpuUsage();
  new Turndown().turndown(new JSDOM(fs.readFileSync(file)).window.document.body);
  const used = process.cpuUsage(began);
  return (used.user + used.system) / 1e6;
};
const files = process.argv.slice(2);
read(files[0]);
console.log(JSON.stringify(files.map(read)));
"""


def rows(folder: Path) -> list[Row]:
    if not labelled.present():
        return [Row("labelled pages", "-", labelled.ABSENT)]
    return [
        *_rows("one page each of {} documents", folder, every=False),
        *_rows("{} pages of these", folder, every=True),
    ]


def _rows(what: str, folder: Path, *, every: bool) -> Iterator[Row]:
    pages = list(labelled.pages(every=every))
    times = fresh(_in_turn, pages)
    times["jsdom + turndown"] = _node(pages, folder)
    ours = statistics.median(times.pop(OURS))
    for name, theirs in times.items():
        goal = GOALS.get(name, "")
        if isinstance(theirs, str):
            yield Row(what.format(len(pages)), shown(ours), theirs, name, goal=goal)
        else:
            median = statistics.median(theirs)
            yield Row(what.format(len(pages)), shown(ours), shown(median), name, ratio(ours, median), goal)


def _in_turn(pages: list[tuple[str, bytes]]) -> dict[str, Any]:
    """Seconds a page by tool, or why there are none."""
    tools: dict[str, Read] = {OURS: _ours, BARE: _bare, "trafilatura": _trafilatura, "readability": _readability}
    times: dict[str, list[float]] = {name: [] for name in tools if name in (OURS, BARE) or installed(name)}
    for name in times:
        tools[name]("https://policy.example/", _FIRST)
    for page in pages:
        for name, measured in times.items():
            measured.append(cpu(tools[name], *page))
    return {name: times.get(name, "not installed") for name in tools}


def _ours(url: str, body: bytes) -> object:
    from clausetrail.parser import read

    return read(body, "text/html", url=url)


def _bare(_url: str, body: bytes) -> object:
    from lxml import html

    return html.document_fromstring(body)


def _trafilatura(url: str, body: bytes) -> object:
    from trafilatura import bare_extraction

    return bare_extraction(body, url=url)


def _readability(url: str, body: bytes) -> object:
    from readability import Document

    return Document(body.decode("utf-8", "replace"), url=url).summary()


def _node(pages: list[tuple[str, bytes]], folder: Path) -> list[float] | str:
    """jsdom and turndown as archives of policies use them, in one process of Node."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return "no Node here"
    work = folder / "node"
    work.mkdir(exist_ok=True)
    install = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(work), "jsdom", "turndown"]
    if subprocess.run(install, capture_output=True, check=False).returncode:
        return "npm could not install it"
    files = []
    for number, (_, body) in enumerate(pages):
        files.append(work / f"{number}.html")
        files[-1].write_bytes(body)
    (work / "read.js").write_text(_SCRIPT, "utf-8")
    run = subprocess.run([node, "read.js", *map(str, files)], cwd=work, capture_output=True, text=True, check=False)
    return list(json.loads(run.stdout)) if run.returncode == 0 else f"failed: {run.stderr.strip()[-80:]}"
