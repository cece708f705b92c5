"""The verdict on a page against the last good version of its document."""

from __future__ import annotations

from clausetrail.model import Verdict
from clausetrail.parser.verdict.sketch import Sketch
from clausetrail.parser.verdict.step import step
from clausetrail.parser.verdict.steps import STEPS

_POLICY = Verdict(True)


def against(last_good: Sketch, now: Sketch) -> Verdict:
    """Policy, or junk with the first reason of `STEPS` that holds on the way from the last good version.

    Ask only of a page that is a policy by itself (`judge`) and whose words differ from those of the last good
    version; equal sketches are a policy.
    """
    if last_good is now or last_good == now or not last_good.count:
        return _POLICY
    taken = step(last_good, now)
    if taken.kept >= 0.5 and last_good.language == now.language:
        return _POLICY
    return next((Verdict(False, reason.value) for reason, holds in STEPS if holds(taken)), _POLICY)
