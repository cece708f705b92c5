"""No such page."""

from __future__ import annotations

from clausetrail.parser.verdict.look import Look, is_called, rest_of, says
from clausetrail.parser.verdict.phrases import ERROR, GEO, NOT_FOUND

_LITTLE = 30
_SOME = 150


def soft_404(look: Look) -> str:
    """A page that was served as if it were there and says that it is not: its name is such a message, whatever
    suggestions follow; or the message is all that is said."""
    rest = rest_of(look, NOT_FOUND, ERROR, GEO)
    if (name := is_called(look, NOT_FOUND)) and rest.words < _SOME and rest.binding < 3:
        return name
    return says(look, NOT_FOUND) if rest.words < _LITTLE and not rest.binding else ""
