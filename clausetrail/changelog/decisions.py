"""Why each block of a page was kept or dropped, for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from clausetrail.changelog.safe import without_invisible
from clausetrail.changelog.styled import Line, Span, Style, line
from clausetrail.model import Decision

_FIRST_WORDS = 72
_INDENT = 4


def decision_lines(decisions: Iterable[Decision]) -> list[Line]:
    """Two lines for each block: `+` kept or `-` dropped, line, rule and first words; below, the element's path."""
    lines: list[Line] = []
    for one in decisions:
        words = without_invisible(one.text[:_FIRST_WORDS] + ("…" if len(one.text) > _FIRST_WORDS else ""))
        sign = Span("+ " if one.kept else "- ", Style.STRONG if one.kept else Style.MUTED)
        place = Span(f"{one.line:>6}  {one.rule:<11}", Style.LABEL)
        lines.append(line(sign, place, Span(f" {words}", Style.STRONG if one.kept else Style.MUTED), indent=_INDENT))
        if one.path:
            lines.append(line(Span(f"{' ' * 10}{without_invisible(one.path)}", Style.MUTED), indent=_INDENT))
    return lines


def decisions_json(decisions: Iterable[Decision]) -> dict[str, Any]:
    """`{"decisions": [{"kept", "rule", "line", "path", "text"}, …]}`, in reading order, texts whole."""
    return {
        "decisions": [
            {"kept": one.kept, "rule": one.rule, "line": one.line, "path": one.path, "text": one.text}
            for one in decisions
        ]
    }
