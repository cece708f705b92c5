"""The image and the compose file: valid, and their commands run here as they are written, without Docker."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.templates.conftest import Write

pytestmark = pytest.mark.slow

SERVED = "http://127.0.0.1:8001/-/versions.json"


@pytest.fixture
def dockerfile(write: Write) -> str:
    return write("docker")["Dockerfile"]


@pytest.fixture
def compose(write: Write) -> dict[str, Any]:
    return dict(yaml.safe_load(write("docker")["compose.yaml"]))


def instruction(dockerfile: str, name: str) -> list[str]:
    """Words of the exec form of an instruction, which no shell stands between."""
    return list(json.loads(re.findall(rf"{name} (\[.*\])$", dockerfile, re.MULTILINE)[-1]))


@pytest.mark.parametrize(
    ("tool", "name"),
    [
        (["hadolint"], "Dockerfile"),
        (["check-jsonschema", "--builtin-schema", "vendor.compose-spec"], "compose.yaml"),
    ],
    ids=["Dockerfile", "compose.yaml"],
)
def test_the_files_are_valid(tool: list[str], name: str, write: Write, tmp_path: Path, program: str) -> None:
    write("docker")
    done = subprocess.run([*tool, str(tmp_path / "docker" / name)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_runs_as_nobody_in_particular(dockerfile: str) -> None:
    assert re.search(r"^USER 10001$", dockerfile, re.MULTILINE)
    assert len(re.findall(r"^FROM ", dockerfile, re.MULTILINE)) == 2


def test_the_image_watches_until_it_is_told_to_stop(dockerfile: str, workspace: Path, program: str) -> None:
    command = [*instruction(dockerfile, "ENTRYPOINT"), *instruction(dockerfile, "CMD")]
    with subprocess.Popen(command, cwd=workspace, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert "Watching" in process.stderr.readline()
        process.send_signal(getattr(signal, re.findall(r"^STOPSIGNAL (\w+)$", dockerfile, re.MULTILINE)[0]))
        assert process.wait(30) == 0
        assert "Stopped" in process.stderr.read()
    health = instruction(dockerfile, "HEALTHCHECK .* CMD")
    done = subprocess.run(health, cwd=workspace, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_both_services_are_shut_in(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"watch", "serve"}
    for service in compose["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["mem_limit"]
        assert service["pids_limit"]
        assert service["volumes"][0] == "workspace:/workspace"


def test_only_this_machine_can_ask_for_pages(compose: dict[str, Any]) -> None:
    assert compose["services"]["serve"]["ports"] == ["127.0.0.1:8001:8001"]
    assert "ports" not in compose["services"]["watch"]


def test_the_served_address_is_the_one_that_is_checked(compose: dict[str, Any]) -> None:
    serve = compose["services"]["serve"]
    assert serve["command"][-2:] == ["--port", "8001"]
    check = serve["healthcheck"]["test"]
    assert check[:3] == ["CMD", "python", "-c"]
    assert SERVED in check[3]
    compile(check[3], "healthcheck", "exec")
