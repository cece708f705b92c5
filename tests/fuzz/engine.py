"""Our own engine: seeds in turn, each of which picks a page and damages it."""

from __future__ import annotations

import hashlib
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.fuzz.examine import FindingError, examine
from tests.fuzz.mutators import mutated
from tests.fuzz.pages import own_pages, real_pages

KEPT = Path("build/fuzz")
KINDS = {"text/html": ".html", "text/markdown": ".md", "text/plain": ".txt"}
REAL = 60
"""Pages of each history."""


def fuzz(minutes: float, seed: int) -> int:
    """Exit code."""
    pages = [*own_pages(), *real_pages(REAL)]
    say(f"{len(pages)} pages to damage")
    counts = Counter[str]()
    began = time.monotonic()
    while time.monotonic() - began < 60 * minutes:
        seed += 1
        chance = Random(seed)
        name, media_type, body = chance.choice(pages)
        counts[tried(f"{name}, seed {seed}", media_type, mutated(body, chance))] += 1
    return report(counts, time.monotonic() - began)


def tried(name: str, media_type: str, body: bytes) -> str:
    """`read`, `refused`, or `broken`; what is broken is kept."""
    try:
        return examine(body, media_type)
    except FindingError as finding:
        KEPT.mkdir(parents=True, exist_ok=True)
        kept = KEPT / f"{hashlib.sha256(body).hexdigest()[:12]}{KINDS[media_type]}"
        kept.write_bytes(body)
        kept.with_suffix(".log").write_text(f"{name}: {finding}\n", encoding="utf-8")
        say(f"{kept}: {name}: {finding}")
        return "broken"


def again(path: Path) -> int:
    """Examine a page that was kept."""
    say(examine(path.read_bytes(), next(kind for kind, suffix in KINDS.items() if path.suffix == suffix)))
    return 0


def report(counts: Counter[str], seconds: float) -> int:
    """Exit code."""
    listed = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    say(f"{sum(counts.values())} damaged pages in {seconds:.0f} s: {listed}; at most {_peak()} MB, caches included")
    return int(bool(counts["broken"]))


def _peak() -> int:
    """Megabytes that this process has needed at most; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
