"""What is built holds what it should, and works away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the wheel in it; its dependencies are those of the running interpreter."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--no-deps", "--target", str(folder), str(wheel))
    return folder


def pip(*arguments: str) -> None:
    run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", *arguments], ROOT)


def run(command: list[str], folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def files_under(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_wheel_holds_the_package_and_its_data_and_nothing_else(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = {f"clausetrail/{name}" for name in files_under(ROOT / "clausetrail")}
    data = {f"clausetrail/data/{name}" for name in files_under(ROOT / "data")}
    assert held == package | data
    assert "clausetrail/py.typed" in held


def test_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        about = {Path(name).name: name for name in archive.namelist() if ".dist-info/" in name}
        metadata = message_from_string(archive.read(about["METADATA"]).decode())
        points = archive.read(about["entry_points.txt"]).decode()
        licence = archive.read(about["LICENSE"])
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "Apache-2.0"
    assert "clausetrail = clausetrail.cli:main" in points
    assert "clausetrail = clausetrail.web.plugin" in points
    assert licence == (ROOT / "LICENSE").read_bytes()


def test_command_runs_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    said = run([sys.executable, str(installed / "bin" / "clausetrail"), "--help"], tmp_path, PYTHONPATH=str(installed))
    assert "Usage: clausetrail" in said


def test_data_is_found_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    code = (
        "import clausetrail; from clausetrail.resources import collection, data_path;"
        "print(clausetrail.__file__, collection('demo').title, data_path('demo', 'manifest.jsonl'), sep='\\n')"
    )
    module, title, manifest = run([sys.executable, "-c", code], tmp_path, PYTHONPATH=str(installed)).splitlines()
    assert Path(module).is_relative_to(installed)
    assert title == "Clausetrail demonstration corpus"
    assert Path(manifest).is_relative_to(installed)


def test_source_distribution_is_enough_to_build_and_test(tmp_path: Path) -> None:
    run([sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path)], ROOT)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "Makefile", "requirements-dev.lock"} <= held
    assert {f"clausetrail/{name}" for name in files_under(ROOT / "clausetrail")} <= held
    assert {f"data/{name}" for name in files_under(ROOT / "data")} <= held
    assert "tests/packaging/test_distributions.py" in held
