"""A page that sells."""

from __future__ import annotations

from clausetrail.parser.verdict.look import Look

_CALLS = 3
_PROSE = 800


def marketing(look: Look) -> str:
    """A home page or one that sells: several different calls to start, buy or read on, no name of a policy in title
    or first headings, and hardly a word that binds or informs."""
    if look.calls < _CALLS or look.kinds or look.prose > _PROSE:
        return ""
    return f"{look.calls} calls to action" if look.binding * 100 < 2 * max(look.prose, 50) else ""
