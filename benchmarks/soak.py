"""A soak: `clausetrail watch` as a real process against a site in bad weather, stopped and killed now and then.

    make soak SOAK_MINUTES=10, or python -m benchmarks.soak --minutes 10

Afterwards: every state of a page that stood for two intervals in fair weather was asked for; the versions are what
the site showed, no more and no fewer; `health` says of each page what the site did; the archive is sound.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random

from benchmarks.measure import clausetrail, size
from benchmarks.pages import Page
from benchmarks.weather import ODDITIES, OWN_HOST, PAGES, Plan, Sent, Spell, Weather, planned, serving
from clausetrail.model import Version
from clausetrail.store import Store

INTERVAL = 30.0
SLACK = 15.0
"""Seconds that a look may take to come about, on a machine that does other things too."""
STOPPED = 10.0
"""What was sent so shortly before a stop may not have been kept; it is asked for again."""


@dataclass(slots=True)
class Run:
    """What was done to the process."""

    stops: list[tuple[float, float]] = field(default_factory=list)
    """(seconds at which it was told to end or killed, at which the next began)."""
    slowest: float = 0.0
    """Seconds from SIGTERM to the end."""
    killed: int = 0
    problems: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="Folder for the database and the log.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="clausetrail-soak-") as scratch:
        folder = chosen.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        problems = soak(folder, max(6.0, chosen.minutes) * 60, chosen.seed)
    sys.stdout.write("".join(f"PROBLEM {problem}\n" for problem in problems) or "No problem.\n")
    sys.exit(bool(problems))


def soak(folder: Path, seconds: float, seed: int) -> list[str]:
    """What was not as it should be; figures go to standard output."""
    plan = planned(seconds, seed)
    with serving(plan) as weather:
        (folder / "clausetrail.toml").write_text(settings(weather), "utf-8")
        weather.began = time.time()
        run = watched(folder, weather, seconds, Random(seed))
        sent = sorted(weather.sent, key=lambda one: one.at)
    with Store.open(folder / "policies.db") as store:
        problems = [*run.problems, *missed(plan, sent), *versions(store, sent, run, weather.began)]
        problems += store.verify()
    problems += health(folder, plan)
    told(folder, plan, sent, run, seconds)
    return problems


def settings(weather: Weather) -> str:
    documents = (
        f'[[document]]\nslug = "guild/part-{n}"\npublisher = "Guild"\ntitle = "Part {n}"\nurl = "{weather.url(n)}"\n'
        for n in range(PAGES)
    )
    fetch = f'[fetch]\ndelay = "0s"\ninterval = "{INTERVAL:.0f}s"\nallow = ["127.0.0.0/8"]\nalarm_after = 3\n'
    return "\n".join((fetch, *documents))


def watched(folder: Path, weather: Weather, seconds: float, chance: Random) -> Run:
    """`watch` for that long, ended and begun again every minute or two; every third time it is killed."""
    run = Run()
    with (folder / "watch.jsonl").open("wb") as output, (folder / "watch.log").open("wb") as errors:
        while weather.now < seconds:
            command = clausetrail("watch", "--format", "json")
            process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=errors)
            if run.stops:
                run.stops[-1] = run.stops[-1][0], weather.now
            time.sleep(min(max(1.0, seconds - weather.now), chance.uniform(50, 120)))
            last = weather.now >= seconds - 1
            run.stops.append((weather.now, weather.now))
            _end(process, run, kill=not last and len(run.stops) % 3 == 0)
    return run


def _end(process: subprocess.Popen[bytes], run: Run, *, kill: bool) -> None:
    if process.poll() is not None:
        run.problems.append(f"watch ended by itself with {process.returncode}")
        return
    began = time.monotonic()
    process.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
    code = process.wait(60)
    if kill:
        run.killed += 1
        return
    run.slowest = max(run.slowest, time.monotonic() - began)
    if code:
        run.problems.append(f"watch ended with {code} after SIGTERM")


def missed(plan: Plan, sent: list[Sent]) -> list[str]:
    """States that ought to have been asked for and were not."""
    times: dict[tuple[int, int | None], list[float]] = {}
    for one in sent:
        times.setdefault((one.page, one.edition), []).append(one.at)
    return [
        f"page {page}: edition {state.what} stood from {state.begin:.0f} to {state.end:.0f} s and was not asked for"
        for page, state in standing(plan)
        if not any(state.begin <= at <= state.end for at in times.get((page, int(state.what)), ()))
    ]


def standing(plan: Plan) -> Iterator[tuple[int, Spell]]:
    """(page, edition) that stood for two intervals in fair weather."""
    for page, states in enumerate(plan.editions):
        for state in states:
            if state.end - state.begin >= 2 * INTERVAL + SLACK and _fair(plan, page, state.begin, state.end):
                yield page, state


def _fair(plan: Plan, page: int, begin: float, end: float) -> bool:
    """Whether nothing was wrong with the page, nor shortly before; a host is left alone for longer."""
    before = 300.0 if page < OWN_HOST else 60.0
    faults = (s for s in plan.spells[page] if s.what not in ODDITIES or s.what == "wrong-304")
    return not any(s.begin < end and s.end > begin - before for s in faults)


def versions(store: Store, sent: list[Sent], run: Run, began: float) -> list[str]:
    """Histories that are not what the site showed."""
    problems = []
    for page in range(PAGES):
        slug = f"guild/part-{page}"
        kept = [row.key.fetched_at.timestamp() - began for row in store.snapshots(slug)]
        shown = [one for one in sent if one.page == page and one.edition is not None and _recorded(one, kept, run)]
        truth = [one.edition for i, one in enumerate(shown) if not i or shown[i - 1].edition != one.edition]
        editions = {one.edition for one in shown if one.edition is not None}
        found = [_edition(store, page, version, editions) for version in store.versions(slug)]
        if found != truth:
            problems.append(f"page {page}: has versions {found}, and showed {truth}")
    return problems


def _recorded(one: Sent, kept: list[float], run: Run) -> bool:
    """Whether what was sent must be, or is, in the archive."""
    near_stop = any(stop - STOPPED <= one.at <= again + 1 for stop, again in run.stops)
    return not near_stop or any(abs(at - one.at) < STOPPED / 2 for at in kept)


def _edition(store: Store, page: int, version: Version, editions: set[int]) -> int | None:
    words = {clause.words for clause in store.tree(version.variants[0].print).walk()}
    return next((e for e in sorted(editions) if words >= _clauses(page, e)), None)


@lru_cache(maxsize=4096)
def _clauses(page: int, edition: int) -> frozenset[str]:
    return frozenset(Page(page, edition).clauses())


def health(folder: Path, plan: Plan) -> list[str]:
    """Pages of which `health` does not say what the site did."""
    run = subprocess.run(clausetrail("health", "--format", "json"), cwd=folder, capture_output=True, check=False)
    said = {page["document"]: page for page in json.loads(run.stdout)["pages"]}
    problems = [] if run.returncode == 1 else [f"health ended with {run.returncode}"]
    for page in range(PAGES):
        condition = said[f"guild/part-{page}"]["condition"]
        # A host that is in trouble is asked ever more seldom: there may not have been three failures yet.
        wanted = {"well"} if page not in plan.broken else {"failing", "failed"} if page < OWN_HOST else {"failing"}
        if condition not in wanted:
            problems.append(f"page {page}: health says {condition}: {said[f'guild/part-{page}']['last']}")
    return problems


def told(folder: Path, plan: Plan, sent: list[Sent], run: Run, seconds: float) -> None:
    lines = (folder / "watch.jsonl").read_text("utf-8").splitlines()
    news = Counter(json.loads(line)["news"] for line in lines if line.endswith("}"))
    with Store.open(folder / "policies.db") as store:
        count = sum(len(store.versions(f"guild/part-{n}")) for n in range(PAGES))
        rows = store.chain_head()[0]
    figures = {
        "minutes": f"{seconds / 60:.0f}",
        "answers sent": f"{len(sent):,}, of which in a fault or an odd way: {sum(bool(one.what) for one in sent):,}",
        "looks told": f"{news.total():,}: " + ", ".join(f"{n:,} {what}" for what, n in news.most_common()),
        "ends": f"{len(run.stops) - run.killed} by SIGTERM, the slowest {run.slowest:.1f} s; {run.killed} by SIGKILL",
        "states that had to be seen": f"{sum(1 for _ in standing(plan)):,}",
        "versions": f"{count:,} of {PAGES} pages",
        "snapshots": f"{rows:,}",
        "on disk": f"{size(folder / 'policies.db', folder / 'policies.evidence.db'):.1f} MB",
    }
    sys.stdout.write("".join(f"{name}: {value}\n" for name, value in figures.items()))


if __name__ == "__main__":
    main()
