"""How cells read that are stored for machines: word operations, signals, times, packed lists, yes and no.

Everything comes from pages that nobody trusts: text reaches the HTML through markupsafe's escaping only, and
characters that could turn or hide text are shown as escapes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

from clausetrail.changelog.safe import visible

Renderer = Callable[[Any], "Markup | None"]

_MARKS = {
    "equal": Markup("{}"),
    "delete": Markup('<del style="background:#fbdcdc;text-decoration:line-through">{}</del>'),
    "insert": Markup('<ins style="background:#d9f2dc;text-decoration:underline">{}</ins>'),
}
_JOINT = " ¶ "
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[:.\d]*\+00:00")
_MOMENTS = ("seen_before", "first_seen", "last_seen", "confirmed_at", "fetched_at", "seen_until", "latest")
_EMPTY = Markup("&nbsp;")


def render(value: Any, column: str) -> Markup | None:
    """HTML of a cell; None where Datasette's own way will do."""
    try:
        shown = _RENDERERS[column](value) if column in _RENDERERS and value is not None else None
    except (TypeError, ValueError, KeyError):  # not what the column should hold
        shown = None
    return _plain(value) if shown is None and isinstance(value, str) else shown


def _plain(value: str) -> Markup | None:
    """Text with characters that would turn or hide it; most has none, and is Datasette's to show."""
    shown = "\n".join(map(visible, value.split("\n")))
    return None if shown == value else escape(shown)


def _words_changed(value: str) -> Markup:
    """Deleted words struck out, inserted ones underlined, and a space between the two that copying keeps."""
    shown, before = Markup(), ""
    for kind, text in json.loads(value):
        gap = " " if "equal" not in (kind, before or "equal") else ""
        shown += gap + _MARKS[kind].format(visible(text.replace("\n", _JOINT)))
        before = kind
    return shown or _EMPTY


def _signals(value: str) -> Markup:
    lines = [_signal(name, visible(old), visible(new)) for name, old, new in json.loads(value)]
    return Markup("<br>").join(lines) or _EMPTY


def _signal(name: str, old: str, new: str) -> Markup:
    if not old and not new:
        return escape(name)
    return Markup("{}: {} → {}").format(name, old or "—", new or "—")


def _yes_or_no(value: int) -> Markup | None:
    return {0: Markup("no"), 1: Markup("yes")}.get(value)


def _moment(value: str) -> Markup | None:
    """To the minute; in full where the pointer rests."""
    if not _TIME.fullmatch(value):
        return None
    return Markup('<time datetime="{0}" title="{0}" style="white-space:nowrap">{1} {2}</time>').format(
        value, value[:10], value[11:16]
    )


def _packed(value: bytes) -> Markup | None:
    return Markup("packed, {} bytes").format(len(value)) if isinstance(value, bytes) else None


_RENDERERS: dict[str, Renderer] = {
    "words_changed": _words_changed,
    "signals": _signals,
    "lineages": _packed,
    **dict.fromkeys(_MOMENTS, _moment),
    **dict.fromkeys(("silent", "current", "new", "applied"), _yes_or_no),
}
