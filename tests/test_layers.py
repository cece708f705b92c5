"""The table of rooms, held true: who may import whom, and which third parties stay where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "clausetrail"

READERS = {"model", "errors", "pipeline", "changelog", "store", "web", "resources", "settings", "alerts"}
ALLOWED: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "resources": {"errors"},
    "settings": {"model", "errors", "parser", "resources"},
    "net": {"model", "errors"},
    "scraper": {"model", "errors", "net"},
    "parser": {"model", "errors"},
    "differ": {"model", "errors"},
    "history": {"model", "errors", "differ"},
    "store": {"model", "errors"},
    "changelog": {"model", "errors"},
    "alerts": {"model", "errors", "changelog", "store", "net"},
    "web": {"store", "changelog", "alerts", "pipeline", "model", "errors", "resources"},
    "batch": {"parser", "differ", "store", "model", "errors"},
    "pipeline": {
        "model",
        "errors",
        "net",
        "scraper",
        "parser",
        "differ",
        "history",
        "store",
        "changelog",
        "resources",
        "settings",
        "alerts",
    },
    "commands": READERS | {"commands"},
    "cli": READERS | {"commands"},
    "__main__": {"cli"},
}
"""Room -> rooms it may import.  `commands` belongs to `cli`; `resources` finds the data that ships with the wheel."""

ONLY_IN = {
    "click": {"cli", "commands"},
    "diff_match_patch": {"differ"},
    "sqlite3": {"store", "web"},
    "sqlite_utils": {"store"},
    "datasette": {"web"},
    "lxml": {"parser"},
    "cssselect": {"parser"},
    "bs4": {"parser"},
    "markdown_it": {"parser"},
    "pypdfium2": {"parser"},
    "zstandard": {"net", "store"},
    "httpx": {"net"},
    "httpcore": {"net"},
    "brotli": {"net"},
    "certifi": {"net"},
    "idna": {"net"},
    "ssl": {"net"},
    "rfc3161_client": {"net"},
    "cryptography": {"net"},
    "protego": {"scraper"},
    "playwright": {"scraper"},
    "warcio": {"scraper"},
    "jsonschema_rs": {"settings"},
    "tomli_w": {"settings", "store"},
    "subprocess": {"scraper"},
}
"""Third party (or a risky part of the standard library) -> the rooms that may use it."""


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Absolute names of all modules that a file imports, at the top or late."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            base = node.module or ""
            yield base
            if base == "clausetrail":
                yield from (f"clausetrail.{alias.name}" for alias in node.names)


FILES = sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__init__.py" or p.parent != PACKAGE)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_file_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "clausetrail" and len(parts) > 1 and parts[1] != "__version__":
            assert parts[1] == room or parts[1] in ALLOWED[room], f"{room} must not import {name}"
        elif parts[0] in ONLY_IN:
            assert room in ONLY_IN[parts[0]], f"{room} must not import {name}"


def test_the_word_diff_library_has_one_importer() -> None:
    users = [p.name for p in FILES if "diff_match_patch" in {name.split(".")[0] for name in imports(p)}]
    assert users == ["words.py"]


def test_the_vocabulary_needs_nothing_but_the_standard_library() -> None:
    import sys

    for path in FILES:
        if room_of(path) in ("model", "errors"):
            for name in imports(path):
                top = name.split(".")[0]
                assert top == "clausetrail" or top in sys.stdlib_module_names
                assert top not in {"io", "os", "time", "pathlib", "socket", "subprocess"}


def test_house_sizes() -> None:
    for path in FILES:
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) <= 400, f"{path}: {len(lines)} lines"
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                assert length <= 80, f"{path}: {node.name} has {length} lines"
                if room_of(path) == "commands":
                    assert length - _docstring(node) <= 40, f"{path}: {node.name} does too much for a command"


def _docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    is_doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (first.end_lineno or first.lineno) - first.lineno + 1 if is_doc else 0
