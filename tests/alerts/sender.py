"""A sender that is in a hurry, to be killed: `python -m tests.alerts.sender DATABASE`.  It ends when nothing waits."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from clausetrail.alerts import delivery
from clausetrail.alerts.channels import webhook
from clausetrail.net import Allowed, GateTransport
from clausetrail.pipeline import delivering
from clausetrail.pipeline.delivering import Ways, deliver
from clausetrail.store import Store

PATIENCE = 0.4
"""Seconds that it waits for an answer."""


def main(database: Path) -> None:
    delivery.AFTER = (timedelta(milliseconds=20),) * 9
    webhook._LIMITS = replace(webhook._LIMITS, connect=PATIENCE, idle=PATIENCE, total=PATIENCE)
    allowed = Allowed.of(["127.0.0.1"])
    delivering.GateTransport = lambda **named: GateTransport(**{**named, "allowed": allowed})  # type: ignore[attr-defined,assignment,misc]
    with Store.open(database) as store:
        while deliver(store, Ways())[2]["queued"]:
            time.sleep(0.05)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
