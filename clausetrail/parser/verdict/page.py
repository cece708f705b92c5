"""The verdict on a page by itself."""

from __future__ import annotations

from dataclasses import dataclass

from clausetrail.model import Verdict, VerdictReason
from clausetrail.parser.verdict.look import Look, leaves_more
from clausetrail.parser.verdict.rules import INSTEAD, PHRASES, RULES

_POLICY = Verdict(True)
_MUCH = 300
"""Words that no phrase of a page in front of another explains, beyond which it is no such page."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a page is no policy."""

    reason: VerdictReason
    evidence: str
    """What was seen, in a few words, mostly the page's own: hostile text."""


def judge(look: Look) -> Verdict:
    """Policy, or junk with the first reason that a rule of `RULES` finds.  What only a comparison can tell (another
    document, another language, a collapse) counts as policy here; see `against`."""
    found = finding(look)
    return Verdict(False, found.reason.value) if found else _POLICY


def finding(look: Look) -> Finding | None:
    """The reason with its evidence; none for a policy."""
    if look.is_long:
        return None
    in_front = not leaves_more(look, _MUCH, *PHRASES)
    for reason, rule in RULES if in_front else INSTEAD:
        if evidence := rule(look):
            return Finding(reason, evidence)
    return None
