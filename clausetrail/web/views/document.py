"""One document: its versions in time, and its text as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clausetrail.changelog import end_json, folding, log_json
from clausetrail.model import DocumentInfo, End, LogEntry
from clausetrail.pipeline.ends import resolve
from clausetrail.web.pages import Asked, Page, Redirect
from clausetrail.web.timeline import WIDTH, timeline

_UNFOLDED = 8
"""Changes listed before the rest is folded."""


def document(asked: Asked) -> Page | Redirect:
    """Its timeline, and its clauses as they stood `on` a day, `by` observation or by its own dates."""
    store, links = asked.store, asked.links
    with store.reading():
        info = store.document(asked.slug)
        if info.slug != asked.slug:
            return Redirect(links.document(info.slug))
        entries = store.log(info.slug)
        end = _end(asked, info) if entries else None
        lines = store.blame(info.slug, end.version.number) if end and end.version else ()
    history = list(reversed(list(folding.runs(entries, lambda entry: entry.version))))
    query = [("on", asked.one("on")), ("by", asked.one("by"))]
    return Page(
        "document.html",
        f"{info.publisher}: {info.title}",
        links.document(info.slug, *query),
        {
            "document": info,
            "end": end,
            "lines": lines,
            "failing": [one for one in store.watched() if one.document == info.slug and one.failing_since],
            "history": (history[:_UNFOLDED], history[_UNFOLDED:]),
            "count": len(entries),
            "flap": lambda run: folding.is_flap([entry.version for entry in run]),
            "timeline": timeline(entries, info.withdrawals),
            "width": WIDTH,
            "on": asked.one("on"),
            "by": asked.one("by"),
            "latest": bool(end and end.version and end.version.number == len(entries)),
        },
        lambda: _data(info, entries, end if asked.one("on") else None),
        description=_description(info, entries),
    )


def _end(asked: Asked, info: DocumentInfo) -> End:
    """The version that is asked for.  `@…` is a permalink of this document, its slug left out."""
    on = asked.one("on")
    if not on:
        return asked.store.end(info.slug, info.versions, str(info.versions))
    wanted = f"{info.slug}{on}" if on.startswith("@") else on
    by = "declared" if asked.one("by") == "declared" else "observed"
    return replace(resolve(asked.store, info.slug, wanted, by=by), asked=on)


def _data(info: DocumentInfo, entries: Sequence[LogEntry], end: End | None) -> object:
    """As `clausetrail log` tells it; with a day, as `clausetrail show` does."""
    return end_json(info.slug, end) if end else log_json(info, list(reversed(entries)))


def _description(info: DocumentInfo, entries: Sequence[LogEntry]) -> str:
    if not entries:
        return "No version yet."
    first = entries[0].version.first_seen
    return f"{len(entries)} versions and {info.changes} changes of clauses since {first:%Y-%m-%d}."
