"""Starting a Chromium that reaches nothing by itself."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clausetrail.errors import UsageError

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--no-pings",
    # No name and no address resolves, so that what interception should miss comes to nothing.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # WebRTC and WebTransport are no requests that could be intercepted.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-blink-features=WebTransport",
)
NOWHERE = "http://127.0.0.1:9"
"""A proxy that is not there (the port of `discard`): whatever goes out unasked goes there."""
_HARMLESS = ("PATH", "LANG", "LC_ALL", "FONTCONFIG_PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "XDG_RUNTIME_DIR")
"""Variables that a browser needs; the others may hold what no page should be able to find."""


def executable(named: str = "") -> str:
    """Path of the browser: the one named, else one on the PATH, else empty: Playwright's own.

    Raises UsageError where the named one is not there.
    """
    if named and not shutil.which(named):
        raise UsageError(f"{named}: no such browser; name the program of a Chromium")
    return named or next(filter(None, map(shutil.which, NAMES)), "")


@asynccontextmanager
async def chromium(path: str, agent: str, language: str) -> AsyncIterator[BrowserContext]:
    """A context of a fresh browser with an empty profile.

    No service workers, no downloads, UTC, our own `User-Agent`.  Raises UsageError where Playwright or the browser is
    missing.
    """
    try:
        from playwright.async_api import async_playwright
    except ImportError as error:
        raise UsageError("pages are rendered with Playwright: pip install 'clausetrail[browser]'") from error
    with tempfile.TemporaryDirectory(prefix="clausetrail-", ignore_cleanup_errors=True) as home:
        async with async_playwright() as playwright:
            browser = await _launched(playwright, path, home)
            try:
                yield await browser.new_context(**_options(agent, language))
            finally:
                await browser.close()


async def _launched(playwright: Playwright, path: str, home: str) -> Browser:
    from playwright.async_api import Error

    try:
        return await playwright.chromium.launch(
            executable_path=Path(path) if path else None,
            headless=True,
            chromium_sandbox=not _is_root(),  # Chromium's sandbox does not work for root.
            args=list(FLAGS),
            proxy={"server": NOWHERE, "bypass": "<-loopback>"},
            env=_environment(home),
        )
    except Error as error:
        said = error.message.strip().splitlines()[0]
        raise UsageError(f"no browser could be started ({said}); install Chromium, or name one") from error


def _environment(home: str) -> dict[str, str | float | bool]:
    kept = {name: os.environ[name] for name in _HARMLESS if name in os.environ}
    return {**kept, "HOME": home, "TZ": "UTC"}


def _options(agent: str, language: str) -> dict[str, Any]:
    return {
        "user_agent": agent,
        "locale": language or "en",
        "timezone_id": "UTC",
        "accept_downloads": False,
        "service_workers": "block",
        "viewport": {"width": 1280, "height": 1600},
        "reduced_motion": "reduce",
    }


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
