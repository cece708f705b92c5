"""Damages pages until the time is over: `python -m tests.fuzz [--minutes 2] [--seed 0] [--engine own|atheris]`.

`make fuzz` runs it.  A page that breaks a promise is kept under `build/fuzz/`, beside what it broke; `--again FILE`
examines such a page once more.  Exit code 1 if there is one.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path


def main() -> int:
    options = _options()
    if options.engine == "atheris" and not options.again:
        # Before anything imports the parser, which is instrumented while it is imported.
        from tests.fuzz.guided import fuzz_guided

        fuzz_guided(options.minutes, options.seed)
    from tests.fuzz.engine import again, fuzz

    return again(options.again) if options.again else fuzz(options.minutes, options.seed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--again", type=Path, metavar="FILE")
    has = importlib.util.find_spec("atheris") is not None
    parser.add_argument("--engine", choices=("own", "atheris"), default="atheris" if has else "own")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
