"""Another document where the policy stood."""

from __future__ import annotations

from clausetrail.parser.verdict.step import Step


def other_document(step: Step) -> bool:
    """Hardly a run of words is common, nor the name, nor the headings, nor the kind of policy, and the vocabulary is
    not that of a rewrite: an article about the service, another policy, somebody else's page.  A page that is more of
    a policy than the old one is let through, and of another language nothing can be said."""
    if not step.foreign or step.new.count < 20 or step.nobler or step.languages_differ:
        return False
    if step.same_kind or step.same_name or step.same_headings:
        return False
    return step.vocabulary < (0.75 if step.old.kinds and step.new.kinds else 0.6)
