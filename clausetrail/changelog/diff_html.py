"""A comparison as a standalone HTML page."""

from __future__ import annotations

from collections.abc import Collection

from clausetrail.changelog import ends, phrases
from clausetrail.changelog.items import GAP, Teller
from clausetrail.changelog.templating import render
from clausetrail.model import Diff, RelationKind

_FIRST = 5


def diff_html(diff: Diff, *, context: int = 0, only: Collection[RelationKind] = ()) -> str:
    """One page without script or outside resources: the ends, what matters most, then the changes in reading order
    with `<ins>` and `<del>`; `context` and `only` are those of `diff_lines`."""
    items = Teller(diff.comparison).reading_order(context=context, only=only)
    ranked = sorted((item for item in items if item is not GAP and item.rank), key=lambda item: item.rank)
    return render(
        "diff.html",
        title=ends.title(diff),
        sides=[("From", diff.old), ("To", diff.new)],
        ends=ends,
        between=ends.between(diff),
        selection=ends.selection(diff, only),
        summary=ends.summary(diff),
        first=ranked[:_FIRST] if len(ranked) > _FIRST else [],
        items=items,
        before_headings=phrases.BEFORE_HEADINGS,
        language=diff.new.language or diff.old.language,
    )
