"""The pages that are damaged: our own fixtures, and real ones out of the histories in `CLAUSETRAIL_CORPUS`.

Real pages are read out of the git bundles where these lie, and never written anywhere.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from clausetrail.parser import media_type_of
from tests.conftest import CORPUS, TESTS

Page = tuple[str, str, bytes]
"""Name, media type, bytes."""

_BUNDLES = ("demo-snapshots.bundle", "genai-contrib-versions.bundle", "pga-versions.bundle")
_SUFFIXES = (".html", ".md")


def own_pages() -> list[Page]:
    paths = sorted(path for path in (TESTS / "parser").rglob("input.*") if path.suffix in (".html", ".md"))
    return [_page(path.parent.name, path.name, path.read_bytes()) for path in paths]


def real_pages(each: int) -> list[Page]:
    """Pages spread evenly over the history of every bundle; none where there is no corpus."""
    bundles = [CORPUS / name for name in _BUNDLES if (CORPUS / name).is_file()]
    return [page for bundle in bundles for page in _of_bundle(bundle, each)]


def _of_bundle(bundle: Path, each: int) -> list[Page]:
    with tempfile.TemporaryDirectory() as folder:
        _git("clone", "--quiet", "--bare", str(bundle), folder)
        listed = _git("-C", folder, "rev-list", "--objects", "--all").decode("utf-8", "replace").splitlines()
        found = [line.split(" ", 1) for line in listed if line.endswith(_SUFFIXES)]
        chosen = found[:: max(1, len(found) // each)][:each]
        return [_page(name, name, _git("-C", folder, "cat-file", "blob", key)) for key, name in chosen]


def _page(name: str, file: str, body: bytes) -> Page:
    return name, media_type_of(file, body), body


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], capture_output=True, check=True).stdout
