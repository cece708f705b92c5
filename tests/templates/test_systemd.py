"""Units: whole, hardened, and of commands that there are.  `systemd-analyze verify` and `security` say more by hand."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from clausetrail.cli import cli
from tests.templates.conftest import Write

Unit = dict[str, dict[str, list[str]]]
SERVICES = ("clausetrail-watch.service", "clausetrail-fetch.service", "clausetrail-health.service")
KNOWN = {
    "Unit": {"Description", "Wants", "After", "StartLimitIntervalSec"},
    "Timer": {"OnCalendar", "RandomizedDelaySec", "Persistent"},
    "Install": {"WantedBy"},
    "Service": {
        *("Type", "User", "WorkingDirectory", "ExecStart", "TimeoutStartSec", "TimeoutStopSec", "SuccessExitStatus"),
        *("Restart", "RestartSec", "Nice", "MemoryMax", "TasksMax", "UMask", "ReadWritePaths", "SystemCallErrorNumber"),
    },
}
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "read-only",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "ProtectClock": "yes",
    "ProtectControlGroups": "yes",
    "ProtectHostname": "yes",
    "ProtectKernelLogs": "yes",
    "ProtectKernelModules": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectProc": "invisible",
    "ProcSubset": "pid",
    "CapabilityBoundingSet": "",
    "RestrictNamespaces": "yes",
    "RestrictRealtime": "yes",
    "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes",
    "MemoryDenyWriteExecute": "yes",
    "SystemCallArchitectures": "native",
    "SystemCallFilter": "@system-service ~@privileged @resources",
}
OTHERS = {"RemoveIPC", "RestrictAddressFamilies", "PrivateNetwork"}


def read(text: str) -> Unit:
    """Sections and settings, each with its values in order (systemd.syntax(7), less continuation lines)."""
    unit: Unit = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
            assert section not in unit, line
            unit[section] = {}
        elif line and not line.startswith("#"):
            name, equals, value = line.partition("=")
            assert equals, line
            unit[section].setdefault(name, []).append(value)
    return unit


@pytest.fixture
def units(write: Write) -> dict[str, Unit]:
    return {name: read(text) for name, text in write("systemd").items()}


def test_units_hold_settings_that_there_are(units: dict[str, Unit]) -> None:
    for unit in units.values():
        for section, settings in unit.items():
            known = KNOWN[section] | (set(HARDENED) | OTHERS if section == "Service" else set())
            assert set(settings) <= known


@pytest.mark.parametrize("name", SERVICES)
def test_services_are_hardened(name: str, units: dict[str, Unit]) -> None:
    service = units[name]["Service"]
    assert {key: " ".join(service[key]) for key in HARDENED} == HARDENED


@pytest.mark.parametrize("name", SERVICES)
def test_services_run_commands_that_there_are(name: str, units: dict[str, Unit], workspace: Path) -> None:
    service = units[name]["Service"]
    program, *arguments = shlex.split(service["ExecStart"][0])
    assert Path(program).is_absolute()
    assert Path(program).exists()
    assert CliRunner().invoke(cli, [*arguments, "--help"]).exit_code == 0
    assert service["WorkingDirectory"] == [str(workspace).replace("%", "%%")]
    assert shlex.split(service["ReadWritePaths"][0]) == service["WorkingDirectory"]


def test_watch_is_started_again_and_may_end_in_good_order(units: dict[str, Unit]) -> None:
    watch = units["clausetrail-watch.service"]
    assert watch["Service"]["Restart"] == ["on-failure"]
    assert watch["Unit"]["StartLimitIntervalSec"] == ["0"]
    assert watch["Service"]["TimeoutStopSec"] == ["90s"]
    assert {"MemoryMax", "TasksMax"} <= set(watch["Service"])


def test_every_timer_has_its_service(units: dict[str, Unit]) -> None:
    for name, unit in units.items():
        if name.endswith(".timer"):
            assert name.replace(".timer", ".service") in units
            assert unit["Install"]["WantedBy"] == ["timers.target"]
        elif unit["Service"]["Type"] == ["oneshot"]:
            assert name.replace(".service", ".timer") in units
