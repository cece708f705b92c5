"""Not in your country."""

from __future__ import annotations

from clausetrail.parser.verdict.look import Look, is_called, rest_of, says
from clausetrail.parser.verdict.phrases import ERROR, GEO, NOT_FOUND

_LITTLE = 30
_SOME = 80


def geo_block(look: Look) -> str:
    """A page that says that the service, or the page, is not to be had where the reader is, and little else.  A policy
    on where a service is offered says more."""
    rest = rest_of(look, GEO, ERROR, NOT_FOUND)
    if (name := is_called(look, GEO)) and rest.words < _SOME and not rest.binding:
        return name
    little = rest.words < _LITTLE and not rest.binding and look.sentences <= 3
    return says(look, GEO) if little else ""
