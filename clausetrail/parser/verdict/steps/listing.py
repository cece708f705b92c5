"""A hub where the policy stood."""

from __future__ import annotations

from clausetrail.parser.verdict.step import Step

_LINKED = 0.35


def listing(step: Step) -> bool:
    """Where there was prose there are links now: a third of the words and more, hardly a run of words is kept, and
    the page says less than a third of what the policy did."""
    old, new = step.old, step.new
    if new.linked < _LINKED * new.count or old.linked > _LINKED / 2 * old.count:
        return False
    return max(step.kept, step.known) < 0.1 and 3 * new.prose < old.prose
