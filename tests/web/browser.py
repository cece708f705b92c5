"""Finds a Chromium for the browser tests; run as a program, it sees to it that there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


def find() -> str | None:
    """Path of a browser: CLAUSETRAIL_BROWSER, else one on the PATH, else Playwright's own, else None."""
    named = os.environ.get("CLAUSETRAIL_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    return named or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def provide() -> str:
    """Path of a browser, installed if need be: Debian's package for root, else Playwright's own."""
    if path := find():
        return path
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk"], check=True, env=environment)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    if path := find():
        return path
    sys.exit("no browser for the browser tests: install Chromium, or set CLAUSETRAIL_BROWSER to the path of one")


if __name__ == "__main__":
    sys.stdout.write(f"browser: {provide()}\n")
