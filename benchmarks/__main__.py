"""Figures beside those of others, in one run on the same input: `make bench`, or `python -m benchmarks [SECTION …]`.

What counts is the ratio to the peer in the same row, since machines differ and are noisy.  `importing` and `latency`
time whole processes and need the corpus (`CLAUSETRAIL_CORPUS`); `reading`, `aligning` and `quality` need the labelled
sets (`CLAUSETRAIL_BENCH`); `fetching` makes its own site.  A peer that is not installed is named and left out.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import aligning, fetching, importing, latency, quality, reading
from benchmarks.measure import Row, table

SECTIONS: dict[str, Callable[[Path], list[Row]]] = {
    "importing": importing.rows,
    "latency": latency.rows,
    "fetching": fetching.rows,
    "reading": reading.rows,
    "aligning": aligning.rows,
    "quality": quality.rows,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], default=[])
    chosen = parser.parse_args().sections or list(SECTIONS)
    with tempfile.TemporaryDirectory(prefix="clausetrail-bench-") as folder:
        for name in chosen:
            sys.stdout.write(f"\n## {name.capitalize()}\n\n{table(SECTIONS[name](Path(folder)))}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
