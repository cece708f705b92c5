"""Most of the policy is gone."""

from __future__ import annotations

from clausetrail.parser.verdict.step import Step

_BINDING = 5


def collapse(step: Step) -> bool:
    """Less than half of the words are left and less than half of the wording, and nothing shows that somebody wrote
    it anew: what is left is a remainder of the old text, or binds nobody where the old text did, or is too little to be
    a text of its own under the old name or in the old vocabulary.  A text that had stood twice on its page and stands
    once now keeps its wording, and has not collapsed."""
    old, new = step.old, step.new
    if old.count < 100 or step.size >= 0.5 or step.kept >= 0.45 or step.finds_its_name:
        return False
    if step.known >= 0.5 or (step.foreign and not new.binding and old.binding >= _BINDING):
        return True
    if new.prose >= 100 and step.vocabulary >= 0.6 and new.count >= 0.1 * old.count:
        return False
    own = new.count >= 40 and (step.size >= 0.2 or (step.size >= 0.08 and new.prose >= 30))
    return not (own and (step.same_name or step.same_kind or step.same_headings))
