"""A page that scripts were to make."""

from __future__ import annotations

from clausetrail.parser.verdict.look import Look, is_called, rest_of, says
from clausetrail.parser.verdict.phrases import SCRIPT

_NOTHING = 4
_LITTLE = 15


def script_shell(look: Look) -> str:
    """An application without its content: next to no words in the content, and the element that it mounts in empty,
    or nothing but scripts; or the request to turn scripts on, or to wait, is all that is said."""
    if look.plain < 4 * _LITTLE and look.sentences <= 3:
        rest = rest_of(look, SCRIPT)
        said = is_called(look, SCRIPT) or says(look, SCRIPT)
        if said and rest.words < _LITTLE and not rest.binding:
            return said
    if look.plain > _NOTHING or look.links > _LITTLE or look.unread:
        return ""
    if look.marks.shell:
        return "the application's element is empty"
    return "nothing but scripts" if not look.words and look.marks.scripts and look.marks.words <= _NOTHING else ""
