"""Stands in for GitHub's `gh` in the tests: a release is a folder, $RELEASES/evidence."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    release = Path(os.environ["RELEASES"]) / "evidence"
    match arguments:
        case ["release", "create", "evidence", *_]:
            release.mkdir()
        case ["auth", "setup-git"]:
            pass
        case ["release", *_] if not release.is_dir():
            sys.stderr.write("release not found\n")
            return 1
        case ["release", "view", "evidence", "--json", "assets", "--jq", wanted]:
            names = sorted(path.name for path in release.glob("*.zip"))
            shown = names[-1:] if wanted.endswith("| last") else names
            sys.stdout.write("".join(f"{name}\n" for name in shown or ["null"]))
        case ["release", "download", "evidence", "--pattern", name, "--dir", folder]:
            shutil.copy(release / name, folder)
        case ["release", "upload", "evidence", path]:
            shutil.copy(path, release)
        case ["release", "delete-asset", "evidence", name, "--yes"]:
            (release / name).unlink()
        case _:
            sys.stderr.write(f"gh: unknown command {arguments}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
