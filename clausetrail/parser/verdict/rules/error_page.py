"""A crash."""

from __future__ import annotations

from clausetrail.parser.verdict.look import Look, is_called, rest_of, says
from clausetrail.parser.verdict.phrases import ERROR, NOT_FOUND

_LITTLE = 30
_SOME = 100


def error_page(look: Look) -> str:
    """A program or server that failed, or is down: the page's name says so, or the message is all that is said.  The
    title in the head is no witness: it is often that of the policy."""
    rest = rest_of(look, ERROR, NOT_FOUND)
    if rest.words < _LITTLE and not rest.binding:
        return is_called(look, ERROR) or says(look, ERROR)
    named = rest.words < _SOME and rest.binding < 2 and look.duties == 0
    return is_called(look, ERROR) if named else ""
