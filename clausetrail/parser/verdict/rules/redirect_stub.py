"""The way to the policy."""

from __future__ import annotations

from clausetrail.parser.verdict.look import Look, is_called, rest_of, says
from clausetrail.parser.verdict.phrases import REDIRECT, SCRIPT

_FEW = 8
_LITTLE = 20


def redirect_stub(look: Look) -> str:
    """A page that sends the reader on and holds nothing: it says so itself, though full menus may stand around it, or
    its markup or a script of its own does so at once.  A policy with a notice that its page has moved stays one."""
    rest = rest_of(look, REDIRECT, SCRIPT)
    if rest.words >= _LITTLE or rest.binding:
        return ""
    if said := is_called(look, REDIRECT) or says(look, REDIRECT):
        return said
    return f"sends the reader to {look.marks.refers}" if look.marks.refers and look.plain < _FEW else ""
