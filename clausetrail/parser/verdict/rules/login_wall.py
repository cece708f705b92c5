"""Members only."""

from __future__ import annotations

from clausetrail.parser.verdict.look import Look, explains, is_called, rest_of, says
from clausetrail.parser.verdict.phrases import LOGIN, SCRIPT

_FEW = 6
_LITTLE = 25
_SOME = 80


def login_wall(look: Look) -> str:
    """A page that asks who the reader is: its name is that of a form to log in, or it has a field for a password and
    next to nothing is said.  A form at the head of a page with words of its own means nothing, nor does a link to
    one."""
    rest = rest_of(look, LOGIN, SCRIPT)
    if rest.binding or rest.words >= _SOME:
        return ""
    name = is_called(look, LOGIN, slack=12)
    if name and (look.marks.passwords or rest.words < _LITTLE):
        return name
    if look.marks.passwords and rest.words < _FEW and look.plain < _LITTLE:
        return says(look, LOGIN)
    demand = next((line.text for line in look.lines if line.sentence and explains(LOGIN, line.text)), "")
    return demand if rest.words < _LITTLE and look.plain < _SOME else ""
