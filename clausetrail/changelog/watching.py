"""What looking at pages brought, and how a workspace fares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from clausetrail.changelog import dates, phrases
from clausetrail.changelog.styled import Line, Span, Style, line
from clausetrail.model import Condition, Health, Look, News, PageHealth, Told

LOOK_FORMAT = "clausetrail-look/1"
HEALTH_FORMAT = "clausetrail-health/1"

_STYLES = {
    News.FIRST: Style.ADDED,
    News.VERSION: Style.CHANGED,
    News.VARIANT: Style.CHANGED,
    News.UNCHANGED: Style.MUTED,
    News.JUNK: Style.WARNING,
    News.FAILED: Style.WARNING,
    News.WAITING: Style.MUTED,
}
_HANG = 4


def told_lines(told: Told) -> list[Line]:
    """What a look at one document brought, with what changed of its health."""
    found = [line(Span(f"{told.document}: ", Style.HEADING), Span(_news(told), _STYLES[told.news]), indent=_HANG)]
    for page, reason in told.alarms:
        what = f"counts as failing from now on: {reason}" if reason else "is well again"
        style = Style.WARNING if reason else Style.PLAIN
        found.append(line(Span(f"  {_page(page)}{what}", style), indent=_HANG))
    for page, url in told.moved:
        what = f"  {_page(page)}the server says that it has moved for good to {url}; put that address into the settings"
        found.append(line(Span(what, Style.WARNING), indent=_HANG))
    return found


def told_json(told: Told) -> dict[str, Any]:
    return {
        "format": LOOK_FORMAT,
        "document": told.document,
        "news": told.news.value,
        "pages": told.pages,
        "reason": told.reason,
        "version": told.version,
        "changes": dict(told.weights),
        "reverts_to": told.reverts_to,
        "alarms": [{"page": page, "failing": bool(reason), "reason": reason} for page, reason in told.alarms],
        "moved": [{"page": page, "url": url} for page, url in told.moved],
    }


def _news(told: Told) -> str:
    if told.news is News.FIRST:
        return "first version"
    if told.news is News.VERSION:
        return f"version {told.version}{_what(told)}"
    said = {
        News.VARIANT: "the same words, in other labels, links or typography",
        News.UNCHANGED: "unchanged",
        News.WAITING: told.reason,
    }
    return said.get(told.news) or told.reason


def _what(told: Told) -> str:
    if told.reverts_to:
        return f", back to the words of version {told.reverts_to}"
    total = sum(count for _, count in told.weights)
    if not total:
        return ""
    weights = ", ".join(f"{count:,} {name}" for name, count in told.weights)
    return f": {phrases.counted(total, 'change')} ({weights})"


def _page(name: str) -> str:
    return "" if name == "main" else f"{name}: "


def pass_sentence(told: Iterable[Told], next_at: datetime | None, *, stopped: bool) -> str:
    """What a pass brought, altogether."""
    found = list(told)
    counts = {news: sum(one.news is news for one in found) for news in News}
    pages = sum(one.pages for one in found)
    parts = [
        (counts[News.FIRST], "new"),
        (counts[News.VERSION], "changed"),
        (counts[News.UNCHANGED] + counts[News.VARIANT], "unchanged"),
        (counts[News.JUNK], "no policy"),
        (counts[News.FAILED], "failed"),
        (counts[News.WAITING], "put off"),
    ]
    said = ", ".join(f"{count:,} {what}" for count, what in parts if count)
    text = f"Looked at {phrases.counted(pages, 'page')} of {phrases.counted(len(found), 'document')}: {said}."
    if not found:
        text = "Nothing is due."
    if stopped:
        text += " Stopped before all was looked at; the rest is still due."
    elif next_at is not None:
        text += f" Next: {_moment(next_at)}."
    return text


def health_lines(health: Health) -> Iterator[Line]:
    """The pages that somebody should look after first, then the count of the others."""
    yield line(Span(_heading(health), Style.HEADING))
    for page in health.pages:
        if page.condition not in (Condition.WELL, Condition.NEW):
            yield _page_line(page)
        if page.watched.agenda.moved_to:
            name = f"{page.watched.document} {page.watched.source}"
            yield line(Span(f"  moved     {name}: to {page.watched.agenda.moved_to}, says the server"), indent=12)
    for one in health.shrunk:
        what = f"  shrunk    {one.document}: from {one.before:,} to {one.after:,} clauses on {dates.day(one.at)}"
        yield line(Span(f"{what}; look whether that is a cut or a page misread", Style.WARNING), indent=12)
    if health.dead:
        what = f"  dead      {phrases.counted(health.dead, 'message')} to subscribers; see `clausetrail alerts outbox`"
        yield line(Span(what, Style.WARNING), indent=12)
    well = sum(page.condition is Condition.WELL for page in health.pages)
    new = sum(page.condition is Condition.NEW for page in health.pages)
    others = ", ".join(filter(None, (f"{well:,} well" if well else "", f"{new:,} not looked at yet" if new else "")))
    if others:
        yield line(Span(f"  {others}", Style.MUTED))


def _heading(health: Health) -> str:
    ticked = f"last at work {_ago(health.at, health.ticked)}" if health.ticked else "never at work yet"
    bad = sum(page.condition.bad for page in health.pages) + len(health.shrunk) + bool(health.dead)
    failed = sum(page.condition is Condition.FAILED for page in health.pages)
    state = f"{phrases.counted(bad, 'thing')} to look after" if bad else "All is well"
    if failed and not bad:
        state = f"Nothing to look after yet, though {phrases.counted(failed, 'page')} failed lately"
    return f"{state}: {phrases.counted(len(health.pages), 'page')}, {ticked}"


def _page_line(page: PageHealth) -> Line:
    watched, condition = page.watched, page.condition
    name = f"{watched.document} {watched.source}" if watched.source != "main" else watched.document
    style = Style.WARNING if condition.bad else Style.PLAIN
    good = f"; last good {_moment(watched.good_at)}" if watched.good_at else "; never seen yet"
    if condition is Condition.OVERDUE:
        return line(
            Span(f"  overdue   {name}: was to be looked at {_moment(watched.agenda.next_at)}{good}", style), indent=12
        )
    since = (
        f", {phrases.counted(watched.failures, 'time')} since {_moment(watched.failing_since)}"
        if watched.failing_since
        else ""
    )
    reason = watched.last.reason if watched.last else ""
    return line(Span(f"  {condition.value:<9} {name}: {reason}{since}{good}", style), indent=12)


def health_json(health: Health) -> dict[str, Any]:
    return {
        "format": HEALTH_FORMAT,
        "at": dates.moment(health.at),
        "good": health.good,
        "last_tick": dates.moment(health.ticked),
        "pages": [_page_json(page) for page in health.pages],
        "shrunk": [
            {"document": one.document, "before": one.before, "after": one.after, "at": dates.moment(one.at)}
            for one in health.shrunk
        ],
        "dead_messages": health.dead,
    }


def _page_json(page: PageHealth) -> dict[str, Any]:
    watched = page.watched
    return {
        "document": watched.document,
        "page": watched.source,
        "url": watched.url,
        "condition": page.condition.value,
        "failures": watched.failures,
        "failing_since": dates.moment(watched.failing_since),
        "last_good": dates.moment(watched.good_at),
        "next": dates.moment(watched.agenda.next_at),
        "moved_to": watched.agenda.moved_to,
        "last": look_json(watched.last) if watched.last else None,
    }


def look_json(look: Look) -> dict[str, Any]:
    return {
        "outcome": look.outcome.value,
        "junk": look.junk,
        "cause": look.cause,
        "reason": look.reason,
        "status": look.status,
        "url": look.url,
        "first": dates.moment(look.first),
        "last": dates.moment(look.last),
        "times": look.times,
    }


def _moment(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC" if when else "never"


def _ago(now: datetime, then: datetime) -> str:
    return f"{_moment(then)} ({dates.duration(now - then)} ago)"
