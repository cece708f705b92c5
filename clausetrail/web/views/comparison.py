"""Two states of one document, side by side or in one text."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from clausetrail.changelog import diff_json, ends, rows
from clausetrail.errors import UsageError
from clausetrail.model import Diff, DocumentInfo, RelationKind, Significance
from clausetrail.pipeline import compare
from clausetrail.pipeline.ends import resolve
from clausetrail.store import Store
from clausetrail.web.memory import remembered
from clausetrail.web.pages import Asked, Page, Redirect

_FIRST = 5
"""Changes named at the head of the page."""

Choice = TypeVar("Choice", bound=StrEnum)


def comparison(asked: Asked) -> Page | Redirect:
    """From one end to the other, with what a reader chose of `kind` and `significance`; `view` is inline or split."""
    store, links = asked.store, asked.links
    info = store.document(asked.slug)
    if info.slug != asked.slug:
        return Redirect(links.comparison(info.slug, asked.path["start"], asked.path["end"]))
    diff = _diff(store, info.slug, asked.path["start"], asked.path["end"])
    kinds, weights = _chosen(asked.each("kind"), RelationKind), _chosen(asked.each("significance"), Significance)
    view = "split" if asked.one("view") == "split" else "inline"
    sheet = rows.sheet(diff, kinds=kinds, weights=weights)
    ranked = sorted(sheet.shown, key=lambda item: item.rank)
    return Page(
        "comparison.html",
        f"{info.publisher}: {info.title}, {ends.name(diff.old)} to {ends.name(diff.new)}",
        links.comparison(info.slug, asked.path["start"], asked.path["end"], _query(view, kinds, weights)),
        {
            "document": info,
            "diff": diff,
            "sheet": sheet,
            "first": ranked[:_FIRST] if len(ranked) > _FIRST else [],
            "order": {item.rank: index for index, item in enumerate(sheet.shown, 1)},
            "view": view,
            "filters": _Filters(asked, diff, view, kinds, weights),
            "steps": _steps(info, diff),
        },
        lambda: diff_json(diff, only=kinds),
        description=ends.summary(diff),
    )


def between(asked: Asked) -> Redirect:
    """The form's way to a comparison."""
    start, end = asked.one("from"), asked.one("to")
    return Redirect(asked.links.comparison(asked.slug, start or "previous", end or "latest"))


def _diff(store: Store, slug: str, start: str, end: str) -> Diff:
    """Neighbours are read as they were recorded; what lies further apart is compared once and kept for a while."""
    start, end = (f"{slug}{asked}" if asked.startswith("@") else asked for asked in (start, end))
    with store.reading():
        old, new = resolve(store, slug, start), resolve(store, slug, end)
        first, last = (one.version.number if one.version else 0 for one in (old, new))
        if last - first == 1 and (recorded := store.comparison(slug, last)) is not None:
            return Diff(slug, old, new, recorded)
    return remembered(store, (slug, start, end), lambda: compare.diff(store, slug, start, end))


def _chosen(values: Sequence[str], names: type[Choice]) -> tuple[Choice, ...]:
    try:
        return tuple(names(value) for value in values)
    except ValueError as error:
        known = ", ".join(names)
        raise UsageError(f"{error}; known are {known}") from error


def _query(view: str, kinds: Sequence[RelationKind], weights: Sequence[Significance]) -> list[tuple[str, str]]:
    chosen = [("view", view)] if view != "inline" else []
    return chosen + [("kind", one.value) for one in kinds] + [("significance", one.value) for one in weights]


class _Filters:
    """Addresses of the same comparison with one choice made otherwise."""

    def __init__(
        self,
        asked: Asked,
        diff: Diff,
        view: str,
        kinds: Sequence[RelationKind],
        weights: Sequence[Significance],
    ) -> None:
        self._asked, self._view, self._kinds, self._weights = asked, view, kinds, weights
        self._diff = diff

    @property
    def any(self) -> bool:
        return bool(self._kinds or self._weights)

    def kinds(self) -> list[tuple[RelationKind, int, bool, str]]:
        """(kind, changes of it, whether it is chosen, address with that turned round)."""
        changes = self._diff.comparison.changes
        counted = [(kind, sum(change.kind is kind for change in changes)) for kind in RelationKind]
        return [
            (kind, count, kind in self._kinds, self._to(kinds=_turned(self._kinds, kind)))
            for kind, count in counted
            if count or kind in self._kinds
        ]

    def weights(self) -> list[tuple[Significance, int, bool, str]]:
        """The same by significance."""
        changes = self._diff.comparison.changes
        counted = [(weight, sum(change.significance is weight for change in changes)) for weight in Significance]
        return [
            (weight, count, weight in self._weights, self._to(weights=_turned(self._weights, weight)))
            for weight, count in counted
            if count or weight in self._weights
        ]

    def none(self) -> str:
        return self._to(kinds=(), weights=())

    def view(self, name: str) -> str:
        return self._to(view=name)

    def _to(
        self,
        *,
        view: str | None = None,
        kinds: Sequence[RelationKind] | None = None,
        weights: Sequence[Significance] | None = None,
    ) -> str:
        query = _query(
            self._view if view is None else view,
            self._kinds if kinds is None else kinds,
            self._weights if weights is None else weights,
        )
        path = self._asked.path
        return self._asked.links.comparison(self._asked.slug, path["start"], path["end"], query)


def _turned(chosen: Sequence[Choice], one: Choice) -> tuple[Choice, ...]:
    return tuple(each for each in chosen if each != one) if one in chosen else (*chosen, one)


def _steps(info: DocumentInfo, diff: Diff) -> dict[str, tuple[int, int]]:
    """Other comparisons that one may want from here, as numbers of versions."""
    first, last = (one.version.number if one.version else 1 for one in (diff.old, diff.new))
    found = {}
    if min(first, last) > 1:
        found["Change before"] = (min(first, last) - 1, min(first, last))
    if max(first, last) < info.versions:
        found["Change after"] = (max(first, last), max(first, last) + 1)
        found["Compare to most recent"] = (min(first, last), info.versions)
    if first != last:
        found["Swap sides"] = (last, first)
    return found
