"""Whole processes, timed; rows of figures with a peer's beside them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
CORPUS = Path(os.environ.get("CLAUSETRAIL_CORPUS", Path(__file__).parents[2] / "shared" / "corpus")).resolve()


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    ours: str
    peer: str = ""
    beside: str = ""
    ratio: str = ""
    goal: str = ""


def table(rows: Iterable[Row]) -> str:
    """A Markdown table."""
    head = "| what | Clausetrail | beside | peer | ratio | goal |\n|---|---|---|---|---|---|\n"
    return head + "".join(f"| {r.what} | {r.ours} | {r.beside} | {r.peer} | {r.ratio} | {r.goal} |\n" for r in rows)


def clausetrail(*arguments: str) -> list[str]:
    """The command that a user would run."""
    script = Path(sys.executable).with_name("clausetrail")
    return [str(script), *arguments] if script.exists() else [sys.executable, "-m", "clausetrail", *arguments]


def seconds(command: Sequence[str], *, runs: int = 1, ok: Sequence[int] = (0,), cwd: Path | None = None) -> float:
    """Median wall time of a process whose output is read and thrown away."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=cwd, check=False)
        times.append(time.perf_counter() - began)
        if run.returncode not in ok:
            raise SystemExit(f"{' '.join(command)}: exit {run.returncode}: {run.stderr.decode()[-500:]}")
    return statistics.median(times)


def clone(name: str, folder: Path) -> Path:
    """A bare clone of one of the corpus' bundles; made once."""
    target = folder / f"{name}.git"
    if not target.exists():
        subprocess.run(["git", "clone", "-q", "--bare", str(CORPUS / f"{name}.bundle"), str(target)], check=True)
    return target


def size(*paths: Path) -> float:
    """Megabytes (10⁶ bytes) on disk."""
    return sum(p.stat().st_size for p in paths if p.exists()) / 1e6


def fresh(work: Callable[..., T], *arguments: object) -> T:
    """The answer of a function that a new process calls, where nothing is remembered.

    Garbage is looked for as seldom as the command itself does, for every tool alike."""
    with multiprocessing.get_context("spawn").Pool(1, gc.set_threshold, (100_000,)) as pool:
        return pool.apply(work, arguments)


def cpu(work: Callable[..., object], *arguments: object) -> float:
    """Seconds of the processor that a call takes: other processes do not count."""
    began = time.process_time()
    work(*arguments)
    return time.process_time() - began


def shown(value: float) -> str:
    """Seconds for people."""
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1e3:.0f} ms" if value >= 0.01 else f"{value * 1e3:.2g} ms"


def ratio(ours: float, theirs: float) -> str:
    """Two digits that mean something."""
    share = ours / theirs
    return f"{share:.0f}" if share >= 10 else f"{share:.2g}"
