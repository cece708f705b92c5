"""A gate keeper stands before the page."""

from __future__ import annotations

from clausetrail.parser.verdict.look import Look, is_called, rest_of, says
from clausetrail.parser.verdict.phrases import CHALLENGE, ERROR, SCRIPT

_LITTLE = 25
_SOME = 60


def bot_challenge(look: Look) -> str:
    """A page that a gate keeper put in place of the one asked for: a check of the browser, a captcha, a refusal of
    service, a waiting room.

    Its name or one of its lines is the gate keeper's, and next to nothing else is said; or its markup carries what
    only a challenge has, and no more is said than challenges say.  Widgets and scripts of the same vendors on a page
    with words of its own mean nothing.
    """
    rest = rest_of(look, CHALLENGE, ERROR, SCRIPT)
    said = says(look, CHALLENGE)
    if look.marks.vendor and rest.words < _SOME and (look.plain == 0 or said):
        return f"markup of {look.marks.vendor}"
    if rest.words < _LITTLE and not rest.binding:
        return is_called(look, CHALLENGE) or (said if look.plain < _SOME else "")
    # What more is said must be the gate keeper's as well: its name alone could be a policy's heading.
    confirmed = rest.words < 2 * _SOME and rest.explained > 1 and rest.binding < 2
    return is_called(look, CHALLENGE) if confirmed else ""
