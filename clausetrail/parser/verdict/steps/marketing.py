"""A home page where the policy stood."""

from __future__ import annotations

from clausetrail.parser.verdict.step import Step, density


def marketing(step: Step) -> bool:
    """Nothing of the wording is left, the page names no kind of policy and hardly uses a word that binds or informs,
    where the policy did."""
    if not step.foreign or step.new.kinds or step.same_name or step.same_headings or step.new.count < 100:
        return False
    return step.new.calls > 1 and density(step.new) < 0.01 and 3 * density(step.new) < density(step.old)
