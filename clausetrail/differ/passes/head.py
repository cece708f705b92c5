"""What stands word for word before the first difference; all of it, where there is none.

Not so what stands after the last difference: an inserted section that ends in the words of the one before it would take
that one's last clauses for its own."""

from __future__ import annotations

from clausetrail.differ.matching import Matching


def run(matching: Matching) -> None:
    old, new = matching.old, matching.new
    for at in range(min(len(old), len(new))):
        if old.words[at] != new.words[at] or old.parents[at] != new.parents[at]:
            return
        if matching.is_free(at, at):
            matching.link(at, at, "same words")
