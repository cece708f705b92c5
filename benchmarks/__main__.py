"""Figures beside those of others, in one run on the same input: `make bench`, or `python -m benchmarks [SECTION …]`.

Times are medians of whole processes; what counts is the ratio to the peer in the same row, since machines differ and
are noisy.  Needs the corpus (`CLAUSETRAIL_CORPUS`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import importing, latency
from benchmarks.measure import Row, table

SECTIONS: dict[str, Callable[[Path], list[Row]]] = {
    "importing": importing.rows,
    "latency": latency.rows,
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
